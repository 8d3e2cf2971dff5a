ALTER TABLE hour_value ADD COLUMN IF NOT EXISTS sampled Array(Nullable(Float64))
