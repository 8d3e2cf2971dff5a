-- ④ Risk hints: what was found right at several units of one trade is pointed out to the others (沪环执法〔2021〕75号 三（十八）二).
CREATE TABLE risk_hint (
  hint_id      text PRIMARY KEY,
  model        text NOT NULL,
  trade        text NOT NULL,
  region       text NOT NULL,
  authority_id text NOT NULL,
  clues        text[] NOT NULL,
  found_units  text[] NOT NULL,
  days         integer NOT NULL CHECK (days > 0),
  basis        text NOT NULL,
  state        text NOT NULL CHECK (state IN ('OFFERED', 'SENT', 'DECLINED')),
  offered_at   bigint NOT NULL,
  settled_by   text,
  settled_at   bigint,
  note         text,
  CHECK ((state = 'OFFERED') = (settled_at IS NULL)),
  CHECK ((state = 'DECLINED') = (note IS NOT NULL))
);
COMMENT ON TABLE risk_hint IS 'One risk that recurs in a trade, offered to the control staff of one authority. Says nothing about whoever receives it.';
COMMENT ON COLUMN risk_hint.clues IS 'Clues that people found right within the days, over the whole region.';
CREATE INDEX risk_hint_risk ON risk_hint (region, trade, model, offered_at);
CREATE INDEX risk_hint_open ON risk_hint (authority_id, offered_at) WHERE state = 'OFFERED';

CREATE TABLE risk_hint_unit (
  hint_id text NOT NULL REFERENCES risk_hint,
  unit_id text NOT NULL,
  PRIMARY KEY (hint_id, unit_id)
);
COMMENT ON TABLE risk_hint_unit IS 'To whom a hint goes: units of the trade that were not among those found, as they were registered when it was offered.';
CREATE INDEX risk_hint_unit_of ON risk_hint_unit (unit_id);

GRANT SELECT, INSERT ON risk_hint, risk_hint_unit TO mingjian_app;
GRANT UPDATE (state, settled_by, settled_at, note) ON risk_hint TO mingjian_app;
