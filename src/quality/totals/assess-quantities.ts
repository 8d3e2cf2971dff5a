import { Decimal } from '#kernel';
import { monthOf, type AssessedHour } from '../assess-hours.ts';
import { markDeadlineMs } from '../marks/marks.ts';
import { captureRate, quarterOf } from './capture-rate.ts';
import { transmissionRate } from '../means.ts';
import { capsAt, permitStanding, type PermitStanding, type PermitTerms } from './permit-quantity.ts';
import type { RuleBook } from '../rules.ts';
import { fillGaps, massWithin, type Gap, type ManualMass, type Total } from './totals.ts';

/** Valid share of a quarter's running hours. */
export interface Capture {
  readonly start: number;
  readonly end: number;
  readonly hours: number;
  readonly validHours: number;
  readonly stoppedHours: number;
  /** Valid share of running hours (HJ 75 §12.1.3, at least 75 %). */
  readonly capture: Decimal | undefined;
  /** Hours received × valid share of them, and whether the region's target is met. */
  readonly effective: Decimal | undefined;
  readonly targetMet: boolean | undefined;
}

type Hour = Pick<AssessedHour, 'start' | 'cou' | 'verdict' | 'reason' | 'stopped'>;

function grouped(hours: readonly Hour[], of: (at: number) => { start: number; end: number }): { start: number; end: number; hours: Hour[] }[] {
  const groups = new Map<number, { start: number; end: number; hours: Hour[] }>();
  for (const hour of hours) {
    const { start, end } = of(hour.start);
    const group = groups.get(start);
    if (group) group.hours.push(hour);
    else groups.set(start, { start, end, hours: [hour] });
  }
  return [...groups.values()];
}

/** Capture and transmission by quarter over hours without holes (`withGaps`). */
export function captures(hours: readonly Hour[], rules: RuleBook): Capture[] {
  return grouped(hours, quarterOf).map(({ start, end, hours: own }) => {
    const stoppedHours = own.filter((hour) => hour.stopped).length;
    const running = own.filter((hour) => !hour.stopped);
    const validHours = running.filter((hour) => hour.verdict === 'VALID').length;
    const received = running.filter((hour) => hour.reason !== 'NO_VALUE').length;
    const effective = transmissionRate(running.length, received, validHours)?.effective;
    return {
      start, end, hours: own.length, validHours, stoppedHours, capture: captureRate(own.length, running.length - validHours, stoppedHours), effective,
      targetMet: effective?.gte(rules(start).transmissionTarget),
    };
  });
}

/**
 * Hours of which nothing was received and whose day may still be put right, as far as was judged: the line is cut, or
 * history is still coming in. They are not missing yet.
 */
const awaitedBy = (judgedUntil: number, rules: RuleBook) => ({ start, reason }: Hour): boolean =>
  reason === 'NO_VALUE' && judgedUntil < markDeadlineMs(start, rules(start).markDeadlineHour);

/** Mass of a month. */
export interface MonthTotal extends Total {
  readonly start: number;
  readonly end: number;
}

/** What is used of a permitted amount, and its months as far as they lie in the period of the amount. */
export interface PermitAccount extends PermitStanding {
  readonly months: readonly MonthTotal[];
  /** kg used before the outfall was connected, as registered; in `usedKg` and in no month. */
  readonly usedBeforeKg: Decimal;
}

/** kg of a permitted amount that valid hours measured, with what was used before connection; nothing that stands in for an hour. */
export const measuredOf = ({ months, usedBeforeKg }: Pick<PermitAccount, 'months' | 'usedBeforeKg'>): Decimal => months.reduce((sum, { measuredKg }) => sum.plus(measuredKg), usedBeforeKg);

/** Capture rates, monthly totals and standing against the permit. */
export interface Quantities {
  readonly captures: readonly Capture[];
  readonly months: readonly MonthTotal[];
  readonly gaps: readonly Gap[];
  readonly standings: readonly PermitAccount[];
  /** Mass of [start, end) from the same hours. */
  within(start: number, end: number): Total;
}

/**
 * Mass of a year by month and source, and where the outfall stands in what its permit allows by month, season and year.
 * `hours` run without holes from the quarter before the year (substitution looks back) to `now`. `usedBeforeKg`: of this year,
 * before the outfall was connected. `judgedUntil`: known time up to which the outfall was judged, all of it where left out;
 * nothing stands in for an hour that was not judged missing by then.
 */
export function quantities(
  hours: readonly Hour[], rules: RuleBook, now: number,
  options: { readonly terms?: PermitTerms | undefined; readonly manual?: readonly ManualMass[]; readonly usedBeforeKg?: number; readonly judgedUntil?: number } = {},
): Quantities {
  const isAwaited = awaitedBy(options.judgedUntil ?? Number.POSITIVE_INFINITY, rules);
  const found = captures(hours.filter((hour) => !isAwaited(hour)), rules);
  const captureAt = (at: number) => found.find((one) => one.start <= at && at < one.end)?.capture;
  const mass = hours.map((hour) => ({ start: hour.start, kg: Number.isFinite(hour.cou) ? hour.cou : undefined, valid: hour.verdict === 'VALID', stopped: hour.stopped, awaited: isAwaited(hour) }));
  const gaps = fillGaps(mass, (at) => rules(at).substitutions, captureAt, options.manual);
  const months = grouped(hours, monthOf).map(({ start, end }): MonthTotal => ({ ...massWithin(mass, gaps, start, end), start, end }));
  const caps = options.terms === undefined ? [] : capsAt(options.terms, now);
  const standings = caps.map((cap) => {
    const sum = massWithin(mass, gaps, cap.start, cap.end);
    const usedBeforeKg = new Decimal(cap.period === 'YEAR' ? (options.usedBeforeKg ?? 0) : 0);
    const parts = months.filter((month) => month.start < cap.end && month.end > cap.start).map(({ start, end }) => ({ start: Math.max(start, cap.start), end: Math.min(end, cap.end) }));
    return {
      ...permitStanding(cap, sum.totalKg.plus(usedBeforeKg), rules(now).permitRatios, now), usedBeforeKg,
      months: parts.map(({ start, end }) => ({ ...massWithin(mass, gaps, start, end), start, end })),
    };
  });
  return { captures: found, months, gaps, standings, within: (start, end) => massWithin(mass, gaps, start, end) };
}
