-- Where a proposal failed in its shadow run: seen before anybody decides, never taken for silence.

CREATE TABLE model_shadow_failure (
  proposal text   NOT NULL REFERENCES model_proposal,
  outfall  text   NOT NULL,
  reason   text   NOT NULL,
  at       bigint NOT NULL,
  PRIMARY KEY (proposal, outfall)
);
COMMENT ON TABLE model_shadow_failure IS 'Projection: the last failure of a shadow run per outfall';
GRANT SELECT, INSERT, UPDATE ON model_shadow_failure TO mingjian_app;
