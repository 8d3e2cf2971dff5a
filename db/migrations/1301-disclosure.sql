-- Public pages: decisions with what was hidden in them, and problems reported by the public.
CREATE TABLE disclosure_publication (
  publication_id text PRIMARY KEY,
  case_id        text NOT NULL UNIQUE,
  case_no        text NOT NULL,
  authority_id   text NOT NULL,
  authority_name text NOT NULL,
  unit_id        text NOT NULL,
  unit_name      text NOT NULL,
  credit_code    text NOT NULL,
  document_id    text,
  document_no    text NOT NULL,
  document_sha   text,
  violation      text NOT NULL,
  facts          text NOT NULL,
  outcome        text NOT NULL,
  amount         bigint NOT NULL,
  decided_on     date NOT NULL,
  redactions     jsonb NOT NULL,
  state          text NOT NULL CHECK (state IN ('PREPARED', 'PUBLISHED', 'WITHHELD', 'WITHDRAWN')),
  prepared_by    text NOT NULL,
  published_at   bigint,
  withdrawn_at   bigint,
  withdraw_note  text,
  changed_at     bigint NOT NULL
);
COMMENT ON TABLE disclosure_publication IS 'Projection: what the public may read of a decision, after redaction (行政处罚法 第四十八条).';
COMMENT ON COLUMN disclosure_publication.redactions IS 'What was hidden, by kind and number; never the hidden words themselves.';
CREATE INDEX disclosure_publication_public ON disclosure_publication (published_at DESC) WHERE state = 'PUBLISHED';

CREATE TABLE disclosure_event (
  event_id       text PRIMARY KEY,
  publication_id text NOT NULL REFERENCES disclosure_publication,
  at             bigint NOT NULL,
  act            text NOT NULL,
  to_state       text NOT NULL,
  actor_id       text NOT NULL,
  note           text NOT NULL
);
COMMENT ON TABLE disclosure_event IS 'Ledger of acts on a publication.';

CREATE TABLE disclosure_report (
  report_id   text PRIMARY KEY,
  code_hash   text NOT NULL UNIQUE,
  text        text NOT NULL,
  place       text NOT NULL,
  contact     text NOT NULL,
  source_hash text NOT NULL,
  state       text NOT NULL CHECK (state IN ('RECEIVED', 'HANDLING', 'ANSWERED')),
  answer      text,
  answered_by text,
  at          bigint NOT NULL,
  changed_at  bigint NOT NULL
);
COMMENT ON TABLE disclosure_report IS 'Problems reported by the public. Contact is for the handling officer only; the query code is kept as a digest.';
CREATE INDEX disclosure_report_source ON disclosure_report (source_hash, at);

GRANT SELECT, INSERT, UPDATE ON disclosure_publication, disclosure_report TO mingjian_app;
GRANT SELECT, INSERT ON disclosure_event TO mingjian_app;
