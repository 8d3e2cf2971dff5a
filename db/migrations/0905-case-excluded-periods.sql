-- Times that do not count towards the term of a case.
CREATE TABLE case_excluded_period (
  case_id text NOT NULL REFERENCES penalty_case,
  n       integer NOT NULL,
  ground  text NOT NULL,
  reason  text NOT NULL,
  article text NOT NULL,
  from_at bigint NOT NULL,
  to_at   bigint,
  PRIMARY KEY (case_id, n),
  CHECK (to_at IS NULL OR to_at >= from_at)
);
COMMENT ON TABLE case_excluded_period IS 'Projection: hearing, service, monitoring, appraisal and the like, each with its ground. Rebuilt at any time from case_event.';
GRANT SELECT, INSERT, UPDATE ON case_excluded_period TO mingjian_app;
