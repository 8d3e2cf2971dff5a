-- Emission standards (排放标准) are register rows of their own kind: register_entry holds what is imported, register_change what stood before.

COMMENT ON COLUMN register_entry.kind IS 'units, outfalls, factors, limits, standards, permits, meters, maintenance, orders, selfMonitoring, weather, other';
