-- Pages of cases for those who see many authorities: in the order of the page, whoever the rows belong to.
CREATE INDEX penalty_case_newest ON penalty_case (changed_at DESC, case_id DESC);
