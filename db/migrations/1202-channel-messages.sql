-- Short messages beside the portal: what went through which channel, to whom, with what result.
CREATE TABLE delivery_message (
  message_id    text PRIMARY KEY,
  subject_kind  text NOT NULL,
  subject_ids   text[] NOT NULL,
  unit_id       text NOT NULL,
  authority_id  text NOT NULL,
  audience      text NOT NULL CHECK (audience IN ('UNIT', 'STAFF')),
  channel       text NOT NULL CHECK (channel IN ('SMS', 'WECHAT', 'APP', 'VOICE')),
  recipient     text NOT NULL,
  address       text NOT NULL,
  body          text NOT NULL,
  created_at    bigint NOT NULL,
  state         text NOT NULL CHECK (state IN ('QUEUED', 'SENT', 'RECORDED', 'FAILED', 'HELD')),
  reason        text,
  receipt       text,
  attempts      integer NOT NULL DEFAULT 0,
  settled_at    bigint
);
COMMENT ON TABLE delivery_message IS 'Projection: one message through one channel to one recipient. RECORDED: the built-in adapter, nothing left the house. HELD: over the limit of the day, the portal alone tells. A message is no service: the portal is.';
CREATE INDEX delivery_message_subject ON delivery_message USING gin (subject_ids);
CREATE INDEX delivery_message_unit ON delivery_message (unit_id, audience, created_at);

CREATE TABLE delivery_message_attempt (
  message_id  text NOT NULL REFERENCES delivery_message,
  attempt     integer NOT NULL,
  at          bigint NOT NULL,
  ok          boolean NOT NULL,
  detail      text NOT NULL,
  PRIMARY KEY (message_id, attempt)
);
COMMENT ON TABLE delivery_message_attempt IS 'Ledger of attempts to send, failures included.';

GRANT SELECT, INSERT ON delivery_message, delivery_message_attempt TO mingjian_app;
GRANT UPDATE (state, reason, receipt, attempts, settled_at) ON delivery_message TO mingjian_app;
