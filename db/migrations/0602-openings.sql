-- Doors as judging reads them: reports on change and every 15 minutes put together to openings.

CREATE TABLE analysis_opening (
  outfall   text   NOT NULL,
  opened_at bigint NOT NULL,
  closed_at bigint,
  method    text   NOT NULL,
  person    text   NOT NULL,
  known_at  bigint NOT NULL,
  PRIMARY KEY (outfall, opened_at)
);
COMMENT ON TABLE analysis_opening IS 'Projection of door reports for charts; can be rebuilt from the journal';
COMMENT ON COLUMN analysis_opening.closed_at IS 'Null while the door is open';
GRANT SELECT, INSERT, UPDATE ON analysis_opening TO mingjian_app;
