-- Comments of tables say themselves what they once left to pages that are not part of this repository. Applied files are never edited.
COMMENT ON TABLE lease IS 'Who may do a thing that only one process may do at a time; times are those of the given clock.';
COMMENT ON COLUMN frame_journal.key IS 'Identity in transport: MN, CN, QN, PNO; without QN: MN, CN, DataTime, ST, PNO';
COMMENT ON TABLE model_parameter IS 'Ledger: dated parameters that replace a model''s default; proposer and approver are two people';
COMMENT ON COLUMN review_clue.group_id IS 'Authority whose panel and review group handle it; a branch office''s clue goes to its city (江苏办法 第七条).';
COMMENT ON TABLE review_gap IS 'Ledger of omissions of 江苏办法 第二十五条: the gap and who was on duty, never a culprit.';
COMMENT ON TABLE case_discretion_run IS 'Ledger: stored calculations with inputs, table version and every number.';
COMMENT ON COLUMN penalty_case.shown_to_unit IS 'True once the unit was asked or a paper of the case reached it. Before that its own view does not list the case: evidence may have to be fixed first.';
COMMENT ON TABLE delivery IS 'One way of one document to one unit. The legal day is the day of arrival in the recipient''s system, never the day of reading (民事诉讼法 第九十条).';
