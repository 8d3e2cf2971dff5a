-- What a person asks of a device through the gateway (HJ 212-2017 6.5: request, 9011, data, 9012).

CREATE TABLE device_command (
  command_id   text    PRIMARY KEY,
  mn           text    NOT NULL,
  outfall      text    NOT NULL,
  unit_id      text    NOT NULL,
  authority_id text,
  cn           text    NOT NULL,
  st           text    NOT NULL,
  from_at      bigint,
  to_at        bigint,
  asked_by     text    NOT NULL,
  asked_at     bigint  NOT NULL,
  state        text    NOT NULL DEFAULT 'WAITING'
    CHECK (state IN ('WAITING', 'SENT', 'ACCEPTED', 'DONE', 'FAILED', 'REFUSED', 'LINK_DOWN', 'TIMED_OUT')),
  qn           text,
  sent         integer NOT NULL DEFAULT 0,
  data_frames  integer NOT NULL DEFAULT 0,
  result       text,
  changed_at   bigint  NOT NULL,
  CHECK ((from_at IS NULL) = (to_at IS NULL) AND from_at <= to_at)
);
COMMENT ON TABLE device_command IS 'One row per request to a device; it stays for ever. Its asking and its end are leaves of the evidence log; its frames are in frame_journal.';
COMMENT ON COLUMN device_command.state IS 'WAITING for the device to be connected; SENT, ACCEPTED (9011) and the ends of hj212/exchange.ts';
COMMENT ON COLUMN device_command.qn IS 'QN of the request as sent last: the device repeats it in 9011 and 9012';
COMMENT ON COLUMN device_command.result IS 'QnRtn or ExeRtn that ended it';
CREATE UNIQUE INDEX device_command_open ON device_command (mn) WHERE state IN ('WAITING', 'SENT', 'ACCEPTED');
CREATE INDEX device_command_asked ON device_command (asked_at);
GRANT SELECT, INSERT ON device_command TO mingjian_app;
GRANT UPDATE (state, qn, sent, data_frames, result, changed_at) ON device_command TO mingjian_app;
