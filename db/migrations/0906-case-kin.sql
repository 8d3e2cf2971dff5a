-- A file may be opened from another case instead of a handover: split off, against a further party, or anew after the archive.
ALTER TABLE penalty_case ADD COLUMN opened_from text REFERENCES penalty_case;
COMMENT ON COLUMN penalty_case.opened_from IS 'The case whose step opened this file; null when a handover did.';
ALTER TABLE penalty_case DROP CONSTRAINT penalty_case_review_id_key;
CREATE UNIQUE INDEX penalty_case_handover ON penalty_case (review_id) WHERE opened_from IS NULL;
COMMENT ON COLUMN penalty_case.review_id IS 'One handover opens one case, however often its event is delivered; files opened from that case share it.';
CREATE INDEX penalty_case_review ON penalty_case (review_id);
