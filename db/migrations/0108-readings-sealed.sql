-- Readings of evidence are leaves of the evidence log too, in batches.
CREATE TABLE access_reading_leaf (
  reading_id  text PRIMARY KEY REFERENCES access_reading_log,
  at          bigint NOT NULL
);
COMMENT ON TABLE access_reading_leaf IS 'Readings that stand in the evidence log: the leaf names the reading and the digest of its row.';
COMMENT ON COLUMN access_reading_leaf.at IS 'Of the reading, so that the next batch knows where to look.';
CREATE INDEX access_reading_leaf_at ON access_reading_leaf (at);
CREATE INDEX access_reading_at ON access_reading_log (at);
GRANT SELECT, INSERT ON access_reading_leaf TO mingjian_app;
