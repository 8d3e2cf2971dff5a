-- ⑥ Remote inquiry: the room in which an officer and the party's person see each other. No picture or sound passes here.
CREATE TABLE case_inquiry_room (
  room_id   text PRIMARY KEY,
  case_id   text NOT NULL REFERENCES penalty_case,
  unit_id   text NOT NULL,
  opened_by text NOT NULL,
  opened_at bigint NOT NULL,
  closed_by text,
  closed_at bigint
);
COMMENT ON TABLE case_inquiry_room IS 'One open room at most for each case; who came and went is in the evidence log.';
CREATE UNIQUE INDEX case_inquiry_room_open ON case_inquiry_room (case_id) WHERE closed_at IS NULL;

CREATE TABLE case_inquiry_signal (
  seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room_id text NOT NULL REFERENCES case_inquiry_room,
  side    text NOT NULL CHECK (side IN ('OFFICER', 'UNIT')),
  kind    text NOT NULL CHECK (kind IN ('JOIN', 'LEAVE', 'DESCRIPTION', 'CANDIDATE')),
  body    text NOT NULL CHECK (octet_length(body) <= 65536),
  sent_at bigint NOT NULL
);
COMMENT ON TABLE case_inquiry_signal IS 'What two browsers tell each other to meet; holds their network addresses and is emptied when the room closes.';
CREATE INDEX case_inquiry_signal_room ON case_inquiry_signal (room_id, seq);

GRANT SELECT, INSERT, UPDATE ON case_inquiry_room TO mingjian_app;
GRANT SELECT, INSERT, DELETE ON case_inquiry_signal TO mingjian_app;
