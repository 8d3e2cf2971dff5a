import type { FactorCode } from '#kernel';
import { correlation, median, robustScale } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { tainted } from './parts/baseline.ts';
import { foundBy } from './parts/corroboration.ts';
import { dayLogRatios, daysKnown, forgetDays, ownDays, windowHours, windowPower } from './parts/day-ratios.ts';
import { explain, suppress } from './parts/explanations.ts';
import { trailingSpan } from './parts/hour-values.ts';
import { limitFor } from './parts/limits.ts';
import { cannotTell, conclude, isStrong, notMet, settings } from './parts/outcomes.ts';
import { metersOf } from './parts/power-hours.ts';
import { inletOf } from './parts/side-inputs.ts';
import { finiteCount } from './parts/signal.ts';
import { DAY, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindDays: 3, blindDays: 7, lags: 24, leastKnown: 0.7, usualLink: 0.4, blindLink: 0.1, leastSpread: 0.6,
  /** Outlets of so few resolutions are read too coarsely for a share of what came in. */
  leastResolutions: 10,
  minDays: 20, minHours: 16, ownLargest: 1.4, leastShift: 0.4, energyFall: 0.15, learnGapDays: 2, furthestDays: 30,
} as const satisfies Thresholds;

/** Highest removal that treatment of this kind has been built for; above it numbers are too good. */
const BEST: Readonly<Record<string, number>> = {
  a21026: 0.998, a21002: 0.97, a34013: 0.9999, w01018: 0.99, w21003: 0.998, w21011: 0.99, w21001: 0.97, w20121: 0.999, w20122: 0.999, w20117: 0.9995,
};

interface Pair {
  readonly factor: FactorCode;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

const pairsOf = (ctx: Context): Pair[] =>
  ctx.factors.flatMap((factor) =>
    limitFor(ctx, factor) === undefined || ctx.hour(inletOf(factor)) === undefined
      ? []
      : [{ factor, before: windowHours(ctx, inletOf(factor)), after: windowHours(ctx, factor) }],
  );

/** Near zero a coarse print-out turns half a milligram into a tenth of the removal. */
const isFine = (ctx: Context, { factor, after }: Pair, p: typeof DEFAULTS): boolean =>
  !(median(after) < p.leastResolutions * (ctx.reg.factors.find((f) => f.factor === factor)?.resolution ?? 0));

const ln = (values: Float64Array): Float64Array => values.map((v) => (v > 0 ? Math.log(v) : Number.NaN));

interface Link {
  readonly r: number;
  /** Hours by which the outlet follows. */
  readonly lag: number;
}

/** Strongest correlation of the outlet with the inlet of 0–24 h before, in `[from, to)`. */
function link(before: Float64Array, after: Float64Array, from: number, to: number, lags: number): Link {
  let most: Link = { r: Number.NEGATIVE_INFINITY, lag: 0 };
  for (let lag = 0; lag <= lags; lag += 2) {
    const r = correlation(before, after, Math.max(from, lag), to, lag);
    if (r > most.r) most = { r, lag };
  }
  return most;
}

/**
 * Findings that already say why the outlet left its inlet for a while: a limit that was broken, treatment that stood
 * still, values that were made, a clock that was moved. Stillness (C02, C03) is what blindness itself looks like.
 */
const TELLS = /^(?:A0[4-6]|B0[12]|C\d\d|D\d\d|E0[1-4]|F0[236])$/u;
const ALIKE = new Set(['C02', 'C03', 'D15']);

/** ln of the outlet without the hours of which others have told. */
function untold(ctx: Context, after: Float64Array): Float64Array {
  const y = ln(after);
  for (const f of ctx.recent) {
    if (!isStrong(f) || !TELLS.test(f.model) || ALIKE.has(f.model)) continue;
    y.fill(Number.NaN, Math.max(0, Math.floor((f.start - ctx.state.t0) / HOUR)), Math.max(0, Math.ceil((f.end - ctx.state.t0) / HOUR)));
  }
  return y;
}

/** An outlet that used to answer its inlet and no longer does, although the inlet moves as ever. */
function blindFinding(ctx: Context, pair: Pair, p: typeof DEFAULTS): Finding | undefined {
  const x = ln(pair.before);
  const y = untold(ctx, pair.after);
  const to = x.length;
  const from = to - p.blindDays * 24;
  const width = to - from;
  const middle = from + width / 2;
  const known = (values: Float64Array, i: number, j: number): boolean => finiteCount(values, i, j) >= p.leastKnown * (j - i);
  // One bad day breaks the link of a week: the outlet must be blind in either half, on hours that nothing else has told of.
  if (from < p.minDays * 24 || ![x, y].every((v) => known(v, from, middle) && known(v, middle, to))) return undefined;
  const { r: now } = link(x, y, from, to, p.lags);
  if (!(now < p.blindLink) || robustScale(x.subarray(from)).sigma < p.leastSpread * robustScale(x.subarray(0, from)).sigma) return undefined;
  const { r: usual, lag } = link(x, y, 0, from, p.lags);
  if (!(usual > p.usualLink)) return undefined;
  if (!(correlation(x, y, from, middle, lag) < usual / 2 && correlation(x, y, middle, to, lag) < usual / 2)) return undefined;
  for (let i = 0; i + width <= from; i += 24) {
    const past = link(x, y, i, i + width, p.lags);
    if (known(y, i, i + width) && past.r < now + 0.2) return undefined;
  }
  const end = ctx.state.t0 + daysKnown(ctx) * DAY;
  const start = end - p.blindDays * DAY;
  return {
    factors: [pair.factor], start, end, tier: 'WARN', score: usual / p.usualLink, stats: { link: now, usualLink: usual, days: p.blindDays },
    text: {
      zh: `${spanText(start, end)} 出口${namesZh([pair.factor])}对进口变化无反应：0–24 小时滞后的最大相关由惯常 ${num(usual)} 降为 ${num(now)}，而进口波动如常。`,
      en: `The outlet ${namesEn([pair.factor])} no longer answers its inlet (${spanText(start, end)}): the strongest correlation at 0–24 h lag fell from ${num(usual)} to ${num(now)} while the inlet moved as usual.`,
    },
    clearedBy: [{ zh: '调节池、均质池新投用', en: 'A new equalisation tank' }],
  };
}

/** Removal that is better than it can be, or than it has ever been, for less power. */
function tooGood(ctx: Context, pair: Pair, p: typeof DEFAULTS): Finding | undefined {
  const passed = dayLogRatios(pair.after, pair.before, p.minHours);
  const last = daysKnown(ctx);
  const until = last - p.remindDays - p.learnGapDays;
  const learnt = passed.slice();
  forgetDays(ctx, learnt, tainted(ctx, pair.factor), until);
  const own = ownDays(learnt, until, p.remindDays, p.minDays);
  const newest = passed.subarray(Math.max(0, last - p.remindDays));
  if (own === undefined || newest.some((v) => !Number.isFinite(v))) return undefined;
  const three = median(newest);
  const shift = three - own.usual;
  const best = BEST[pair.factor];
  const beyond = best !== undefined && newest.every((v) => 1 - Math.exp(v) > best);
  const unlike = -shift > Math.max(p.leastShift, p.ownLargest * own.largest);
  if (!unlike) return undefined;
  const recent = passed.subarray(Math.max(0, last - p.furthestDays)).map((v) => own.usual - v);
  const { from, to } = trailingSpan(recent, -shift / 2, 1);
  const days = to - from;
  const fall = metersOf(ctx, 'treatment').length === 0 ? Number.NaN : energyShift(ctx, pair, days, p);
  const cheap = fall < -p.energyFall;
  const removal = 1 - Math.exp(three);
  const end = ctx.state.t0 + (last - recent.length + to) * DAY;
  const start = end - days * DAY;
  const tier: Tier = cheap || (beyond && days >= p.blindDays) ? 'WARN' : 'REMIND';
  return {
    factors: [pair.factor], start, end, tier, score: -shift / p.leastShift,
    stats: { removal, usualRemoval: 1 - Math.exp(own.usual), days, energyChange: Math.exp(fall) - 1, beyondBest: beyond ? 1 : 0 },
    text: {
      zh: `${spanText(start, end)} ${namesZh([pair.factor])}去除率 ${percent(removal, 2)}，惯常 ${percent(1 - Math.exp(own.usual), 2)}，已 ${days} 天${cheap ? `，而治污用电下降 ${percent(1 - Math.exp(fall), 0)}` : ''}${beyond ? `，超过该类工艺能达到的 ${percent(best, 2)}` : ''}。`,
      en: `${namesEn([pair.factor])} removal was ${percent(removal, 2)} for ${days} days, usually ${percent(1 - Math.exp(own.usual), 2)} (${spanText(start, end)})${cheap ? `, while treatment drew ${percent(1 - Math.exp(fall), 0)} less power` : ''}${beyond ? `; more than the ${percent(best, 2)} such treatment can reach` : ''}.`,
    },
    clearedBy: [{ zh: '治理设施升级并已备案', en: 'A filed upgrade of the treatment' }, { zh: '进口浓度异常升高', en: 'An unusually strong inlet' }],
  };
}

/** Too good and blind at once, on values that are too still besides, is a work order; each alone warns at most. */
function weigh(ctx: Context, good: Finding | undefined, blind: Finding | undefined): Finding[] {
  if (good === undefined || blind === undefined) return [good, blind].filter((finding) => finding !== undefined);
  const still = foundBy(ctx, ['C02', 'C03'], blind.start, blind.end);
  return [good, still && good.start < blind.end && blind.start < good.end ? { ...blind, tier: 'WORK_ORDER' } : blind];
}

/** ln of treatment kWh per production kWh in the stretch against before. */
function energyShift(ctx: Context, pair: Pair, days: number, p: typeof DEFAULTS): number {
  const values = metersOf(ctx, 'production').length > 0
    ? dayLogRatios(windowPower(ctx, 'treatment'), windowPower(ctx, 'production'), p.minHours)
    : dayLogRatios(windowPower(ctx, 'treatment'), pair.before, p.minHours);
  return median(values, values.length - days) - median(values, 0, values.length - days);
}

/** `model:D15` — removal that follows neither physics nor money. */
export const d15: Model = {
  id: 'D15', version: '1.3.0',
  title: { zh: '去除率异常', en: 'Removal efficiency' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 168,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '去除率 η = 1 − Σ出口/Σ进口（进口由登记的 inlet_mn 上报，记为 in.代码）。近 3 日透过率 ln(1 − η) 低于惯常且超出历史最大，同看治污用电；近 7 日出口与 0–24 小时前进口的最大相关低于 0.1 而惯常高于 0.4，前后两半都如此，且不计其他模型已说明的小时。两者同时成立并有 C02、C03 佐证为工单。',
    en: 'Removal η = 1 − Σoutlet/Σinlet (the inlet reported by the registered inlet_mn, kept as in.code). The passage ln(1 − η) of 3 days below usual and beyond its own history, with treatment power beside it; the strongest correlation of the outlet with the inlet 0–24 h before under 0.1 for 7 days, in either half of them, where it is usually over 0.4; hours of which other models have told are left out. Both at once, borne out by C02 or C03, are a work order.',
    source: 'D15, a method of this platform',
  },
  minimum: { days: 27, needs: ['inlet'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const all = pairsOf(ctx);
    if (all.length === 0) return cannotTell('no channel before treatment', ['inlet_mn']);
    const pairs = all.filter((pair) => isFine(ctx, pair, p));
    if (pairs.length === 0) return cannotTell('the outlet is printed too coarsely');
    if (daysKnown(ctx) < p.minDays + p.blindDays) return cannotTell('not enough history', [`${p.minDays + p.blindDays} days of inlet and outlet`]);
    const findings = pairs.flatMap((pair) => weigh(ctx, tooGood(ctx, pair, p), blindFinding(ctx, pair, p)));
    return findings.length === 0 ? notMet() : conclude(findings.map((f) => suppress(f, explain(ctx, { start: f.start - DAY, end: f.end }, f.factors, ['filed-change', 'order']))));
  },
};
