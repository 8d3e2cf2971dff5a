-- Authorised agents of a unit (运维单位、授权代理人): whom a unit lets act for it, where, with what, from which day to which.

ALTER TABLE access_account DROP CONSTRAINT access_account_check;
ALTER TABLE access_account ADD CONSTRAINT access_account_side CHECK (authority_id IS NULL OR unit_id IS NULL);
ALTER TABLE access_account ADD COLUMN company text;
COMMENT ON TABLE access_account IS 'A person who may sign in: an official of one authority, a user of one unit, or a person of a third party, never two of them.';
COMMENT ON COLUMN access_account.company IS 'Company of a person who belongs to neither an authority nor a registered unit (运维单位).';

CREATE TABLE access_agent_grant (
  grant_id    text   PRIMARY KEY,
  account_id  text   NOT NULL REFERENCES access_account,
  unit_id     text   NOT NULL,
  company     text   NOT NULL,
  outfalls    text[] NOT NULL CHECK (cardinality(outfalls) > 0),
  acts        text[] NOT NULL CHECK (cardinality(acts) > 0),
  from_day    date   NOT NULL,
  until_day   date   NOT NULL CHECK (until_day >= from_day),
  granted_by  text   NOT NULL,
  granted_at  bigint NOT NULL
);
COMMENT ON TABLE access_agent_grant IS 'Ledger: whom a unit authorised, for which outfalls and acts, first and last day included; a change is a withdrawal and a new row.';
CREATE INDEX access_agent_grant_account ON access_agent_grant (account_id);
CREATE INDEX access_agent_grant_unit ON access_agent_grant (unit_id);

CREATE TABLE access_agent_withdrawal (
  grant_id      text   PRIMARY KEY REFERENCES access_agent_grant,
  withdrawn_by  text   NOT NULL,
  withdrawn_at  bigint NOT NULL,
  reason        text   NOT NULL
);
COMMENT ON TABLE access_agent_withdrawal IS 'Ledger: an authorisation taken back; it ends at that moment.';

CREATE TABLE access_invitation (
  code_hash   text   PRIMARY KEY,
  account_id  text   NOT NULL REFERENCES access_account,
  invited_by  text   NOT NULL,
  created_at  bigint NOT NULL,
  expires_at  bigint NOT NULL,
  used_at     bigint
);
COMMENT ON TABLE access_invitation IS 'One-time codes by SHA-256 with which an invited person sets the own password: whoever invites never knows it.';

GRANT SELECT, INSERT ON access_agent_grant, access_agent_withdrawal TO mingjian_app;
GRANT SELECT, INSERT, UPDATE ON access_invitation TO mingjian_app;

-- Units that have people already: the first of them administers the unit's authorisations.
INSERT INTO access_account_role (account_id, role, granted_at, granted_by)
SELECT DISTINCT ON (unit_id) account_id, 'unit-admin', created_at, 'platform'
FROM access_account WHERE unit_id IS NOT NULL AND disabled_at IS NULL ORDER BY unit_id, created_at, account_id;
