-- What every module leans on: the outbox, who has handled what, running deadlines, jobs and leases.

GRANT USAGE ON SCHEMA public TO mingjian_app;

CREATE TABLE outbox (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id    text   NOT NULL UNIQUE,
  type        text   NOT NULL,
  subject     text   NOT NULL,
  payload     jsonb  NOT NULL,
  occurred_at bigint NOT NULL
);
COMMENT ON TABLE outbox IS 'Events of one step for the next, written in the transaction of the act itself.';
COMMENT ON COLUMN outbox.subject IS 'What the event is about; handlers see the events of one subject in order.';
GRANT SELECT, INSERT ON outbox TO mingjian_app;

CREATE TABLE outbox_handled (
  handler    text   NOT NULL,
  seq        bigint NOT NULL REFERENCES outbox (seq),
  handled_at bigint NOT NULL,
  PRIMARY KEY (handler, seq)
);
COMMENT ON TABLE outbox_handled IS 'Written in the handler''s own transaction, so that a handler has exactly one effect.';
GRANT SELECT, INSERT ON outbox_handled TO mingjian_app;

CREATE TABLE outbox_failure (
  handler   text   NOT NULL,
  seq       bigint NOT NULL REFERENCES outbox (seq),
  attempts  integer NOT NULL,
  last_error text  NOT NULL,
  next_at   bigint NOT NULL,
  PRIMARY KEY (handler, seq)
);
COMMENT ON TABLE outbox_failure IS 'Handlers that failed and when they are tried again; an operator sees them.';
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_failure TO mingjian_app;

CREATE TABLE deadline (
  deadline_id  text   PRIMARY KEY,
  clock_id     text   NOT NULL,
  subject_kind text   NOT NULL,
  subject_id   text   NOT NULL,
  holder       text   NOT NULL,
  article      text   NOT NULL,
  day_kind     text   NOT NULL CHECK (day_kind IN ('WORKING_DAY', 'CALENDAR_DAY', 'HOUR', 'MONTH', 'YEAR')),
  started_at   bigint NOT NULL,
  due_at       bigint NOT NULL,
  provisional  boolean NOT NULL DEFAULT false,
  state        text   NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'PAUSED', 'MET', 'OVERDUE_MET', 'CANCELLED')),
  paused_at    bigint,
  paused_ms    bigint NOT NULL DEFAULT 0,
  pause_reason text,
  closed_at    bigint,
  overdue_raised_at bigint
);
COMMENT ON TABLE deadline IS 'Every running clock, with its article. Swept by an injected clock, never by a job queue.';
COMMENT ON COLUMN deadline.provisional IS 'The working-day calendar of the last year touched is not yet published.';
CREATE UNIQUE INDEX deadline_one_open ON deadline (clock_id, subject_kind, subject_id) WHERE state IN ('OPEN', 'PAUSED');
CREATE INDEX deadline_due ON deadline (due_at) WHERE state = 'OPEN' AND overdue_raised_at IS NULL;
CREATE INDEX deadline_subject ON deadline (subject_kind, subject_id);
GRANT SELECT, INSERT, UPDATE ON deadline TO mingjian_app;

CREATE TABLE lease (
  name       text   PRIMARY KEY,
  owner      text   NOT NULL,
  until_at   bigint NOT NULL
);
COMMENT ON TABLE lease IS 'Who may do a thing that only one process may do at a time (R31).';
GRANT SELECT, INSERT, UPDATE, DELETE ON lease TO mingjian_app;

CREATE TABLE setting (
  key   text  PRIMARY KEY,
  value jsonb NOT NULL
);
COMMENT ON TABLE setting IS 'Small facts of this installation, such as the demonstration clock''s offset.';
GRANT SELECT, INSERT, UPDATE ON setting TO mingjian_app;
