-- Judging the judge: proposals, departments' rules, releases, caps, shadow runs, verdicts of people on clues.

CREATE TABLE model_proposal (
  proposal      text   PRIMARY KEY,
  kind          text   NOT NULL CHECK (kind IN ('PARAMETERS', 'RULE', 'RELEASE', 'RESTORE', 'BUDGET')),
  model         text   NOT NULL,
  version       text   NOT NULL,
  state         text   NOT NULL CHECK (state IN ('PROPOSED', 'BACKTESTED', 'IN_SHADOW', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
  owner         text   NOT NULL,
  title_zh      text   NOT NULL,
  title_en      text   NOT NULL,
  reason        text   NOT NULL,
  change        jsonb  NOT NULL,
  backtest      jsonb,
  shadow_from   bigint,
  shadow_until  bigint,
  valid_from    bigint,
  proposed_by   text   NOT NULL,
  proposed_at   bigint NOT NULL,
  decided_by    text CHECK (decided_by <> proposed_by),
  changed_at    bigint NOT NULL
);
COMMENT ON TABLE model_proposal IS 'Projection: a change of a model on its way from proposal over back-test and shadow run to a decision';
COMMENT ON COLUMN model_proposal.change IS 'By kind: parameters to set, a rule, in force or not, budgets';
COMMENT ON COLUMN model_proposal.shadow_until IS 'Set when the trial ends with the decision; null while it runs';
CREATE INDEX model_proposal_order ON model_proposal (changed_at DESC, proposal DESC);
CREATE INDEX model_proposal_model ON model_proposal (model);
GRANT SELECT, INSERT, UPDATE ON model_proposal TO mingjian_app;

CREATE TABLE model_proposal_event (
  event_id   text   PRIMARY KEY,
  proposal   text   NOT NULL REFERENCES model_proposal,
  at         bigint NOT NULL,
  act        text   NOT NULL,
  from_state text,
  to_state   text   NOT NULL,
  actor_id   text   NOT NULL,
  duty       text,
  reason     text   NOT NULL,
  detail     jsonb  NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE model_proposal_event IS 'Ledger: who did what to a proposal and why; separation of duties is judged from it';
CREATE INDEX model_proposal_event_of ON model_proposal_event (proposal, event_id);
GRANT SELECT, INSERT ON model_proposal_event TO mingjian_app;

CREATE TABLE model_rule (
  rule       text    NOT NULL,
  version    integer NOT NULL CHECK (version > 0),
  owner      text    NOT NULL,
  area       text[]  NOT NULL,
  body       jsonb   NOT NULL,
  proposal   text    NOT NULL REFERENCES model_proposal,
  recorded_at bigint NOT NULL,
  PRIMARY KEY (rule, version)
);
COMMENT ON TABLE model_rule IS 'Ledger: departments'' rules that were approved, version by version (江苏办法 第十条)';
GRANT SELECT, INSERT ON model_rule TO mingjian_app;

CREATE TABLE model_release (
  model       text    NOT NULL,
  version     text    NOT NULL,
  in_force    boolean NOT NULL,
  valid_from  bigint  NOT NULL,
  proposal    text    NOT NULL REFERENCES model_proposal,
  recorded_at bigint  NOT NULL,
  PRIMARY KEY (model, valid_from)
);
COMMENT ON TABLE model_release IS 'Ledger: from when a version of a model is in force or out of it; a catalogue model without a row is in force';
GRANT SELECT, INSERT ON model_release TO mingjian_app;

CREATE TABLE model_cap (
  model       text   NOT NULL,
  cap         text CHECK (cap IN ('REMIND', 'WARN')),
  valid_from  bigint NOT NULL,
  reviewed    integer NOT NULL,
  wrong       integer NOT NULL,
  days        integer NOT NULL,
  share       double precision NOT NULL,
  bound       double precision NOT NULL,
  proposal    text REFERENCES model_proposal,
  recorded_at bigint NOT NULL,
  PRIMARY KEY (model, valid_from)
);
COMMENT ON TABLE model_cap IS 'Ledger: highest tier of a model that overspent its false-alarm budget, and the decision that restored it';
COMMENT ON COLUMN model_cap.cap IS 'Null: restored by the proposal named';
COMMENT ON COLUMN model_cap.bound IS 'Lower Wilson bound of the share of wrong findings; above the budgeted share when the cap was set';
GRANT SELECT, INSERT ON model_cap TO mingjian_app;

CREATE TABLE model_budget (
  model      text    NOT NULL,
  days       integer NOT NULL CHECK (days > 0),
  share      double precision NOT NULL CHECK (share > 0 AND share < 1),
  least      integer NOT NULL CHECK (least > 0),
  valid_from bigint  NOT NULL,
  proposal   text REFERENCES model_proposal,
  PRIMARY KEY (model, days, valid_from)
);
COMMENT ON TABLE model_budget IS 'Ledger: share of wrong findings among reviewed clues that a model may have within so many days; * for every model';
COMMENT ON COLUMN model_budget.least IS 'Reviewed clues below which nothing is concluded';
GRANT SELECT, INSERT ON model_budget TO mingjian_app;
INSERT INTO model_budget (model, days, share, least, valid_from) VALUES ('*', 30, 0.5, 8, 0), ('*', 90, 0.4, 20, 0);

CREATE TABLE model_verdict (
  verdict_id  text   PRIMARY KEY,
  clue        text   NOT NULL,
  verdict     text   NOT NULL CHECK (verdict IN ('RIGHT', 'WRONG', 'OPEN')),
  reason      text   NOT NULL,
  models      text[] NOT NULL,
  at          bigint NOT NULL
);
COMMENT ON TABLE model_verdict IS 'Ledger: what people found of a clue; the newest of a clue counts, OPEN takes an earlier one back';
CREATE INDEX model_verdict_clue ON model_verdict (clue, at);
CREATE INDEX model_verdict_models ON model_verdict USING gin (models);
GRANT SELECT, INSERT ON model_verdict TO mingjian_app;

CREATE TABLE model_shadow_episode (
  proposal text    NOT NULL REFERENCES model_proposal,
  episode  text    NOT NULL,
  version  integer NOT NULL,
  outfall  text    NOT NULL,
  start_at bigint  NOT NULL,
  end_at   bigint  NOT NULL,
  body     jsonb   NOT NULL,
  PRIMARY KEY (proposal, episode)
);
COMMENT ON TABLE model_shadow_episode IS 'Projection: newest version of what a shadow run found; never a clue';
GRANT SELECT, INSERT, UPDATE ON model_shadow_episode TO mingjian_app;
