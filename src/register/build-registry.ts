import { dayOf, type DeviceMn, type Instant, type OutfallId, type UnitId } from '#kernel';
import type { ComparedLimit, DeviceRole, LimitValue, Outfall, RegisterData, RegisteredDevice, Registry } from './registry.ts';

function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function devicesOf(outfalls: readonly Outfall[]): ReadonlyMap<string, readonly RegisteredDevice[]> {
  const found = new Map<string, RegisteredDevice[]>();
  const add = (mn: DeviceMn | undefined, role: DeviceRole, outfall: Outfall) => {
    if (mn === undefined) return;
    const list = found.get(mn) ?? [];
    found.set(mn, list);
    const at = list.findIndex((device) => device.role === role && device.unit === outfall.unit);
    const known = list[at];
    if (known) list[at] = { ...known, outfalls: [...known.outfalls, outfall.outfall] };
    else list.push({ mn, role, unit: outfall.unit, outfalls: [outfall.outfall] });
  };
  for (const outfall of outfalls) {
    add(outfall.mn, 'data', outfall);
    add(outfall.doorMn, 'door', outfall);
    add(outfall.powerMn, 'power', outfall);
    add(outfall.inletMn, 'inlet', outfall);
    add(outfall.processMn, 'process', outfall);
  }
  return found;
}

/** A limit applies on every day from `validFrom` to `validTo`, both included. */
export const limitAppliesOn = (limit: LimitValue, day: string): boolean =>
  (limit.validFrom === undefined || limit.validFrom <= day) && (limit.validTo === undefined || day <= limit.validTo);

const isCompared = (limit: LimitValue): limit is ComparedLimit => limit.period !== 'five_minutes';

/** Indexes checked register data. The data are not copied and must not be changed afterwards. */
export function buildRegistry(data: RegisterData): Registry {
  const units = new Map(data.units.map((unit) => [unit.unit, unit]));
  const outfalls = new Map(data.outfalls.map((outfall) => [outfall.outfall, outfall]));
  const byUnit = groupBy(data.outfalls, (outfall) => outfall.unit);
  const factors = groupBy(data.factors, (factor) => factor.outfall);
  const limits = groupBy(data.limits, (limit) => limit.outfall);
  const permits = groupBy(data.permits, (permit) => permit.outfall);
  const meters = new Map(data.meters.map((meter) => [meter.meter, meter]));
  const devices = devicesOf(data.outfalls);
  const inForce = (outfall: OutfallId, at: Instant): LimitValue[] => {
    const day = dayOf(at);
    return (limits.get(outfall) ?? []).filter((limit) => limitAppliesOn(limit, day));
  };
  return {
    data,
    unit: (id: UnitId) => units.get(id),
    outfall: (id: OutfallId) => outfalls.get(id),
    deviceOf: (mn) => devices.get(mn) ?? [],
    outfallsOf: (unit) => byUnit.get(unit) ?? [],
    factorsOf: (outfall) => factors.get(outfall) ?? [],
    limitsOf: (outfall, at) => inForce(outfall, at).filter(isCompared),
    countedLimitsOf: (outfall, at) => inForce(outfall, at).filter((limit) => !isCompared(limit)),
    permitsOf: (outfall) => permits.get(outfall) ?? [],
    metersOf: (outfall) => {
      const unit = outfalls.get(outfall)?.unit;
      return data.meters.filter(
        (meter) => meter.outfall === outfall || (meter.outfall === undefined && meter.unit === unit && unit !== undefined),
      );
    },
    meter: (id) => meters.get(id),
  };
}
