-- Who reported a problem is known to nobody but the officer who handles it and the reporter with his code:
-- a row is seen by who names its code, its sender or itself; the handling officer's list names all of them.
ALTER TABLE disclosure_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE disclosure_report FORCE ROW LEVEL SECURITY;
CREATE POLICY disclosure_report_named ON disclosure_report
  USING (CASE current_setting('mingjian.report', true) WHEN '*' THEN true
    ELSE current_setting('mingjian.report', true) IN (code_hash, source_hash, report_id) END);
CREATE INDEX disclosure_report_order ON disclosure_report (at DESC);
