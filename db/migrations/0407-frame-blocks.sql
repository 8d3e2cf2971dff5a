-- Finished hours of the journal as sealed, compressed files among the blobs; each is fixed by a leaf of its own.
CREATE TABLE frame_block (
  first_seq  bigint  PRIMARY KEY CHECK (first_seq >= 0),
  last_seq   bigint  NOT NULL UNIQUE CHECK (last_seq >= first_seq),
  frames     integer NOT NULL CHECK (frames > 0),
  known_from bigint  NOT NULL,
  known_to   bigint  NOT NULL CHECK (known_to >= known_from),
  bytes      integer NOT NULL CHECK (bytes > 0),
  sha256     text    NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  leaf       bigint  NOT NULL UNIQUE,
  sealed_at  bigint  NOT NULL
);
COMMENT ON TABLE frame_block IS 'Ledger: sealed frames. Blocks follow one another without a frame between; one hour of known time, or a part of it, each';
COMMENT ON COLUMN frame_block.first_seq IS 'Leaf of the first frame; the block holds every frame from here to last_seq';
COMMENT ON COLUMN frame_block.sha256 IS 'The file among the blobs (zstd, one frame a line)';
COMMENT ON COLUMN frame_block.leaf IS 'Leaf of kind `frames` that fixes the range and the digest of the file';
GRANT SELECT, INSERT ON frame_block TO mingjian_app;
