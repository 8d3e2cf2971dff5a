import { median } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { tainted } from './parts/baseline.ts';
import { dayLogRatios, daysKnown, forgetDays, ownDays, windowHours, windowPower } from './parts/day-ratios.ts';
import { explain, suppress } from './parts/explanations.ts';
import { WATER_FLOW } from './parts/factors.ts';
import { trailingSpan } from './parts/hour-values.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf } from './parts/power-hours.ts';
import { attributeNumber, processChannel } from './parts/side-inputs.ts';
import { OFF, RUN } from './parts/signal.ts';
import { DAY } from './parts/window.ts';
import { percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remind: 0.2, warn: 0.35, workOrderShare: 0.6, remindDays: 3, warnDays: 4, workOrderDays: 7,
  /** Treatment power stands in for the intake where none is measured, and is a looser measure of the water. */
  proxyFactor: 1.6, ownLargest: 1.4, unevenAbove: 0.6, minDays: 20, minHours: 12, leastRunHours: 6, newestDays: 5, furthestDays: 21, learnGapDays: 4,
} as const satisfies Thresholds;

interface Balance {
  readonly by: 'intake' | 'treatment power';
  /** ln(outflow ÷ input) per local day of the window. */
  readonly values: Float64Array;
}

function runHours(ctx: Context, day: number): number {
  let n = 0;
  for (let h = day * 24; h < day * 24 + 24; h++) if (ctx.state.byPower[h] === RUN) n++;
  return n;
}

function balanceOf(ctx: Context, p: typeof DEFAULTS): Balance | undefined {
  const out = windowHours(ctx, WATER_FLOW);
  const intake = processChannel(ctx, 'intake');
  if (intake !== undefined) return { by: 'intake', values: dayLogRatios(out, windowHours(ctx, intake), p.minHours) };
  if (metersOf(ctx, 'treatment').length === 0) return undefined;
  // Standing hours say nothing about water per kilowatt-hour: standby power flows without water.
  const kw = windowPower(ctx, 'treatment').map((v, h) => (ctx.state.byPower[h] === OFF ? Number.NaN : v));
  const values = dayLogRatios(out, kw, p.minHours);
  // On a day of rest the little water and the little power have nothing to do with each other.
  return { by: 'treatment power', values: values.map((v, d) => (runHours(ctx, d) >= p.leastRunHours ? v : Number.NaN)) };
}

/** `model:D13` — water that came in and did not come out. */
export const d13: Model = {
  id: 'D13', version: '1.0.0',
  title: { zh: '水量平衡', en: 'Water balance' },
  family: 'emission', trigger: 'day', media: ['water'], standsAlone: false, windowHours: 72,
  params: DEFAULTS, legalHooks: ['H3', 'H12'],
  about: {
    zh: 'ω = 日排水量 ÷ 日取水量·(1 − 损耗)（工艺信号 intake；没有时以治污用电代替水量，门槛放宽）；近 3 日 ln ω 中位数低于本站惯常 0.2 且超出历史最大偏离。',
    en: 'ω = outflow ÷ intake·(1 − loss) per day (process signal `intake`; without it, treatment power stands in, with wider thresholds); the median ln ω of 3 days 0.2 below usual and beyond the largest own deviation.',
    source: 'D13, a method of this platform',
  },
  minimum: { days: 27, needs: ['flow', ['intake', 'treatmentMeter']] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.hour(WATER_FLOW) === undefined) return cannotTell('no flow', [WATER_FLOW]);
    const balance = balanceOf(ctx, p);
    if (balance === undefined) return cannotTell('neither intake nor treatment power', ['process signal intake', 'treatment meter']);
    const { by, values } = balance;
    const learnt = values.slice();
    const last = daysKnown(ctx);
    const until = last - p.remindDays - p.learnGapDays;
    forgetDays(ctx, learnt, tainted(ctx, WATER_FLOW), until);
    const own = ownDays(learnt, until, p.remindDays, p.minDays);
    if (own === undefined) return cannotTell('no baseline yet', [`${p.minDays} days of flow and ${by}`]);
    if (own.largest > p.unevenAbove) return cannotTell('the balance is too uneven here');
    const loose = by === 'intake' ? 1 : p.proxyFactor;
    const need = Math.max(loose * p.remind, p.ownLargest * own.largest);
    const recent = values.subarray(Math.max(0, last - p.furthestDays)).map((v) => v - own.usual);
    const newest = recent.subarray(-p.newestDays).filter((v) => Number.isFinite(v));
    if (newest.length < p.remindDays) return cannotTell('days without flow or production');
    const three = median(newest, newest.length - p.remindDays);
    if (!(three < -need)) return notMet();
    const { from, to } = trailingSpan(recent.map((v) => -v), -three / 2, 1);
    const days = to - from;
    const typical = median(recent, from, to);
    const end = ctx.state.t0 + (last - recent.length + to) * DAY;
    const start = end - days * DAY;
    const tier: Tier = typical < Math.min(Math.log(p.workOrderShare), -need) && days >= p.workOrderDays ? 'WORK_ORDER' : typical < -Math.max(loose * p.warn, 1.2 * need) && days >= p.warnDays ? 'WARN' : 'REMIND';
    const loss = attributeNumber(ctx, 'loss') ?? 0;
    const finding: Finding = {
      factors: [WATER_FLOW], start, end, tier, score: -three / p.remind,
      stats: { lnBalance: typical, days, by, ownLargest: own.largest, usual: by === 'intake' ? Math.exp(own.usual) / (1 - loss) : Number.NaN },
      text: {
        zh: `${spanText(start, end)} 每日排水量与${by === 'intake' ? '取水量' : '治污用电'}之比较惯常低 ${percent(1 - Math.exp(typical), 0)}，已 ${days} 天（本站 3 日偏离历史最大 ${percent(1 - Math.exp(-own.largest), 0)}）。`,
        en: `For ${days} days outflow per ${by === 'intake' ? 'water taken in' : 'kilowatt-hour of treatment'} was ${percent(1 - Math.exp(typical), 0)} below usual (${spanText(start, end)}; largest own 3-day deviation ${percent(1 - Math.exp(-own.largest), 0)}).`,
      },
      clearedBy: [
        { zh: '回用改造、产品含水变化', en: 'A reuse project, or more water leaving with the product' },
        { zh: '流量计漂移；部分废水经另一许可排放口', en: 'A drifting flow meter; part of the water leaves through another permitted outfall' },
      ],
    };
    return conclude([suppress(finding, explain(ctx, finding, [WATER_FLOW], ['filed-change', 'order']))]);
  },
};
