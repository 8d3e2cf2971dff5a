-- ④ The sheet that asks before enforcement does, the moment of sending, what was held back and why.
ALTER TABLE supervision_sheet DROP CONSTRAINT supervision_sheet_tier_check;
ALTER TABLE supervision_sheet ADD CONSTRAINT supervision_sheet_tier_check CHECK (tier IN ('REMIND', 'WARN', 'WORK_ORDER'));
ALTER TABLE supervision_sheet ADD COLUMN sent_at bigint;
ALTER TABLE supervision_sheet ADD COLUMN announced_round integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN supervision_sheet.sent_at IS 'When the notice of this round was sent; where the region counts from sending, its clock starts here.';
COMMENT ON COLUMN supervision_sheet.announced_round IS 'Round last announced through the channels.';
CREATE UNIQUE INDEX supervision_sheet_one_open ON supervision_sheet (outfall)
  WHERE state IN ('REMINDED', 'WARNED', 'ORDERED', 'FEEDBACK_PENDING', 'FEEDBACK_OVERDUE', 'FEEDBACK_RECEIVED', 'FEEDBACK_RETURNED');
CREATE INDEX supervision_event_issue ON supervision_event (at) WHERE act IN ('remind', 'warn', 'order');

CREATE TABLE supervision_held (
  held_id       text PRIMARY KEY,
  clue_id       text NOT NULL,
  unit_id       text NOT NULL,
  authority_id  text NOT NULL,
  region        text NOT NULL,
  outfall       text NOT NULL,
  tier          text NOT NULL CHECK (tier IN ('REMIND', 'WARN', 'WORK_ORDER')),
  trigger       text NOT NULL,
  reason        text NOT NULL,
  basis         text NOT NULL,
  sentence_zh   text NOT NULL,
  sentence_en   text NOT NULL,
  event         jsonb NOT NULL,
  held_at       bigint NOT NULL,
  until         bigint,
  state         text NOT NULL DEFAULT 'HELD' CHECK (state IN ('HELD', 'SENT', 'JOINED', 'CLEARED', 'PANEL', 'REPORTED', 'SUPERSEDED')),
  ended_at      bigint,
  ended_by      text,
  sheet_id      text REFERENCES supervision_sheet,
  document_id   text,
  CHECK ((state = 'HELD') = (ended_at IS NULL))
);
COMMENT ON TABLE supervision_held IS 'Clues the unit was not told of (yet), with the reason. Nothing is dropped silently: each row ends by a send, by growth or by a person.';
CREATE UNIQUE INDEX supervision_held_open ON supervision_held (clue_id) WHERE state = 'HELD';
CREATE INDEX supervision_held_due ON supervision_held (until) WHERE state = 'HELD' AND until IS NOT NULL;
CREATE INDEX supervision_held_unit ON supervision_held (unit_id, held_at);

GRANT SELECT, INSERT ON supervision_held TO mingjian_app;
GRANT UPDATE (state, ended_at, ended_by, sheet_id, document_id, event, sentence_zh, sentence_en) ON supervision_held TO mingjian_app;
