-- Matters of monitoring devices (设备事项): a fault the unit reports, a request to stop or remove a device, the record of an acceptance.

CREATE TABLE device_matter (
  matter_id     text   PRIMARY KEY,
  unit_id       text   NOT NULL,
  authority_id  text   NOT NULL,
  kind          text   NOT NULL CHECK (kind IN ('FAULT', 'STOP', 'REMOVAL', 'ACCEPTANCE')),
  outfall       text   NOT NULL,
  device        text   NOT NULL,
  factors       jsonb  NOT NULL,
  since         bigint NOT NULL,
  reason        text   NOT NULL,
  meanwhile     text   NOT NULL,
  materials     jsonb  NOT NULL,
  raised_by     text   NOT NULL,
  raised_at     bigint NOT NULL,
  told_due_at   bigint,
  told_article  text,
  due_at        bigint,
  article       text,
  state         text   NOT NULL DEFAULT 'OPEN'
    CHECK (state IN ('OPEN', 'REPAIRED', 'AGREED', 'AGREED_BY_SILENCE', 'REFUSED', 'REGISTERED', 'RETURNED', 'WITHDRAWN')),
  ended_by      text,
  ended_at      bigint,
  answer        text,
  CHECK ((state = 'OPEN') = (ended_at IS NULL)),
  CHECK ((due_at IS NULL) = (article IS NULL) AND (told_due_at IS NULL) = (told_article IS NULL))
);
COMMENT ON TABLE device_matter IS 'One row per matter; it stays for ever, only its end is added. Which kind has which clocks and which ends says decide-device-matter.ts.';
COMMENT ON COLUMN device_matter.since IS 'When the fault was noticed, from when the device shall stand still, or the day of acceptance; epoch ms';
COMMENT ON COLUMN device_matter.meanwhile IS 'How the unit measures while the device stands still';
COMMENT ON COLUMN device_matter.told_due_at IS 'Until when the unit had to come with this; due_at is the end of the clock that runs from then on';
COMMENT ON COLUMN device_matter.ended_by IS 'Account that ended it; the platform itself where silence counted as consent';
CREATE UNIQUE INDEX device_matter_open ON device_matter (outfall, device, kind) WHERE state = 'OPEN';
CREATE INDEX device_matter_unit ON device_matter (unit_id, raised_at);
CREATE INDEX device_matter_authority ON device_matter (authority_id, state);
GRANT SELECT, INSERT, UPDATE ON device_matter TO mingjian_app;
