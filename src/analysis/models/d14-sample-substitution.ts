import type { FactorCode } from '#kernel';
import { mean, newInformation, quantile, sortedFinite, standardDeviation } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { doorsBetween, explain, suppress } from './parts/explanations.ts';
import { isAnalyser, WATER_FLOW } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { runValues, signalOf, type Signal } from './parts/signal.ts';
import { endedAt, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  maxCv: 0.025, minResults: 16, minFlowCv: 0.03, ownLeast: 0.6, doorHours: 2, lookBackHours: 200,
  /** After a standstill of this length results are those of another time, however much they look alike. */
  apartHours: 48,
} as const satisfies Thresholds;

const cvOf = (values: readonly number[]): number => standardDeviation(values) / mean(values);

/** Smallest CV of as many results in a row in the clean baseline: what honest water manages by itself. */
const ownLeast = (ctx: Context, factor: FactorCode, p: typeof DEFAULTS): number | undefined => {
  const base = baselineOf(ctx, factor);
  if (base === undefined) return undefined;
  return ctx.daily(`D14:${factor}`, () => {
    const at = newInformation(base.values, base.sampleTime ?? [], base.stepMs, ctx.reg.analysisCycleHours);
    const list = at.map((i) => base.values[i] as number);
    const cvs: number[] = [];
    for (let i = 0; i + p.minResults <= list.length; i += 4) cvs.push(cvOf(list.slice(i, i + p.minResults)));
    return quantile(sortedFinite(cvs), 0.01);
  });
};

interface Bottle {
  readonly factor: FactorCode;
  readonly start: number;
  readonly end: number;
  readonly results: number;
  readonly cv: number;
}

/** The longest tail of new results that stays within instrument repeatability. */
function bottleOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Bottle | undefined {
  const least = ownLeast(ctx, factor, p);
  const signal = signalOf(ctx, factor);
  if (least === undefined || signal === undefined) return undefined;
  const to = endedAt(signal, ctx.now);
  const from = Math.max(0, to - p.lookBackHours);
  const values = runValues(ctx, signal, from, to);
  const at = newInformation(values, (signal as Signal & { sampleTime: Float64Array }).sampleTime?.subarray(from, to) ?? [], signal.stepMs, ctx.reg.analysisCycleHours);
  at.splice(0, Math.max(0, at.findLastIndex((i, k) => k > 0 && (i - (at[k - 1] as number)) * signal.stepMs > p.apartHours * HOUR)));
  const list = at.map((i) => values[i] as number);
  const most = Math.min(p.maxCv, p.ownLeast * least);
  if (list.length < p.minResults || !(cvOf(list.slice(-p.minResults)) < most)) return undefined;
  let first = list.length - p.minResults;
  while (first > 0 && Math.abs((list[first - 1] as number) / mean(list.slice(first)) - 1) < 3.5 * most) first--;
  return {
    factor, start: signal.t0 + (from + (at[first] as number)) * HOUR, end: signal.t0 + (from + (at[at.length - 1] as number) + 1) * HOUR,
    results: list.length - first, cv: cvOf(list.slice(first)),
  };
}

function flowCv(ctx: Context, start: number, end: number): number {
  const flow = ctx.hour(WATER_FLOW);
  if (flow === undefined) return Number.NaN;
  const part = Array.from(flow.avg.subarray(Math.floor((start - flow.t0) / HOUR), Math.floor((end - flow.t0) / HOUR))).filter((v) => v > 0);
  return cvOf(part);
}

/** `model:D14` — the analyser drinks from a bottle: every result the same within its own repeatability. */
export const d14: Model = {
  id: 'D14', version: '1.1.0',
  title: { zh: '替样挂瓶', en: 'Sample substitution' },
  family: 'emission', trigger: 'hour', media: ['water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3', 'H9'],
  about: {
    zh: '连续 16 次以上新测结果变异系数小于 2.5%（仪器重复性）且低于本站历史最低，而流量在变化；相隔 48 小时以上的结果不连为一串；两因子同时或两端有开门的升级。',
    en: 'Sixteen or more new results with a CV under 2.5 % (instrument repeatability) and below anything of the own history while flow moves, none more than 48 h after the one before; two factors at once, or a door at either end, go higher.',
    source: 'D14, a method of this platform',
  },
  minimum: { days: 12, needs: ['pollutants'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const analysers = ctx.factors.filter((f) => isAnalyser(f));
    if (analysers.length === 0) return cannotTell('no analyser', ['water analysers']);
    if (analysers.every((f) => baselineOf(ctx, f) === undefined)) return cannotTell('no baseline yet', ['10 days of results']);
    const bottles = analysers.flatMap((f) => bottleOf(ctx, f, p) ?? []);
    const longest = bottles.reduce<Bottle | undefined>((a, b) => (a === undefined || b.results > a.results ? b : a), undefined);
    if (longest === undefined) return notMet();
    const cv = flowCv(ctx, longest.start, longest.end);
    if (cv < p.minFlowCv) return notMet('the discharge itself is steady');
    const together = bottles.filter((b) => b.start < longest.end && b.end > longest.start);
    // A bottle feeds every analyser at once; one quiet factor among several can be honest (total nitrogen is).
    if (together.length < Math.min(2, analysers.length)) return notMet('one factor of several is steady');
    const { start, end } = longest;
    const near = p.doorHours * HOUR;
    const door = doorsBetween(ctx, start - near, start + near).length + doorsBetween(ctx, end - near, end + near).length > 0;
    const tier: Tier = together.length >= 2 && door ? 'WORK_ORDER' : together.length >= 2 ? 'WARN' : 'REMIND';
    const factors = together.map((b) => b.factor).sort();
    const finding: Finding = {
      factors, start, end, tier, score: p.maxCv / Math.max(longest.cv, 1e-4),
      stats: { results: longest.results, cv: longest.cv, factors: together.length, flowCv: cv, door: door ? 1 : 0 },
      text: {
        zh: `${spanText(start, end)} ${namesZh(factors)}连续 ${longest.results} 次新测结果变异系数仅 ${percent(longest.cv, 2)}（相当于仪器重复性），同期流量变异系数 ${percent(cv, 0)}${door ? '，起止附近有开门' : ''}。`,
        en: `${namesEn(factors)}: ${num(longest.results)} new results in a row with a CV of ${percent(longest.cv, 2)}, no more than the instrument's repeatability, while flow varied by ${percent(cv, 0)} (${spanText(start, end)})${door ? '; a door was opened near an end' : ''}.`,
      },
      clearedBy: [{ zh: '出水确实极稳定（与自身历史比较）', en: 'A truly steady effluent (compare with its own history)' }],
    };
    return conclude([suppress(finding, explain(ctx, finding, factors, ['instrument-work', 'filed-work', 'filed-change']))]);
  },
};
