import { CST_OFFSET, DAY, Decimal } from '#kernel';
import { flowWeightedMean, arithmeticMean, monthIsComplete, monthOf, type AssessedDay } from '#quality';

export interface AssessedMonth {
  readonly start: number;
  /** Of the valid days; water weighted by volume. */
  readonly mean: Decimal | undefined;
  readonly min: number;
  readonly max: number;
  readonly validHours: number;
  readonly dueHours: number;
  readonly validDays: number;
  readonly complete: boolean;
  /** Days over the daily limit. */
  readonly over: number;
}

function monthMean(medium: 'gas' | 'water', days: readonly AssessedDay[]): Decimal | undefined {
  const known = days.flatMap(({ mean, volume }) => (mean === undefined ? [] : [{ value: mean, volume: volume ?? new Decimal(1) }]));
  return medium === 'water' ? flowWeightedMean(known) : arithmeticMean(known.map((day) => day.value));
}

/** Months from their days; a month stands with 25 valid days (gas) or 75 % of those that discharged (water). */
export function monthsOf(medium: 'gas' | 'water', days: readonly AssessedDay[]): AssessedMonth[] {
  const months = new Map<number, AssessedDay[]>();
  for (const day of days) {
    const { start } = monthOf(day.start);
    const list = months.get(start);
    if (list) list.push(day);
    else months.set(start, [day]);
  }
  return [...months].map(([start, own]) => {
    const validDays = own.filter((day) => day.verdict === 'VALID').length;
    const due = own.filter((day) => day.reason !== 'NO_DISCHARGE' && day.reason !== 'STOPPED').length;
    const ends = own.flatMap((day) => (Number.isFinite(day.min) ? [day.min, day.max] : []));
    return {
      start, mean: monthMean(medium, own), min: ends.length === 0 ? Number.NaN : Math.min(...ends), max: ends.length === 0 ? Number.NaN : Math.max(...ends),
      validHours: own.reduce((sum, day) => sum + day.validHours, 0), dueHours: own.reduce((sum, day) => sum + day.dueHours, 0), validDays,
      complete: monthIsComplete(medium, new Date(start + CST_OFFSET + DAY).getUTCMonth() + 1, validDays, due),
      over: own.filter((day) => day.exceedance.state === 'EXCEEDED').length,
    };
  });
}
