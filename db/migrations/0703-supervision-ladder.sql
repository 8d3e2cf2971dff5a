-- ④ The ladder by count: the letter of each rung, and the regulatory talk (约谈) with its notice and record.
CREATE TABLE supervision_letter (
  lapse_id     text PRIMARY KEY REFERENCES supervision_lapse,
  document_id  text NOT NULL,
  document_no  text NOT NULL,
  delivery_id  text NOT NULL,
  at           bigint NOT NULL
);
COMMENT ON TABLE supervision_letter IS 'Ledger of letters on failing to answer: the rung of a lapse that is a reminder or a warning.';

CREATE TABLE regulatory_talk (
  talk_id       text PRIMARY KEY,
  unit_id       text NOT NULL,
  authority_id  text NOT NULL,
  region        text NOT NULL,
  state         text NOT NULL CHECK (state IN ('DUE', 'SUMMONED', 'HELD', 'CANCELLED')),
  lapse_ids     text[] NOT NULL,
  meet_at       bigint,
  place         text,
  notice_id     text,
  notice_no     text,
  record_id     text,
  record_no     text,
  created_at    bigint NOT NULL,
  changed_at    bigint NOT NULL
);
COMMENT ON TABLE regulatory_talk IS 'Projection: the talk a unit is called to at the third and later failure to answer (内环办〔2021〕103号 三（一）).';
CREATE UNIQUE INDEX regulatory_talk_open ON regulatory_talk (unit_id) WHERE state IN ('DUE', 'SUMMONED');
CREATE INDEX regulatory_talk_unit ON regulatory_talk (unit_id, created_at);

CREATE TABLE regulatory_talk_event (
  event_id    text PRIMARY KEY,
  talk_id     text NOT NULL REFERENCES regulatory_talk,
  at          bigint NOT NULL,
  act         text NOT NULL,
  state       text NOT NULL,
  actor_id    text NOT NULL,
  document_id text,
  detail      jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE regulatory_talk_event IS 'Ledger of acts on a talk.';
CREATE INDEX regulatory_talk_event_talk ON regulatory_talk_event (talk_id, at);

GRANT SELECT, INSERT ON supervision_letter, regulatory_talk_event TO mingjian_app;
GRANT SELECT, INSERT, UPDATE ON regulatory_talk TO mingjian_app;
