-- Duties handed to a colleague for a span of days, and who acted for whom.
CREATE TABLE access_delegation (
  delegation_id  text PRIMARY KEY,
  from_account   text NOT NULL REFERENCES access_account,
  to_account     text NOT NULL REFERENCES access_account,
  roles          text[] NOT NULL CHECK (cardinality(roles) > 0),
  first_day      date NOT NULL,
  last_day       date NOT NULL,
  reason         text NOT NULL,
  made_at        bigint NOT NULL,
  made_by        text NOT NULL,
  withdrawn_at   bigint,
  withdrawn_by   text,
  CHECK (from_account <> to_account),
  CHECK (first_day <= last_day),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
COMMENT ON TABLE access_delegation IS 'Deputising (委托代办): roles of one person that another of the same authority may exercise from the first to the last day, China time. A row is withdrawn, never removed.';
CREATE INDEX access_delegation_to ON access_delegation (to_account) WHERE withdrawn_at IS NULL;
CREATE INDEX access_delegation_from ON access_delegation (from_account);

ALTER TABLE access_session ADD COLUMN delegation_id text REFERENCES access_delegation;
COMMENT ON COLUMN access_session.delegation_id IS 'Set while the bearer acts for somebody else; it counts only as long as the delegation is in force.';
ALTER TABLE access_audit ADD COLUMN behalf text;
COMMENT ON COLUMN access_audit.behalf IS 'The account the person acted for, where he acted for another.';

GRANT SELECT, INSERT, UPDATE ON access_delegation TO mingjian_app;
