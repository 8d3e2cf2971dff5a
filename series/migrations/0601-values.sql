CREATE TABLE IF NOT EXISTS hour_value (
  outfall String, start Int64, known_at Int64, factor Array(LowCardinality(String)), avg Array(Nullable(Float64)), min Array(Nullable(Float64)),
  max Array(Nullable(Float64)), cou Array(Nullable(Float64)), zs Array(Nullable(Float64)), flag Array(UInt8),
  verdict Array(UInt8), reason Array(LowCardinality(String))
) ENGINE = ReplacingMergeTree ORDER BY (outfall, start, known_at, factor)
-- next
CREATE TABLE IF NOT EXISTS step_value (
  outfall String, start Int64, known_at Int64, factor Array(LowCardinality(String)), avg Array(Nullable(Float64)), flag Array(UInt8)
) ENGINE = ReplacingMergeTree ORDER BY (outfall, start, known_at, factor)
-- next
CREATE TABLE IF NOT EXISTS power_value (
  outfall String, start Int64, known_at Int64, meter Array(LowCardinality(String)), kw Array(Float64)
) ENGINE = ReplacingMergeTree ORDER BY (outfall, start, known_at, meter)
