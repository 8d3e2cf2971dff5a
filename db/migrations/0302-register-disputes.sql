-- Disputes of registered values (登记参数异议): what a unit says is registered wrongly, and what the owner department answered.

CREATE TABLE register_dispute (
  dispute_id    text   PRIMARY KEY,
  unit_id       text   NOT NULL,
  authority_id  text   NOT NULL,
  kind          text   NOT NULL,
  key           text   NOT NULL,
  field         text   NOT NULL,
  outfall       text,
  factor        text,
  registered    text   NOT NULL,
  proposed      text   NOT NULL,
  from_day      date,
  reason        text   NOT NULL,
  materials     jsonb  NOT NULL,
  raised_by     text   NOT NULL,
  raised_at     bigint NOT NULL,
  due_at        bigint NOT NULL,
  article       text   NOT NULL,
  state         text   NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')),
  ended_by      text,
  ended_at      bigint,
  answer        text,
  new_value     text,
  new_from      date,
  CHECK ((state = 'OPEN') = (ended_at IS NULL)),
  CHECK ((state = 'ACCEPTED') = (new_value IS NOT NULL))
);
COMMENT ON TABLE register_dispute IS 'One row per dispute; it stays for ever, only its end is added. An accepted one names the value and the day from which the register says so.';
COMMENT ON COLUMN register_dispute.registered IS 'What the register said when the dispute was raised';
COMMENT ON COLUMN register_dispute.key IS 'Key of register_entry: its change under this dispute stands in register_change with the dispute as import';
CREATE UNIQUE INDEX register_dispute_open ON register_dispute (kind, key, field) WHERE state = 'OPEN';
CREATE INDEX register_dispute_unit ON register_dispute (unit_id, raised_at);
CREATE INDEX register_dispute_authority ON register_dispute (authority_id, state);
GRANT SELECT, INSERT, UPDATE ON register_dispute TO mingjian_app;
