-- The whole state of an outfall's judging is stored, so that any number of outfalls is judged in bounded memory and a
-- restart goes on where it was left. A lane without a state is judged again from the journal.

ALTER TABLE analysis_lane
  DROP COLUMN snapshot,
  DROP COLUMN snapshot_at,
  ADD COLUMN seq       bigint NOT NULL DEFAULT -1,
  ADD COLUMN stored_at bigint,
  ADD COLUMN state     bytea;
-- Packed already.
ALTER TABLE analysis_lane ALTER COLUMN state SET STORAGE EXTERNAL;
COMMENT ON TABLE analysis_lane IS 'Projection: where the judging of an outfall is taken up again; can be rebuilt from the journal';
COMMENT ON COLUMN analysis_lane.seq IS 'Journal sequence number up to which the state holds every frame of the outfall';
COMMENT ON COLUMN analysis_lane.stored_at IS 'Known time up to which the stored state was judged';
COMMENT ON COLUMN analysis_lane.state IS 'Opinions, what models learnt today, facts beside the columns (structured clone, zstd)';

CREATE TABLE analysis_piece (
  outfall text   NOT NULL,
  start   bigint NOT NULL,
  bytes   bytea  NOT NULL,
  PRIMARY KEY (outfall, start)
);
ALTER TABLE analysis_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE analysis_piece IS 'Projection: eight days of an outfall''s columns (hours, steps, power), packed; written again only when something of those days came';
GRANT SELECT, INSERT, UPDATE, DELETE ON analysis_piece TO mingjian_app;
