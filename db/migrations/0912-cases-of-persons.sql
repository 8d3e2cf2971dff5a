-- Cases against persons are looked through for earlier ones of the same person: by the number of the identity paper, which the first event holds.
CREATE INDEX penalty_case_person ON penalty_case (case_id) WHERE party_name IS NOT NULL;
