import { calendarDay, dayOf, startOfDay, yearOf, type FactorCode } from '#kernel';
import { markClassOf, markCoversHour, type Mark } from '#quality';
import { median, robustScale, union } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import { stateShare } from './parts/explanations.ts';
import { O2 } from './parts/factors.ts';
import { hourValues } from './parts/hour-values.ts';
import { exceeds, hourLimits, judgedValue } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { powerHours } from './parts/power-hours.ts';
import { NORMAL, RUN } from './parts/signal.ts';
import { DAY, HOUR, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** Years' hours of a household-waste incinerator for start, stop, fault and accident together (GB 18485). */
  annualHours: 60, annualRemindShare: 0.8,
  faultHours: 4,
  /** Steady running at the usual load under a mark that says otherwise. */
  steadyHours: 4, steadyLoad: 0.95, steadyOxygenSigmas: 3,
  /** Hours over the limit from which an exemption was more than brushed. */
  manyOver: 3,
  /** A mark is judged while this fresh; an older one has been judged. */
  freshDays: 4, baselineDays: 30,
} as const;

const NOX = 'a21002';
const SO2 = 'a21026';

/** Hours for which a trade's rule lets one start or stop run over, and for which factors (monitoring-data-rules.md §2.4). */
const RULES: readonly { readonly trade: RegExp; readonly start: number; readonly stop: number; readonly factors: readonly string[]; readonly annual: boolean }[] = [
  { trade: /waste|incinerat|垃圾|焚烧/iu, start: Number.POSITIVE_INFINITY, stop: Number.POSITIVE_INFINITY, factors: [], annual: true },
  { trade: /cement|水泥/iu, start: 36, stop: 8, factors: [SO2, NOX], annual: false },
  { trade: /sinter|steel|烧结|钢/iu, start: 8, stop: 8, factors: [NOX], annual: false },
  { trade: /boiler|锅炉/iu, start: 4, stop: 1, factors: [NOX], annual: false },
  { trade: /coal|power|thermal|火电|燃煤/iu, start: 8, stop: 1, factors: [NOX], annual: false },
];

type Phase = 'start' | 'stop' | 'fault';
const phaseOf = (kind: string): Phase =>
  /fault|accident|故障|事故/iu.test(kind) ? 'fault' : /shut|stop|cool|off|停|降温|解列/iu.test(kind) ? 'stop' : 'start';

const PHASES = { start: ['启动', 'start-up'], stop: ['停机', 'shutdown'], fault: ['故障', 'fault'] } as const;

interface OverHour {
  readonly at: number;
  readonly factor: FactorCode;
}

/** Hours of the span in which a limited factor was over: only these need the exemption. */
function overHours(ctx: Context, from: number, to: number, factors: readonly string[]): OverHour[] {
  const out: OverHour[] = [];
  for (const limit of hourLimits(ctx)) {
    const series = ctx.hour(limit.factor);
    if (series === undefined || (factors.length > 0 && !factors.includes(limit.factor))) continue;
    for (let t = Math.ceil(from / HOUR) * HOUR; t + HOUR <= Math.min(to, ctx.now); t += HOUR) {
      const i = Math.floor((t - series.t0) / HOUR);
      if (i < 0 || i >= series.length || series.valid[i] !== 1 || series.flag[i] !== NORMAL) continue;
      const v = judgedValue(ctx, series, i, limit);
      if (Number.isFinite(v) && exceeds(v, limit.limit)) out.push({ at: t, factor: limit.factor });
    }
  }
  return out.sort((a, b) => a.at - b.at);
}

const factorsOf = (over: readonly OverHour[]): readonly FactorCode[] => [...new Set(over.map((o) => o.factor))].sort();

/** Hours over the limit after the rule's time for this kind of mark was used up. */
function overrun(ctx: Context, mark: Mark, rule: (typeof RULES)[number] | undefined, p: typeof DEFAULTS): Finding | undefined {
  const phase = phaseOf(mark.kind);
  const allowed = phase === 'fault' ? p.faultHours : phase === 'start' ? rule?.start : rule?.stop;
  if (allowed === undefined || mark.end - mark.start <= allowed * HOUR) return undefined;
  const line = mark.start + allowed * HOUR;
  const over = overHours(ctx, line, mark.end, phase === 'fault' ? [] : (rule?.factors ?? []));
  if (over.length === 0) return undefined;
  const end = (over[over.length - 1] as OverHour).at + HOUR;
  const length = (mark.end - mark.start) / HOUR;
  return {
    factors: factorsOf(over), start: (over[0] as OverHour).at, end, tier: over.length >= p.manyOver ? 'WARN' : 'REMIND', score: length / allowed,
    stats: { phase, markHours: length, allowedHours: allowed, overHours: over.length },
    text: {
      zh: `${PHASES[phase][0]}标记 ${spanText(mark.start, mark.end)} 长 ${num(length, 1)} 小时，超过规则的 ${num(allowed)} 小时；超出部分仍有 ${over.length} 个小时值超限（${namesZh(factorsOf(over))}）。`,
      en: `A ${PHASES[phase][1]} mark of ${num(length, 1)} h (${spanText(mark.start, mark.end)}) runs past the ${num(allowed)} h of its rule; ${over.length} hourly values after that were over the limit (${namesEn(factorsOf(over))}).`,
    },
    clearedBy: [{ zh: '该行业适用其他时限（核对标记规则）', en: 'Another time limit applies to this trade (see its mark rules)' }],
  };
}

/** Longest stretch under the mark with usual load and usual oxygen: a furnace that starts or fails looks otherwise. */
function steadyStretch(ctx: Context, mark: Mark, p: typeof DEFAULTS): { start: number; end: number } | undefined {
  const from = Math.ceil(mark.start / HOUR) * HOUR;
  const hours = Math.floor((Math.min(mark.end, ctx.now) - from) / HOUR);
  if (hours < p.steadyHours) return undefined;
  const learnFrom = localDayStart(mark.start) - p.baselineDays * DAY;
  const learn = p.baselineDays * 24;
  const usualLoad = median(powerHours(ctx, 'production', learnFrom, learn).filter((kw) => kw > 0));
  const oxygen = robustScale(hourValues(ctx, O2, learnFrom, learn));
  if (!(usualLoad > 0) || oxygen.n < 240) return undefined;
  const load = powerHours(ctx, 'production', from, hours);
  const o2 = hourValues(ctx, O2, from, hours);
  let best = { start: 0, hours: 0 };
  for (let h = 0, run = 0; h < hours; h++) {
    const usual = (load[h] as number) >= p.steadyLoad * usualLoad && Math.abs((o2[h] as number) - oxygen.median) <= p.steadyOxygenSigmas * oxygen.sigma;
    run = usual ? run + 1 : 0;
    if (run > best.hours) best = { start: from + (h + 1 - run) * HOUR, hours: run };
  }
  return best.hours >= p.steadyHours ? { start: best.start, end: best.start + best.hours * HOUR } : undefined;
}

function steadyUnderMark(ctx: Context, mark: Mark, p: typeof DEFAULTS): Finding | undefined {
  const span = steadyStretch(ctx, mark, p);
  if (span === undefined || stateShare(ctx, span, RUN, 'state') < 1) return undefined;
  const over = overHours(ctx, span.start, span.end, []);
  const tier: Tier = over.length >= p.manyOver ? 'WORK_ORDER' : over.length > 0 ? 'WARN' : 'REMIND';
  const hours = (span.end - span.start) / HOUR;
  const phase = phaseOf(mark.kind);
  return {
    factors: factorsOf(over), ...span, tier, score: hours / p.steadyHours,
    stats: { phase, steadyHours: hours, overHours: over.length },
    text: {
      zh: `${PHASES[phase][0]}标记期间 ${spanText(span.start, span.end)} 有 ${num(hours)} 小时生产用电与氧含量均为惯常稳定运行水平，其间 ${over.length} 个小时值超限。`,
      en: `Under a ${PHASES[phase][1]} mark production power and oxygen stood at their usual level for ${num(hours)} h (${spanText(span.start, span.end)}); ${over.length} hourly values were over the limit meanwhile.`,
    },
    clearedBy: [{ zh: '标记时段填写过宽：请单位更正标记', en: 'A mark entered too wide: ask the unit to correct it' }],
  };
}

/** Hours of all condition marks of the calendar year, as far as the window reaches. */
function annual(ctx: Context, marks: readonly Mark[], p: typeof DEFAULTS): Finding | undefined {
  const yearStart = startOfDay(calendarDay(`${yearOf(dayOf(ctx.now))}-01-01`));
  const spans = union(marks.map((m) => ({ start: Math.max(m.start, yearStart), end: Math.min(m.end, ctx.now) })));
  const hours = spans.reduce((sum, s) => sum + (s.end - s.start) / HOUR, 0);
  const last = spans[spans.length - 1];
  if (last === undefined || hours <= p.annualRemindShare * p.annualHours || last.end < ctx.now - DAY) return undefined;
  const over = spans.flatMap((s) => overHours(ctx, s.start, s.end, []));
  // The 60 hours still have to be verified against the text of the standard: no work order on them alone.
  const tier: Tier = hours > p.annualHours && over.length >= p.manyOver ? 'WARN' : 'REMIND';
  return {
    factors: factorsOf(over), start: last.start, end: last.end, tier, score: hours / p.annualHours,
    stats: { hours, annualHours: p.annualHours, marks: marks.length, overHours: over.length },
    text: {
      zh: `本年启停炉、故障、事故标记累计 ${num(hours, 1)} 小时（可见 ${spans.length} 段），规则为每年不超过 ${num(p.annualHours)} 小时；其间 ${over.length} 个小时值超限。`,
      en: `Start, stop, fault and accident marks of this year add up to ${num(hours, 1)} h (${spans.length} of them seen) where the rule allows ${num(p.annualHours)} h; ${over.length} hourly values were over the limit under them.`,
    },
    clearedBy: [{ zh: '多台炉共用排放口时按炉分别累计', en: 'Several furnaces on one outfall are counted one by one' }],
  };
}

/** `model:B09` — exemptions that are used longer than their rule allows, or while nothing is abnormal. */
export const b09: Model = {
  id: 'B09', version: '1.0.0',
  title: { zh: '启停豁免超时', en: 'Start/stop exemption overrun' },
  family: 'marks', trigger: 'day', media: ['gas'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H11', 'H1'],
  about: {
    zh: '按行业规则核对启停、故障标记：单次超时部分仍超限为提醒、达 3 小时为警告；标记期间负荷与氧含量均为惯常稳定水平达 4 小时，有超限为工单、无超限只提醒；生活垃圾焚烧年累计 60 小时（窗口 75 天内可见部分）。没有超限的时长超出不构成使用豁免。',
    en: 'Start, stop and fault marks against the rule of the trade: hours over the limit past the time of one mark remind, three of them warn; usual load and oxygen for 4 h under a mark are a work order with hours over the limit and a reminder without; waste incinerators 60 h a year (as far as the window of 75 days shows). Time past the rule without an hour over the limit uses no exemption.',
    source: 'models.md B09; monitoring-data-rules.md §2.4, §2.5',
  },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (hourLimits(ctx).length === 0) return cannotTell('no hourly limit registered', ['hourly limits']);
    const marks = ctx.marks.filter((m) => m.submittedAt <= ctx.now && m.start < ctx.now && markClassOf(m.kind) === 'CONDITION');
    if (marks.length === 0) return notMet();
    const rule = RULES.find((r) => r.trade.test(ctx.reg.industry));
    const fresh = marks.filter((m) => m.end <= ctx.now && m.end > ctx.now - p.freshDays * DAY && markCoversHour(m, Math.floor(m.start / HOUR) * HOUR));
    const findings = [
      ...fresh.flatMap((m) => overrun(ctx, m, rule, p) ?? steadyUnderMark(ctx, m, p) ?? []),
      ...(rule?.annual === true ? [annual(ctx, marks, p) ?? []].flat() : []),
    ];
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
