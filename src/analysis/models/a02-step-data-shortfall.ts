import type { Context, HourSeries, Model, StepSeries, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, OFF, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from './parts/window.ts';
import { num, percent } from './parts/wording.ts';

const DEFAULTS = {
  /** 45 of 60 minutes (HJ 75). */
  completeShare: 0.75,
  remindHours: 4,
  warnHours: 12,
  warnDays: 3,
  workOrderDaysIn7: 5,
  /** An hour that came this late was back-filled: its steps may honestly be lost. */
  lateHours: 2,
} as const satisfies Thresholds;

interface DayCount {
  readonly hours: number[];
  readonly published: number;
  readonly running: number;
}

/** Hours of one local day published as normal on time although fewer than 45 minutes of steps stand behind them. */
function shortHours(ctx: Context, step: StepSeries, hour: HourSeries, dayStart: number, p: typeof DEFAULTS): DayCount {
  const perHour = HOUR / step.stepMs;
  const hours: number[] = [];
  let published = 0;
  let running = 0;
  for (let t = dayStart; t < dayStart + DAY; t += HOUR) {
    const h = clampedIndex(hour, t);
    const arrived = hour.arrivedAt[h] as number;
    if (h >= hour.length || !Number.isFinite(arrived) || stateAt(ctx, t) === OFF) continue;
    running++;
    if (hour.flag[h] !== NORMAL || arrived - (t + HOUR) > p.lateHours * HOUR) continue;
    published++;
    let got = 0;
    for (let i = clampedIndex(step, t); i < clampedIndex(step, t + HOUR); i++) {
      if (Number.isFinite(step.avg[i] as number)) got++;
    }
    if (got < p.completeShare * perHour) hours.push(t);
  }
  return { hours, published, running };
}

/** `model:A02` — hourly means without enough minutes behind them. */
export const a02: Model = {
  id: 'A02', version: '1.0.0',
  title: { zh: '分钟数据不足', en: 'Step data shortfall' },
  family: 'transport', trigger: 'day', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H4'],
  about: {
    zh: '逐小时比较已收分钟数据与应收数；不足 75%（45 分钟）而小时值仍按正常上报的，计为不足小时。补传小时不计。',
    en: 'Counts hours published as normal with less than 75 % (45 min) of their steps received. Back-filled hours do not count.',
    source: 'A02; HJ 75-2017 (45-minute rule)',
  },
  minimum: { days: 0, needs: ['hours', 'steps'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const factor = ctx.factors.find((f) => ctx.hour(f) !== undefined && ctx.step(f) !== undefined);
    const hour = factor === undefined ? undefined : ctx.hour(factor);
    const step = factor === undefined ? undefined : ctx.step(factor);
    if (factor === undefined || hour === undefined || step === undefined) return cannotTell('no step data', ['step data']);
    if (step.stepMs >= HOUR) return notMet('steps are hours');
    const today = localDayStart(ctx.now);
    const yesterday = shortHours(ctx, step, hour, today - DAY, p);
    if (yesterday.running === 0) return notMet('not running');
    const count = yesterday.hours.length;
    if (count < p.remindHours) return notMet();
    const days = [yesterday, ...[2, 3, 4, 5, 6, 7].map((d) => shortHours(ctx, step, hour, today - d * DAY, p))];
    const bad = days.filter((d) => d.hours.length >= p.remindHours).length;
    const row = days.findIndex((d) => d.hours.length < p.remindHours);
    const inRow = row === -1 ? days.length : row;
    const tier: Tier =
      bad >= p.workOrderDaysIn7 ? 'WORK_ORDER' : count >= p.warnHours || inRow >= p.warnDays ? 'WARN' : 'REMIND';
    const start = yesterday.hours[0] as number;
    const end = (yesterday.hours[count - 1] as number) + HOUR;
    const finding = {
      factors: [], start, end, tier, score: count / p.remindHours,
      stats: { shortHours: count, publishedHours: yesterday.published, daysIn7: bad },
      text: {
        zh: `当日 ${yesterday.published} 个正常小时值中有 ${count} 个的分钟数据不足 ${percent(p.completeShare, 0)}，近 7 天有 ${bad} 天如此。`,
        en: `${count} of ${yesterday.published} hours published as normal had less than ${percent(p.completeShare, 0)} of their steps; ${num(bad)} of the last 7 days were like this.`,
      },
      clearedBy: [
        { zh: '该站未要求上传分钟数据（查配置）', en: 'Step data are not required of this site (configuration)' },
        { zh: '分钟数据随后补传', en: 'The steps were back-filled later' },
      ],
    };
    return conclude([suppress(finding, explain(ctx, finding, [factor], ['instrument-work', 'site-blackout', 'filed-work']))]);
  },
};
