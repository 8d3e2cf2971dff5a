import { Decimal, HOUR } from '#kernel';
import type { SubstitutionRule } from '#law';

/** One hour of a factor's mass. A stopped hour emits nothing and is in no gap, nor is one that may still come. */
export interface MassHour {
  readonly start: number;
  /** kg, from the measured concentration (never the converted one); undefined where not known. */
  readonly kg: Decimal | number | string | undefined;
  readonly valid: boolean;
  readonly stopped?: boolean;
  /** Nothing was received of it, and it is not yet judged missing. */
  readonly awaited?: boolean;
}

/** Manual tests during a repair stand for the hours they were made for (HJ 75 §12.2; 内蒙古指引 二(一)). */
export interface ManualMass {
  readonly start: number;
  readonly end: number;
  readonly kgPerHour: Decimal | number | string;
}

/** The rule for a gap: by the quarter's capture rate and the hours of the gap. */
export const substitutionRule = (rules: readonly SubstitutionRule[], capture: Decimal | string, gapHours: number): SubstitutionRule | undefined =>
  rules.find(
    (rule) =>
      new Decimal(capture).gte(rule.captureFrom) && (rule.captureBelow === undefined || new Decimal(capture).lt(rule.captureBelow))
      && (rule.gapOver === undefined || gapHours > rule.gapOver) && (rule.gapUpTo === undefined || gapHours <= rule.gapUpTo),
  );

/** Hours without mass that totals may have to fill. */
export interface Gap {
  readonly start: number;
  readonly hours: number;
  /** kg of each hour; undefined: no automatic value, a person decides. */
  readonly kgPerHour: Decimal | undefined;
  readonly by: 'MANUAL' | 'SUBSTITUTED' | 'UNDECIDED';
  /** Highest of so many valid hours before the gap. */
  readonly ofValidHours: number | undefined;
}

/** Mass of a period, kg, by source. */
export interface Total {
  /** By source, never mixed: totals may hold substituted mass, an exceedance finding never may. */
  readonly measuredKg: Decimal;
  readonly manualKg: Decimal;
  readonly substitutedKg: Decimal;
  readonly totalKg: Decimal;
  readonly undecidedHours: number;
}

const zero = new Decimal(0);
const measured = (hour: MassHour): Decimal | undefined => (hour.valid && hour.stopped !== true && hour.kg !== undefined ? new Decimal(hour.kg) : undefined);
const highest = (values: readonly Decimal[], n: number): Decimal | undefined =>
  values.length === 0 ? undefined : values.slice(-n).reduce((max, one) => (one.gt(max) ? one : max));

/**
 * Gaps in hourly mass, filled in the order the law gives: automatic data, manual tests, then the highest hour of the 180, 720
 * or 2 160 valid ones before the gap by the quarter's capture rate. Below 75 % there is no automatic value. `hours` run without
 * holes over all that is known: a gap is judged by its whole length, wherever a month, a season or a year ends.
 *
 * @param rulesAt rules in force at a moment
 * @param captureAt capture rate of the quarter that holds a moment
 */
export function fillGaps(
  hours: readonly MassHour[], rulesAt: (at: number) => readonly SubstitutionRule[], captureAt: (at: number) => Decimal | undefined, manual: readonly ManualMass[] = [],
): Gap[] {
  const valid: Decimal[] = [];
  const gaps: Gap[] = [];
  let gap: { start: number; hours: number } | undefined;
  const close = () => {
    if (gap !== undefined) gaps.push(filled(gap, rulesAt(gap.start), captureAt(gap.start), valid));
    gap = undefined;
  };
  for (const hour of hours) {
    const kg = measured(hour);
    if (kg !== undefined || hour.stopped === true || hour.awaited === true) {
      close();
      if (kg !== undefined) valid.push(kg);
      continue;
    }
    const test = manual.find((one) => one.start <= hour.start && hour.start + HOUR <= one.end);
    if (test === undefined) gap = gap === undefined ? { start: hour.start, hours: 1 } : { ...gap, hours: gap.hours + 1 };
    else {
      close();
      gaps.push({ start: hour.start, hours: 1, kgPerHour: new Decimal(test.kgPerHour), by: 'MANUAL', ofValidHours: undefined });
    }
  }
  close();
  return gaps;
}

/** Mass of [start, end): its measured hours, and of each gap the hours that lie in it. */
export function massWithin(hours: readonly MassHour[], gaps: readonly Gap[], start: number, end: number): Total {
  const measuredKg = hours.reduce((sum, hour) => (hour.start >= start && hour.start < end ? sum.plus(measured(hour) ?? zero) : sum), zero);
  const inside = gaps.map((gap) => ({ ...gap, hours: Math.max(0, Math.min(end, gap.start + gap.hours * HOUR) - Math.max(start, gap.start)) / HOUR }));
  const sum = (by: Gap['by']) => inside.filter((one) => one.by === by).reduce((total, one) => total.plus((one.kgPerHour ?? zero).times(one.hours)), zero);
  const [manualKg, substitutedKg] = [sum('MANUAL'), sum('SUBSTITUTED')];
  const undecidedHours = inside.filter((one) => one.by === 'UNDECIDED').reduce((total, one) => total + one.hours, 0);
  return { measuredKg, manualKg, substitutedKg, totalKg: measuredKg.plus(manualKg).plus(substitutedKg), undecidedHours };
}

function filled(gap: { start: number; hours: number }, rules: readonly SubstitutionRule[], capture: Decimal | undefined, valid: readonly Decimal[]): Gap {
  const rule = capture === undefined ? undefined : substitutionRule(rules, capture, gap.hours);
  const kgPerHour = rule?.validHours === undefined ? undefined : highest(valid, rule.validHours);
  return { ...gap, kgPerHour, by: kgPerHour === undefined ? 'UNDECIDED' : 'SUBSTITUTED', ofValidHours: kgPerHour === undefined ? undefined : rule?.validHours };
}
