import { HOUR, instant, type FactorCode, type Instant } from '#kernel';
import { checkResultFor, ruleOfCheck, type QcCheck, type RuleBook } from '#quality';
import { toldRows, type Outfall, type RegisterData } from '#register';

/** How long the last calibration or check of one kind lasts for a factor, and which hours of a period lie after that. */
export interface CalibrationTerm {
  readonly factor: string;
  /** What is to be done: item of `law/quality`, in words. */
  readonly zh: string;
  readonly en: string;
  /** End of the last one before the end of the period that did not fail; null where none is recorded. */
  readonly last: Instant | null;
  /** Hours until the next is due, and the standard that says so. */
  readonly everyHours: number;
  readonly source: string;
  /** Starts of the hours of the period that end after the term of the one before them, epoch ms. */
  readonly overdue: readonly number[];
}

/** When the last of every kind was done, the longest ago of them; null where none is recorded. */
export function lastCalibrated(terms: readonly Pick<CalibrationTerm, 'last'>[]): Instant | null {
  const lasts = terms.flatMap(({ last }) => last ?? []);
  return lasts.length === 0 ? null : instant(Math.min(...lasts));
}

type Records = Pick<RegisterData, 'maintenance' | 'other'> & Partial<RegisterData>;

/** Records of calibrations and checks of an outfall: those of `calibrations.csv`, and maintenance that was one. */
function checksOf(data: Records, outfall: string): QcCheck[] {
  const told = toldRows(data as RegisterData, 'calibrations').filter((row) => row.outfall === outfall);
  const done = data.maintenance.filter((row) => row.outfall === outfall && /calib|校准|校验/i.test(row.what));
  return [...told.map((row) => ({ ...row })), ...done.map(({ start, end, what, factors }) => ({ start, end, what, factors: factors as FactorCode[] }))].sort((a, b) => a.end - b.end);
}

/**
 * The term of each kind of calibration that is recorded of a factor (HJ 75, HJ 355: every so many hours), held against a period. A check that
 * failed begins no term; a kind of which nothing is recorded says nothing, and of a factor without any record that alone is told. Pure.
 */
export function calibrationTerms(data: Records, outfall: Outfall, factors: readonly string[], rules: RuleBook, from: number, to: number): CalibrationTerm[] {
  const checks = checksOf(data, outfall.outfall);
  const hours: number[] = [];
  for (let hour = Math.floor(from / HOUR) * HOUR; hour < to; hour += HOUR) hours.push(hour);
  return factors.flatMap((factor): CalibrationTerm[] => {
    const code = factor as FactorCode;
    const { checks: kinds } = rules(from);
    const owed = kinds.filter((rule) => rule.medium === outfall.type && (rule.factors === 'ALL' || rule.factors.includes(code)));
    const own = checks.filter((check) => check.factors.length === 0 || check.factors.includes(code));
    const termOf = (rule: (typeof owed)[number]): CalibrationTerm => {
      const done = own.filter((check) => ruleOfCheck(kinds, outfall.type, code, check.what) === rule && checkResultFor(check, outfall.type, code, rules(from)) !== 'FAIL');
      const lastBefore = (at: number) => done.findLast((check) => check.end <= at);
      const last = lastBefore(to);
      const overdue = hours.filter((hour) => { const before = lastBefore(hour); return before !== undefined && hour + HOUR > before.end + rule.everyHours * HOUR; });
      return { factor, zh: rule.title.zh, en: rule.title.en, last: last === undefined ? null : instant(last.end), everyHours: rule.everyHours, source: rule.source, overdue };
    };
    const terms = owed.map(termOf);
    const known = terms.filter((term) => term.last !== null);
    return known.length > 0 ? known : terms.slice(0, 1);
  });
}
