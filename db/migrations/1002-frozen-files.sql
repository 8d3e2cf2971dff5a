-- ⑦ Archive: the file of a case as it was frozen before a decision was signed. A later one is another row, never a change.
CREATE TABLE archive_frozen_file (
  case_id         text NOT NULL,
  version         integer NOT NULL CHECK (version > 0),
  name            text NOT NULL UNIQUE,
  manifest_sha256 text NOT NULL CHECK (manifest_sha256 ~ '^[0-9a-f]{64}$'),
  manifest        text NOT NULL,
  leaf            bigint NOT NULL,
  zip_sha256      text NOT NULL CHECK (zip_sha256 ~ '^[0-9a-f]{64}$'),
  bytes           bigint NOT NULL,
  frozen_at       bigint NOT NULL,
  PRIMARY KEY (case_id, version)
);
COMMENT ON TABLE archive_frozen_file IS 'Ledger: evidence package of a case at one version, fixed in the log before the decision (行政诉讼法 第三十五条: no evidence after the decision).';

GRANT SELECT, INSERT ON archive_frozen_file TO mingjian_app;
