-- Up to where a handler has nothing left to do: what lies below is not looked at again, however many years it is.
CREATE TABLE outbox_mark (
  handler    text   NOT NULL PRIMARY KEY,
  seq        bigint NOT NULL
);
COMMENT ON TABLE outbox_mark IS 'Every event of the handler''s type up to this one is handled and at least a day old.';
GRANT SELECT, INSERT, UPDATE ON outbox_mark TO mingjian_app;
