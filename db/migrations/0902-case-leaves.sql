-- Which evidence leaf each step of a case became.
CREATE TABLE case_leaf (
  case_id text NOT NULL REFERENCES penalty_case,
  seq     integer NOT NULL,
  idx     bigint NOT NULL,
  PRIMARY KEY (case_id, seq)
);
COMMENT ON TABLE case_leaf IS 'Short cut for the export: step → leaf. Written after the commit of the step; the leaf itself names case and step.';
GRANT SELECT, INSERT ON case_leaf TO mingjian_app;
