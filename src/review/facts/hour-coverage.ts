import { HOUR, MINUTE } from '#kernel';
import { FLAGS, hourIsComplete, type PeriodFact } from '#quality';
import type { PrecheckInput } from './precheck.ts';

/** HJ 212-2005 devices often send no flag at all; silence about a fault is no fault. */
const GOOD: ReadonlySet<number> = new Set([FLAGS.indexOf('NORMAL'), FLAGS.indexOf('NONE')]);

/** A value that says something: sent, and not flagged as anything but normal. */
const isValid = (fact: PeriodFact, factors: readonly string[]): boolean => {
  const own = fact.values.filter((value) => factors.length === 0 || factors.includes(value.factor));
  return own.length > 0 && own.every((value) => GOOD.has(value.flag) && !Number.isNaN(value.avg));
};

/**
 * Hours due, received and valid in a period for the factors of a clue. An hour counts by its hourly value; where a
 * device sends none, by its steps (45 valid minutes make an hour, HJ 75).
 *
 * @param stepMs interval of CN 2051 of the outfall
 */
export function hourCoverage(facts: readonly PeriodFact[], factors: readonly string[], from: number, to: number, stepMs: number): NonNullable<PrecheckInput['hours']> {
  const first = Math.floor(from / HOUR) * HOUR;
  const expected = Math.max(0, Math.ceil((to - first) / HOUR));
  const hourly = new Map<number, boolean>();
  const minutes = new Map<number, { present: boolean; valid: number }>();
  for (const fact of facts) {
    const hour = Math.floor(fact.start / HOUR) * HOUR;
    if (hour < first || hour >= to) continue;
    // A later frame of the same hour replaces the earlier one, as a revision does.
    if (fact.kind === 'hour') hourly.set(hour, isValid(fact, factors));
    if (fact.kind !== 'step') continue;
    const sum = minutes.get(hour) ?? { present: false, valid: 0 };
    minutes.set(hour, { present: true, valid: sum.valid + (isValid(fact, factors) ? stepMs / MINUTE : 0) });
  }
  let present = 0;
  let valid = 0;
  for (let hour = first; hour < to; hour += HOUR) {
    const whole = hourly.get(hour);
    const steps = minutes.get(hour);
    if (whole === undefined && steps === undefined) continue;
    present++;
    if (whole ?? hourIsComplete(steps?.valid ?? 0)) valid++;
  }
  return { expected, present, valid };
}
