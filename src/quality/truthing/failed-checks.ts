import type { FactorCode } from '#kernel';
import { toldRows, type Outfall, type Registry } from '#register';
import { checkResultFor, type QcCheck } from '../checks/quality-control.ts';
import type { RuleBook } from '../rules.ts';

export interface FailedCheck {
  /** Name of the check within its outfall: its start and what it was. */
  readonly ref: string;
  readonly start: number;
  readonly end: number;
  readonly what: string;
  /** Factors that failed. */
  readonly factors: readonly FactorCode[];
  readonly zeroDrift: number | undefined;
  readonly spanDrift: number | undefined;
}

const drift = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** Checks of an outfall's devices that were not passed by their own statement or by the rule of their day (HJ 75 表4), the newest first. Pure. */
export function failedChecks(registry: Registry, outfall: Outfall, rules: RuleBook, now: number): FailedCheck[] {
  const all = registry.factorsOf(outfall.outfall).map((factor) => factor.factor);
  return toldRows(registry.data, 'calibrations').filter((row) => row.outfall === outfall.outfall && row.end <= now).flatMap((row) => {
    const check: QcCheck = { ...row, zeroDrift: drift(row.zeroDrift), spanDrift: drift(row.spanDrift) };
    const factors = (check.factors.length > 0 ? check.factors : all).filter((factor) => checkResultFor(check, outfall.type, factor, rules(row.start)) === 'FAIL');
    return factors.length === 0 ? [] : [{ ref: `${row.start}:${row.what}`, start: row.start, end: row.end, what: row.what, factors, zeroDrift: check.zeroDrift, spanDrift: check.spanDrift }];
  }).sort((a, b) => b.start - a.start);
}
