-- What shows a reviewer's finding where it goes against the program: records of the review and files, as jsonb {refs, files}.
ALTER TABLE review_assessment ADD COLUMN shown jsonb;
COMMENT ON COLUMN review_assessment.shown IS 'Records ({refs}) and files ({files: name, sha256}) by which the finding is shown; null where it agrees with the program or is older.';
