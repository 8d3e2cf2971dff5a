-- Whose case it is: both officers, so that what waits in it is told to them.
ALTER TABLE penalty_case ADD COLUMN officers text[] NOT NULL DEFAULT '{}';
UPDATE penalty_case SET officers = ARRAY[lead_officer] WHERE lead_officer IS NOT NULL;
ALTER TABLE penalty_case DROP COLUMN lead_officer;
COMMENT ON COLUMN penalty_case.officers IS 'Accounts of the officers in charge, the lead first (行政处罚法 第四十二条); empty before the filing.';
