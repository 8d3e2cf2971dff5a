import { addDays, dayOf, instant } from '#kernel';
import type { LimitValue } from './registry.ts';

/** A limit and when the register first knew it, epoch ms. */
export interface KnownLimit {
  readonly limit: LimitValue;
  readonly knownAt: number;
}

const placeOf = ({ outfall, factor, period, basis, attributes }: LimitValue): string => [outfall, factor, period, basis, attributes['side'] ?? ''].join(' ');

/**
 * A limit registered later without a first day takes effect on the day it was registered: hours before keep the limit that stood then, and what
 * stood open ends on the day before. Limits with dates of their own keep them. Rows of one place that came together (the two ends of a pH
 * range that name no side) are no succession.
 */
export function succeedLimits(known: readonly KnownLimit[]): LimitValue[] {
  const places = Map.groupBy(known, ({ limit }) => placeOf(limit));
  return known.map((one) => {
    const others = places.get(placeOf(one.limit)) as readonly KnownLimit[];
    const apart = new Set(others.map(({ knownAt }) => knownAt)).size === others.length;
    if (others.length === 1 || !apart) return one.limit;
    const undated = (other: KnownLimit): boolean => other.limit.validFrom === undefined && other.limit.validTo === undefined;
    const next = others.filter((other) => other.knownAt > one.knownAt && undated(other)).sort((a, b) => a.knownAt - b.knownAt)[0];
    const late = undated(one) && others.some((other) => other.knownAt < one.knownAt);
    return {
      ...one.limit,
      ...(late ? { validFrom: dayOf(instant(one.knownAt)) } : {}),
      ...(next !== undefined && one.limit.validTo === undefined ? { validTo: addDays(dayOf(instant(next.knownAt)), -1) } : {}),
    };
  });
}
