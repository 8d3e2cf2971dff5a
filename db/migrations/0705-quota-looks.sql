-- An amount is looked at again when it could have reached its next ratio, not every day.
ALTER TABLE quota_look RENAME COLUMN day TO due;
CREATE INDEX quota_look_due ON quota_look (due);
COMMENT ON TABLE quota_look IS 'Day on which the amount is looked at next; infinity while no permit names it.';
