-- The journal: every byte a device sent, as it came, before it was answered. Facts only; nothing here is ever changed.

CREATE SEQUENCE frame_batch_number INCREMENT BY 1000;
COMMENT ON SEQUENCE frame_batch_number IS 'Hands each writer a thousand batch numbers at a time; gaps mean nothing';
GRANT USAGE ON SEQUENCE frame_batch_number TO mingjian_app;

CREATE TABLE frame_batch (
  batch      bigint PRIMARY KEY,
  first_leaf bigint NOT NULL UNIQUE,
  size       integer NOT NULL CHECK (size > 0),
  known_at   bigint NOT NULL,
  door       text   NOT NULL CHECK (door IN ('GATEWAY', 'IMPORT')),
  replied_at bigint
);
COMMENT ON TABLE frame_batch IS 'One commit of the gateway or the import door. Row n of the batch is leaf first_leaf + n.';
COMMENT ON COLUMN frame_batch.first_leaf IS 'Index the evidence sequencer gave; taken under its row lock, so batches become visible in this order';
COMMENT ON COLUMN frame_batch.known_at IS 'Known time (epoch ms) of the sequencer: never goes back';
COMMENT ON COLUMN frame_batch.replied_at IS 'When the answers of this batch had left; null after a crash in between (devices then send again)';
GRANT SELECT, INSERT ON frame_batch TO mingjian_app;
GRANT UPDATE (replied_at) ON frame_batch TO mingjian_app;

CREATE TABLE frame_journal (
  batch       bigint   NOT NULL,
  n           integer  NOT NULL CHECK (n >= 0),
  state       text     NOT NULL
    CHECK (state IN ('ACCEPTED', 'PART', 'DUPLICATE', 'CONFLICT', 'QUARANTINED', 'REFUSED', 'NOISE')),
  reply_state text     NOT NULL CHECK (reply_state IN ('NOT_WANTED', 'DUE', 'WITHHELD')),
  relay_state text     NOT NULL DEFAULT 'NONE' CHECK (relay_state IN ('NONE', 'DUE', 'SENT', 'FAILED')),
  verdict     text     NOT NULL,
  marks       text[]   NOT NULL DEFAULT '{}',
  key         text,
  first_leaf  bigint,
  mn          text,
  st          text,
  cn          text,
  qn          text,
  pno         integer,
  pnum        integer,
  edition     text,
  data_at     bigint,
  received_at bigint   NOT NULL,
  conn        text     NOT NULL,
  peer        text     NOT NULL,
  raw         bytea    NOT NULL,
  readings    json,
  PRIMARY KEY (batch, n)
);
COMMENT ON TABLE frame_journal IS 'Ledger: received frames with their raw bytes, duplicates, conflicts, refused and unreadable ones included';
COMMENT ON COLUMN frame_journal.state IS 'What the frame counts as; PART counts once the message is whole';
COMMENT ON COLUMN frame_journal.reply_state IS 'Whether an answer was owed; it leaves only after this row is committed (frame_batch.replied_at)';
COMMENT ON COLUMN frame_journal.relay_state IS 'Forwarding to another platform';
COMMENT ON COLUMN frame_journal.verdict IS 'OK or the error of the HJ 212 reading';
COMMENT ON COLUMN frame_journal.marks IS 'BACKFILL, FUTURE, IMPORTED, SUSPECT_PEER, WRONG_PW, RESENT, ENCRYPTED';
COMMENT ON COLUMN frame_journal.key IS 'Identity in transport: MN, CN, QN, PNO; without QN: MN, CN, DataTime, ST, PNO (R12)';
COMMENT ON COLUMN frame_journal.first_leaf IS 'For DUPLICATE and CONFLICT: leaf of the frame that came first and stands';
COMMENT ON COLUMN frame_journal.received_at IS 'Arrival (epoch ms): of the gateway, or as recorded when imported';
COMMENT ON COLUMN frame_journal.data_at IS 'DataTime (epoch ms, China Standard Time assumed)';
COMMENT ON COLUMN frame_journal.readings IS 'Parsed values by factor, as sent';
CREATE UNIQUE INDEX frame_journal_first ON frame_journal (key) WHERE state IN ('ACCEPTED', 'PART', 'QUARANTINED');
CREATE INDEX frame_journal_device ON frame_journal (mn, received_at);
CREATE INDEX frame_journal_odd ON frame_journal (received_at) WHERE state IN ('CONFLICT', 'QUARANTINED', 'REFUSED');
CREATE INDEX frame_journal_parts ON frame_journal (mn, cn, data_at) WHERE state = 'PART';
ALTER TABLE frame_journal ALTER COLUMN raw SET STORAGE MAIN;
GRANT SELECT, INSERT ON frame_journal TO mingjian_app;

CREATE TABLE frame_gap (
  gap      text   PRIMARY KEY,
  mn       text   NOT NULL,
  cn       text   NOT NULL,
  data_at  bigint,
  missing  integer[] NOT NULL,
  noted_at bigint NOT NULL
);
COMMENT ON TABLE frame_gap IS 'Ledger: split messages of which parts never came';
GRANT SELECT, INSERT ON frame_gap TO mingjian_app;

CREATE TABLE device_status (
  mn           text   PRIMARY KEY,
  last_at      bigint NOT NULL,
  last_data_at bigint,
  last_cn      text   NOT NULL,
  last_peer    text   NOT NULL,
  clock_offset bigint,
  frames       bigint NOT NULL
);
COMMENT ON TABLE device_status IS 'Projection for screens: when each device was last heard; can be rebuilt from frame_journal';
COMMENT ON COLUMN device_status.clock_offset IS 'QN minus arrival in ms: how far the device clock is off';
GRANT SELECT, INSERT, UPDATE ON device_status TO mingjian_app;

CREATE TABLE video_event (
  event      text   PRIMARY KEY,
  outfall    text   NOT NULL,
  camera     text   NOT NULL,
  kind       text   NOT NULL,
  start_at   bigint NOT NULL,
  end_at     bigint NOT NULL,
  photo_sha  text,
  source     text   NOT NULL CHECK (source IN ('HTTP', 'FILE')),
  known_at   bigint NOT NULL,
  UNIQUE (outfall, camera, kind, start_at)
);
COMMENT ON TABLE video_event IS 'Ledger: what a camera reported, e.g. a door opened or an instrument operated';
CREATE INDEX video_event_outfall ON video_event (outfall, start_at);
GRANT SELECT, INSERT ON video_event TO mingjian_app;

CREATE TABLE side_record (
  record     text   PRIMARY KEY,
  kind       text   NOT NULL CHECK (kind IN ('DOOR', 'POWER')),
  subject    text   NOT NULL,
  start_at   bigint NOT NULL,
  end_at     bigint,
  value      json   NOT NULL,
  known_at   bigint NOT NULL,
  UNIQUE (kind, subject, start_at)
);
COMMENT ON TABLE side_record IS 'Ledger: door openings and meter readings that came as files (doors.csv, power.csv)';
COMMENT ON COLUMN side_record.subject IS 'Outfall of a door, meter of a reading';
GRANT SELECT, INSERT ON side_record TO mingjian_app;
