import { flagIndex, type Context, type Finding, type Model, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isAnalyser, WATER_FLOW } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { RUN, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from './parts/window.ts';
import { clockText, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** Unsampled hours and share of the night's volume that make a night count. */
  minHours: 2, minDays: 14, nightShare: 0.5, workOrderShare: 0.8,
  warnNights: 3, workOrderNights: 5, lookNights: 7,
  /** Nights like this in the three weeks before: a declared habit, or an analyser that sleeps for its own reasons. */
  habitNights: 2, habitDays: 21, nightStart: 22, nightHours: 8,
} as const satisfies Thresholds;

interface Night {
  readonly start: number;
  readonly unsampled: number;
  readonly share: number;
  readonly volume: number;
  readonly first: number;
  readonly last: number;
}

/** Whether any analyser drew a sample lately enough for this hour, or says itself why it could not. */
function sampledFor(ctx: Context, t: number): boolean {
  const reach = ((ctx.reg.analysisCycleHours ?? 1) + 1) * HOUR;
  return ctx.factors.some((f) => {
    const series = isAnalyser(f) ? ctx.hour(f) : undefined;
    if (series === undefined) return false;
    const i = clampedIndex(series, t);
    const sampled = series.sampleTime[i] as number;
    const flag = series.flag[i];
    return (sampled > t - reach && sampled < t + HOUR) || (flag !== flagIndex.NORMAL && flag !== flagIndex.NONE);
  });
}

function nightOf(ctx: Context, start: number, p: typeof DEFAULTS): Night {
  const flow = ctx.hour(WATER_FLOW);
  const hours: number[] = [];
  let all = 0;
  let unsampled = 0;
  for (let h = 0; flow !== undefined && h < p.nightHours; h++) {
    const t = start + h * HOUR;
    const v = flow.avg[clampedIndex(flow, t)] as number;
    if (!(v > 0) || stateAt(ctx, t, 'byData') !== RUN) continue;
    all += v;
    if (sampledFor(ctx, t)) continue;
    unsampled += v;
    hours.push(t);
  }
  return {
    start, unsampled: hours.length, share: all > 0 ? unsampled / all : 0, volume: unsampled,
    first: hours[0] ?? start, last: (hours[hours.length - 1] ?? start) + HOUR,
  };
}

/** `model:D12` — water leaves at night and no sample is taken of it. */
export const d12: Model = {
  id: 'D12', version: '1.0.0',
  title: { zh: '夜间批次排放', en: 'Night or batch discharge' },
  family: 'emission', trigger: 'day', media: ['water'], standsAlone: false, windowHours: 72,
  params: DEFAULTS, legalHooks: ['H3', 'H12'],
  about: {
    zh: '22–6 时有排放而采样时间停滞的水量占当夜水量的比例；连续几夜如此且此前无此习惯的分级。',
    en: 'Share of the volume of 22–06 h that left while the sampling time stood still; graded by nights in a row, where it was no habit before.',
    source: 'D12, a method of this platform',
  },
  minimum: { days: 14, needs: ['flow', 'sampleTimes'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const analysers = ctx.factors.filter((f) => isAnalyser(f));
    if (ctx.hour(WATER_FLOW) === undefined || analysers.length === 0) return cannotTell('no flow or no analyser', [WATER_FLOW]);
    if (!analysers.some((f) => ctx.hour(f)?.sampleTime.some((t) => Number.isFinite(t)) === true)) return cannotTell('no sampling times are sent', ['sample times']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < p.minDays * DAY) return cannotTell('history too short: a habit would not show', ['14 days of data']);
    const lastNight = localDayStart(ctx.now) - 2 * DAY + p.nightStart * HOUR;
    const counts = (n: Night): boolean => n.unsampled >= p.minHours && n.share > p.nightShare;
    const last = nightOf(ctx, lastNight, p);
    if (!counts(last)) return notMet();
    const nights = Array.from({ length: p.lookNights }, (_, k) => nightOf(ctx, lastNight - k * DAY, p)).filter(counts);
    let habit = 0;
    for (let k = p.lookNights; k < p.lookNights + p.habitDays; k++) if (counts(nightOf(ctx, lastNight - k * DAY, p))) habit++;
    if (habit > p.habitNights) return notMet('a habit of this outfall');
    const plain = nights.filter((n) => n.share > p.workOrderShare).length;
    const tier: Tier = plain >= p.workOrderNights ? 'WORK_ORDER' : nights.length >= p.warnNights ? 'WARN' : 'REMIND';
    const oldest = nights[nights.length - 1] as Night;
    const start = oldest.first;
    const end = last.last;
    const finding: Finding = {
      factors: [WATER_FLOW], start, end, tier, score: nights.length,
      stats: { nights: nights.length, unsampledHours: last.unsampled, share: last.share, habitNights: habit },
      text: {
        zh: `${clockText(last.start).slice(0, 5)} 夜间 ${last.unsampled} 小时排放未采样，占当夜水量 ${percent(last.share, 0)}；近 ${p.lookNights} 夜有 ${nights.length} 夜如此（${spanText(start, end)}）。`,
        en: `In the night of ${clockText(last.start).slice(0, 5)} ${last.unsampled} h of discharge were not sampled, ${percent(last.share, 0)} of the night's volume; ${num(nights.length)} of ${p.lookNights} nights were like this.`,
      },
      clearedBy: [
        { zh: '已申报的调节池夜间排放计划', en: 'A declared schedule of the equalisation tank' },
        { zh: '分析仪故障（应有标记）', en: 'A fault of the analyser (which should be flagged)' },
      ],
    };
    return conclude([suppress(finding, explain(ctx, finding, analysers, ['filed-work', 'filed-change']))]);
  },
};
