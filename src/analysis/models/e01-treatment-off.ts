import { median, quantileOf } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf, powerAt } from './parts/power-hours.ts';
import { runValues, signalOf } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localDayStart, MINUTE } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  productionShare: 0.2, treatmentShare: 0.15,
  remindMinutes: 30, warnHours: 2, workOrderHours: 8, workOrderEvents: 3,
  /** Treatment may follow production this late at a start. */
  startAllowanceMinutes: 30,
  lookBackHours: 36, learnDays: 30, minDays: 7,
} as const satisfies Thresholds;

interface Learned {
  readonly productionOn: number;
  readonly treatmentOn: number;
  readonly treatmentRun: number;
}

/** Thresholds from the last 30 days: 20 % of P95, 15 % of the median treatment power while producing. */
const learn = (ctx: Context, p: typeof DEFAULTS): Learned | undefined =>
  ctx.daily('E01', () => {
    const production = metersOf(ctx, 'production');
    const treatment = metersOf(ctx, 'treatment');
    const grid = production[0];
    if (grid === undefined || treatment.length === 0) return undefined;
    const end = localDayStart(ctx.now);
    const from = clampedIndex(grid, end - p.learnDays * DAY);
    const to = clampedIndex(grid, end);
    // Every second interval is enough for a quantile and a median.
    const made: number[] = [];
    const treated: number[] = [];
    for (let i = from; i < to; i += 2) {
      const kw = powerAt(production, i);
      if (!Number.isFinite(kw)) continue;
      made.push(kw);
      treated.push(powerAt(treatment, i));
    }
    if (2 * made.length * grid.stepMs < p.minDays * DAY) return undefined;
    const productionOn = p.productionShare * quantileOf(made, 0.95);
    const treatmentRun = median(treated.filter((_, k) => (made[k] as number) >= productionOn));
    return treatmentRun > 0 && productionOn > 0 ? { productionOn, treatmentOn: p.treatmentShare * treatmentRun, treatmentRun } : undefined;
  });

/** Whether treatment was off under production in the last two hours: older stretches were told when they were new. */
function offLately(ctx: Context, l: Learned): boolean {
  const production = metersOf(ctx, 'production');
  const treatment = metersOf(ctx, 'treatment');
  const grid = production[0];
  if (grid === undefined) return false;
  const to = endedAt(grid, ctx.now);
  for (let i = Math.max(0, clampedIndex(grid, ctx.now - 2 * HOUR)); i < to; i++) {
    if (powerAt(production, i) >= l.productionOn && powerAt(treatment, i) < l.treatmentOn) return true;
  }
  return false;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly mean: number;
}

/** Stretches of the look-back in which production was on and every treatment meter off. */
function stretches(ctx: Context, l: Learned, p: typeof DEFAULTS): Stretch[] {
  const production = metersOf(ctx, 'production');
  const treatment = metersOf(ctx, 'treatment');
  const grid = production[0];
  if (grid === undefined) return [];
  const to = endedAt(grid, ctx.now);
  const from = Math.max(0, clampedIndex(grid, ctx.now - p.lookBackHours * HOUR));
  const out: Stretch[] = [];
  let start = -1;
  let sum = 0;
  const close = (i: number): void => {
    if (start >= 0) {
      // At a production start the treatment may lag: that much of the stretch is allowed for.
      const lagging = start > 0 && powerAt(production, start - 1) < l.productionOn;
      const begin = grid.t0 + start * grid.stepMs + (lagging ? p.startAllowanceMinutes * MINUTE : 0);
      const end = grid.t0 + i * grid.stepMs;
      // One coarse interval may hold a start and its lag: it shows nothing by itself.
      const least = Math.max(p.remindMinutes * MINUTE, grid.stepMs >= p.remindMinutes * MINUTE ? 2 * grid.stepMs : 0);
      if (end - begin >= least) out.push({ start: begin, end, mean: sum / (i - start) });
    }
    start = -1;
    sum = 0;
  };
  for (let i = from; i < to; i++) {
    const treated = powerAt(treatment, i);
    if (powerAt(production, i) >= l.productionOn && treated < l.treatmentOn) {
      if (start < 0) start = i;
      sum += treated;
    } else close(i);
  }
  close(to);
  return out;
}

/** A limited factor above the 95 % point of its own baseline during the stretch. */
const roseIn = (ctx: Context, s: Stretch): boolean =>
  ctx.factors.some((f) => {
    if (limitFor(ctx, f) === undefined) return false;
    const base = baselineOf(ctx, f);
    const signal = signalOf(ctx, f);
    if (base === undefined || signal === undefined) return false;
    const values = runValues(ctx, signal, clampedIndex(signal, s.start), clampedIndex(signal, s.end));
    return median(values) > ctx.daily(`q95:${f}`, () => quantileOf(base.values, 0.95));
  });

function findingOf(ctx: Context, s: Stretch, l: Learned, p: typeof DEFAULTS): Finding {
  const hours = (s.end - s.start) / HOUR;
  const rose = hours >= p.warnHours && roseIn(ctx, s);
  const events = 1 + ctx.recent.filter((f) => f.model === 'E01' && f.end < s.start && f.start > s.start - 30 * DAY).length;
  const tier: Tier =
    hours >= p.workOrderHours || rose || events >= p.workOrderEvents ? 'WORK_ORDER' : hours >= p.warnHours ? 'WARN' : 'REMIND';
  const finding: Finding = {
    factors: [], start: s.start, end: s.end, tier, score: (s.end - s.start) / (p.remindMinutes * MINUTE),
    stats: { hours, treatmentKw: s.mean, usualTreatmentKw: l.treatmentRun, pollutantRose: rose ? 1 : 0, events30d: events },
    text: {
      zh: `${spanText(s.start, s.end)} 生产用电运行而治污设施全部停运 ${num(hours, 1)} 小时：治污功率平均 ${num(s.mean, 1)} kW，惯常 ${num(l.treatmentRun, 1)} kW（${percent(s.mean / l.treatmentRun, 0)}）${rose ? '，同期污染物升高' : ''}。`,
      en: `Production ran with all treatment off for ${num(hours, 1)} h (${spanText(s.start, s.end)}): treatment ${num(s.mean, 1)} kW against ${num(l.treatmentRun, 1)} kW usually${rose ? '; a pollutant rose meanwhile' : ''}.`,
    },
    clearedBy: [
      { zh: '已报告的检修旁路', en: 'A reported bypass for maintenance' },
      { zh: '电表更换、接线变更或备用线路未登记', en: 'A swapped meter, changed wiring, or a standby line missing from the register' },
    ],
  };
  return suppress(finding, explain(ctx, finding, [], ['stop-mark']));
}

/** `model:E01` — production on, treatment off. */
export const e01: Model = {
  id: 'E01', version: '1.0.0',
  title: { zh: '治污未开', en: 'Producing without treatment' },
  family: 'power', trigger: 'tick', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '生产功率不低于 P95 的 20%，而全部治污电表合计低于生产时中位数的 15%；启动滞后扣除。',
    en: 'Production at or above 20 % of P95 while all treatment meters together stay below 15 % of their median under production; a start lag is allowed for.',
    source: 'E01, a method of this platform',
  },
  minimum: { days: 7, needs: ['productionMeter', 'treatmentMeter'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
    if (metersOf(ctx, 'treatment').length === 0) return cannotTell('no treatment meter', ['treatment meter']);
    const learned = learn(ctx, p);
    if (learned === undefined) return cannotTell('not enough power history', ['7 days of power']);
    if (!offLately(ctx, learned)) return notMet();
    const found = stretches(ctx, learned, p);
    return found.length === 0 ? notMet() : conclude(found.map((s) => findingOf(ctx, s, learned, p)));
  },
};
