-- The collecting bank and its account as readers of English are told them; empty where nobody has entered them.
ALTER TABLE access_authority_office
  ADD COLUMN bank_en         text NOT NULL DEFAULT '',
  ADD COLUMN account_name_en text NOT NULL DEFAULT '';
