-- A case against a natural person: no register names the party, so the file does.
ALTER TABLE penalty_case ADD COLUMN party_name text;
COMMENT ON COLUMN penalty_case.party_name IS 'Name of the party where it is a person, as the file names it; null for a registered unit.';
