import { markClassOf, markCodeOf, markDeadlineMs, markWords, yearHoursUsed, type Mark } from '#quality';
import { overlaps } from '../../primitives/index.ts';
import type { Context, Finding } from '../../contract.ts';
import { OFF, RUN, stateAt } from './signal.ts';
import { factorsOf, overHours } from './under-marks.ts';
import { DAY, HOUR } from './window.ts';
import { num, percent, spanText } from './wording.ts';

/** Thresholds of the checks of how marks are used (monitoring-data rules, mark abuse checks 2, 5, 6, 9). */
export interface MarkCheckSettings {
  readonly windowDays: number;
  readonly underMarkOver: number;
  readonly underMarkShare: number;
  readonly nearStopHours: number;
  readonly manyEdits: number;
  readonly budgetPace: number;
  readonly leastBudgetShare: number;
  readonly stateHours: number;
  readonly freshMarkDays: number;
}

const lastHours = (ctx: Context, from: number, to: number): readonly number[] => {
  const states: number[] = [];
  for (let t = Math.floor(from / HOUR) * HOUR; t < to; t += HOUR) states.push(stateAt(ctx, t));
  return states;
};

/** Check 2: nearly every exceedance lies under a mark of plant condition, and the plant did not stand still anywhere near. */
function nearlyAllUnderMarks(ctx: Context, conditions: readonly Mark[], p: MarkCheckSettings): Finding[] {
  const last = conditions.filter((m) => m.end <= ctx.now).sort((a, b) => b.end - a.end)[0];
  if (last === undefined || last.end < ctx.now - p.freshMarkDays * DAY) return [];
  const over = overHours(ctx, ctx.now - p.windowDays * DAY, ctx.now);
  if (over.length < p.underMarkOver) return [];
  // A plant that really starts or stops is dirty while it does: such marks say nothing.
  const unbacked = conditions.filter((m) => !lastHours(ctx, m.start - p.nearStopHours * HOUR, Math.min(ctx.now, m.end + p.nearStopHours * HOUR)).includes(OFF));
  const under = over.filter((o) => unbacked.some((m) => m.start < o.at + HOUR && m.end > o.at));
  const share = under.length / over.length;
  const [first] = under;
  if (first === undefined || under.length < p.underMarkOver || share < p.underMarkShare || !unbacked.includes(last)) return [];
  const end = (under[under.length - 1] as { at: number }).at + HOUR;
  const start = Math.max(first.at, end - 7 * DAY);
  return [{
    factors: factorsOf(under), start, end, tier: 'WARN', score: under.length / p.underMarkOver,
    stats: { check: 'under-marks', underMarks: under.length, exceedances: over.length, share },
    text: {
      zh: `近 ${p.windowDays} 天 ${over.length} 个超限小时值中有 ${under.length} 个（${percent(share, 0)}）在工况标记之下，而标记前后 ${p.nearStopHours} 小时生产并未停止。`,
      en: `Of ${over.length} hourly values over the limit in ${p.windowDays} days ${under.length} (${percent(share, 0)}) lie under marks of plant condition, with no standstill within ${p.nearStopHours} h of the marks.`,
    },
    clearedBy: [{ zh: '真实故障：看设施故障报告、检修工单', en: 'A real fault: see its report and the repair ticket' }],
  }];
}

/** Check 5: one stretch marked over and over before the deadline. */
function manyEdits(ctx: Context, marks: readonly Mark[], p: MarkCheckSettings): Finding[] {
  const found = new Map<number, Finding>();
  for (const mark of marks) {
    const same = marks.filter((m) => markCodeOf(m.kind) === markCodeOf(mark.kind) && overlaps(m, mark) && m.submittedAt <= markDeadlineMs(mark.start, ctx.reg.rules?.markDeadlineHour));
    const submissions = new Set(same.map((m) => m.submittedAt));
    if (submissions.size - 1 < p.manyEdits || Math.max(...submissions) <= ctx.now - p.freshMarkDays * DAY) continue;
    const [start, end] = [Math.min(...same.map((m) => m.start)), Math.max(...same.map((m) => m.end))];
    const over = overHours(ctx, start, end);
    found.set(start, {
      factors: factorsOf(over), start, end, tier: over.length > 0 ? 'WARN' : 'REMIND', score: submissions.size / p.manyEdits,
      stats: { check: 'many-edits', mark: markCodeOf(mark.kind), submissions: submissions.size, overHours: over.length },
      text: {
        zh: `${spanText(start, end)} 的标记（${markWords(mark.kind).zh}）在截止时间前提交 ${submissions.size} 次、反复改动，其间 ${over.length} 个小时值超限。`,
        en: `The mark (${markWords(mark.kind).en}) of ${spanText(start, end)} was submitted ${submissions.size} times before its deadline; ${over.length} hourly values were over the limit meanwhile.`,
      },
      clearedBy: [{ zh: '停机时间一再顺延：看调度记录', en: 'A stop put off again and again: see the dispatch record' }],
    });
  }
  return [...found.values()];
}

const localYear = (at: number): { readonly start: number; readonly monthsBegun: number } => {
  const local = new Date(at + 8 * HOUR);
  return { start: Date.UTC(local.getUTCFullYear(), 0, 1) - 8 * HOUR, monthsBegun: local.getUTCMonth() + 1 };
};

/** Check 6: a budget of the year that goes faster than a twelfth a month, as far as the window shows; told before it is used up. */
function budgetPace(ctx: Context, conditions: readonly Mark[], p: MarkCheckSettings): Finding[] {
  const rules = (ctx.reg.rules?.conditionMarks ?? []).filter((rule) => rule.industries.includes(ctx.reg.industry));
  const last = conditions.filter((m) => m.end <= ctx.now).sort((a, b) => b.end - a.end)[0];
  const rule = last === undefined || last.end < ctx.now - DAY ? undefined : rules.find((r) => r.maxHoursPerYear !== undefined && r.marks.includes(markCodeOf(last.kind)));
  if (last === undefined || rule?.maxHoursPerYear === undefined) return [];
  const allowed = Number(rule.maxHoursPerYear);
  const hours = yearHoursUsed(rule, rules, conditions, ctx.now, ctx.reg.rules);
  const due = (allowed * localYear(ctx.now).monthsBegun) / 12;
  const tooFast = (used: number): boolean => used >= p.leastBudgetShare * allowed && used > p.budgetPace * due;
  // Told once, by the marks of the day that did it: those of the next honest stop are no news of it.
  const before = yearHoursUsed(rule, rules, conditions.filter((m) => m.end <= ctx.now - DAY), ctx.now, ctx.reg.rules);
  if (!tooFast(hours) || tooFast(before)) return [];
  return [{
    factors: [], start: last.start, end: last.end, tier: 'REMIND', score: hours / due,
    stats: { check: 'budget-pace', hours, annualHours: allowed, due, rule: rule.rule },
    text: {
      zh: `本年${rule.title.zh}等标记已用 ${num(hours, 1)} 小时，按每月十二分之一计至本月应不超过 ${num(due, 1)} 小时（全年 ${num(allowed)} 小时）。`,
      en: `Marks of this year (${rule.title.en} and the like) have used ${num(hours, 1)} h; at a twelfth a month ${num(due, 1)} h were due by now (${num(allowed)} h a year).`,
    },
    clearedBy: [{ zh: '年初集中检修：看检修计划', en: 'Overhauls early in the year: see the plan' }],
  }];
}

const STARTS = ['START_UP', 'DRYING_OUT', 'GRID_ON'];
const STOPS = ['SHUT_DOWN', 'GRID_OFF'];
const FAULTS = ['PLANT_FAULT', 'ACCIDENT'];

/** What the mark's word asks of the state before it, where the state says the opposite in every hour. */
function contradiction(ctx: Context, mark: Mark, p: MarkCheckSettings): readonly [zh: string, en: string] | undefined {
  const code = markCodeOf(mark.kind);
  const before = lastHours(ctx, mark.start - p.stateHours * HOUR, mark.start);
  const own = lastHours(ctx, mark.start, Math.min(mark.end, ctx.now));
  if (STARTS.includes(code) && [...before, ...own].every((s) => s === RUN)) return ['标记启动，而此前及其间一直在运行', 'a start-up, yet it ran all the time before and meanwhile'];
  if (STOPS.includes(code) && before.every((s) => s === OFF)) return ['标记停机，而此前已停运', 'a shutdown, yet it had been standing before'];
  if (FAULTS.includes(code) && [...before, ...own].every((s) => s === OFF)) return ['标记故障，而设施停运期间无须标记故障', 'a fault, yet it stood still before and meanwhile, when a fault needs no mark'];
  return undefined;
}

/** Check 9: the wording of a mark contradicts the state before it. */
function wordAgainstState(ctx: Context, conditions: readonly Mark[], p: MarkCheckSettings): Finding[] {
  return conditions.filter((m) => m.end <= ctx.now && m.end > ctx.now - p.freshMarkDays * DAY && m.end - m.start >= HOUR).flatMap((mark): Finding[] => {
    const said = contradiction(ctx, mark, p);
    if (said === undefined) return [];
    const over = overHours(ctx, mark.start, mark.end);
    return [{
      factors: factorsOf(over), start: mark.start, end: mark.end, tier: over.length > 0 ? 'WARN' : 'REMIND', score: 1 + over.length,
      stats: { check: 'word-against-state', mark: markCodeOf(mark.kind), overHours: over.length },
      text: {
        zh: `标记（${markWords(mark.kind).zh}）${spanText(mark.start, mark.end)}：${said[0]}；其间 ${over.length} 个小时值超限。`,
        en: `The mark (${markWords(mark.kind).en}) of ${spanText(mark.start, mark.end)} says ${said[1]}; ${over.length} hourly values were over the limit under it.`,
      },
      clearedBy: [{ zh: '标记填错排放口或种类：请单位更正', en: 'The mark names the wrong outfall or kind: ask the unit to correct it' }],
    }];
  });
}

/** How marks are used: what lies under them, how often they are changed, how fast their hours go, and whether their words fit. */
export function markChecks(ctx: Context, p: MarkCheckSettings): Finding[] {
  const marks = ctx.marks.filter((m) => m.submittedAt <= ctx.now && m.start < ctx.now);
  if (marks.length === 0) return [];
  const conditions = marks.filter((m) => markClassOf(m.kind) === 'CONDITION');
  return [...nearlyAllUnderMarks(ctx, conditions, p), ...manyEdits(ctx, marks, p), ...budgetPace(ctx, conditions, p), ...wordAgainstState(ctx, conditions, p)];
}
