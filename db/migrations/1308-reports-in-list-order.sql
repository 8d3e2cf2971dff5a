-- Reports of the public in the order of their list, as pages walk it: those to be answered first, each part newest first.
CREATE INDEX disclosure_report_listed ON disclosure_report ((state <> 'ANSWERED') DESC, at DESC, report_id DESC);
DROP INDEX disclosure_report_open;
