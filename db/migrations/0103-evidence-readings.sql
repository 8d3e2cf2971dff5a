-- Who read what of the evidence: frames, case files, documents, video, dossiers.
CREATE TABLE access_reading_log (
  reading_id  text PRIMARY KEY,
  at          bigint NOT NULL,
  account_id  text NOT NULL,
  kind        text NOT NULL,
  subject     text NOT NULL,
  path        text NOT NULL,
  source      text NOT NULL
);
COMMENT ON TABLE access_reading_log IS 'Every reading of evidence that was answered, written before the answer leaves. Append only; read by the audit administrator and shown on the case.';
COMMENT ON COLUMN access_reading_log.subject IS 'The object read: outfall, case, document, or part of the evidence log.';
CREATE INDEX access_reading_subject ON access_reading_log (subject, reading_id DESC);
CREATE INDEX access_reading_account ON access_reading_log (account_id, at);
GRANT SELECT, INSERT ON access_reading_log TO mingjian_app;
