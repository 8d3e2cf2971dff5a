-- The evidence log (RFC 6962 tree). Leaf rows are the tree's content; tiles and checkpoints are what was published of it.

CREATE TABLE evidence_log (
  id          smallint PRIMARY KEY CHECK (id = 1),
  next_index  bigint   NOT NULL DEFAULT 0 CHECK (next_index >= 0),
  known_at    bigint   NOT NULL DEFAULT 0
);
COMMENT ON TABLE evidence_log IS 'One row: the sequencer. Its row lock, held to commit, makes indexes gap-free and visible in order.';
COMMENT ON COLUMN evidence_log.next_index IS 'Index the next leaf gets = size of the tree as written so far';
COMMENT ON COLUMN evidence_log.known_at IS 'Epoch ms of the newest leaf; never goes back, whatever the clock does';
INSERT INTO evidence_log (id) VALUES (1);
GRANT SELECT, UPDATE ON evidence_log TO mingjian_app;

CREATE TABLE evidence_leaf (
  idx       bigint PRIMARY KEY CHECK (idx >= 0),
  known_at  bigint NOT NULL,
  bytes     bytea  NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 65535),
  hash      bytea  NOT NULL CHECK (octet_length(hash) = 32)
);
COMMENT ON TABLE evidence_leaf IS 'Ledger: exact leaf bytes as hashed into the tree';
COMMENT ON COLUMN evidence_leaf.hash IS 'RFC 6962 leaf hash, SHA-256(0x00 || bytes)';
COMMENT ON COLUMN evidence_leaf.known_at IS 'Epoch ms at which the sequencer took the leaf; non-decreasing by idx';
GRANT SELECT, INSERT ON evidence_leaf TO mingjian_app;

CREATE TABLE evidence_tile (
  level       smallint NOT NULL CHECK (level BETWEEN 0 AND 63),
  tile        bigint   NOT NULL CHECK (tile >= 0),
  root        bytea    NOT NULL CHECK (octet_length(root) = 32),
  tile_sha    text     NOT NULL,
  bundle_sha  text,
  PRIMARY KEY (level, tile),
  CHECK ((level = 0) = (bundle_sha IS NOT NULL))
);
COMMENT ON TABLE evidence_tile IS 'Ledger: full tiles (256 hashes) of C2SP tlog-tiles, sealed as blobs';
COMMENT ON COLUMN evidence_tile.root IS 'Root of the 256 hashes = one hash of the tile one level up';
COMMENT ON COLUMN evidence_tile.tile_sha IS 'Blob of the tile, by SHA-256';
COMMENT ON COLUMN evidence_tile.bundle_sha IS 'Blob of the entry bundle (level 0 only), by SHA-256';
GRANT SELECT, INSERT ON evidence_tile TO mingjian_app;

CREATE TABLE evidence_checkpoint (
  size     bigint PRIMARY KEY CHECK (size >= 0),
  root     bytea  NOT NULL CHECK (octet_length(root) = 32),
  note     text   NOT NULL,
  made_at  bigint NOT NULL
);
COMMENT ON TABLE evidence_checkpoint IS 'Ledger: signed heads (C2SP tlog-checkpoint); one per size, so that a fork cannot be stored';
GRANT SELECT, INSERT ON evidence_checkpoint TO mingjian_app;

CREATE TABLE evidence_package (
  manifest_sha256  text   PRIMARY KEY,
  name             text   NOT NULL UNIQUE,
  leaf             bigint NOT NULL,
  made_at          bigint NOT NULL
);
COMMENT ON TABLE evidence_package IS 'Ledger: case packages made, by the digest of their payload manifest; building one again finds its leaf here';
GRANT SELECT, INSERT ON evidence_package TO mingjian_app;
