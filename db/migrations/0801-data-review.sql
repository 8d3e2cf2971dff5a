-- ⑤ Clue pool, lists of suspected violations, data review on the four properties, handover, notice to the unit.
CREATE TABLE review_clue (
  clue_id        text PRIMARY KEY,
  authority_id   text NOT NULL,
  group_id       text NOT NULL,
  region         text NOT NULL,
  unit_id        text NOT NULL,
  outfall        text,
  source         text NOT NULL CHECK (source IN ('PLATFORM', 'PATROL')),
  tier           text NOT NULL CHECK (tier IN ('REMIND', 'WARN', 'WORK_ORDER')),
  provisional    boolean NOT NULL,
  state          text NOT NULL,
  sentence_zh    text NOT NULL,
  sentence_en    text NOT NULL,
  factors        text[] NOT NULL,
  period_from    bigint NOT NULL,
  period_to      bigint,
  rule           text NOT NULL DEFAULT '',
  list_id        text,
  review_id      text,
  handed_over_at bigint,
  signed_in_at   bigint,
  created_at     bigint NOT NULL,
  changed_at     bigint NOT NULL
);
COMMENT ON TABLE review_clue IS 'Projection: where each clue stands in the procedure. No row is ever removed (sec:X15).';
COMMENT ON COLUMN review_clue.group_id IS 'Authority whose panel and review group handle it; a branch office''s clue goes to its city (R40).';
CREATE INDEX review_clue_pool ON review_clue (authority_id, state, changed_at DESC);
CREATE INDEX review_clue_unit ON review_clue (unit_id, created_at DESC);

CREATE TABLE review_event (
  event_id    text PRIMARY KEY,
  clue_id     text NOT NULL REFERENCES review_clue,
  review_id   text,
  at          bigint NOT NULL,
  act         text NOT NULL,
  from_state  text,
  to_state    text NOT NULL,
  actor_id    text NOT NULL,
  duty        text,
  basis       text,
  document_id text,
  detail      jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE review_event IS 'Ledger of acts on a clue; separation of duties is judged from it.';
CREATE INDEX review_event_clue ON review_event (clue_id, event_id);

CREATE TABLE review_list (
  list_id      text PRIMARY KEY,
  group_id     text NOT NULL,
  version      integer NOT NULL,
  frozen_at    bigint NOT NULL,
  frozen_by    text NOT NULL,
  document_id  text NOT NULL,
  document_no  text NOT NULL,
  clues        jsonb NOT NULL,
  UNIQUE (group_id, version)
);
COMMENT ON TABLE review_list IS 'Ledger: 涉嫌违法问题线索清单, frozen version by version as it went to the review group (江苏办法 第七条、第十条).';

CREATE TABLE review (
  review_id     text PRIMARY KEY,
  clue_id       text NOT NULL REFERENCES review_clue,
  kind          text NOT NULL CHECK (kind IN ('INITIAL', 'SUPPLEMENT')),
  state         text NOT NULL CHECK (state IN ('OPEN', 'PASSED', 'RETURNED', 'REJECTED')),
  precheck      jsonb NOT NULL,
  precheck_sha  text NOT NULL,
  opened_at     bigint NOT NULL,
  opened_by     text NOT NULL,
  concluded_at  bigint,
  facts_zh      text,
  facts_en      text,
  violations    text[] NOT NULL DEFAULT '{}',
  opinion_id    text,
  opinion_no    text,
  opinion_sha   text
);
COMMENT ON TABLE review IS 'Projection of one review; its assessments and signatures are ledgers.';
CREATE INDEX review_of_clue ON review (clue_id, opened_at);
CREATE UNIQUE INDEX review_one_open ON review (clue_id) WHERE state = 'OPEN';

CREATE TABLE review_assessment (
  assessment_id text PRIMARY KEY,
  review_id     text NOT NULL REFERENCES review,
  item          text NOT NULL,
  track         text NOT NULL CHECK (track IN ('TECHNICAL', 'LEGAL')),
  outcome       text NOT NULL CHECK (outcome IN ('PASS', 'FAIL', 'CANNOT_TELL')),
  note          text NOT NULL,
  account_id    text NOT NULL,
  at            bigint NOT NULL
);
COMMENT ON TABLE review_assessment IS 'Ledger: what a reviewer found for an item; the newest of an item counts.';
CREATE INDEX review_assessment_review ON review_assessment (review_id, at);

CREATE TABLE review_signature (
  review_id   text NOT NULL REFERENCES review,
  track       text NOT NULL CHECK (track IN ('TECHNICAL', 'LEGAL')),
  account_id  text NOT NULL,
  conclusion  text NOT NULL CHECK (conclusion IN ('PASS', 'RETURN', 'REJECT')),
  reason      text NOT NULL,
  at          bigint NOT NULL,
  PRIMARY KEY (review_id, track)
);
COMMENT ON TABLE review_signature IS 'Ledger: one signature per track, by two people (江苏办法 第七条).';

CREATE TABLE review_scope (
  scope_id    text PRIMARY KEY,
  review_id   text NOT NULL REFERENCES review,
  result      text NOT NULL CHECK (result IN ('PASSED', 'REJECTED')),
  kind        text NOT NULL CHECK (kind IN ('DATA', 'MATERIAL')),
  outfall     text,
  mn          text,
  from_at     bigint,
  to_at       bigint,
  frames      integer,
  leaf_from   bigint,
  leaf_to     bigint,
  sha256      text,
  at          bigint NOT NULL,
  CHECK ((kind = 'DATA') = (outfall IS NOT NULL AND from_at IS NOT NULL AND to_at IS NOT NULL)),
  CHECK ((kind = 'MATERIAL') = (sha256 IS NOT NULL))
);
COMMENT ON TABLE review_scope IS 'Ledger: exactly which data a review covered. Anything outside may not be evidence (江苏办法 第十二条).';
CREATE INDEX review_scope_outfall ON review_scope (outfall, from_at);
CREATE INDEX review_scope_sha ON review_scope (sha256);

CREATE TABLE review_notice (
  clue_id       text PRIMARY KEY REFERENCES review_clue,
  unit_id       text NOT NULL,
  state         text NOT NULL CHECK (state IN ('DUE', 'DEFERRED', 'SENT', 'CONFIRMED')),
  document_id   text,
  document_no   text,
  delivery_id   text,
  sent_at       bigint,
  arrived_at    bigint,
  confirmed_at  bigint,
  defer_reason  text,
  defer_until   date,
  state_until   date,
  changed_at    bigint NOT NULL
);
COMMENT ON TABLE review_notice IS 'Projection: the notice of suspicion to the unit, whose receipt must be confirmed (江苏办法 第十三条).';
CREATE INDEX review_notice_unit ON review_notice (unit_id);

CREATE TABLE review_statement (
  statement_id text PRIMARY KEY,
  clue_id      text NOT NULL REFERENCES review_clue,
  account_id   text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('QUERY', 'STATEMENT', 'DEFENCE')),
  text         text NOT NULL,
  materials    jsonb NOT NULL,
  at           bigint NOT NULL
);
COMMENT ON TABLE review_statement IS 'Ledger: what the unit asked, stated or pleaded. Never closed: no limit on the right to be heard.';
CREATE INDEX review_statement_clue ON review_statement (clue_id, at);

CREATE TABLE review_note (
  note_id     text PRIMARY KEY,
  clue_id     text NOT NULL REFERENCES review_clue,
  account_id  text NOT NULL,
  text        text NOT NULL,
  at          bigint NOT NULL
);
COMMENT ON TABLE review_note IS 'Ledger: the members'' shared thread on a clue (江苏办法 第十二条).';
CREATE INDEX review_note_clue ON review_note (clue_id, at);

CREATE TABLE review_gap (
  gap_id      text PRIMARY KEY,
  clue_id     text NOT NULL REFERENCES review_clue,
  kind        text NOT NULL CHECK (kind IN ('NOT_SENT_TO_REVIEW', 'NOT_HANDED_OVER', 'NOT_INVESTIGATED', 'NOT_NOTIFIED', 'NOT_REVIEWED')),
  deadline_id text NOT NULL UNIQUE,
  holder      text NOT NULL,
  on_duty     text[] NOT NULL,
  due_at      bigint NOT NULL,
  found_at    bigint NOT NULL
);
COMMENT ON TABLE review_gap IS 'Ledger of omissions of 江苏办法 第二十五条: the gap and who was on duty, never a culprit (R47).';

GRANT SELECT, INSERT, UPDATE ON review_clue, review, review_notice TO mingjian_app;
GRANT SELECT, INSERT ON review_event, review_list, review_assessment, review_signature, review_scope, review_statement, review_note, review_gap TO mingjian_app;
