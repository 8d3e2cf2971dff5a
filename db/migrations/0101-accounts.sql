-- Authorities, people who may sign in, their sessions, and the trail of what they asked for.
CREATE TABLE access_authority (
  authority_id  text PRIMARY KEY,
  name_zh       text NOT NULL,
  name_en       text NOT NULL,
  level         text NOT NULL CHECK (level IN ('province', 'city', 'branch')),
  parent_id     text REFERENCES access_authority,
  region        text NOT NULL,
  doc_prefix    text NOT NULL,
  created_at    bigint NOT NULL
);
COMMENT ON TABLE access_authority IS 'Tree of authorities: province, city, branch office (江苏办法 第四条、第五条).';
COMMENT ON COLUMN access_authority.doc_prefix IS 'Letters of the authority in document numbers, e.g. 苏清环.';

CREATE TABLE access_account (
  account_id          text PRIMARY KEY,
  login               text NOT NULL UNIQUE,
  name                text NOT NULL,
  password_hash       text NOT NULL,
  authority_id        text REFERENCES access_authority,
  unit_id             text,
  region              text NOT NULL,
  certificate_no      text,
  certificate_from    date,
  certificate_to      date,
  legal_qualification text,
  demo                boolean NOT NULL DEFAULT false,
  disabled_at         bigint,
  created_at          bigint NOT NULL,
  CHECK ((authority_id IS NULL) <> (unit_id IS NULL)),
  CHECK ((certificate_no IS NULL) = (certificate_to IS NULL))
);
COMMENT ON TABLE access_account IS 'A person who may sign in: an official of one authority or a user of one unit, never both.';
CREATE INDEX access_account_authority ON access_account (authority_id);
CREATE INDEX access_account_unit ON access_account (unit_id);

CREATE TABLE access_account_role (
  account_id  text NOT NULL REFERENCES access_account,
  role        text NOT NULL,
  granted_at  bigint NOT NULL,
  granted_by  text NOT NULL,
  revoked_at  bigint,
  PRIMARY KEY (account_id, role, granted_at)
);
COMMENT ON TABLE access_account_role IS 'Who held which role from when to when; a row is ended, never removed.';

CREATE TABLE access_session (
  token_hash  text PRIMARY KEY,
  account_id  text NOT NULL REFERENCES access_account,
  created_at  bigint NOT NULL,
  seen_at     bigint NOT NULL,
  ended_at    bigint,
  ended_why   text CHECK (ended_why IN ('signed-out', 'newer-sign-in', 'disabled', 'expired')),
  source      text NOT NULL
);
COMMENT ON TABLE access_session IS 'Sessions by SHA-256 of the cookie: a copy of this table opens no door.';
CREATE INDEX access_session_account ON access_session (account_id) WHERE ended_at IS NULL;

CREATE TABLE access_attempt (
  key           text PRIMARY KEY,
  failures      integer NOT NULL,
  first_at      bigint NOT NULL,
  locked_until  bigint
);
COMMENT ON TABLE access_attempt IS 'Failed sign-ins per name typed and per source; kept also for names that do not exist, so that a lock tells nothing.';

CREATE TABLE access_audit (
  audit_id    text PRIMARY KEY,
  at          bigint NOT NULL,
  account_id  text NOT NULL,
  action      text NOT NULL,
  method      text NOT NULL,
  path        text NOT NULL,
  status      integer NOT NULL,
  source      text NOT NULL
);
COMMENT ON TABLE access_audit IS 'Requests that changed something or were refused. Append only; read by the audit administrator.';
CREATE INDEX access_audit_account ON access_audit (account_id, at);

GRANT SELECT, INSERT ON access_authority TO mingjian_app;
GRANT SELECT, INSERT, UPDATE ON access_account, access_account_role, access_session, access_attempt TO mingjian_app;
GRANT SELECT, INSERT ON access_audit TO mingjian_app;
