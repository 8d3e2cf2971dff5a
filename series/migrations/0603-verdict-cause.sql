ALTER TABLE hour_value ADD COLUMN IF NOT EXISTS cause LowCardinality(String) DEFAULT 'FRAME'
-- next
ALTER TABLE hour_value ADD COLUMN IF NOT EXISTS ref String DEFAULT ''
