-- What outfalls tell each other once a day: facts in a small fixed form, read by the others a day later.

CREATE TABLE analysis_peer_summary (
  outfall text   NOT NULL,
  at      bigint NOT NULL,
  body    jsonb  NOT NULL,
  PRIMARY KEY (at, outfall)
);
COMMENT ON TABLE analysis_peer_summary IS 'Projection: daily summaries of outfalls (levels, noise, power per kg, hourly values, visits); can be rebuilt from the journal';
COMMENT ON COLUMN analysis_peer_summary.at IS 'Daily moment (02:00) at which it was made; others may read it from the next one on';
GRANT SELECT, INSERT, UPDATE, DELETE ON analysis_peer_summary TO mingjian_app;
