import type { FactorCode } from '#kernel';
import { mean, median, normalTail, robustScale } from '../primitives/index.ts';
import type { Context, Finding, InspectionFact, Model } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, marksOf, suppress } from './parts/explanations.ts';
import { isPollutant } from './parts/factors.ts';
import { hourValues, lastHourEnd } from './parts/hour-values.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { powerHours } from './parts/power-hours.ts';
import { DAY, HOUR, localDayStart, localHour } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindP: 1e-3, warnP: 1e-4, warnSignals: 2, minMatched: 12, loadTolerance: 0.1, minDays: 30, freshDays: 3,
  nightRatio: 0.6, nightDays: 14, nightLoad: 0.1, lowNights: 10, leastHours: 3,
} as const satisfies Thresholds;

interface Signal {
  readonly name: string;
  readonly factor: FactorCode | undefined;
  readonly hours: Float64Array;
  /** +1 where more is better behaviour. */
  readonly better: 1 | -1;
}

interface Frame {
  readonly start: number;
  readonly hours: number;
  readonly load: Float64Array;
  readonly signals: readonly Signal[];
}

function frameOf(ctx: Context): Frame {
  const end = lastHourEnd(ctx);
  const start = Math.max(localDayStart(ctx.activeSince) + DAY, end - 60 * DAY);
  const hours = Math.max(0, Math.floor((end - start) / HOUR));
  const load = powerHours(ctx, 'production', start, hours);
  const treatment = powerHours(ctx, 'treatment', start, hours).map((kw, i) => kw / (load[i] as number));
  const marks = marksOf(ctx, 'MONITORING');
  const marked = Float64Array.from({ length: hours }, (_, i) => (marks.some((m) => m.start < start + (i + 1) * HOUR && m.end > start + i * HOUR) ? 1 : 0));
  const levels = ctx.factors.filter(isPollutant).map((factor): Signal => ({ name: 'level', factor, hours: hourValues(ctx, factor, start, hours), better: -1 }));
  return { start, hours, load, signals: [...levels, { name: 'treatment', factor: undefined, hours: treatment, better: 1 }, { name: 'marks', factor: undefined, hours: marked, better: -1 }] };
}

/** Means of the two days around an inspection against the same span on other days with like load: a robust z. */
function around(frame: Frame, signal: Signal, at: number, others: readonly number[], p: typeof DEFAULTS): number {
  const span = (t: number, series: Float64Array): number => {
    const from = Math.floor((t - DAY - frame.start) / HOUR);
    return from < 0 || from + 48 > frame.hours ? Number.NaN : mean(series, from, from + 48);
  };
  const [own, load] = [span(at, signal.hours), span(at, frame.load)];
  const matched: number[] = [];
  for (let t = at - 58 * DAY; t <= at + 58 * DAY; t += DAY) {
    if (Math.abs(t - at) < 3 * DAY || others.some((o) => Math.abs(o - t) < 3 * DAY)) continue;
    const there = span(t, frame.load);
    if (Number.isFinite(load) && !(Math.abs(there / load - 1) <= p.loadTolerance)) continue;
    const value = span(t, signal.hours);
    if (Number.isFinite(value)) matched.push(value);
  }
  if (matched.length < p.minMatched) return Number.NaN;
  const scale = robustScale(matched);
  // Neighbouring spans share half of their hours: the spread of so few is known to a factor only.
  const sigma = Math.max(scale.sigma * 1.25, 0.01 * Math.abs(scale.median), signal.name === 'marks' ? 0.05 : 0);
  return (signal.better * (own - scale.median)) / sigma;
}

interface Shown {
  readonly signal: Signal;
  readonly p: number;
  readonly z: number;
}

function shownBy(frame: Frame, visits: readonly InspectionFact[], p: typeof DEFAULTS): Shown[] {
  const times = visits.map((v) => v.at);
  return frame.signals.flatMap((signal) => {
    const z = times.map((at) => around(frame, signal, at, times, p)).filter(Number.isFinite);
    if (z.length === 0) return [];
    const total = z.reduce((a, b) => a + b, 0) / Math.sqrt(z.length);
    // One of many signals: the chance is that of any of them.
    const chance = Math.min(1, normalTail(total) * frame.signals.length);
    return chance < p.remindP ? [{ signal, p: chance, z: total }] : [];
  });
}

function inspectionFinding(ctx: Context, frame: Frame, visits: readonly InspectionFact[], p: typeof DEFAULTS): Finding | undefined {
  const shown = shownBy(frame, visits, p);
  const last = visits.at(-1);
  if (shown.length === 0 || last === undefined) return undefined;
  const kinds = new Set(shown.filter((s) => s.p < p.warnP).map((s) => s.signal.name));
  const factors = shown.flatMap((s) => s.signal.factor ?? []).sort();
  const words = (zh: boolean): string => [...new Set(shown.map((s) => (s.signal.name === 'level' ? (zh ? `${namesZh(factors)}浓度更低` : `${namesEn(factors)} lower`) : s.signal.name === 'treatment' ? (zh ? '治污用电更高' : 'more treatment power') : zh ? '标记更少' : 'fewer marks')))].join(zh ? '、' : ', ');
  const best = Math.max(...shown.map((s) => s.z));
  const finding: Finding = {
    factors, start: last.at - DAY, end: Math.min(ctx.now, last.at + DAY), tier: tierOf(true, kinds.size >= p.warnSignals, false) ?? 'REMIND', score: best / 3,
    stats: { inspections: visits.length, signals: shown.map((s) => s.signal.factor ?? s.signal.name).join(), z: best, p: Math.min(...shown.map((s) => s.p)) },
    text: {
      zh: `${visits.length} 次检查前后各 24 小时与负荷相当的平日不同：${words(true)}（z ${num(best, 1)}）。`,
      en: `Around ${visits.length} inspection(s) the unit behaved otherwise than on days of like load: ${words(false)} (z ${num(best, 1)}).`,
    },
    clearedBy: [{ zh: '检查日恰逢检修或调整工况：看生产记录', en: 'Work or another way of running on that day: see the production record' }],
  };
  return suppress(finding, explain(ctx, finding, factors, ['order', 'filed-change', 'stop-mark']));
}

/**
 * Treatment per production of each night against the days of two weeks, hours of like production. A habit shows in nearly every night;
 * what a few days of a broken or idle plant do to a median of all nights is told by others.
 */
function nightFinding(ctx: Context, frame: Frame, p: typeof DEFAULTS): Finding | undefined {
  const treatment = frame.signals.find((s) => s.name === 'treatment')?.hours ?? new Float64Array(0);
  const from = frame.hours - p.nightDays * 24;
  if (from < 0) return undefined;
  const usual = median(frame.load, from);
  const day: number[] = [];
  const nights = new Map<number, number[]>();
  for (let i = from; i < frame.hours; i++) {
    const at = frame.start + i * HOUR;
    const h = localHour(at);
    const value = treatment[i] as number;
    if (!(Math.abs((frame.load[i] as number) / usual - 1) <= p.nightLoad) || !Number.isFinite(value)) continue;
    if (h >= 8 && h < 20) day.push(value);
    // The hours after midnight belong to the night that began the evening before.
    else if (h >= 22 || h < 6) nights.set(localDayStart(at - 6 * HOUR), [...(nights.get(localDayStart(at - 6 * HOUR)) ?? []), value]);
  }
  const ratios = [...nights.values()].filter((hours) => hours.length >= p.leastHours).map((hours) => median(hours) / median(day));
  const low = ratios.filter((ratio) => ratio < p.nightRatio).length;
  if (day.length < 40 || low < p.lowNights) return undefined;
  const ratio = median(ratios);
  const end = lastHourEnd(ctx);
  return {
    factors: [], start: end - p.nightDays * DAY, end, tier: 'WORK_ORDER', score: p.nightRatio / Math.max(ratio, 0.01), stats: { nightRatio: ratio, nights: ratios.length, lowNights: low, dayHours: day.length },
    text: {
      zh: `${spanText(end - p.nightDays * DAY, end)} 同等生产用电下，${ratios.length} 夜中有 ${low} 夜治污用电不到白天的 ${percent(p.nightRatio, 0)}（各夜中位为白天的 ${percent(ratio, 0)}）。`,
      en: `At equal production treatment drew less than ${percent(p.nightRatio, 0)} of what it drew by day in ${low} of ${ratios.length} nights (${spanText(end - p.nightDays * DAY, end)}; median of the nights ${percent(ratio, 0)}).`,
    },
    clearedBy: [{ zh: '分时电价下调整药剂或鼓风：看运行规程', en: 'Dosing or aeration shifted to cheap hours: see the operating rules' }],
  };
}

/** `model:G10` — better behaviour when somebody looks. */
export const g10: Model = {
  id: 'G10', version: '1.1.0', title: { zh: '迎检行为差异', en: 'Behaviour around inspections' },
  family: 'external', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 48, params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '检查、演练或走航前后各 24 小时的浓度、治污与生产用电之比、标记占比，与 60 天内负荷相当（±10%）的同样时段比较（至少 12 段，按信号数校正）：p<0.001 提醒，两类信号 p<0.0001 警告。另：14 天内至少 10 夜在同等生产下治污用电低于白天 60% 请求工单（须佐证）。',
    en: 'Concentrations, treatment per production and marks in the 24 h before and after inspections, drills and survey rounds against spans of like load (±10 %) within 60 days (twelve at least, corrected for the number of signals): p < 0.001 reminds, two kinds at p < 0.0001 warn. Also treatment below 60 % of that by day at equal production in ten nights of 14 asks for a work order, which needs corroboration.',
    source: 'G10, a method of this platform',
  },
  minimum: { days: 30, needs: [['inspections', 'meters']] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.now - ctx.activeSince < p.minDays * DAY) return cannotTell('less than thirty days', ['30 days']);
    const ended = ctx.inspections.filter((v) => v.at + DAY <= ctx.now && v.at > ctx.now - 55 * DAY).sort((a, b) => a.at - b.at);
    const fresh = ended.some((v) => v.at + DAY > ctx.now - p.freshDays * DAY);
    if (ended.length === 0 && ctx.power.length === 0) return cannotTell('no inspections and no power', ['inspections.csv', 'meters']);
    const frame = frameOf(ctx);
    const findings = [fresh ? (inspectionFinding(ctx, frame, ended, p) ?? []) : [], nightFinding(ctx, frame, p) ?? []].flat();
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
