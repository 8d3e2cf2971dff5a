-- ⑥ Penalty cases: the ledger of steps, where each case stands, its papers, evidence and discretion runs.
CREATE TABLE penalty_case (
  case_id        text PRIMARY KEY,
  case_no        text NOT NULL UNIQUE,
  authority_id   text NOT NULL,
  region         text NOT NULL,
  unit_id        text NOT NULL,
  outfall_id     text,
  clue_id        text NOT NULL,
  review_id      text NOT NULL UNIQUE,
  main_state     text NOT NULL,
  rectification  text NOT NULL,
  remedy         text NOT NULL,
  violation      text,
  lead_officer   text,
  amount         bigint,
  handed_over_at bigint NOT NULL,
  filed_at       bigint,
  decided_at     bigint,
  closed_at      bigint,
  changed_at     bigint NOT NULL,
  version        integer NOT NULL CHECK (version > 0)
);
COMMENT ON TABLE penalty_case IS 'Projection: where each case stands. Rebuilt at any time from case_event.';
COMMENT ON COLUMN penalty_case.review_id IS 'One handover opens one case, however often its event is delivered.';
CREATE INDEX penalty_case_pool ON penalty_case (authority_id, changed_at DESC, case_id);
CREATE INDEX penalty_case_unit ON penalty_case (unit_id, changed_at DESC);

CREATE TABLE case_number_series (
  authority_id text NOT NULL,
  year         integer NOT NULL,
  last_no      integer NOT NULL,
  PRIMARY KEY (authority_id, year)
);
COMMENT ON TABLE case_number_series IS 'Last number given to a case by authority and year; gapless because the row is locked by the act itself.';

CREATE TABLE case_event (
  case_id   text NOT NULL REFERENCES penalty_case,
  seq       integer NOT NULL CHECK (seq > 0),
  at        bigint NOT NULL,
  kind      text NOT NULL,
  actor_id  text NOT NULL,
  article   text NOT NULL,
  event     jsonb NOT NULL,
  PRIMARY KEY (case_id, seq)
);
COMMENT ON TABLE case_event IS 'Ledger: each accepted step with actor, article, papers and clocks. The case is folded from it.';
COMMENT ON COLUMN case_event.seq IS 'Two people acting at once collide here; the second is told to reload.';

CREATE TABLE case_paper (
  paper_id    text PRIMARY KEY,
  case_id     text NOT NULL REFERENCES penalty_case,
  seq         integer NOT NULL,
  kind        text NOT NULL,
  title       text NOT NULL,
  number      text NOT NULL,
  document_id text,
  sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  pages       integer NOT NULL CHECK (pages > 0),
  data        jsonb NOT NULL,
  made_at     bigint NOT NULL
);
COMMENT ON TABLE case_paper IS 'Ledger: every paper of a case. With document_id it is a signed PDF; without, a recorded form whose digest is over its data.';
CREATE INDEX case_paper_case ON case_paper (case_id, seq);

CREATE TABLE case_evidence (
  case_id      text NOT NULL REFERENCES penalty_case,
  item_id      text NOT NULL,
  point        text NOT NULL,
  evidence_kind text NOT NULL,
  mode         text NOT NULL CHECK (mode IN ('OFFSITE', 'ONSITE')),
  title        text NOT NULL,
  review_id    text,
  data_ref     text,
  sha256       text,
  attached_at  bigint NOT NULL,
  PRIMARY KEY (case_id, item_id),
  -- The last line of the evidence gate: electronic data without a review cannot even be written (江苏办法 第十二条).
  CHECK (evidence_kind <> 'ELECTRONIC_DATA' OR (review_id IS NOT NULL AND data_ref IS NOT NULL))
);
COMMENT ON TABLE case_evidence IS 'Ledger: items of evidence of a case.';

CREATE TABLE case_discretion_run (
  run_id        text PRIMARY KEY,
  case_id       text NOT NULL REFERENCES penalty_case,
  seq           integer NOT NULL,
  table_id      text NOT NULL,
  table_version text NOT NULL,
  law_digest    text NOT NULL,
  input         jsonb NOT NULL,
  trace         jsonb NOT NULL,
  amount        bigint NOT NULL,
  made_at       bigint NOT NULL
);
COMMENT ON TABLE case_discretion_run IS 'Ledger: stored calculations with inputs, table version and every number (law.md §7).';

GRANT SELECT, INSERT, UPDATE ON penalty_case, case_number_series TO mingjian_app;
GRANT SELECT, INSERT ON case_event, case_paper, case_evidence, case_discretion_run TO mingjian_app;
