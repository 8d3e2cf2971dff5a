import { CST_OFFSET, Decimal, HOUR } from '#kernel';
import type { ConditionMarkRule } from '#law';
import { markClassOf, markCoversHour, type MarkPolicy, type MarkSpan } from './marks.ts';

/** A mark of plant condition with its trade code. */
export interface ConditionMark extends MarkSpan {
  readonly id: string;
  readonly kind: string;
}

const CODES: readonly (readonly [string, RegExp])[] = [
  ['DRYING_OUT', /dry|烘炉/iu], ['COOLING_AFTER_STOP', /cool|降温/iu], ['START_UP', /start|启|点火/iu], ['SHUT_DOWN', /shut|停炉|停窑|停机/iu],
  ['GRID_ON', /grid_?on|并网/iu], ['GRID_OFF', /grid_?off|解列/iu], ['ACCIDENT', /accident|事故/iu], ['PLANT_FAULT', /fault|故障/iu],
  ['OUT_OF_SERVICE', /stop|out_of_service|停运|停产/iu],
];

/** A mark's code in the words of the marking rules (生态环境部公告 2022 年第 21 号 and those of the trades); the word itself where none fits. */
export const markCodeOf = (kind: string): string => CODES.find(([, words]) => words.test(kind))?.[0] ?? kind;

/** What a mark of plant condition does to an exceedance; a person has the last word. */
export type ExemptionState =
  /** Within the rule: a person confirms the side conditions. */
  | 'CANDIDATE'
  /** The trade has no rule for such a mark: a person decides. */
  | 'NO_RULE'
  | 'FACTOR_NOT_COVERED' | 'OVER_EVENT' | 'OVER_YEAR' | 'LATE';

/** Whether an exceedance in this state is left to a person as a candidate for exemption. */
export const exempts = (state: ExemptionState | undefined): boolean => state === 'CANDIDATE' || state === 'NO_RULE';

/** A mark held against the rule of its trade. */
export interface Exemption {
  readonly state: ExemptionState;
  readonly mark: ConditionMark;
  readonly rule: ConditionMarkRule | undefined;
  /** The mark with all that it touches and that fall under the same rule: cutting one event into marks gains no hours. */
  readonly event: { readonly start: number; readonly end: number };
  /** Hours of the event up to and including this one, and of the year's budget used with it. */
  readonly eventHours: number;
  readonly yearHours: number;
}

/** Whether a person decides: the rule may exempt the hour, or refuses it by factors or hours that nobody has compared with its text yet. */
export const isForPerson = (exemption: Exemption | undefined): boolean => exemption !== undefined && (exempts(exemption.state) || exemption.rule?.verified === false);

const yearStartOf = (at: number): number => Date.UTC(new Date(at + CST_OFFSET).getUTCFullYear(), 0, 1) - CST_OFFSET;

/** Total length of spans cut to [from, to), overlaps counted once, in hours. */
function unionHours(spans: readonly MarkSpan[], from: number, to: number): number {
  let end = from;
  let sum = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const start = Math.max(span.start, end);
    const stop = Math.min(span.end, to);
    if (stop > start) sum += stop - start;
    end = Math.max(end, stop);
  }
  return sum / HOUR;
}

const rulesFor = (rules: readonly ConditionMarkRule[], industry: string, code: string): readonly ConditionMarkRule[] =>
  rules.filter((rule) => rule.industries.includes(industry) && rule.marks.includes(code));

/** The part of a mark that came in time: a late mark loses its first days and keeps those whose deadline had not passed. */
function partInTime<T extends MarkSpan>(mark: T, policy?: MarkPolicy): T {
  let hour = Math.floor(mark.start / HOUR) * HOUR;
  while (hour < mark.end && !markCoversHour(mark, hour, policy)) hour += HOUR;
  return { ...mark, start: Math.max(mark.start, hour) };
}

/** The mark and what touches it of the same kind, with less than an hour between, as one span. */
function eventOf(mark: ConditionMark, same: readonly ConditionMark[]): Exemption['event'] {
  let { start, end } = mark;
  for (let grown = true; grown; ) {
    grown = false;
    for (const other of same) {
      if (other.start - end >= HOUR || start - other.end >= HOUR || (other.start >= start && other.end <= end)) continue;
      start = Math.min(start, other.start);
      end = Math.max(end, other.end);
      grown = true;
    }
  }
  return { start, end };
}

/** Hours of the calendar year a rule's budget has been charged with, up to `until`: of marks of one group what came in time, each hour once. */
export function yearHoursUsed(rule: ConditionMarkRule, rules: readonly ConditionMarkRule[], marks: readonly ConditionMark[], until: number, policy?: MarkPolicy): number {
  const group = rules.filter((other) => other === rule || (rule.yearGroup !== undefined && other.yearGroup === rule.yearGroup));
  const counted = marks.filter((mark) => markClassOf(mark.kind) === 'CONDITION' && group.some((other) => other.marks.includes(markCodeOf(mark.kind))));
  return unionHours(counted.map((mark) => partInTime(mark, policy)), yearStartOf(until - 1), until);
}

function stateOf(rule: ConditionMarkRule, factor: string, eventHours: number, yearHours: number): ExemptionState {
  if (rule.factors !== 'ALL' && !rule.factors.includes(factor)) return 'FACTOR_NOT_COVERED';
  if (rule.maxHoursPerEvent !== undefined && new Decimal(eventHours).gt(rule.maxHoursPerEvent)) return 'OVER_EVENT';
  return rule.maxHoursPerYear !== undefined && new Decimal(yearHours).gt(rule.maxHoursPerYear) ? 'OVER_YEAR' : 'CANDIDATE';
}

const RANK: readonly ExemptionState[] = ['CANDIDATE', 'NO_RULE', 'OVER_YEAR', 'OVER_EVENT', 'FACTOR_NOT_COVERED', 'LATE'];

/**
 * What condition marks say of one hour of one factor, most favourable first; undefined where none touches it. The
 * budget is that of the outfall and the calendar year. Never an exemption by itself: a person confirms it
 * (公告2022年第21号 第六条第二项).
 */
export function exemptionOf(
  hourStart: number, factor: string, industry: string, marks: readonly ConditionMark[], rules: readonly ConditionMarkRule[], policy?: MarkPolicy,
): Exemption | undefined {
  const hourEnd = hourStart + HOUR;
  const conditions = marks.filter((mark) => markClassOf(mark.kind) === 'CONDITION');
  const touching = conditions.filter((mark) => mark.start < hourEnd && mark.end > hourStart);
  const found = touching.flatMap((mark): Exemption[] => {
    const said = (state: ExemptionState, codes: readonly string[], rule?: ConditionMarkRule, yearHours = 0): Exemption => {
      const event = eventOf(mark, conditions.filter((other) => codes.includes(markCodeOf(other.kind))));
      const eventHours = Math.ceil((Math.min(hourEnd, event.end) - event.start) / HOUR);
      return { state: rule === undefined ? state : stateOf(rule, factor, eventHours, yearHours), mark, rule, event, eventHours, yearHours };
    };
    if (!markCoversHour(mark, hourStart, policy)) return [said('LATE', [])];
    const own = rulesFor(rules, industry, markCodeOf(mark.kind));
    if (own.length === 0) return [said('NO_RULE', [])];
    const trade = rules.filter((one) => one.industries.includes(industry));
    return own.map((rule) => said('CANDIDATE', rule.marks, rule, yearHoursUsed(rule, trade, marks, hourEnd, policy)));
  });
  return found.sort((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state))[0];
}
