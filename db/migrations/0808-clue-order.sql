-- Pages of the pool for those who see many authorities: in the order of the page, whoever the rows belong to.
CREATE INDEX review_clue_newest ON review_clue (changed_at DESC, clue_id DESC);
CREATE INDEX review_clue_priority ON review_clue (priority DESC, clue_id DESC);
