import { Decimal, type FactorCode } from '#kernel';
import type { ComparisonRule, QcRule } from '#law';
import { comparisonResult, type Pair } from './comparison.ts';

/** One check of a device as it is recorded: drift in % of span, pairs of a comparison, or only its result. */
export interface QcCheck {
  readonly start: number;
  readonly end: number;
  readonly what: string;
  /** Empty: every factor of the device. */
  readonly factors: readonly FactorCode[];
  readonly zeroDrift?: number | undefined;
  readonly spanDrift?: number | undefined;
  readonly passed?: boolean | undefined;
  /** Of a comparison with a reference method. */
  readonly pairs?: readonly Pair[] | undefined;
}

/** How a check of the device came out. */
export type CheckResult = 'PASS' | 'ADJUST' | 'FAIL' | 'CANNOT_TELL';
/** Flue gas or waste water. */
export type Medium = 'gas' | 'water';

const covers = (factors: 'ALL' | readonly string[], factor: string): boolean => factors === 'ALL' || factors.includes(factor);

/** The rule a check falls under: same medium, its factor, and a word of the record; the first that fits. */
export const ruleOfCheck = (rules: readonly QcRule[], medium: Medium, factor: FactorCode, what: string): QcRule | undefined =>
  rules.find((rule) => rule.medium === medium && covers(rule.factors, factor) && rule.words.some((word) => what.toLowerCase().includes(word)));

const beyond = (drift: number | undefined, limit: string | undefined): boolean =>
  drift !== undefined && Number.isFinite(drift) && limit !== undefined && new Decimal(drift).abs().gt(limit);

/**
 * Whether a check was passed: its own statement first; else drift against the out-of-control bound (失控) and against
 * the requirement, beyond which the device is adjusted and its data stand (HJ 75 表4). Exactly at a bound is inside.
 */
export function checkResult(check: QcCheck, rule: QcRule | undefined): CheckResult {
  if (check.passed !== undefined) return check.passed ? 'PASS' : 'FAIL';
  const told = [check.zeroDrift, check.spanDrift].some((drift) => drift !== undefined && Number.isFinite(drift));
  if (!told || rule === undefined) return 'CANNOT_TELL';
  if (beyond(check.zeroDrift, rule.zeroOut) || beyond(check.spanDrift, rule.spanOut)) return 'FAIL';
  return beyond(check.zeroDrift, rule.zeroDrift) || beyond(check.spanDrift, rule.spanDrift) ? 'ADJUST' : 'PASS';
}

/** How a check came out for one factor, by the rules of its day: its own statement, else the pairs of a comparison, else drift. */
export function checkResultFor(check: QcCheck, medium: Medium, factor: FactorCode, rules: { readonly checks: readonly QcRule[]; readonly comparisons: readonly ComparisonRule[] }): CheckResult {
  if (check.passed === undefined && check.pairs !== undefined) return comparisonResult(rules.comparisons, factor, check.pairs);
  return checkResult(check, ruleOfCheck(rules.checks, medium, factor, check.what));
}

/** A time in which the device was out of control, epoch ms. */
export interface OutOfControl {
  readonly start: number;
  /** Start of the next passed check; infinite while none is known. */
  readonly end: number;
  readonly failedAt: number;
}

/**
 * When a factor was out of control: from the end of the last passed check before a failure (or from the failure, by
 * region) until the next pass begins (HJ 75 §12.1; HJ 356: back to the last passed check). A failure before which no
 * pass is known reaches back to nothing: data before it are not condemned by silence. Order of the checks is free.
 */
export function outOfControlSpans(checks: readonly { readonly start: number; readonly end: number; readonly result: CheckResult }[], from: 'LAST_PASS' | 'FAILURE'): OutOfControl[] {
  const told = checks.filter((check) => check.result !== 'CANNOT_TELL').sort((a, b) => a.start - b.start || a.end - b.end || (a.result === 'FAIL' ? 1 : 0) - (b.result === 'FAIL' ? 1 : 0));
  const spans: OutOfControl[] = [];
  let lastPass = Number.NaN;
  let open: { start: number; failedAt: number } | undefined;
  for (const check of told) {
    if (check.result === 'FAIL') {
      open ??= { start: from === 'FAILURE' || Number.isNaN(lastPass) ? check.start : lastPass, failedAt: check.start };
      continue;
    }
    // A pass that began before the last one was over leaves no time between them.
    if (open !== undefined && open.start < check.start) spans.push({ ...open, end: check.start });
    open = undefined;
    lastPass = check.end;
  }
  return open === undefined ? spans : [...spans, { ...open, end: Number.POSITIVE_INFINITY }];
}

/** Pieces of time that belong to one set of spans and not to the other: all that a new check can have touched. */
export function touched(before: readonly { start: number; end: number }[], after: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  const edges = [...new Set([...before, ...after].flatMap((span) => [span.start, span.end]))].sort((a, b) => a - b);
  const inside = (spans: readonly { start: number; end: number }[], at: number) => spans.some((span) => span.start <= at && at < span.end);
  return edges.slice(0, -1).flatMap((start, i) => (inside(before, start) === inside(after, start) ? [] : [{ start, end: edges[i + 1] as number }]));
}
