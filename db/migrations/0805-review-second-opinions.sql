-- ⑤ Blind second opinions: drawn when a review is taken up, given without knowledge of the first finding.
CREATE TABLE review_second (
  review_id text PRIMARY KEY REFERENCES review,
  share     text NOT NULL,
  drawn_at  bigint NOT NULL
);
COMMENT ON TABLE review_second IS 'Ledger: reviews drawn for a second opinion and the share that held (review.secondOpinionShare).';

CREATE TABLE review_second_opinion (
  review_id  text PRIMARY KEY REFERENCES review_second,
  account_id text NOT NULL,
  conclusion text NOT NULL CHECK (conclusion IN ('PASS', 'RETURN', 'REJECT')),
  reason     text NOT NULL,
  at         bigint NOT NULL
);
COMMENT ON TABLE review_second_opinion IS 'Ledger: what the second technical reviewer found by himself.';

-- ⑤ Members of other departments invited to one clue, and what they said (江苏办法 第七条第四款).
CREATE TABLE review_invitation (
  invitation_id text PRIMARY KEY,
  clue_id       text NOT NULL REFERENCES review_clue,
  body          text NOT NULL,
  department    text NOT NULL,
  account_id    text NOT NULL,
  question      text NOT NULL,
  invited_by    text NOT NULL,
  at            bigint NOT NULL,
  UNIQUE (clue_id, account_id)
);
COMMENT ON TABLE review_invitation IS 'Ledger: who was asked by the lead to take part in a clue, and about what.';
CREATE TABLE review_participation (
  invitation_id text PRIMARY KEY REFERENCES review_invitation,
  outcome       text NOT NULL CHECK (outcome IN ('HEARD', 'EXCUSED')),
  text          text NOT NULL,
  account_id    text NOT NULL,
  at            bigint NOT NULL
);
COMMENT ON TABLE review_participation IS 'Ledger: the opinion given, or why nobody could be heard.';

-- ⑤ Recusal in review (行政处罚法 第四十三条).
CREATE TABLE review_recusal (
  recusal_id text PRIMARY KEY,
  clue_id    text NOT NULL REFERENCES review_clue,
  account_id text NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('DECLARED', 'REQUESTED')),
  reason     text NOT NULL,
  by_account text NOT NULL,
  at         bigint NOT NULL
);
COMMENT ON TABLE review_recusal IS 'Ledger: whose withdrawal was declared or asked for, and why.';
CREATE INDEX review_recusal_clue ON review_recusal (clue_id, at);
CREATE TABLE review_recusal_decision (
  recusal_id text PRIMARY KEY REFERENCES review_recusal,
  granted    boolean NOT NULL,
  reason     text NOT NULL,
  decided_by text NOT NULL,
  at         bigint NOT NULL
);
COMMENT ON TABLE review_recusal_decision IS 'Ledger: the decision of the lead, or of the head of the authority.';

GRANT SELECT, INSERT ON review_second, review_second_opinion, review_invitation, review_participation, review_recusal, review_recusal_decision TO mingjian_app;

-- ⑤ What a version of the list changed against the one before, and why.
ALTER TABLE review_list ADD COLUMN changes jsonb NOT NULL DEFAULT '[]';
