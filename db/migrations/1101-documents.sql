-- Documents: numbers without gaps, the papers themselves, and every use of a seal or signature.
CREATE TABLE document_number_series (
  authority_id  text NOT NULL,
  series        text NOT NULL,
  year          integer NOT NULL,
  last_no       integer NOT NULL CHECK (last_no > 0),
  PRIMARY KEY (authority_id, series, year)
);
COMMENT ON TABLE document_number_series IS 'Last number given for authority, kind letters and year. Its row lock makes numbers gapless: a rolled-back act gives its number back.';

CREATE TABLE document_number (
  number_id     text PRIMARY KEY,
  authority_id  text NOT NULL,
  series        text NOT NULL,
  year          integer NOT NULL,
  no            integer NOT NULL,
  number        text NOT NULL,
  kind          text NOT NULL,
  state         text NOT NULL CHECK (state IN ('RESERVED', 'ISSUED', 'VOID')),
  document_id   text,
  reserved_by   text NOT NULL,
  reserved_at   bigint NOT NULL,
  void_reason   text,
  voided_by     text,
  voided_at     bigint,
  UNIQUE (authority_id, series, year, no),
  UNIQUE (authority_id, number),
  CHECK ((state = 'VOID') = (void_reason IS NOT NULL)),
  CHECK (state <> 'ISSUED' OR document_id IS NOT NULL)
);
COMMENT ON TABLE document_number IS 'Every number ever given. A voided one is burnt: it stays here with its reason and is never given again.';

CREATE TABLE document (
  document_id      text PRIMARY KEY,
  kind             text NOT NULL,
  title            text NOT NULL,
  number           text NOT NULL,
  authority_id     text NOT NULL,
  authority_name   text NOT NULL,
  unit_id          text,
  subject_kind     text NOT NULL,
  subject_id       text NOT NULL,
  data             jsonb NOT NULL,
  sha256           text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  unsigned_sha256  text NOT NULL CHECK (unsigned_sha256 ~ '^[0-9a-f]{64}$'),
  bytes            integer NOT NULL,
  pages            integer NOT NULL,
  sealed           boolean NOT NULL,
  provider         text NOT NULL CHECK (provider IN ('development', 'external')),
  prepared_by      text NOT NULL,
  approved_by      text,
  approved_at      bigint,
  approval_ref     text,
  issued_at        bigint NOT NULL,
  CHECK (NOT sealed OR approved_by IS NOT NULL),
  CHECK (NOT sealed OR approved_by <> prepared_by)
);
COMMENT ON TABLE document IS 'Documents as issued: the signed file lies among the blobs under sha256; data is what was printed. Append only; a mistake is corrected by another document.';
COMMENT ON COLUMN document.unsigned_sha256 IS 'Digest of the typeset file before signing: same data, same digest.';
CREATE INDEX document_subject ON document (subject_kind, subject_id, issued_at);
CREATE INDEX document_unit ON document (unit_id, issued_at) WHERE unit_id IS NOT NULL;

CREATE TABLE document_seal_use (
  seal_use_id    text PRIMARY KEY,
  document_id    text NOT NULL REFERENCES document,
  position       integer NOT NULL,
  slot           text NOT NULL,
  subject_kind   text NOT NULL CHECK (subject_kind IN ('authority', 'person', 'platform')),
  subject_id     text NOT NULL,
  subject_name   text NOT NULL,
  certificate    text NOT NULL,
  digest_before  text NOT NULL,
  digest_after   text NOT NULL,
  approval_ref   text,
  used_at        bigint NOT NULL
);
COMMENT ON TABLE document_seal_use IS 'Each signature of each document: whose, with which certificate (SHA-256), on which bytes, giving which bytes. Append only.';
CREATE INDEX document_seal_use_document ON document_seal_use (document_id, position);

GRANT SELECT, INSERT, UPDATE ON document_number_series TO mingjian_app;
GRANT SELECT, INSERT ON document_number TO mingjian_app;
GRANT UPDATE (state, document_id, void_reason, voided_by, voided_at) ON document_number TO mingjian_app;
GRANT SELECT, INSERT ON document, document_seal_use TO mingjian_app;
