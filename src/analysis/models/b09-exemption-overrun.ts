import { exemptionOf, markClassOf, markCodeOf, markCoversHour, yearHoursUsed, type JudgingRules, type Mark } from '#quality';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { stateShare } from './parts/explanations.ts';
import { hourLimits } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { RUN } from './parts/signal.ts';
import { factorsOf, overHours, usualHours, type OverHour } from './parts/under-marks.ts';
import { DAY, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** Share of a year's hours from which the unit is reminded. */
  annualRemindShare: 0.8,
  /** Steady running at the usual load under a mark that says otherwise. */
  steadyHours: 4,
  /** Any hour over the limit so long after conditions became stable uses the exemption wrongly. */
  stableHours: 2, steadyLoad: 0.95, steadyOxygenSigmas: 3,
  /** Hours over the limit from which an exemption was more than brushed. */
  manyOver: 3,
  /** Hours that nobody has compared with the text yet are stretched: power plants may extend their four hours to eight. */
  unverifiedStretch: 2,
  /** A mark is judged while this fresh; an older one has been judged. */
  freshDays: 4, baselineDays: 30,
} as const satisfies Thresholds;

type Rules = JudgingRules['conditionMarks'];

const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  START_UP: ['启动', 'start-up'], DRYING_OUT: ['烘炉', 'drying-out'], GRID_ON: ['并网', 'grid connection'], SHUT_DOWN: ['停机', 'shutdown'],
  COOLING_AFTER_STOP: ['停炉降温', 'cooling'], GRID_OFF: ['解列', 'grid separation'], PLANT_FAULT: ['故障', 'fault'], ACCIDENT: ['事故', 'accident'],
};
const wordsOf = (mark: Mark): readonly [zh: string, en: string] => WORDS[markCodeOf(mark.kind)] ?? [mark.kind, mark.kind];

/** Hours over the limit after the time that the trade's rule allows for one event was used up. */
function overrun(ctx: Context, mark: Mark, marks: readonly Mark[], rules: Rules, p: typeof DEFAULTS): Finding | undefined {
  const late = overHours(ctx, mark.start, mark.end).map((o) => ({ ...o, said: exemptionOf(o.at, o.factor, ctx.reg.industry, marks, rules) }));
  const beyond = late.filter((o) => o.said?.state === 'OVER_EVENT' && o.said.mark.id === mark.id);
  const rule = beyond[0]?.said?.rule;
  const allowed = Number(rule?.maxHoursPerEvent) * (rule?.verified === true ? 1 : p.unverifiedStretch);
  const over = beyond.filter((o) => (o.said?.eventHours ?? 0) > allowed);
  if (over.length === 0 || !(allowed > 0)) return undefined;
  const end = (over[over.length - 1] as OverHour).at + HOUR;
  const event = over[over.length - 1]?.said?.event ?? mark;
  const length = (event.end - event.start) / HOUR;
  const [zh, en] = wordsOf(mark);
  return {
    factors: factorsOf(over), start: (over[0] as OverHour).at, end, score: length / allowed,
    // A figure that nobody has compared with its text yet only reminds.
    tier: over.length >= p.manyOver && rule?.verified === true ? 'WARN' : 'REMIND',
    stats: { mark: markCodeOf(mark.kind), markHours: length, allowedHours: allowed, overHours: over.length, rule: rule?.rule ?? '' },
    text: {
      zh: `${zh}标记 ${spanText(event.start, event.end)} 长 ${num(length, 1)} 小时，超过规则容许的 ${num(allowed)} 小时；超出部分仍有 ${over.length} 个小时值超限（${namesZh(factorsOf(over))}）。`,
      en: `A ${en} mark of ${num(length, 1)} h (${spanText(event.start, event.end)}) runs past the ${num(allowed)} h of its rule; ${over.length} hourly values after that were over the limit (${namesEn(factorsOf(over))}).`,
    },
    clearedBy: [{ zh: '该行业适用其他时限（核对标记规则）', en: 'Another time limit applies to this trade (see its mark rules)' }],
  };
}

/** Longest stretch under the mark of usual running. */
function steadyStretch(ctx: Context, mark: Mark, p: typeof DEFAULTS): { start: number; end: number } | undefined {
  const { from, usual } = usualHours(ctx, mark, p);
  let best = { start: 0, hours: 0 };
  for (let h = 0, run = 0; h < usual.length; h++) {
    run = usual[h] === true ? run + 1 : 0;
    if (run > best.hours) best = { start: from + (h + 1 - run) * HOUR, hours: run };
  }
  return best.hours === 0 ? undefined : { start: best.start, end: best.start + best.hours * HOUR };
}

function steadyUnderMark(ctx: Context, mark: Mark, p: typeof DEFAULTS): Finding | undefined {
  const span = steadyStretch(ctx, mark, p);
  if (span === undefined || stateShare(ctx, span, RUN, 'state') < 1) return undefined;
  const hours = (span.end - span.start) / HOUR;
  const all = overHours(ctx, span.start, span.end);
  const after = all.filter((o) => o.at >= span.start + p.stableHours * HOUR);
  if (hours < p.steadyHours && after.length === 0) return undefined;
  const over = hours < p.steadyHours ? after : all;
  const tier: Tier = over.length >= p.manyOver ? 'WORK_ORDER' : over.length > 0 ? 'WARN' : 'REMIND';
  const [zh, en] = wordsOf(mark);
  return {
    factors: factorsOf(over), ...span, tier, score: hours / p.steadyHours,
    stats: { mark: markCodeOf(mark.kind), steadyHours: hours, overHours: over.length },
    text: {
      zh: `${zh}标记期间 ${spanText(span.start, span.end)} 有 ${num(hours)} 小时生产用电与氧含量均为惯常稳定运行水平，其间 ${over.length} 个小时值超限。`,
      en: `Under a ${en} mark production power and oxygen stood at their usual level for ${num(hours)} h (${spanText(span.start, span.end)}); ${over.length} hourly values were over the limit meanwhile.`,
    },
    clearedBy: [{ zh: '标记时段填写过宽：请单位更正标记', en: 'A mark entered too wide: ask the unit to correct it' }],
  };
}

/** Hours of the calendar year that a rule's budget has been charged with, as far as the window reaches. */
function annual(ctx: Context, marks: readonly Mark[], rules: Rules, p: typeof DEFAULTS): Finding | undefined {
  const own = rules.filter((rule) => rule.industries.includes(ctx.reg.industry));
  const last = marks.filter((m) => m.end <= ctx.now).sort((a, b) => b.end - a.end)[0];
  const rule = own.find((r) => r.maxHoursPerYear !== undefined && last !== undefined && r.marks.includes(markCodeOf(last.kind)));
  const allowed = Number(rule?.maxHoursPerYear);
  if (last === undefined || rule === undefined || !(allowed > 0) || last.end < ctx.now - DAY) return undefined;
  const hours = yearHoursUsed(rule, own, marks, ctx.now);
  if (hours <= p.annualRemindShare * allowed) return undefined;
  const over = marks.flatMap((m) => overHours(ctx, m.start, m.end));
  const past = hours > allowed && over.length >= p.manyOver;
  // A figure that nobody has compared with its text yet opens no work order.
  const tier: Tier = past ? (rule.verified ? 'WORK_ORDER' : 'WARN') : 'REMIND';
  return {
    factors: factorsOf(over), start: last.start, end: last.end, tier, score: hours / allowed,
    stats: { hours, annualHours: allowed, marks: marks.length, overHours: over.length, rule: rule.rule },
    text: {
      zh: `本年${rule.title.zh}等标记累计 ${num(hours, 1)} 小时（可见 ${marks.length} 段），规则为每年不超过 ${num(allowed)} 小时；其间 ${over.length} 个小时值超限。`,
      en: `Marks of this year (${rule.title.en} and the like) add up to ${num(hours, 1)} h (${marks.length} of them seen) where the rule allows ${num(allowed)} h; ${over.length} hourly values were over the limit under them.`,
    },
    clearedBy: [{ zh: '多台炉共用排放口时按炉分别累计', en: 'Several furnaces on one outfall are counted one by one' }],
  };
}

/** `model:B09` — exemptions that are used longer than their rule allows, or while nothing is abnormal. */
export const b09: Model = {
  id: 'B09', version: '1.1.1',
  title: { zh: '启停豁免超时', en: 'Start/stop exemption overrun' },
  family: 'marks', trigger: 'day', media: ['gas'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H11', 'H1'],
  about: {
    zh: '按法律库中的行业标记规则核对启停、故障标记（未核对原文的时限放宽一倍）：单次超时部分仍超限为提醒，时限已核对原文且达 3 小时为警告；标记期间负荷与氧含量均为惯常稳定水平达 4 小时，有超限为警告、3 小时以上为工单、无超限只提醒；工况稳定满 2 小时后仍有超限的亦为警告；首尾相接的标记按一次计；有年度小时数的行业按年累计（窗口 75 天内可见部分），规则数值未核对原文的不超过警告。没有超限的时长超出不构成使用豁免。',
    en: 'Start, stop and fault marks against the rules of the trade in the law files (hours not yet compared with their text count double): hours over the limit past the time of one mark remind, three of them warn where the figure was compared with its text; usual load and oxygen for 4 h under a mark remind, warn with an hour over the limit, and make a work order from three on; any hour over the limit two hours after conditions became stable warns as well; marks that touch count as one event; years\' budgets are added up as far as the window of 75 days shows, and a figure not yet compared with its text goes no further than a warning. Time past the rule without an hour over the limit uses no exemption.',
    source: 'B09; 标记规则 (2022 年第 21 号公告): hours per mark and year',
  },
  minimum: { days: 0, needs: ['hourlyLimits', 'markRules'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (hourLimits(ctx).length === 0) return cannotTell('no hourly limit registered', ['hourly limits']);
    const marks = ctx.marks.filter((m) => m.submittedAt <= ctx.now && m.start < ctx.now && markClassOf(m.kind) === 'CONDITION');
    if (marks.length === 0) return notMet();
    const rules = ctx.reg.rules?.conditionMarks;
    if (rules === undefined) return cannotTell('no mark rules of the trade', ['mark rules']);
    const fresh = marks.filter((m) => m.end <= ctx.now && m.end > ctx.now - p.freshDays * DAY && markCoversHour(m, Math.floor(m.start / HOUR) * HOUR, ctx.reg.rules));
    const findings = [
      ...fresh.flatMap((m) => overrun(ctx, m, marks, rules, p) ?? steadyUnderMark(ctx, m, p) ?? []),
      ...[annual(ctx, marks, rules, p) ?? []].flat(),
    ];
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
