-- What the public reads of a decision beside its facts: the law it rests on, what it orders, who may be asked to look at it again.
ALTER TABLE disclosure_publication ADD COLUMN content jsonb;
COMMENT ON COLUMN disclosure_publication.content IS 'Provisions, orders and remedies as the decision says them, personal data hidden; null where the decision has no such paper.';
