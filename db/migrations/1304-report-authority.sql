-- A report of the public belongs to the authority it names a unit, outfall or county of, else to the province's: nobody
-- else sees who reported. What came before goes to the province's.
ALTER TABLE disclosure_report ADD COLUMN authority_id text;
SELECT set_config('mingjian.report', '*', true);
UPDATE disclosure_report SET authority_id = (SELECT authority_id FROM access_authority WHERE parent_id IS NULL ORDER BY authority_id LIMIT 1);
SELECT set_config('mingjian.report', '', true);
COMMENT ON COLUMN disclosure_report.authority_id IS 'Whose enforcement handles it: the authority of what the report names, else the province''s. Null only where the platform knows no authority; nobody''s then.';
