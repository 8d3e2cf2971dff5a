-- The order of the panel's queue: expected harm × certainty ÷ effort, see decide-priority.ts.
ALTER TABLE review_clue ADD COLUMN priority double precision NOT NULL DEFAULT 0;
COMMENT ON COLUMN review_clue.priority IS 'Expected harm × certainty ÷ hours of work, as of the last time the clue grew; an order, not a measure.';
CREATE INDEX review_clue_queue ON review_clue (authority_id, state, priority DESC, clue_id DESC);
