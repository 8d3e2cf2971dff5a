-- A clock says whose matter it measures, so that "what is at risk" is asked for one authority and not sought among all.
ALTER TABLE deadline ADD COLUMN unit_id text, ADD COLUMN authority_id text;
UPDATE deadline d SET unit_id = o.unit_id, authority_id = o.authority_id FROM (
  SELECT 'case' AS kind, case_id AS id, unit_id, authority_id FROM penalty_case
  UNION ALL SELECT 'clue', clue_id, unit_id, authority_id FROM review_clue
  UNION ALL SELECT 'sheet', sheet_id, unit_id, authority_id FROM supervision_sheet
  UNION ALL SELECT 'register-dispute', dispute_id, unit_id, authority_id FROM register_dispute
  UNION ALL SELECT 'device-matter', matter_id, unit_id, authority_id FROM device_matter
  UNION ALL SELECT 'data-truthing', task_id, unit_id, authority_id FROM data_truthing
  UNION ALL SELECT 'publication', publication_id, unit_id, authority_id FROM disclosure_publication) o
WHERE d.subject_kind = o.kind AND d.subject_id = o.id;
ALTER TABLE deadline ALTER COLUMN unit_id SET NOT NULL, ALTER COLUMN authority_id SET NOT NULL;
COMMENT ON COLUMN deadline.unit_id IS 'The unit whose matter it is.';
COMMENT ON COLUMN deadline.authority_id IS 'The authority whose matter it is.';
CREATE INDEX deadline_of_authority ON deadline (authority_id, due_at) WHERE state IN ('OPEN', 'PAUSED');
