-- ⑤ Who sits in the panel and in the body that reviews, at province and city (江苏办法 第七条, R40).
CREATE TABLE review_member (
  member_id    text PRIMARY KEY,
  authority_id text NOT NULL,
  body         text NOT NULL CHECK (body IN ('PANEL', 'REVIEW', 'TEAM', 'CONTROL', 'LAB')),
  account_id   text NOT NULL,
  department   text NOT NULL,
  lead         boolean NOT NULL,
  from_day     date NOT NULL,
  to_day       date,
  added_at     bigint NOT NULL,
  added_by     text NOT NULL,
  ended_at     bigint,
  ended_by     text,
  CHECK (to_day IS NULL OR to_day >= from_day)
);
COMMENT ON TABLE review_member IS 'Terms of membership; a term is ended by its last day and never removed. Acts are judged by the day they are done on.';
CREATE INDEX review_member_body ON review_member (authority_id, body);
GRANT SELECT, INSERT, UPDATE ON review_member TO mingjian_app;
