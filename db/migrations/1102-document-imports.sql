-- Papers from outside: kept as they came, their signatures checked on import, the result beside them.
CREATE TABLE document_import (
  import_id    text PRIMARY KEY,
  subject_kind text NOT NULL,
  subject_id   text NOT NULL,
  file_name    text NOT NULL,
  sha256       text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes        bigint NOT NULL CHECK (bytes > 0),
  report       jsonb NOT NULL,
  leaf         bigint NOT NULL,
  authority_id text NOT NULL,
  unit_id      text,
  imported_by  text NOT NULL,
  imported_at  bigint NOT NULL,
  UNIQUE (subject_id, sha256)
);
COMMENT ON TABLE document_import IS 'Ledger: a file brought from outside and what the check of its signatures came to on that day (电子签名法 第八条).';

GRANT SELECT, INSERT ON document_import TO mingjian_app;
