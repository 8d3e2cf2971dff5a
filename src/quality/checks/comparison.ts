import { Decimal } from '#kernel';
import type { ComparisonRule } from '#law';
import { ppmToMgM3 } from '../conversion.ts';

type Band = ComparisonRule['bands'][number];

/** The band of a reference value, in the rule's own unit. */
export function bandOf(rule: ComparisonRule, reference: Decimal | number | string): Band {
  const level = new Decimal(reference).abs();
  const found = rule.bands.find(({ above, from }) => (above !== undefined ? level.gt(above) : from === undefined || level.gte(from)));
  return found ?? (rule.bands[rule.bands.length - 1] as Band);
}

/** Allowed difference at a reference value, in the rule's unit. */
export function allowedError(rule: ComparisonRule, reference: Decimal | number | string): Decimal {
  const band = bandOf(rule, reference);
  return band.kind === 'ABSOLUTE' ? new Decimal(band.limit) : new Decimal(reference).abs().times(band.limit).div(100);
}

/** An automatic value and the reference taken at the same time. */
export interface Pair {
  readonly automatic: Decimal | number | string;
  readonly reference: Decimal | number | string;
}

/** How a comparison came out, with what was allowed. */
export interface ComparisonResult {
  readonly result: 'PASS' | 'FAIL' | 'CANNOT_TELL';
  /** Mean difference automatic − reference, and what was allowed, in the rule's unit. */
  readonly difference: Decimal | undefined;
  readonly allowed: Decimal | undefined;
  readonly reason: 'OK' | 'TOO_FEW_PAIRS' | 'BEYOND';
}

/** Three real samples are the fewest that say anything (HJ 355, HJ 75 use more). */
const FEWEST_PAIRS = 3;

/**
 * Automatic against reference values. Gas: relative accuracy |d̄| + confidence coefficient over the mean reference
 * (HJ 75 附录), absolute bands by the mean difference. Water: every pair within its own band (HJ 355).
 */
export function judgeComparison(rule: ComparisonRule, pairs: readonly Pair[], fewest = FEWEST_PAIRS): ComparisonResult {
  if (pairs.length < fewest) return { result: 'CANNOT_TELL', difference: undefined, allowed: undefined, reason: 'TOO_FEW_PAIRS' };
  const differences = pairs.map((pair) => new Decimal(pair.automatic).minus(pair.reference));
  const difference = differences.reduce((sum, one) => sum.plus(one), new Decimal(0)).div(pairs.length);
  const reference = pairs.reduce((sum, pair) => sum.plus(pair.reference), new Decimal(0)).div(pairs.length);
  const allowed = allowedError(rule, reference);
  const relativeGas = rule.medium === 'gas' && bandOf(rule, reference).kind === 'RELATIVE';
  const beyond = rule.medium === 'water'
    ? pairs.some((pair, i) => (differences[i] as Decimal).abs().gt(allowedError(rule, pair.reference)))
    : difference.abs().plus(relativeGas ? confidence(differences, difference) : 0).gt(allowed);
  return { result: beyond ? 'FAIL' : 'PASS', difference, allowed, reason: beyond ? 'BEYOND' : 'OK' };
}

/** Student's t, 97.5 %, by degrees of freedom 1–15; beyond, the value of 15 is kept (wider than needed). */
const T975 = ['12.706', '4.303', '3.182', '2.776', '2.571', '2.447', '2.365', '2.306', '2.262', '2.228', '2.201', '2.179', '2.160', '2.145', '2.131'] as const;

/** t · s / √n of the differences. */
function confidence(differences: readonly Decimal[], mean: Decimal): Decimal {
  const n = differences.length;
  const squares = differences.reduce((sum, one) => sum.plus(one.minus(mean).pow(2)), new Decimal(0));
  const t = T975[Math.min(n - 1, T975.length) - 1] ?? T975[0];
  return squares.div(n - 1).sqrt().times(t).div(new Decimal(n).sqrt());
}

/** Bands in µmol/mol need the gas, g/mol (NOx counts as NO₂). */
const MOLAR_MASS: Readonly<Record<string, number>> = { a21026: 64, a21002: 46 };

const ruleFor = (rules: readonly ComparisonRule[], factor: string): ComparisonRule | undefined => rules.find((one) => one.factors !== 'ALL' && one.factors.includes(factor));

/** Channel units (mg/m³) per unit of the rule. */
const perUnit = (rule: ComparisonRule, factor: string): Decimal => (rule.unit === 'umol/mol' ? ppmToMgM3(1, MOLAR_MASS[factor] ?? Number.NaN) : new Decimal(1));

/** A comparison as it is recorded, in the channel's unit, by the rule of its factor; without one nobody can tell. */
export function comparisonResult(rules: readonly ComparisonRule[], factor: string, pairs: readonly Pair[]): ComparisonResult['result'] {
  const rule = ruleFor(rules, factor);
  if (rule === undefined) return 'CANNOT_TELL';
  const per = perUnit(rule, factor);
  return judgeComparison(rule, pairs.map(({ automatic, reference }) => ({ automatic: new Decimal(automatic).div(per), reference: new Decimal(reference).div(per) }))).result;
}

/**
 * The guard band around a judged value: what an accepted instrument may be off by at this level. Shown beside a
 * verdict, never subtracted from a value: the law compares the value itself.
 */
export function guardBand(rules: readonly ComparisonRule[], factor: string, value: Decimal | number | string): Decimal | undefined {
  const rule = ruleFor(rules, factor);
  if (rule === undefined) return undefined;
  const per = perUnit(rule, factor);
  return allowedError(rule, new Decimal(value).div(per)).times(per);
}
