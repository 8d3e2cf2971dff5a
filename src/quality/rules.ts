import { calendarDay, CST_OFFSET, DAY, dayOf, instant, type CalendarDay, type RegionKey } from '#kernel';
import { holdsOn, type ComparisonRule, type ConditionMarkRule, type Law, type QcRule, type SubstitutionRule } from '#law';
import type { GapPolicy } from './rollup.ts';

/** Everything by which data of one region are judged on one day; ratios and limits are decimal texts. */
export interface JudgingRules {
  readonly minMinutesPerHour: number;
  readonly minHoursPerGasDay: number;
  readonly minShareOfWaterDay: string;
  readonly checkHourCounts: boolean;
  readonly markDeadlineHour: number;
  readonly lateMark: 'IGNORED' | 'COUNTS';
  readonly outOfControlStart: 'LAST_PASS' | 'FAILURE';
  readonly oxygenGuard: string;
  readonly consecutiveHours: number;
  readonly gapPolicy: GapPolicy;
  readonly exemptBreaks: boolean;
  readonly furnaceTemperature: string;
  readonly furnaceLowMeansAllowed: number;
  readonly transmissionTarget: string;
  readonly permitRatios: readonly string[];
  readonly conditionMarks: readonly ConditionMarkRule[];
  readonly checks: readonly QcRule[];
  readonly comparisons: readonly ComparisonRule[];
  readonly substitutions: readonly SubstitutionRule[];
}

/** Rules by the day of the datum (law time), in one region. */
export type RuleBook = (at: number) => JudgingRules;

/** The first day for which the national profile has every parameter; data of an earlier day are judged by its rules. */
const FIRST_DAY = calendarDay('2023-01-01');

/** The region's parameters of judging on a day; days before the first known one count as that one. */
export function judgingRules(law: Law, region: RegionKey, day: CalendarDay): JudgingRules {
  const on = day < FIRST_DAY ? FIRST_DAY : day;
  const value = <K extends Parameters<Law['valueAt']>[0]>(key: K) => law.valueAt(key, region, on).value;
  const { quality } = law.data;
  const holding = <T extends { validFrom: CalendarDay; validTo?: CalendarDay | undefined }>(rules: readonly T[]) => rules.filter((rule) => holdsOn(rule, day));
  return {
    minMinutesPerHour: value('validity.minMinutesPerHour'), minHoursPerGasDay: value('validity.minHoursPerGasDay'),
    minShareOfWaterDay: value('validity.minShareOfWaterDay'), checkHourCounts: value('validity.checkHourCounts'),
    markDeadlineHour: value('marks.deadlineHoursAfterDay'), lateMark: value('marks.lateMark'), outOfControlStart: value('validity.outOfControlStart'),
    oxygenGuard: value('exceedance.oxygenGuard'), consecutiveHours: value('supervision.airTriggerHours'), gapPolicy: value('exceedance.gapPolicy'),
    exemptBreaks: value('exceedance.exemptBreaks'), furnaceTemperature: value('exceedance.furnaceTemperature'),
    furnaceLowMeansAllowed: value('exceedance.furnaceLowMeansAllowed'), transmissionTarget: value('transmission.target'),
    permitRatios: value('supervision.quotaWarnRatios'), conditionMarks: holding(quality.conditionMarks), checks: holding(quality.checks),
    comparisons: holding(quality.comparisons), substitutions: holding(quality.substitutions),
  };
}

/** Looks a day's rules up once; a fold asks for one day after another. */
export function ruleBook(law: Law, region: RegionKey): RuleBook {
  const days = new Map<number, JudgingRules>();
  let lastDay = Number.NaN;
  let last: JudgingRules | undefined;
  return (at) => {
    const number = Math.floor((at + CST_OFFSET) / DAY);
    if (number === lastDay && last !== undefined) return last;
    const rules = days.get(number) ?? judgingRules(law, region, dayOf(instant(at)));
    days.set(number, rules);
    lastDay = number;
    last = rules;
    return rules;
  };
}
