-- Whoever prepared a publication as a deputy: neither he nor the person he acted for may approve it.
ALTER TABLE disclosure_publication ADD COLUMN prepared_for text;
COMMENT ON COLUMN disclosure_publication.prepared_for IS 'The person for whom a deputy prepared the text; null where somebody prepared it in his own name.';
