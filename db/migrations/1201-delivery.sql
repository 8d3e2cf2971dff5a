-- Delivery of documents: consent to electronic service, each delivery, and everything that happened to it.
CREATE TABLE delivery_consent (
  consent_id         text PRIMARY KEY,
  unit_id            text NOT NULL,
  act                text NOT NULL CHECK (act IN ('GIVEN', 'WITHDRAWN')),
  channel            text NOT NULL CHECK (channel IN ('PORTAL')),
  account            text NOT NULL,
  documents_covered  text NOT NULL,
  signer_name        text NOT NULL,
  signer_role        text NOT NULL,
  signed_by          text NOT NULL,
  document_id        text,
  document_number    text,
  at                 bigint NOT NULL,
  CHECK (act <> 'GIVEN' OR document_id IS NOT NULL)
);
COMMENT ON TABLE delivery_consent IS 'Consent to electronic service and its withdrawal; the newest row of a unit counts. Consent needs the signed confirmation (行政处罚法 第六十一条). Append only.';
CREATE INDEX delivery_consent_unit ON delivery_consent (unit_id, at);

CREATE TABLE delivery (
  delivery_id      text PRIMARY KEY,
  document_id      text NOT NULL,
  document_number  text NOT NULL,
  document_title   text NOT NULL,
  document_sha256  text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  unit_id          text NOT NULL,
  authority_id     text NOT NULL,
  region           text NOT NULL,
  subject_kind     text NOT NULL,
  subject_id       text NOT NULL,
  method           text NOT NULL CHECK (method IN ('ELECTRONIC', 'DIRECT', 'LEFT', 'ENTRUSTED', 'POST', 'FORWARDED', 'PUBLIC_NOTICE')),
  method_reason    text NOT NULL,
  account          text NOT NULL,
  consent_id       text REFERENCES delivery_consent,
  must_confirm     boolean NOT NULL,
  state            text NOT NULL CHECK (state IN ('SENT', 'DELIVERED', 'READ', 'CONFIRMED', 'FAILED', 'REPLACED')),
  sent_by          text NOT NULL,
  sent_at          bigint NOT NULL,
  arrived_at       bigint,
  legal_day        date,
  read_at          bigint,
  confirmed_at     bigint,
  confirmed_by     text,
  failure          text,
  proof_sha256     text CHECK (proof_sha256 ~ '^[0-9a-f]{64}$'),
  receiver         text,
  replaces         text REFERENCES delivery,
  CHECK ((arrived_at IS NULL) = (legal_day IS NULL)),
  CHECK (state NOT IN ('DELIVERED', 'READ', 'CONFIRMED') OR arrived_at IS NOT NULL),
  CHECK ((state = 'CONFIRMED') = (confirmed_at IS NOT NULL)),
  CHECK (confirmed_at IS NULL OR confirmed_by IS NOT NULL)
);
COMMENT ON TABLE delivery IS 'One way of one document to one unit. The legal day is the day of arrival in the recipient''s system, never the day of reading (law.md §12).';
COMMENT ON COLUMN delivery.must_confirm IS 'Receipt must be confirmed by the unit (江苏办法 第十三条).';
CREATE INDEX delivery_unit ON delivery (unit_id, delivery_id);
CREATE INDEX delivery_subject ON delivery (subject_kind, subject_id);
CREATE INDEX delivery_document ON delivery (document_id);
CREATE INDEX delivery_waiting ON delivery (sent_at) WHERE state IN ('SENT', 'DELIVERED', 'READ');

CREATE TABLE delivery_event (
  delivery_id  text NOT NULL REFERENCES delivery,
  seq          integer NOT NULL,
  act          text NOT NULL,
  state        text NOT NULL,
  actor        text NOT NULL,
  at           bigint NOT NULL,
  detail       jsonb NOT NULL,
  PRIMARY KEY (delivery_id, seq)
);
COMMENT ON TABLE delivery_event IS 'What happened to a delivery, in order. Append only: the receipt of 送达回证.';

GRANT SELECT, INSERT ON delivery_consent, delivery_event TO mingjian_app;
GRANT SELECT, INSERT ON delivery TO mingjian_app;
GRANT UPDATE (state, arrived_at, legal_day, read_at, confirmed_at, confirmed_by, failure, proof_sha256, receiver) ON delivery TO mingjian_app;
