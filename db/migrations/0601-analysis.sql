-- Opinions of the models: episodes and clues as append-only versions, what a restart needs, dated parameters.

CREATE TABLE analysis_episode (
  episode    text    NOT NULL,
  version    integer NOT NULL CHECK (version > 0),
  known_at   bigint  NOT NULL,
  outfall    text    NOT NULL,
  model      text    NOT NULL,
  model_version text NOT NULL,
  tier       text    NOT NULL CHECK (tier IN ('REMIND', 'WARN', 'WORK_ORDER')),
  raised_at  bigint  NOT NULL,
  start_at   bigint  NOT NULL,
  end_at     bigint  NOT NULL,
  clue       text,
  body       jsonb   NOT NULL,
  PRIMARY KEY (episode, version)
);
COMMENT ON TABLE analysis_episode IS 'Ledger: findings of one model that continue each other; every change is a further version with the moment it was known';
COMMENT ON COLUMN analysis_episode.body IS 'Factors, steps, statistics, texts, parameters, suppression or clearing reason';
CREATE INDEX analysis_episode_outfall ON analysis_episode (outfall, end_at);
CREATE INDEX analysis_episode_clue ON analysis_episode (clue) WHERE clue IS NOT NULL;
GRANT SELECT, INSERT ON analysis_episode TO mingjian_app;

CREATE TABLE analysis_clue_version (
  clue      text    NOT NULL,
  version   integer NOT NULL CHECK (version > 0),
  known_at  bigint  NOT NULL,
  body      jsonb   NOT NULL,
  PRIMARY KEY (clue, version)
);
COMMENT ON TABLE analysis_clue_version IS 'Ledger: clues (线索) as they stood at each moment; what people do with them lives with supervision and review';
GRANT SELECT, INSERT ON analysis_clue_version TO mingjian_app;

CREATE TABLE analysis_clue (
  clue         text    PRIMARY KEY,
  version      integer NOT NULL,
  known_at     bigint  NOT NULL,
  outfall      text    NOT NULL,
  unit_id      text    NOT NULL,
  authority_id text,
  tier         text    NOT NULL CHECK (tier IN ('REMIND', 'WARN', 'WORK_ORDER')),
  raised_at    bigint  NOT NULL,
  start_at     bigint  NOT NULL,
  end_at       bigint  NOT NULL,
  models       text[]  NOT NULL,
  factors      text[]  NOT NULL,
  provisional  boolean NOT NULL,
  cleared      boolean NOT NULL,
  score        double precision NOT NULL,
  body         jsonb   NOT NULL
);
COMMENT ON TABLE analysis_clue IS 'Projection: the newest version of every clue, for lists; can be rebuilt from analysis_clue_version';
CREATE INDEX analysis_clue_order ON analysis_clue (raised_at DESC, clue DESC);
CREATE INDEX analysis_clue_outfall ON analysis_clue (outfall, end_at);
CREATE INDEX analysis_clue_unit ON analysis_clue (unit_id, raised_at DESC);
GRANT SELECT, INSERT, UPDATE ON analysis_clue TO mingjian_app;

CREATE TABLE analysis_answer (
  outfall text   NOT NULL,
  model   text   NOT NULL,
  version text   NOT NULL,
  outcome text   NOT NULL CHECK (outcome IN ('MET', 'NOT_MET', 'CANNOT_TELL', 'EXCEPTION')),
  reason  text   NOT NULL,
  missing text[] NOT NULL,
  at      bigint NOT NULL,
  PRIMARY KEY (outfall, model)
);
COMMENT ON TABLE analysis_answer IS 'Projection: the last change of a model''s outcome per outfall; a failed model is EXCEPTION and seen, never clean';
GRANT SELECT, INSERT, UPDATE ON analysis_answer TO mingjian_app;

CREATE TABLE analysis_lane (
  outfall      text   PRIMARY KEY,
  active_since bigint NOT NULL,
  snapshot     jsonb,
  snapshot_at  bigint
);
COMMENT ON TABLE analysis_lane IS 'Where the fold of an outfall can be taken up again: opinions at its last daily moment; facts come from the journal';
GRANT SELECT, INSERT, UPDATE ON analysis_lane TO mingjian_app;

CREATE TABLE analysis_progress (
  name  text   PRIMARY KEY,
  seq   bigint NOT NULL,
  until bigint NOT NULL
);
COMMENT ON TABLE analysis_progress IS 'Journal sequence number and known time up to which everything has been judged';
GRANT SELECT, INSERT, UPDATE ON analysis_progress TO mingjian_app;

CREATE TABLE analysis_shift (
  outfall  text   NOT NULL,
  ref      text   NOT NULL,
  known_at bigint NOT NULL,
  PRIMARY KEY (outfall, ref)
);
COMMENT ON TABLE analysis_shift IS 'Ledger: facts that reached judging after their own known time had been judged; they count from then, also when recomputed';
GRANT SELECT, INSERT ON analysis_shift TO mingjian_app;

CREATE TABLE model_parameter (
  model       text   NOT NULL,
  parameter   text   NOT NULL,
  value       double precision NOT NULL,
  valid_from  bigint NOT NULL,
  proposed_by text   NOT NULL,
  approved_by text   NOT NULL CHECK (approved_by <> proposed_by),
  reason      text   NOT NULL,
  recorded_at bigint NOT NULL,
  PRIMARY KEY (model, parameter, valid_from)
);
COMMENT ON TABLE model_parameter IS 'Ledger: dated parameters that replace a model''s default (R10); proposer and approver are two people';
GRANT SELECT, INSERT ON model_parameter TO mingjian_app;
