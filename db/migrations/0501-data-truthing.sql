-- Tasks of putting data right (数据归真, 江苏办法 第六条): what, by whom, by which day, what was answered and what the check said.

CREATE TABLE data_truthing (
  task_id      text   PRIMARY KEY,
  unit_id      text   NOT NULL,
  authority_id text   NOT NULL,
  outfall      text   NOT NULL,
  holder       text   NOT NULL CHECK (holder IN ('UNIT', 'OPERATOR')),
  source       text   NOT NULL CHECK (source IN ('OUTFALL', 'CLUE', 'CHECK')),
  ref          text   NOT NULL,
  what         text   NOT NULL,
  state        text   NOT NULL CHECK (state IN ('OPEN', 'ANSWERED', 'CLOSED', 'WITHDRAWN')),
  round        integer NOT NULL CHECK (round >= 1),
  due_at       bigint NOT NULL,
  article      text   NOT NULL,
  raised_at    bigint NOT NULL
);
COMMENT ON TABLE data_truthing IS 'Where each task stands now; every act that brought it there is a row of data_truthing_event';
COMMENT ON COLUMN data_truthing.holder IS 'Who has to put it right; the unit stays responsible for what its operator does';
COMMENT ON COLUMN data_truthing.ref IS 'Clue id, or start and name of the failed check; empty where the outfall itself gave cause';
COMMENT ON COLUMN data_truthing.due_at IS 'End of the day by which the present round is to be answered';
CREATE INDEX data_truthing_unit ON data_truthing (unit_id, state);
CREATE INDEX data_truthing_authority ON data_truthing (authority_id, state);
CREATE INDEX data_truthing_outfall ON data_truthing (outfall);
GRANT SELECT, INSERT, UPDATE ON data_truthing TO mingjian_app;

CREATE TABLE data_truthing_event (
  seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id   text   NOT NULL REFERENCES data_truthing,
  act       text   NOT NULL CHECK (act IN ('RAISE', 'ANSWER', 'SEND_BACK', 'CLOSE', 'WITHDRAW')),
  at        bigint NOT NULL,
  by_id     text   NOT NULL,
  by_name   text   NOT NULL,
  text      text   NOT NULL,
  materials jsonb  NOT NULL,
  due_at    bigint,
  late      boolean NOT NULL
);
COMMENT ON TABLE data_truthing_event IS 'Ledger: each act of a task with its words, files, the day it set and whether it came after the day';
CREATE INDEX data_truthing_event_task ON data_truthing_event (task_id, seq);
GRANT SELECT, INSERT ON data_truthing_event TO mingjian_app;
