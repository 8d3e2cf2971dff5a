-- What papers print of an authority beside its name: where it is, who reviews its acts, where fines are paid.
CREATE TABLE access_authority_office (
  entry_id           text   PRIMARY KEY,
  authority_id       text   NOT NULL REFERENCES access_authority,
  address            text   NOT NULL,
  phone              text   NOT NULL,
  reconsideration_zh text   NOT NULL,
  reconsideration_en text   NOT NULL,
  court_zh           text   NOT NULL,
  court_en           text   NOT NULL,
  bank               text   NOT NULL,
  account_name       text   NOT NULL,
  account_no         text   NOT NULL,
  entered_by         text   NOT NULL,
  at                 bigint NOT NULL
);
COMMENT ON TABLE access_authority_office IS 'Ledger: what papers of an authority print of it; the newest row counts, empty text is what nobody has entered. Who decides a fine does not collect it: it is paid to the bank named here (行政处罚法 第六十七条、第七十四条).';
CREATE INDEX access_authority_office_newest ON access_authority_office (authority_id, at DESC, entry_id DESC);
GRANT SELECT, INSERT ON access_authority_office TO mingjian_app;
