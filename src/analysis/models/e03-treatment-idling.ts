import { isotonic, isotonicAt, median, quantile, sortedFinite, type IsotonicFit } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { flowOf } from './parts/factors.ts';
import { cannotTell, conclude, isStrong, notMet, settings } from './parts/outcomes.ts';
import { trailingSpan } from './parts/hour-values.ts';
import { metersOf, powerHours } from './parts/power-hours.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindRatio: 0.7, remindHours: 6, warnRatio: 0.55, warnHours: 12, workOrderRatio: 0.45, workOrderHours: 24,
  /** The ratio must also lie this far below the lowest 6-h median of the own history. */
  ownLeast: 0.92,
  learnDays: 30, minDays: 14, furthestHours: 168,
} as const satisfies Thresholds;

type Predictor = 'production' | 'flow';

interface Learned {
  readonly by: Predictor;
  readonly expected: IsotonicFit;
  readonly min: number;
  readonly max: number;
  /** Load below which the plant does not count as producing. */
  readonly on: number;
  /** 1 % point of 6-h medians of actual ÷ expected. */
  readonly least: number;
}

/** Hourly load the treatment should follow: production power, or the flow treated where that fits better. */
function loadHours(ctx: Context, by: Predictor, start: number, hours: number): Float64Array {
  if (by === 'production') return powerHours(ctx, 'production', start, hours);
  const flow = ctx.hour(flowOf(ctx.reg.type));
  const out = new Float64Array(hours).fill(Number.NaN);
  if (flow === undefined) return out;
  for (let h = 0; h < hours; h++) {
    const i = Math.floor((start + h * HOUR - flow.t0) / HOUR);
    if (i >= 0 && i < flow.length) out[h] = flow.avg[i] as number;
  }
  return out;
}

function fit(by: Predictor, load: Float64Array, treatment: Float64Array, on: number): { learned: Learned; spread: number } | undefined {
  const x: number[] = [];
  const y: number[] = [];
  load.forEach((l, i) => {
    const t = treatment[i] as number;
    if (l >= on && Number.isFinite(t)) {
      x.push(l);
      y.push(t);
    }
  });
  const curve = isotonic(x, y);
  if (curve === undefined || x.length < 14 * 16) return undefined;
  const ratios = load.map((l, i) => (l >= on ? (treatment[i] as number) / isotonicAt(curve, l) : Number.NaN));
  const medians: number[] = [];
  for (let i = 0; i + 6 <= ratios.length; i += 3) {
    const six = ratios.subarray(i, i + 6);
    if (six.every((v) => Number.isFinite(v))) medians.push(median(six));
  }
  const sorted = sortedFinite(medians);
  const least = quantile(sorted, 0.01);
  return {
    learned: { by, expected: curve, min: curve.min, max: curve.max, on, least },
    spread: quantile(sorted, 0.95) - quantile(sorted, 0.05),
  };
}

const learn = (ctx: Context, p: typeof DEFAULTS): Learned | undefined =>
  ctx.daily('E03', () => {
    const end = localDayStart(ctx.now);
    const start = Math.max(end - p.learnDays * DAY, ctx.state.t0);
    const hours = Math.round((end - start) / HOUR);
    if (hours < p.minDays * 24) return undefined;
    const treatment = powerHours(ctx, 'treatment', start, hours);
    for (const f of ctx.recent) {
      if (!isStrong(f) || !/^E0[13]/u.test(f.model)) continue;
      treatment.fill(Number.NaN, Math.max(0, Math.floor((f.start - start) / HOUR)), Math.max(0, Math.ceil((f.end - start) / HOUR)));
    }
    const production = loadHours(ctx, 'production', start, hours);
    const on = 0.2 * quantile(sortedFinite(production), 0.95);
    const fits = [fit('production', production, treatment, on)];
    if (ctx.reg.type === 'water') {
      const flow = loadHours(ctx, 'flow', start, hours);
      fits.push(fit('flow', flow, treatment, 0.05 * quantile(sortedFinite(flow), 0.95)));
    }
    return fits.reduce((a, b) => (a === undefined || (b !== undefined && b.spread < a.spread) ? b : a))?.learned;
  });

/** Actual ÷ expected per hour up to now; NaN while not producing or outside the learned range. */
function ratios(ctx: Context, l: Learned, hours: number): { values: Float64Array; start: number } {
  const end = ctx.state.t0 + clampedIndex(ctx.state, ctx.now) * HOUR;
  const start = end - hours * HOUR;
  const load = loadHours(ctx, l.by, start, hours);
  const treatment = powerHours(ctx, 'treatment', start, hours);
  const values = load.map((v, i) => (v >= Math.max(l.on, 0.97 * l.min) && v <= 1.05 * l.max ? (treatment[i] as number) / isotonicAt(l.expected, v) : Number.NaN));
  return { values, start };
}

const tail = (values: Float64Array, hours: number): number => {
  const part = values.subarray(values.length - hours).filter((v) => Number.isFinite(v));
  return part.length >= 0.8 * hours ? median(part) : Number.NaN;
};

/** `model:E03` — treatment runs, but at a power its load has never got by with. */
export const e03: Model = {
  id: 'E03', version: '1.0.0',
  title: { zh: '治污低载空转', en: 'Treatment idling' },
  family: 'power', trigger: 'tick', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '以 30 天数据保序回归出各负荷下应有治污功率，实际与应有之比的 6、12、24 小时中位数分级；负荷超出学习范围不判。',
    en: 'Isotonic regression of treatment power on load over 30 days; medians of actual ÷ expected over 6, 12, 24 h are graded. Loads outside the learned range are not judged.',
    source: 'E03, a method of this platform: abstains outside what was learnt',
  },
  minimum: { days: 15, needs: ['productionMeter', 'treatmentMeter'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (metersOf(ctx, 'treatment').length === 0) return cannotTell('no treatment meter', ['treatment meter']);
    const learned = learn(ctx, p);
    if (learned === undefined) return cannotTell('not enough power history', ['14 days of power']);
    const six = tail(ratios(ctx, learned, p.remindHours).values, p.remindHours);
    if (!(six < Math.min(p.remindRatio, p.ownLeast * learned.least))) {
      return Number.isNaN(six) ? cannotTell('load outside the learned range or not producing') : notMet();
    }
    const recent = ratios(ctx, learned, p.workOrderHours);
    const twelve = tail(recent.values, p.warnHours);
    const day = tail(recent.values, p.workOrderHours);
    const long = ratios(ctx, learned, p.furthestHours);
    const { from, to } = trailingSpan(long.values.map((v) => 1 - v), (1 - six) / 2, p.remindHours);
    const start = long.start + from * HOUR;
    const end = long.start + to * HOUR;
    const tier: Tier = day < p.workOrderRatio ? 'WORK_ORDER' : twelve < p.warnRatio ? 'WARN' : 'REMIND';
    const finding: Finding = {
      factors: [], start, end, tier, score: p.remindRatio / Math.max(0.01, six),
      stats: { ratio6h: six, ratio12h: twelve, ratio24h: day, ownLeast: learned.least, predictor: learned.by },
      text: {
        zh: `${spanText(start, end)} 治污功率仅为同负荷应有值的 ${percent(six, 0)}（近 6 小时中位数；本站最低曾为 ${percent(learned.least, 0)}），已持续 ${num((end - start) / HOUR, 0)} 小时。`,
        en: `Treatment power was ${percent(six, 0)} of what this load needs (median of 6 h, lowest before ${percent(learned.least, 0)}), for ${num((end - start) / HOUR, 0)} h (${spanText(start, end)}).`,
      },
      clearedBy: [
        { zh: '更换节能电机或风机', en: 'More efficient motors or fans installed' },
        { zh: '季节性曝气或工艺调整', en: 'Seasonal aeration or a change of process' },
      ],
    };
    return conclude([suppress(finding, explain(ctx, finding, [], ['stop-mark', 'order']))]);
  },
};
