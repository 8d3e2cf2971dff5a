-- Passkeys beside authenticator apps, the challenges they answer, and who took a lost factor off and why.
CREATE TABLE access_passkey (
  passkey_id     text PRIMARY KEY,
  account_id     text NOT NULL REFERENCES access_account,
  name           text NOT NULL,
  rp_id          text NOT NULL,
  credential_id  text NOT NULL UNIQUE,
  public_key     text NOT NULL,
  counter        bigint NOT NULL,
  transports     text[] NOT NULL,
  created_at     bigint NOT NULL,
  used_at        bigint,
  removed_at     bigint,
  removed_by     text,
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
COMMENT ON TABLE access_passkey IS 'Passkeys (W3C Web Authentication Level 3) as second factors; several per account. A row is ended, never removed.';
COMMENT ON COLUMN access_passkey.public_key IS 'COSE key, base64url. Nothing here is secret.';
COMMENT ON COLUMN access_passkey.counter IS 'Signature counter of the last use: one that does not grow betrays a copied key (Web Authentication 6.1.1).';
CREATE INDEX access_passkey_account ON access_passkey (account_id) WHERE removed_at IS NULL;

CREATE TABLE access_passkey_challenge (
  challenge   text PRIMARY KEY,
  account_id  text NOT NULL REFERENCES access_account,
  purpose     text NOT NULL CHECK (purpose IN ('register', 'use')),
  created_at  bigint NOT NULL,
  spent_at    bigint
);
COMMENT ON TABLE access_passkey_challenge IS 'Challenges given out: each is answered once, by the person asked, within five minutes.';

CREATE TABLE access_factor_reset_log (
  reset_id    text PRIMARY KEY,
  account_id  text NOT NULL REFERENCES access_account,
  at          bigint NOT NULL,
  reset_by    text NOT NULL,
  reason      text NOT NULL
);
COMMENT ON TABLE access_factor_reset_log IS 'Second factors taken off by the security administrator, with the reason. Append only.';

GRANT SELECT, INSERT, UPDATE ON access_passkey, access_passkey_challenge TO mingjian_app;
GRANT SELECT, INSERT ON access_factor_reset_log TO mingjian_app;
