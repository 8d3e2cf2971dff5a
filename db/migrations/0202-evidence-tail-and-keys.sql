-- What lets the audit name a single changed row on the unsealed right edge, and the history of signing keys.

ALTER TABLE evidence_checkpoint ADD COLUMN tail bytea NOT NULL DEFAULT '' CHECK (octet_length(tail) % 32 = 0);
COMMENT ON COLUMN evidence_checkpoint.tail IS 'Leaf hashes after the last full tile at this size (the level-0 partial tile)';

CREATE TABLE evidence_key (
  vkey      text   PRIMARY KEY,
  leaf      bigint NOT NULL,
  added_at  bigint NOT NULL
);
COMMENT ON TABLE evidence_key IS 'Ledger: keys that signed heads of this log, each with its key leaf';
GRANT SELECT, INSERT ON evidence_key TO mingjian_app;
