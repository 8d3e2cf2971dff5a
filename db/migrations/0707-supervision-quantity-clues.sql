-- A clue that comes after the daily look is attached to the row; where no monthly report follows, a confirmation settles it.
ALTER TABLE quota_report ADD COLUMN sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$');
COMMENT ON COLUMN quota_report.sha256 IS 'Digest of the report, for clues that are attached after it; absent for reports made before it was kept.';

ALTER TABLE quota_warning DROP CONSTRAINT quota_warning_state_check;
ALTER TABLE quota_warning ADD CONSTRAINT quota_warning_state_check CHECK (state IN ('WARNED', 'TO_CONFIRM', 'CONFIRMED', 'SETTLED', 'REJECTED', 'REPORTED'));
ALTER TABLE quota_warning DROP CONSTRAINT quota_warning_check;
ALTER TABLE quota_warning ADD CONSTRAINT quota_warning_check CHECK ((state IN ('CONFIRMED', 'SETTLED', 'REJECTED', 'REPORTED')) = (confirmed_at IS NOT NULL));
GRANT UPDATE (clue_id) ON quota_warning TO mingjian_app;
