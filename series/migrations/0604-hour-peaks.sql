CREATE TABLE IF NOT EXISTS hour_peak (
  outfall String, day Int64, factor LowCardinality(String), avg SimpleAggregateFunction(max, Float64), zs SimpleAggregateFunction(max, Float64),
  bare SimpleAggregateFunction(max, Float64)
) ENGINE = AggregatingMergeTree ORDER BY (outfall, day, factor)
-- next
CREATE MATERIALIZED VIEW IF NOT EXISTS hour_peak_of TO hour_peak AS
SELECT outfall, intDiv(start, 86400000) * 86400000 AS day, f AS factor, max(ifNull(a, -inf)) AS avg, max(ifNull(z, -inf)) AS zs, max(if(isNull(z), ifNull(a, -inf), -inf)) AS bare
FROM (SELECT outfall, start, f, a, z FROM hour_value ARRAY JOIN factor AS f, avg AS a, zs AS z) GROUP BY outfall, day, factor
-- next
INSERT INTO hour_peak
SELECT outfall, intDiv(start, 86400000) * 86400000 AS day, f AS factor, max(ifNull(a, -inf)) AS avg, max(ifNull(z, -inf)) AS zs, max(if(isNull(z), ifNull(a, -inf), -inf)) AS bare
FROM (SELECT outfall, start, f, a, z FROM hour_value ARRAY JOIN factor AS f, avg AS a, zs AS z) WHERE (SELECT count() FROM hour_peak) = 0 GROUP BY outfall, day, factor
