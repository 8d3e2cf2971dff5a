-- ④ Reminders, warnings and e-supervision sheets to units, with their answers.
CREATE TABLE supervision_sheet (
  sheet_id       text PRIMARY KEY,
  unit_id        text NOT NULL,
  authority_id   text NOT NULL,
  region         text NOT NULL,
  outfall        text NOT NULL,
  tier           text NOT NULL CHECK (tier IN ('REMIND', 'WARN')),
  state          text NOT NULL,
  provisional    boolean NOT NULL,
  sentence_zh    text NOT NULL,
  sentence_en    text NOT NULL,
  factors        text[] NOT NULL,
  period_from    bigint NOT NULL,
  period_to      bigint,
  rule           text NOT NULL DEFAULT '',
  round          integer NOT NULL DEFAULT 1,
  document_id    text,
  document_no    text,
  delivery_id    text,
  delivered_at   bigint,
  confirmed_at   bigint,
  feedback_due   bigint,
  created_at     bigint NOT NULL,
  changed_at     bigint NOT NULL
);
COMMENT ON TABLE supervision_sheet IS 'Projection: one sheet per episode of an outfall, whatever number of findings it has.';
COMMENT ON COLUMN supervision_sheet.round IS 'Counts notices sent for this sheet: a warning after a reminder, or a poor answer sent back, is the next round.';
CREATE INDEX supervision_sheet_unit ON supervision_sheet (unit_id, created_at DESC);
CREATE INDEX supervision_sheet_authority ON supervision_sheet (authority_id, created_at DESC);
CREATE INDEX supervision_sheet_outfall ON supervision_sheet (outfall, state);

CREATE TABLE supervision_sheet_clue (
  clue_id   text PRIMARY KEY,
  sheet_id  text NOT NULL REFERENCES supervision_sheet,
  joined_at bigint NOT NULL
);
COMMENT ON TABLE supervision_sheet_clue IS 'Clues a sheet answers for. A clue lies in one sheet only: no flood of notices.';
CREATE INDEX supervision_sheet_clue_sheet ON supervision_sheet_clue (sheet_id);

CREATE TABLE supervision_event (
  event_id   text PRIMARY KEY,
  sheet_id   text NOT NULL REFERENCES supervision_sheet,
  at         bigint NOT NULL,
  act        text NOT NULL,
  from_state text,
  to_state   text NOT NULL,
  actor_id   text NOT NULL,
  duty       text,
  basis      text,
  document_id text,
  detail     jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE supervision_event IS 'Ledger of acts on a sheet: who, on what basis, with what paper.';
CREATE INDEX supervision_event_sheet ON supervision_event (sheet_id, event_id);

CREATE TABLE supervision_feedback (
  feedback_id  text PRIMARY KEY,
  sheet_id     text NOT NULL REFERENCES supervision_sheet,
  round        integer NOT NULL,
  at           bigint NOT NULL,
  account_id   text NOT NULL,
  cause        text NOT NULL,
  explanation  text NOT NULL,
  measures     text NOT NULL,
  materials    jsonb NOT NULL,
  marks        text[] NOT NULL,
  late         boolean NOT NULL
);
COMMENT ON TABLE supervision_feedback IS 'Ledger of answers as the unit gave them. Materials are blobs by SHA-256.';
CREATE INDEX supervision_feedback_sheet ON supervision_feedback (sheet_id, at);

CREATE TABLE supervision_lapse (
  lapse_id   text PRIMARY KEY,
  unit_id    text NOT NULL,
  sheet_id   text NOT NULL REFERENCES supervision_sheet,
  kind       text NOT NULL CHECK (kind IN ('OVERDUE', 'POOR', 'FALSE')),
  ordinal    integer NOT NULL,
  measure    text NOT NULL CHECK (measure IN ('REMIND', 'WARN', 'TALK')),
  at         bigint NOT NULL
);
COMMENT ON TABLE supervision_lapse IS 'Ledger of late, poor and false answers per unit: first remind, second warn, third talk (内环办〔2021〕103号 三（一）).';
CREATE INDEX supervision_lapse_unit ON supervision_lapse (unit_id, at);

GRANT SELECT, INSERT, UPDATE ON supervision_sheet TO mingjian_app;
GRANT SELECT, INSERT ON supervision_sheet_clue, supervision_event, supervision_feedback, supervision_lapse TO mingjian_app;
