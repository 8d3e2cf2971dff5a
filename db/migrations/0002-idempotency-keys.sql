-- Answers to acts that were asked for under a key, so that asking again does not act again (draft-ietf-httpapi-idempotency-key-header).

CREATE TABLE idempotency_key (
  account      text   NOT NULL,
  key          text   NOT NULL,
  act          text   NOT NULL,
  body_sha256  text   NOT NULL,
  at           bigint NOT NULL,
  status       integer,
  content_type text,
  answer       bytea,
  PRIMARY KEY (account, key)
);
COMMENT ON TABLE idempotency_key IS 'A key, the request that used it first and the answer it got; kept for a day of the platform''s clock.';
COMMENT ON COLUMN idempotency_key.account IS 'Who asked, and for whom where he deputised: nobody is given another''s answer.';
COMMENT ON COLUMN idempotency_key.act IS 'Method and address with its query.';
COMMENT ON COLUMN idempotency_key.status IS 'Empty while the act runs, and for good where its answer was never told.';
CREATE INDEX idempotency_key_at ON idempotency_key (at);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO mingjian_app;
