-- The case a handed-over clue became, so that "received but not investigated" can be told of the clue.
ALTER TABLE review_clue ADD COLUMN case_id text;
COMMENT ON COLUMN review_clue.case_id IS 'Learnt from case.received; the file itself belongs to ⑥.';
CREATE UNIQUE INDEX review_clue_case ON review_clue (case_id) WHERE case_id IS NOT NULL;
