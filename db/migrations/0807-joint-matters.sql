-- ⑤ Joint work of departments on a unit, beyond one review (宁夏方案 三（五）; 沪环执法〔2021〕75号 三（九）).
CREATE TABLE joint_matter (
  matter_id    text PRIMARY KEY,
  kind         text NOT NULL CHECK (kind IN ('CONSULTATION', 'INSPECTION')),
  unit_id      text NOT NULL,
  authority_id text NOT NULL,
  region       text NOT NULL,
  subject      text,
  question     text NOT NULL,
  convened_by  text NOT NULL,
  convened_at  bigint NOT NULL
);
COMMENT ON TABLE joint_matter IS 'Ledger: who called which departments together about a unit, and on what question.';
CREATE INDEX joint_matter_unit ON joint_matter (unit_id, convened_at);

CREATE TABLE joint_seat (
  matter_id  text NOT NULL REFERENCES joint_matter,
  account_id text NOT NULL,
  department text NOT NULL,
  PRIMARY KEY (matter_id, account_id)
);
COMMENT ON TABLE joint_seat IS 'Ledger: whom a department was asked to send.';

CREATE TABLE joint_word (
  matter_id  text NOT NULL,
  account_id text NOT NULL,
  outcome    text NOT NULL CHECK (outcome IN ('NOTHING', 'SUSPECTED', 'EXCUSED')),
  text       text NOT NULL,
  said_by    text NOT NULL,
  at         bigint NOT NULL,
  PRIMARY KEY (matter_id, account_id),
  FOREIGN KEY (matter_id, account_id) REFERENCES joint_seat
);
COMMENT ON TABLE joint_word IS 'Ledger: what each department said, in its own words; EXCUSED is noted by who convened.';

CREATE TABLE joint_conclusion (
  matter_id    text PRIMARY KEY REFERENCES joint_matter,
  text         text NOT NULL,
  clue_id      text REFERENCES review_clue,
  concluded_by text NOT NULL,
  at           bigint NOT NULL
);
COMMENT ON TABLE joint_conclusion IS 'Ledger: how a joint matter ended, and the clue it brought forth.';

GRANT SELECT, INSERT ON joint_matter, joint_seat, joint_word, joint_conclusion TO mingjian_app;
