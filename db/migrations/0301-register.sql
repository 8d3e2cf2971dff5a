-- The register (档案): units, outfalls and everything registered about them, as rows of the register files (formats.md §4, R26).

CREATE TABLE register_entry (
  kind         text   NOT NULL,
  key          text   NOT NULL,
  unit         text,
  outfall      text,
  authority_id text,
  start_at     bigint,
  body         jsonb  NOT NULL,
  revised_at   bigint NOT NULL,
  PRIMARY KEY (kind, key)
);
COMMENT ON TABLE register_entry IS 'What is registered now: one row per row of a register file; body holds the checked row and its extra columns';
COMMENT ON COLUMN register_entry.kind IS 'units, outfalls, factors, limits, permits, meters, maintenance, orders, selfMonitoring, weather, other';
COMMENT ON COLUMN register_entry.authority_id IS 'Authority on whose ground the unit stands (units only)';
CREATE INDEX register_entry_unit ON register_entry (unit, kind) WHERE unit IS NOT NULL;
CREATE INDEX register_entry_outfall ON register_entry (outfall, kind) WHERE outfall IS NOT NULL;
CREATE INDEX register_entry_authority ON register_entry (authority_id, key) WHERE kind = 'units';
GRANT SELECT, INSERT, UPDATE ON register_entry TO mingjian_app;

CREATE TABLE register_change (
  seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id  text   NOT NULL,
  kind       text   NOT NULL,
  key        text   NOT NULL,
  before     jsonb,
  after      jsonb  NOT NULL,
  changed_at bigint NOT NULL
);
COMMENT ON TABLE register_change IS 'Ledger: every change of the register with what stood before, so that an old judgement can be recomputed';
CREATE INDEX register_change_key ON register_change (kind, key, seq);
GRANT SELECT, INSERT ON register_change TO mingjian_app;

CREATE TABLE register_import (
  import_id   text   PRIMARY KEY,
  imported_by text   NOT NULL,
  imported_at bigint NOT NULL,
  added       integer NOT NULL,
  changed     integer NOT NULL,
  unchanged   integer NOT NULL,
  problems    jsonb  NOT NULL
);
COMMENT ON TABLE register_import IS 'Ledger: who imported register files, when, and which rows were left out';
GRANT SELECT, INSERT ON register_import TO mingjian_app;

CREATE TABLE register_mark (
  mark         text   NOT NULL,
  submitted_at bigint NOT NULL,
  outfall      text   NOT NULL,
  kind         text   NOT NULL,
  start_at     bigint NOT NULL,
  end_at       bigint NOT NULL CHECK (end_at >= start_at),
  reason       text   NOT NULL,
  submitted_by text   NOT NULL,
  known_at     bigint NOT NULL,
  attributes   jsonb  NOT NULL,
  PRIMARY KEY (mark, submitted_at)
);
COMMENT ON TABLE register_mark IS 'Ledger: marks of units on their own data (生态环境部公告2022年第21号); a correction is a further row of the same mark';
COMMENT ON COLUMN register_mark.submitted_at IS 'When the unit submitted it; a late mark is kept and has no effect';
COMMENT ON COLUMN register_mark.known_at IS 'When the platform had it (import or portal)';
CREATE INDEX register_mark_outfall ON register_mark (outfall, start_at);
GRANT SELECT, INSERT ON register_mark TO mingjian_app;
