-- ④ Permitted quantities: warning at a ratio, over-quantity confirmed by control staff, monthly report to enforcement.
CREATE TABLE quota_report (
  report_id     text PRIMARY KEY,
  authority_id  text NOT NULL,
  month         text NOT NULL CHECK (month ~ '^\d{4}-\d{2}$'),
  document_id   text NOT NULL,
  document_no   text NOT NULL,
  reported_by   text NOT NULL,
  at            bigint NOT NULL
);
COMMENT ON TABLE quota_report IS 'Ledger of monthly reports on over-quantities to enforcement (内环办〔2021〕103号 二（三）).';

CREATE TABLE quota_warning (
  quota_id      text PRIMARY KEY,
  unit_id       text NOT NULL,
  authority_id  text NOT NULL,
  region        text NOT NULL,
  outfall       text NOT NULL,
  factor        text NOT NULL,
  period        text NOT NULL CHECK (period IN ('MONTH', 'SEASON', 'YEAR')),
  period_start  bigint NOT NULL,
  period_end    bigint NOT NULL,
  ratio         text NOT NULL,
  cap_kg        text NOT NULL,
  used_kg       text NOT NULL,
  share         text NOT NULL,
  projected_kg  text,
  state         text NOT NULL CHECK (state IN ('WARNED', 'TO_CONFIRM', 'CONFIRMED', 'REJECTED', 'REPORTED')),
  clue_id       text,
  document_id   text NOT NULL,
  document_no   text NOT NULL,
  delivery_id   text NOT NULL,
  as_of         bigint NOT NULL,
  confirmed_by  text,
  confirmed_at  bigint,
  note          text,
  report_id     text REFERENCES quota_report,
  created_at    bigint NOT NULL,
  UNIQUE (outfall, factor, period, period_start, ratio),
  CHECK ((state IN ('CONFIRMED', 'REJECTED', 'REPORTED')) = (confirmed_at IS NOT NULL)),
  CHECK ((state = 'REPORTED') = (report_id IS NOT NULL))
);
COMMENT ON TABLE quota_warning IS 'One row for each ratio of a permitted amount that was reached, once in its period. At 1.0 and above control staff confirm.';
CREATE INDEX quota_warning_unit ON quota_warning (unit_id, created_at);
CREATE INDEX quota_warning_waiting ON quota_warning (state) WHERE state IN ('TO_CONFIRM', 'CONFIRMED');

CREATE TABLE quota_look (
  outfall  text NOT NULL,
  factor   text NOT NULL,
  day      date NOT NULL,
  PRIMARY KEY (outfall, factor)
);
COMMENT ON TABLE quota_look IS 'Day on which the amount was last looked at; each is looked at once a day.';

GRANT SELECT, INSERT ON quota_report TO mingjian_app;
GRANT SELECT, INSERT ON quota_warning TO mingjian_app;
GRANT UPDATE (state, confirmed_by, confirmed_at, note, report_id) ON quota_warning TO mingjian_app;
GRANT SELECT, INSERT, UPDATE ON quota_look TO mingjian_app;
