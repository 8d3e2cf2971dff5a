-- Sign-in through an authority's own identity service: tries under way, identities seen, and the accounts they are linked to.
CREATE TABLE access_identity_try (
  state_hash    text PRIMARY KEY,
  browser_hash  text NOT NULL,
  nonce         text NOT NULL,
  verifier      text NOT NULL,
  back          text NOT NULL,
  created_at    bigint NOT NULL,
  spent_at      bigint
);
COMMENT ON TABLE access_identity_try IS 'Authorization requests sent out (OpenID Connect Core 3.1.2): answered once, by the browser that began, within ten minutes. State and browser are kept as SHA-256.';

CREATE TABLE access_identity (
  issuer       text NOT NULL,
  subject      text NOT NULL,
  label        text NOT NULL,
  first_seen   bigint NOT NULL,
  last_seen    bigint NOT NULL,
  PRIMARY KEY (issuer, subject)
);
COMMENT ON TABLE access_identity IS 'Identities that signed in at the service. Being known there opens nothing here: an administrator links them.';
COMMENT ON COLUMN access_identity.label IS 'Name the service gives; shown to the administrator, decides nothing.';

CREATE TABLE access_identity_link (
  link_id      text PRIMARY KEY,
  issuer       text NOT NULL,
  subject      text NOT NULL,
  account_id   text NOT NULL REFERENCES access_account,
  linked_at    bigint NOT NULL,
  linked_by    text NOT NULL,
  removed_at   bigint,
  removed_by   text,
  FOREIGN KEY (issuer, subject) REFERENCES access_identity,
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
COMMENT ON TABLE access_identity_link IS 'Which account an identity opens, as a history; one identity opens one account.';
CREATE UNIQUE INDEX access_identity_link_one ON access_identity_link (issuer, subject) WHERE removed_at IS NULL;
CREATE INDEX access_identity_link_account ON access_identity_link (account_id);

ALTER TABLE access_session DROP CONSTRAINT access_session_ended_why_check;
ALTER TABLE access_session ADD CONSTRAINT access_session_ended_why_check CHECK (ended_why IN ('signed-out', 'newer-sign-in', 'disabled', 'expired', 'stepped-up', 'unlinked'));

GRANT SELECT, INSERT, UPDATE ON access_identity_try, access_identity, access_identity_link TO mingjian_app;
