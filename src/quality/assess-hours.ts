import { addDays, CST_OFFSET, DAY, dayOf, Decimal, HOUR, instant, startOfDay } from '#kernel';
import { guardBand } from './checks/comparison.ts';
import { basisOf, boundsOf, judgeExceedance, referenceValue, type AveragingBasis, type ExceedanceVerdict, type ReferenceReason } from './exceedance.ts';
import type { Flag } from './flags.ts';
import { exemptionOf, type ConditionMark, type ExemptionState } from './marks/mark-budget.ts';
import { markClassOf, markCoversHour, markDeadlineMs } from './marks/marks.ts';
import { dayVerdict, type DayVerdict } from './period-verdict.ts';
import type { JudgingRules, RuleBook } from './rules.ts';
import type { Verdict } from './verdict.ts';

/** An hour of one factor as it is stored: the value in force, and what quality said of it last. NaN: nothing. */
export interface StoredHour {
  readonly start: number;
  readonly avg: number;
  readonly zs: number;
  readonly cou: number;
  readonly flag: Flag;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** A limit as registered, with its days of validity. */
export interface LimitRow {
  readonly limit: string;
  readonly unit: string;
  readonly period: 'hour' | 'day' | 'instant';
  readonly basis: 'c' | 'zs';
  /** Below the reference oxygen the measured value is judged. */
  readonly belowRef?: 'measured';
  readonly source: string;
}

/** Hours of one factor with limits and marks. */
export interface AssessInput {
  readonly medium: 'gas' | 'water';
  readonly factor: string;
  readonly industry: string;
  readonly o2Ref: number | undefined;
  readonly hours: readonly StoredHour[];
  readonly oxygen: ReadonlyMap<number, number>;
  /** m³ of each hour (water). */
  readonly volume: ReadonlyMap<number, number>;
  /** Limits of the factor in force at a moment. */
  limitsAt(at: number): readonly LimitRow[];
  readonly rules: RuleBook;
  readonly marks: readonly ConditionMark[];
  /** Whether condition data prove that the source stood still in the hour (`standingHours`). */
  stands(at: number): boolean;
  /** When it is asked: hours whose marks may still come are provisional. */
  readonly now: number;
}

/** An hour with its judgement. */
export interface AssessedHour extends StoredHour {
  /** On the limit's basis, with what keeps it from being judged. */
  readonly value: Decimal | undefined;
  readonly valueReason: ReferenceReason;
  /** Declared and proved: due of no rate, mean or total, and not judged. A stop that is only declared leaves the hour due. */
  readonly stopped: boolean;
  readonly exceedance: ExceedanceVerdict;
}

/** A day with its judgement. */
export interface AssessedDay extends DayVerdict {
  readonly start: number;
  readonly min: number;
  readonly max: number;
  readonly exceedance: ExceedanceVerdict;
}

/** The mean a factor is judged on here: the limits registered for it, else the rule for silent standards. */
export function basisIn(medium: 'gas' | 'water', limits: readonly LimitRow[]): AveragingBasis {
  const periods = limits.map((limit) => limit.period);
  const named = periods.includes('hour') ? 'hour' : periods.includes('day') ? 'day' : periods.includes('instant') ? 'instant' : undefined;
  return basisOf(medium, named);
}

const boundsIn = (factor: string, limits: readonly LimitRow[]) => boundsOf(factor, limits.map((limit) => limit.limit));

function valueOn(limit: LimitRow | undefined, hour: StoredHour, o2: number, input: AssessInput, rules: JudgingRules): { value: Decimal | undefined; reason: ReferenceReason } {
  if (limit?.basis !== 'zs') return Number.isFinite(hour.avg) ? { value: new Decimal(hour.avg), reason: 'OK' } : { value: undefined, reason: 'NO_VALUE' };
  return referenceValue({ measured: hour.avg, sent: hour.zs, o2, o2Ref: input.o2Ref, oxygenGuard: rules.oxygenGuard, convertWhenBelowRef: limit.belowRef !== 'measured' });
}

const notJudged = ({ value, provisional }: ExceedanceVerdict, reason: string): ExceedanceVerdict =>
  ({ state: 'NOT_JUDGED', reason, value, multiple: undefined, bound: undefined, guard: undefined, provisional });

/** Whether the logger (F of HJ/T 212-2005) or a mark declares a stop. */
export const declaredStopped = (hour: Pick<StoredHour, 'start' | 'flag'>, marks: readonly ConditionMark[], rules: JudgingRules): boolean =>
  hour.flag === 'SOURCE_STOPPED' || marks.some((mark) => markCoversHour(mark, hour.start, rules) && markClassOf(mark.kind) === 'STOP');

/** Hours on the hourly (or instantaneous) limit; hours of a factor that is judged by days are not judged one by one. */
export function assessHours(input: AssessInput): AssessedHour[] {
  return input.hours.map((hour): AssessedHour => {
    const rules = input.rules(hour.start);
    const limits = input.limitsAt(hour.start);
    const own = limits.filter((limit) => limit.period !== 'day');
    const { value, reason } = valueOn(own[0] ?? limits[0], hour, input.oxygen.get(hour.start) ?? Number.NaN, input, rules);
    const bounds = boundsIn(input.factor, own);
    const base = { validity: hour.verdict, validityReason: hour.reason, value, valueReason: reason, bounds };
    const provisional = input.now < markDeadlineMs(hour.start, rules.markDeadlineHour);
    const stopped = declaredStopped(hour, input.marks, rules) && input.stands(hour.start);
    const plain = judgeExceedance({ ...base, provisional });
    if (own.length === 0 && limits.length > 0 && plain.reason === 'NO_LIMIT') {
      return { ...hour, value, valueReason: reason, stopped, exceedance: notJudged(plain, 'JUDGED_BY_DAY') };
    }
    if (stopped) return { ...hour, value, valueReason: reason, stopped, exceedance: notJudged(plain, 'STOPPED') };
    const exemption = plain.state === 'EXCEEDED' ? exemptionOf(hour.start, input.factor, input.industry, input.marks, rules.conditionMarks, rules)?.state : undefined;
    const guard = value === undefined || plain.state === 'NOT_JUDGED' ? undefined : guardBand(rules.comparisons, input.factor, value);
    return { ...hour, value, valueReason: reason, stopped, exceedance: judgeExceedance({ ...base, provisional, exemption, guardBand: guard }) };
  });
}

/** The local days that hold hours, each with its mean, whether the mean stands, and its verdict on the daily limit. */
export function assessDays(input: AssessInput, hours: readonly AssessedHour[]): AssessedDay[] {
  const days = new Map<number, AssessedHour[]>();
  for (const hour of hours) {
    const start = Math.floor((hour.start + CST_OFFSET) / DAY) * DAY - CST_OFFSET;
    const list = days.get(start);
    if (list) list.push(hour);
    else days.set(start, [hour]);
  }
  return [...days].map(([start, own]) => assessDay(input, start, own));
}

const HOURS_OF_DAY = DAY / HOUR;

/** Only a day that is over and whole is judged: neither an open one nor the rest of one that was asked for in part. */
function assessDay(input: AssessInput, start: number, own: readonly AssessedHour[]): AssessedDay {
  const rules = input.rules(start);
  const limits = input.limitsAt(start);
  const daily = limits.filter((limit) => limit.period === 'day');
  const dayOver = (hours: readonly AssessedHour[], need: Parameters<typeof dayVerdict>[2]) => dayVerdict(input.medium, hours.map((hour) => {
    const { value, reason } = valueOn(daily[0] ?? limits[0], hour, input.oxygen.get(hour.start) ?? Number.NaN, input, rules);
    return { verdict: hour.verdict, value: reason === 'OK' ? value : undefined, volume: input.volume.get(hour.start), stopped: hour.stopped, checkHour: hour.flag === 'CALIBRATION' };
  }), need);
  const judge = (day: DayVerdict, exemption?: ExemptionState) => judgeExceedance({
    validity: day.verdict, validityReason: day.reason, value: day.mean, bounds: boundsIn(input.factor, daily), provisional: input.now < markDeadlineMs(start, rules.markDeadlineHour),
    guardBand: day.mean === undefined ? undefined : guardBand(rules.comparisons, input.factor, day.mean), exemption,
  });
  const found = dayOver(own, rules);
  const day: DayVerdict = own.length < HOURS_OF_DAY ? { ...found, verdict: 'CANNOT_TELL', reason: 'DAY_NOT_WHOLE', mean: undefined } : found;
  const plain = judge(day);
  const values = own.flatMap((hour) => (hour.verdict === 'VALID' && hour.value !== undefined ? [hour.value.toNumber()] : []));
  const ends = values.length === 0 ? [Number.NaN] : values;
  const base = { ...day, start, min: Math.min(...ends), max: Math.max(...ends) };
  if (plain.state !== 'EXCEEDED') return { ...base, exceedance: plain };
  const exempt = new Map(own.flatMap((hour) => {
    const said = exemptionOf(hour.start, input.factor, input.industry, input.marks, rules.conditionMarks, rules)?.state;
    return said === 'CANDIDATE' || said === 'NO_RULE' ? [[hour.start, said] as const] : [];
  }));
  // Over through hours of abnormal condition alone: a candidate. What is left need not make a whole day to show that it is over.
  const rest = dayOver(own.filter((hour) => !exempt.has(hour.start)), { ...rules, minHoursPerGasDay: 1, minShareOfWaterDay: '0' });
  const states = [...exempt.values()];
  const exemption = judge(rest).state === 'EXCEEDED' ? undefined : states.includes('CANDIDATE') ? 'CANDIDATE' : states[0];
  return { ...base, exceedance: judge(day, exemption) };
}

/** Hours that are due in [from, to) but hold nothing: a gap is data too. */
export function withGaps(hours: readonly StoredHour[], from: number, to: number): StoredHour[] {
  const known = new Map(hours.map((hour) => [hour.start, hour]));
  const out: StoredHour[] = [];
  for (let start = Math.ceil(from / HOUR) * HOUR; start < to; start += HOUR) {
    out.push(known.get(start) ?? { start, avg: Number.NaN, zs: Number.NaN, cou: Number.NaN, flag: 'NONE', verdict: 'INVALID', reason: 'NO_VALUE' });
  }
  return out;
}

/** First day of the local month of `at` and of the month after it, epoch ms. */
export function monthOf(at: number): { readonly start: number; readonly end: number } {
  const first = startOfDay(`${dayOf(instant(at)).slice(0, 8)}01` as ReturnType<typeof dayOf>);
  const next = addDays(dayOf(instant(first)), 31);
  return { start: first, end: startOfDay(`${next.slice(0, 8)}01` as ReturnType<typeof dayOf>) };
}
