-- ⑤ The way by which a clue comes to its review, the body that reviews it, and the paper that satisfies gate:G8 (R50).
ALTER TABLE review_clue
  ADD COLUMN route text NOT NULL DEFAULT 'PANEL_LIST',
  ADD COLUMN body  text NOT NULL DEFAULT 'REVIEW',
  ADD COLUMN confirmed_paper jsonb;
ALTER TABLE review
  ADD COLUMN body  text NOT NULL DEFAULT 'REVIEW',
  ADD COLUMN paper text NOT NULL DEFAULT 'REVIEW_OPINION';
COMMENT ON COLUMN review_clue.route IS 'Which way the profile of the region leads this clue; decided anew while the clue still grows.';
COMMENT ON COLUMN review.paper IS 'Kind of paper the profile asked for when the review was taken up.';
