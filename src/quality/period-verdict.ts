import { Decimal } from '#kernel';
import { flowWeightedMean, arithmeticMean } from './means.ts';
import type { JudgingRules } from './rules.ts';
import type { Verdict } from './verdict.ts';

/** One hour of a day as far as the day's mean needs it. */
export interface HourOfDay {
  readonly verdict: Verdict;
  /** Measured or converted, as the limit's basis asks; undefined: none, or not to be judged. */
  readonly value: Decimal | number | string | undefined;
  /** Water: m³ of the hour; undefined: not known. */
  readonly volume?: Decimal | number | string | undefined;
  /** The source stood still by its flag, proved by condition data. */
  readonly stopped?: boolean;
  /** The hour went to the standard-sample check. */
  readonly checkHour?: boolean;
}

/** Why a day has no mean that can be judged. */
export type DayReason = 'OK' | 'TOO_FEW_HOURS' | 'STOPPED' | 'NO_DISCHARGE' | 'NO_FLOW' | 'NO_VALUE' | 'DAY_NOT_WHOLE';

/** A day judged, with its mean. */
export interface DayVerdict {
  readonly verdict: Verdict;
  readonly reason: DayReason;
  readonly mean: Decimal | undefined;
  readonly validHours: number;
  readonly dueHours: number;
  /** Water: m³ the mean was weighted with. */
  readonly volume: Decimal | undefined;
}

type DayRules = Pick<JudgingRules, 'minHoursPerGasDay' | 'minShareOfWaterDay' | 'checkHourCounts'>;
const HOURS = 24;

const usableHours = (hours: readonly HourOfDay[]) => hours.filter((hour) => hour.verdict === 'VALID' && hour.value !== undefined);

function gasDay(hours: readonly HourOfDay[], rules: DayRules): DayVerdict {
  const stopped = hours.filter((hour) => hour.stopped === true).length;
  const valid = usableHours(hours.filter((hour) => hour.stopped !== true));
  const base = { validHours: valid.length, dueHours: HOURS - stopped, volume: undefined };
  if (stopped === HOURS) return { ...base, verdict: 'INVALID', reason: 'STOPPED', mean: undefined };
  const enough = valid.length >= rules.minHoursPerGasDay;
  const mean = arithmeticMean(valid.map((hour) => hour.value as Decimal));
  return { ...base, verdict: enough ? 'VALID' : 'INVALID', reason: enough ? 'OK' : 'TOO_FEW_HOURS', mean: enough ? mean : undefined };
}

/** Hours without discharge are not due; one of unknown flow is due and does not count; weight 0 everywhere gives no mean, and not 0. */
function waterDay(hours: readonly HourOfDay[], rules: DayRules): DayVerdict {
  const flowing = hours.filter((hour) => hour.stopped !== true && !(hour.volume !== undefined && new Decimal(hour.volume).lte(0)));
  const checks = rules.checkHourCounts ? Math.min(1, flowing.filter((hour) => hour.checkHour === true).length) : 0;
  const dueHours = Math.max(0, flowing.length - checks);
  const usable = usableHours(flowing);
  const valid = usable.filter((hour) => hour.volume !== undefined);
  const base = { validHours: valid.length, dueHours };
  if (flowing.length === 0) return { ...base, verdict: 'INVALID', reason: hours.some((hour) => hour.volume !== undefined) ? 'NO_DISCHARGE' : 'NO_VALUE', mean: undefined, volume: new Decimal(0) };
  if (usable.length > 0 && valid.length === 0) return { ...base, verdict: 'CANNOT_TELL', reason: 'NO_FLOW', mean: undefined, volume: undefined };
  if (new Decimal(valid.length).lt(new Decimal(dueHours).times(rules.minShareOfWaterDay)) || valid.length === 0) {
    return { ...base, verdict: 'INVALID', reason: 'TOO_FEW_HOURS', mean: undefined, volume: undefined };
  }
  const weighted = valid.map((hour) => ({ value: hour.value as Decimal, volume: hour.volume as Decimal }));
  const volume = weighted.reduce((sum, one) => sum.plus(one.volume), new Decimal(0));
  return { ...base, verdict: 'VALID', reason: 'OK', mean: flowWeightedMean(weighted), volume };
}

/**
 * The mean of a day and whether it stands: gas, at least 20 valid hours, arithmetic (HJ 75/76); water, at least 75 % of
 * the due values, weighted by flow (HJ 356). `hours` are the hours that are known; 24 are due of a gas day.
 */
export const dayVerdict = (medium: 'gas' | 'water', hours: readonly HourOfDay[], rules: DayRules): DayVerdict =>
  medium === 'gas' ? gasDay(hours, rules) : waterDay(hours, rules);

/** Gas month: 25 valid days, 23 in February (HJ 76 附录B). Water: 75 % of the due days (HJ 356). */
export function monthIsComplete(medium: 'gas' | 'water', month: number, validDays: number, dueDays: number, share = '0.75'): boolean {
  if (medium === 'gas') return validDays >= (month === 2 ? 23 : 25);
  return dueDays > 0 && new Decimal(validDays).gte(new Decimal(dueDays).times(share));
}
