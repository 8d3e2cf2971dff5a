-- ⑦ Archive: the dossier of a closed case, one case one volume.
CREATE TABLE archive_dossier (
  case_id         text PRIMARY KEY,
  archive_no      text NOT NULL UNIQUE,
  authority_id    text NOT NULL,
  unit_id         text NOT NULL,
  title           text NOT NULL,
  catalogue       jsonb NOT NULL,
  catalogue_sha   text NOT NULL CHECK (catalogue_sha ~ '^[0-9a-f]{64}$'),
  pages           integer NOT NULL,
  retention_years integer NOT NULL,
  retain_until    date NOT NULL,
  archived_by     text NOT NULL,
  archived_at     bigint NOT NULL
);
COMMENT ON TABLE archive_dossier IS 'Ledger: a dossier as it was filed. Nobody may add, change or remove afterwards (原环境行政处罚办法 第七十条).';
CREATE INDEX archive_dossier_pool ON archive_dossier (authority_id, archived_at DESC);

CREATE TABLE archive_number_series (
  authority_id text NOT NULL,
  year         integer NOT NULL,
  last_no      integer NOT NULL,
  PRIMARY KEY (authority_id, year)
);
COMMENT ON TABLE archive_number_series IS 'Last archive number by authority and year.';

GRANT SELECT, INSERT ON archive_dossier TO mingjian_app;
GRANT SELECT, INSERT, UPDATE ON archive_number_series TO mingjian_app;
