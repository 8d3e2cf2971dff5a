import { HOUR } from '#kernel';
import type { Alarm } from './rule.ts';

/** A row of the simulator's `exceedances.csv`. */
export interface Exceeding {
  readonly outfall: string;
  readonly factor: string;
  readonly start: number;
  readonly end: number;
  /** False where it may be argued: near the limit, marked, late, sent twice, starting or stopping. */
  readonly clear: boolean;
}

export interface Exactness {
  /** Clear exceeding hours (gas) or days (water), and how many of them were named. */
  readonly clear: number;
  readonly named: number;
  readonly recall: number;
  /** Named hours or days that are no exceedance and could not be argued to be one. */
  readonly wrong: number;
  readonly precision: number;
}

const JUDGING: Readonly<Record<string, { readonly unit: number; readonly tiers: readonly number[] }>> = {
  B01: { unit: HOUR, tiers: [1, 2, 3] },
  // A reminder of B02 says "close to the limit", not "over" it.
  B02: { unit: 24 * HOUR, tiers: [1, 2] },
};

/** An hour and the day that begins with it are two things. */
const key = (outfall: string, factor: string, start: number, length: number): string => `${outfall} ${factor} ${start} ${length}`;

/** Hours and days that the alarms of B01 and B02 call exceeding, against those that are. */
export function exactness(alarms: readonly Alarm[], exceeding: readonly Exceeding[]): Exactness {
  const known = new Map(exceeding.map((e) => [key(e.outfall, e.factor, e.start, e.end - e.start), e.clear]));
  const named = new Set<string>();
  for (const alarm of alarms) {
    const judging = JUDGING[alarm.model];
    if (judging === undefined || !judging.tiers.includes(alarm.tier)) continue;
    for (const factor of alarm.factors) {
      for (let t = alarm.start; t < alarm.end; t += judging.unit) named.add(key(alarm.outfall, factor, t, judging.unit));
    }
  }
  const clear = exceeding.filter((e) => e.clear);
  const found = clear.filter((e) => named.has(key(e.outfall, e.factor, e.start, e.end - e.start))).length;
  const wrong = [...named].filter((k) => !known.has(k)).length;
  return {
    clear: clear.length, named: found, wrong,
    recall: clear.length === 0 ? 1 : found / clear.length,
    precision: found + wrong === 0 ? 1 : found / (found + wrong),
  };
}
