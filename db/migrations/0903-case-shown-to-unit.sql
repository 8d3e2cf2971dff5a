-- When a unit learns of its case.
ALTER TABLE penalty_case ADD COLUMN shown_to_unit boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN penalty_case.shown_to_unit IS 'True once the unit was asked or a paper of the case reached it. Before that its own view does not list the case: evidence may have to be fixed first (R41).';
