-- The desk's list: what is to be answered first, each part newest first.
CREATE INDEX disclosure_report_open ON disclosure_report ((state = 'ANSWERED'), at DESC, report_id DESC);
DROP INDEX disclosure_report_order;
