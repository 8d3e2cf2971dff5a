CREATE TABLE IF NOT EXISTS hour_value (
  outfall String, factor String, start Int64, known_at Int64,
  avg Nullable(Float64), min Nullable(Float64), max Nullable(Float64), cou Nullable(Float64), zs Nullable(Float64),
  flag LowCardinality(String), valid UInt8
) ENGINE = ReplacingMergeTree ORDER BY (outfall, factor, start, known_at)
-- next
CREATE TABLE IF NOT EXISTS step_value (
  outfall String, factor String, start Int64, known_at Int64, avg Nullable(Float64), flag LowCardinality(String)
) ENGINE = ReplacingMergeTree ORDER BY (outfall, factor, start, known_at)
-- next
CREATE TABLE IF NOT EXISTS power_value (
  outfall String, meter String, start Int64, known_at Int64, kw Float64
) ENGINE = ReplacingMergeTree ORDER BY (outfall, meter, start, known_at)
