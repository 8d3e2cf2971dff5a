-- Rows in which a forgotten WHERE would open somebody else's door: seen only by who names the person or the session.
-- FORCE holds for the owner of the tables too; a later migration that changes rows here names them in the same way.
ALTER TABLE access_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_session FORCE ROW LEVEL SECURITY;
CREATE POLICY access_session_named ON access_session
  USING (token_hash = current_setting('mingjian.session', true)
    OR current_setting('mingjian.person', true) IN (account_id, '*'));

ALTER TABLE access_totp ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_totp FORCE ROW LEVEL SECURITY;
CREATE POLICY access_totp_named ON access_totp
  USING (current_setting('mingjian.person', true) IN (account_id, '*'));
