-- Second factors: authenticator apps, recovery codes, and which roles must have one.
ALTER TABLE access_session ADD COLUMN stage text NOT NULL DEFAULT 'full' CHECK (stage IN ('full', 'second-factor', 'enrol'));
COMMENT ON COLUMN access_session.stage IS 'full: may act; second-factor: the password was right, the factor is still owed; enrol: may only enrol a factor its role demands.';
ALTER TABLE access_session DROP CONSTRAINT access_session_ended_why_check;
ALTER TABLE access_session ADD CONSTRAINT access_session_ended_why_check CHECK (ended_why IN ('signed-out', 'newer-sign-in', 'disabled', 'expired', 'stepped-up'));

CREATE TABLE access_totp (
  factor_id     text PRIMARY KEY,
  account_id    text NOT NULL REFERENCES access_account,
  secret        text NOT NULL,
  created_at    bigint NOT NULL,
  confirmed_at  bigint,
  last_step     bigint NOT NULL DEFAULT 0,
  removed_at    bigint,
  removed_by    text,
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
COMMENT ON TABLE access_totp IS 'Authenticator apps (RFC 6238). A row counts once confirmed; it is ended, never removed.';
COMMENT ON COLUMN access_totp.secret IS 'Sealed with AES-256-GCM under the key of the installation, bound to the account.';
COMMENT ON COLUMN access_totp.last_step IS 'The last 30-second step a code was accepted for: a code counts once (RFC 6238 5.2).';
CREATE UNIQUE INDEX access_totp_one ON access_totp (account_id) WHERE removed_at IS NULL;

CREATE TABLE access_recovery_code (
  code_hash   text PRIMARY KEY,
  account_id  text NOT NULL REFERENCES access_account,
  created_at  bigint NOT NULL,
  used_at     bigint,
  void_at     bigint
);
COMMENT ON TABLE access_recovery_code IS 'SHA-256 of recovery codes of 60 random bits; each opens once, a new set voids the older.';
CREATE INDEX access_recovery_code_account ON access_recovery_code (account_id);

CREATE TABLE access_factor_rule (
  rule_id  text PRIMARY KEY,
  roles    text[] NOT NULL,
  at       bigint NOT NULL,
  set_by   text NOT NULL
);
COMMENT ON TABLE access_factor_rule IS 'Roles that must have a second factor, as a history: the latest row holds. Append only.';

GRANT SELECT, INSERT, UPDATE ON access_totp, access_recovery_code TO mingjian_app;
GRANT SELECT, INSERT ON access_factor_rule TO mingjian_app;
