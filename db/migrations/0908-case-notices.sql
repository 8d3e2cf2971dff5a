-- ⑥ What the platform learns later about a case that is already open: told to its officers, never a silent change.
CREATE TABLE case_notice (
  case_id      text NOT NULL REFERENCES penalty_case,
  clue_id      text NOT NULL,
  clue_version integer NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('VALIDITY_CHANGED')),
  noted_at     bigint NOT NULL,
  body         jsonb NOT NULL,
  PRIMARY KEY (case_id, clue_id, clue_version, kind)
);
COMMENT ON TABLE case_notice IS 'Ledger: the validity of hours a case stands on has changed; which, by what and what is left of the finding, as ③ told it';
GRANT SELECT, INSERT ON case_notice TO mingjian_app;
