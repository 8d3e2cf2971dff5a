-- A person changes the own password; one that an administrator gave out is changed at the next sign-in.
ALTER TABLE access_account ADD COLUMN password_due boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN access_account.password_due IS 'True from when an administrator gave out a password until its bearer has set one nobody else knows (GB/T 22239-2019 8.1.4.1).';

CREATE TABLE access_past_password (
  account_id     text   NOT NULL REFERENCES access_account,
  password_hash  text   NOT NULL,
  replaced_at    bigint NOT NULL,
  PRIMARY KEY (account_id, password_hash)
);
COMMENT ON TABLE access_past_password IS 'Ledger: hashes of passwords that were replaced, so that the last ones are not used again.';
GRANT SELECT, INSERT ON access_past_password TO mingjian_app;

ALTER TABLE access_session DROP CONSTRAINT access_session_stage_check;
ALTER TABLE access_session ADD CONSTRAINT access_session_stage_check CHECK (stage IN ('full', 'second-factor', 'enrol', 'new-password'));
ALTER TABLE access_session DROP CONSTRAINT access_session_ended_why_check;
ALTER TABLE access_session ADD CONSTRAINT access_session_ended_why_check CHECK (ended_why IN ('signed-out', 'newer-sign-in', 'disabled', 'expired', 'stepped-up', 'unlinked', 'factor-demanded', 'password-reset', 'password-changed', 'ended-by-keeper'));
COMMENT ON COLUMN access_session.stage IS 'full: may act; second-factor: the password was right, the factor is still owed; enrol: may only enrol a factor its role demands; new-password: may only set a new password.';
