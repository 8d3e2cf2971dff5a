-- Which leaf of the evidence log names an issued file: whoever holds the file may ask whether it is there.
CREATE TABLE document_leaf (
  document_id  text   PRIMARY KEY REFERENCES document,
  leaf         bigint NOT NULL
);
COMMENT ON TABLE document_leaf IS 'Ledger: the leaf that holds the digest of an issued document, written with it.';
CREATE INDEX document_by_digest ON document (sha256);
GRANT SELECT, INSERT ON document_leaf TO mingjian_app;
