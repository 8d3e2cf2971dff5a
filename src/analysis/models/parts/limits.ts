import { Decimal, decimalsOf, roundHalfEven, type FactorCode } from '#kernel';
import { OXYGEN_GUARD, toReferenceOxygen, toReferenceOxygenDecimal } from '../../primitives/index.ts';
import type { Context, HourSeries, Limit } from '../../contract.ts';
import { O2 } from './factors.ts';
import { runValues, type Signal } from './signal.ts';

/** The sentinel of HJ 212-2025 for "could not be converted" is no value. */
export const isSentinel = (v: number): boolean => v >= 9999.98 && v <= 9999.995;

/**
 * Over the limit in law: the value is rounded half to even (GB/T 8170) to the decimals the limit is printed with;
 * equal is compliant. A comfortable binary margin settles the clear cases without decimals.
 */
export function exceeds(value: Decimal | number, limit: string): boolean {
  if (typeof value === 'number') {
    const plain = Number(limit);
    if (!(value > plain)) return false;
    if (value > plain + 1) return true;
  }
  return roundHalfEven(value, decimalsOf(limit)).greaterThan(new Decimal(limit));
}

/** Value ÷ limit, for tiers and texts. */
export const ratioTo = (value: number, limit: Limit): number => value / Number(limit.limit);

export const hourLimits = (ctx: Context): readonly Limit[] => ctx.reg.limits.filter((l) => l.period === 'hour');
export const limitFor = (ctx: Context, factor: FactorCode): Limit | undefined =>
  ctx.reg.limits.find((l) => l.factor === factor && l.period === 'hour') ??
  ctx.reg.limits.find((l) => l.factor === factor);

/** This limit, and no other in its place, held in all of `[from, to)`. */
export const heldThroughout = ({ reg }: Context, { validFrom = Number.NEGATIVE_INFINITY, validTo = Number.POSITIVE_INFINITY }: Limit, from: number, to: number): boolean =>
  reg.limitsAt === undefined || (from >= validFrom && to <= validTo);

/** The limit that held at a moment in the place of this one: an hour is judged by the limit of its own day; undefined where there was none. */
export function limitThen(ctx: Context, limit: Limit, at: number): Limit | undefined {
  if (heldThroughout(ctx, limit, at, at + 1)) return limit;
  return ctx.reg.limitsAt?.(at).find((other) => other.factor === limit.factor && other.period === limit.period && other.basis === limit.basis && other.side === limit.side);
}

/** Oxygen lies below the reference, and the limit's standard forbids conversion there. */
const measuredCounts = ({ reg }: Context, limit: Limit, o2: number): boolean => limit.belowRef === 'measured' && reg.o2Ref !== undefined && o2 < reg.o2Ref;

/**
 * The value of hour `i` on the limit's own basis. Converted values come from the device; where it sent none they are
 * computed from the measured value and oxygen. NaN where there is none or oxygen is above the guard, where it is never judged.
 */
export function judgedValue(ctx: Context, series: HourSeries, i: number, limit: Limit): number {
  const measured = series.avg[i] as number;
  if (limit.basis === 'c') return isSentinel(measured) ? Number.NaN : measured;
  const oxygen = ctx.hour(O2);
  const o2 = oxygen === undefined ? Number.NaN : (oxygen.avg[i] as number);
  if (o2 > OXYGEN_GUARD) return Number.NaN;
  if (measuredCounts(ctx, limit, o2)) return isSentinel(measured) ? Number.NaN : measured;
  const sent = series.zsAvg[i] as number;
  if (Number.isFinite(sent)) return isSentinel(sent) ? Number.NaN : sent;
  if (ctx.reg.o2Ref === undefined || !Number.isFinite(o2)) return Number.NaN;
  return toReferenceOxygenDecimal(measured, o2, ctx.reg.o2Ref)?.toNumber() ?? Number.NaN;
}

/** Clean running values of `[from, to)` of a step series on the limit's own basis; NaN where not running, not normal or without usable oxygen. */
export function judgedSteps(ctx: Context, signal: Signal, limit: Limit, from: number, to: number): Float64Array {
  const values = runValues(ctx, signal, from, to);
  if (limit.basis === 'c') return values;
  const oxygen = ctx.step(O2);
  const { o2Ref } = ctx.reg;
  if (oxygen === undefined || o2Ref === undefined) return values.fill(Number.NaN);
  const shift = from + Math.round((signal.t0 - oxygen.t0) / signal.stepMs);
  return values.map((v, i) => {
    const o2 = oxygen.avg[i + shift] as number;
    return o2 > OXYGEN_GUARD || Number.isNaN(o2) ? Number.NaN : measuredCounts(ctx, limit, o2) ? v : toReferenceOxygen(v, o2, o2Ref);
  });
}
