-- The text the public reads is a file with a place of its own in the evidence log.
ALTER TABLE disclosure_publication
  ADD COLUMN text_sha  text,
  ADD COLUMN text_leaf bigint;
COMMENT ON COLUMN disclosure_publication.text_sha IS 'Blob of the published text, by SHA-256; null before publication';
COMMENT ON COLUMN disclosure_publication.text_leaf IS 'Leaf of the evidence log that names that digest';
