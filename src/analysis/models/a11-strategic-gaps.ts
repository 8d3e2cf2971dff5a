import type { FactorCode } from '#kernel';
import { huberPlane, mannWhitney, mean, median, seededDraws } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Limit, Model, StepSeries, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { judgedValue, ratioTo } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { powerHours } from './parts/power-hours.ts';
import { NORMAL, OFF, RUN, runningAt, stateAt } from './parts/signal.ts';
import { DAY, endedAt, HOUR, localHour, MINUTE, timeAt } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  windowDays: 60, minDays: 45, minGaps: 12, gapMinutes: 30, longestGapHours: 48,
  remindP: 0.005, warnP: 0.001, rebound: 1.2, reboundP: 0.01, minLift: 1.1,
  runningShare: 0.8, shifts: 2000, seed: 11, minHours: 480,
} as const satisfies Thresholds;

interface Gap {
  readonly start: number;
  readonly end: number;
}

/** Stretches without any step of the factor while the meters of the site went on and the plant was not off. */
function gapsOf(ctx: Context, step: StepSeries, p: typeof DEFAULTS): Gap[] {
  const to = endedAt(step, ctx.now);
  const from = Math.max(0, to - Math.round((p.windowDays * DAY) / step.stepMs));
  const out: Gap[] = [];
  let start = -1;
  for (let i = from; i <= to; i++) {
    const gone = i < to && !Number.isFinite(step.avg[i] as number);
    if (gone && start < 0) start = i;
    if (gone || start < 0) continue;
    const gap = { start: timeAt(step, start), end: timeAt(step, i) };
    start = -1;
    const length = gap.end - gap.start;
    // What lies before the first value, and what a stop or a dark site explains, is nobody's choice.
    if (length < p.gapMinutes * MINUTE || length > p.longestGapHours * HOUR || gap.start <= ctx.activeSince) continue;
    if (stateAt(ctx, gap.start) !== OFF && metersSpoke(ctx, gap)) out.push(gap);
  }
  return out;
}

function metersSpoke(ctx: Context, gap: Gap): boolean {
  return ctx.power.some((m) => {
    const from = Math.max(0, Math.floor((gap.start - m.t0) / m.stepMs));
    const to = Math.min(m.length, Math.ceil((gap.end - m.t0) / m.stepMs));
    let n = 0;
    for (let i = from; i < to; i++) if (Number.isFinite(m.avg[i] as number)) n++;
    return n >= 0.5 * (to - from);
  });
}

interface Risk {
  readonly t0: number;
  /** Value of the limit's basis over the limit, NaN where not known. */
  readonly ratio: Float64Array;
  /** Upper end (90 %) of what was to be expected from what went on being measured, over the limit. */
  readonly risk: Float64Array;
}

/** Expected ln ratio from production and treatment power, hour of day, and level and trend of the hours before. */
function riskOf(ctx: Context, limit: Limit, series: HourSeries, p: typeof DEFAULTS): Risk | undefined {
  const to = endedAt(series, ctx.now);
  const from = Math.max(0, to - p.windowDays * 24);
  const n = to - from;
  const t0 = series.t0 + from * HOUR;
  const ln = new Float64Array(n).fill(Number.NaN);
  for (let k = 0; k < n; k++) {
    if (series.flag[from + k] !== NORMAL || !runningAt(ctx, t0 + k * HOUR)) continue;
    const r = ratioTo(judgedValue(ctx, series, from + k, limit), limit);
    if (r > 0) ln[k] = Math.log(r);
  }
  const back = (hours: number): Float64Array => Float64Array.from({ length: n }, (_, k) => (k >= hours ? (ln[k - hours] as number) : Number.NaN));
  const trend = Float64Array.from({ length: n }, (_, k) => (k >= 3 ? (ln[k - 1] as number) - (ln[k - 3] as number) : Number.NaN));
  const clock = (f: (x: number) => number): Float64Array => Float64Array.from({ length: n }, (_, k) => f((2 * Math.PI * localHour(t0 + k * HOUR)) / 24));
  const treatment = powerHours(ctx, 'treatment', t0, n);
  const columns = [powerHours(ctx, 'production', t0, n), ...(treatment.some((v) => v > 0) ? [treatment] : []), clock(Math.sin), clock(Math.cos), back(1), trend];
  const plane = huberPlane(columns, ln);
  if (plane === undefined || plane.n < p.minHours) return undefined;
  const risk = Float64Array.from({ length: n }, (_, k) => Math.exp(plane.at(columns.map((c) => c[k] as number)) + 1.28 * plane.sigma));
  return { t0, ratio: ln.map(Math.exp), risk };
}

/** Share of circular shifts of the gaps whose mean risk is as high: the gaps keep their lengths and distances. */
function chanceOf(risk: Float64Array, at: readonly number[], p: typeof DEFAULTS): { chance: number; lift: number; used: number } {
  const known = at.filter((k) => Number.isFinite(risk[k] as number));
  const meanAt = (shift: number): number => mean(known.map((k) => risk[(k + shift) % risk.length] as number));
  const seen = meanAt(0);
  const draw = seededDraws(p.seed);
  let asHigh = 0;
  let n = 0;
  for (let s = 0; s < p.shifts; s++) {
    const other = meanAt(1 + Math.floor(draw() * (risk.length - 1)));
    if (!Number.isFinite(other)) continue;
    n++;
    if (other >= seen) asHigh++;
  }
  return { chance: (asHigh + 1) / (n + 1), lift: seen / mean(risk), used: known.length };
}

/** Values of the first hour after each gap against all other hours. */
function reboundOf(r: Risk, gaps: readonly Gap[]): { ratio: number; chance: number } {
  const after = gaps.map((g) => Math.ceil((g.end - r.t0) / HOUR)).filter((k) => Number.isFinite(r.ratio[k] as number));
  const first = new Set(after);
  const a = after.map((k) => r.ratio[k] as number);
  const b = Array.from(r.ratio).filter((v, k) => Number.isFinite(v) && !first.has(k));
  const { z, p } = mannWhitney(a, b);
  return { ratio: median(a) / median(b), chance: z > 0 ? p : 1 };
}

function findingOf(ctx: Context, limit: Limit, p: typeof DEFAULTS): Finding | undefined {
  const series = ctx.hour(limit.factor);
  const step = ctx.step(limit.factor);
  if (series === undefined || step === undefined) return undefined;
  const gaps = gapsOf(ctx, step, p);
  if (gaps.length < p.minGaps) return undefined;
  const r = riskOf(ctx, limit, series, p);
  if (r === undefined) return undefined;
  const { chance, lift, used } = chanceOf(r.risk, gaps.map((g) => Math.floor((g.start - r.t0) / HOUR)), p);
  if (used < 0.7 * p.minGaps || chance >= p.remindP || lift < p.minLift) return undefined;
  const rebound = reboundOf(r, gaps);
  const powered = gaps.filter((g) => stateAt(ctx, g.start, 'byPower') === RUN).length / gaps.length;
  const warn = chance < p.warnP || (rebound.ratio > p.rebound && rebound.chance < p.reboundP);
  const tier: Tier = warn && powered >= p.runningShare && rebound.ratio > p.rebound ? 'WORK_ORDER' : warn ? 'WARN' : 'REMIND';
  const risky = gaps.filter((g) => (r.risk[Math.floor((g.start - r.t0) / HOUR)] as number) > mean(r.risk));
  const start = (risky[0] as Gap).start;
  const end = (risky[risky.length - 1] as Gap).end;
  const factors: readonly FactorCode[] = [limit.factor];
  return {
    factors, start, end, tier, score: -Math.log10(chance),
    stats: { gaps: gaps.length, p: chance, riskLift: lift, rebound: rebound.ratio, reboundP: rebound.chance, productionRunningShare: powered, seed: p.seed },
    text: {
      zh: `${spanText(start, end)} 共 ${gaps.length} 段 30 分钟以上缺数，缺数开始时${namesZh(factors)}的超标风险为平时的 ${num(lift)} 倍（循环移位检验 p = ${num(chance, 4)}）；恢复后首小时为平时的 ${num(rebound.ratio)} 倍，缺数时生产用电运行占 ${percent(powered, 0)}。`,
      en: `${gaps.length} gaps of half an hour and more (${spanText(start, end)}); at their start the risk of exceedance of ${namesEn(factors)} was ${num(lift)} times the usual one (circular shifts, p = ${num(chance, 4)}); the first hour after was ${num(rebound.ratio)} times the usual, production power ran in ${percent(powered, 0)} of them.`,
    },
    clearedBy: [{ zh: '工艺扰动同时造成断电：看各计量设备与配电记录', en: 'Upsets that also cut power: see the meters and the switchboard log' }],
  };
}

/** `model:A11` — data are missing when they would have been bad. */
export const a11: Model = {
  id: 'A11', version: '1.0.0',
  title: { zh: '择机缺数', en: 'Strategic gaps' },
  family: 'transport', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 1440,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '60 天内 30 分钟以上、电表仍在线的缺数段（至少 12 段），以缺数时仍可见的产治用电、时刻和之前两小时趋势预测风险（稳健回归上端 90%），其均值与 2000 次循环移位比较；并看恢复后首小时是否偏高。',
    en: 'Gaps of half an hour and more in 60 days while the meters spoke (twelve at least): the risk predicted from what stayed visible (production and treatment power, hour of day, level and trend before; upper 90 % of a robust regression) against 2 000 circular shifts of the gaps, and whether the first hour after is high.',
    source: 'A11, a method of this platform: U08 robust regression, U13 exact tests',
  },
  minimum: { days: 45, needs: ['pollutants', 'limits', 'meters'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limits = ctx.reg.limits.filter((l) => l.period !== 'instant' && ctx.hour(l.factor) !== undefined);
    if (limits.length === 0) return cannotTell('no limited factor with hour data', ['limits', 'hour data']);
    if (ctx.power.length === 0) return cannotTell('no meter to tell a gap from a dark site', ['power meters']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < p.minDays * DAY) return cannotTell('history too short', ['45 days of data']);
    const findings = limits.flatMap((l) => findingOf(ctx, l, p) ?? []);
    // The gaps are those of one logger: the factor that explains them best is enough.
    const best = findings.sort((a, b) => b.score - a.score)[0];
    return best === undefined ? notMet() : conclude([suppress(best, explain(ctx, best, best.factors, ['site-blackout']))]);
  },
};
