import type { FactorCode } from '#kernel';
import { median } from '../primitives/index.ts';
import type { Context, Finding, Model, StepSeries, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isPollutant, WATER_FLOW } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { attributeNumber } from './parts/side-inputs.ts';
import { NORMAL } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, isNight, MINUTE, timeAt } from './parts/window.ts';
import { num, spanText } from './parts/wording.ts';

const CONDUCTIVITY = 'w01014' as FactorCode;
const DEFAULTS = {
  /** mm of rain in the day before that wet the drain, and of a storm that drains for three days. */
  wetMm: 0.5, wetHours: 24, stormMm: 25, stormHours: 72,
  remindMinutes: 30, warnHours: 2, workOrderHours: 4, conductivityRatio: 2, nightRepeats: 3,
  /** Least flow that counts, L/s, where neither the register (dry_flow) nor a resolution says. */
  leastFlow: 0.05, lookBackHours: 48,
} as const satisfies Thresholds;

/** Rain (mm) that fell in the hours before a moment; weather rows are hourly. */
function rainBefore(ctx: Context, at: number, hours: number): number {
  let mm = 0;
  for (let i = ctx.weather.length - 1; i >= 0; i--) {
    const w = ctx.weather[i] as { at: number; rainMmH: number };
    if (w.at < at - hours * HOUR) break;
    if (w.at <= at) mm += w.rainMmH;
  }
  return mm;
}

const isDry = (ctx: Context, at: number, p: typeof DEFAULTS): boolean =>
  rainBefore(ctx, at, p.wetHours) <= p.wetMm && rainBefore(ctx, at, p.stormHours) <= p.stormMm;

function flowing(ctx: Context, p: typeof DEFAULTS): (flow: StepSeries, i: number) => boolean {
  const resolution = ctx.reg.factors.find((f) => f.factor === WATER_FLOW)?.resolution ?? 0;
  const least = attributeNumber(ctx, 'dry_flow') ?? Math.max(p.leastFlow, 2 * resolution);
  return (flow, i) => flow.flag[i] === NORMAL && (flow.avg[i] as number) > least;
}

/** Conductivity of the stretch over its usual level when rain water runs. */
function conductivityRatio(ctx: Context, start: number, end: number, p: typeof DEFAULTS): number {
  const series = ctx.step(CONDUCTIVITY);
  const flow = ctx.step(WATER_FLOW);
  if (series === undefined || flow === undefined) return Number.NaN;
  const now = median(series.avg, clampedIndex(series, start), clampedIndex(series, end));
  const runs = flowing(ctx, p);
  const usual = ctx.daily('D16', () => {
    const wet: number[] = [];
    for (let i = 0; i < flow.length; i += 3) if (runs(flow, i) && !isDry(ctx, timeAt(flow, i), p)) wet.push(series.avg[i] as number);
    return median(wet);
  });
  return now / usual;
}

/** `model:D16` — water in a stormwater outlet when it has not rained. */
export const d16: Model = {
  id: 'D16', version: '1.0.0',
  title: { zh: '雨水口晴天排放', en: 'Stormwater outlet in dry weather' },
  family: 'emission', trigger: 'tick', media: ['water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H12'],
  about: {
    zh: '登记为雨水排放口（outfalls.csv role=stormwater）的，前 24 小时降雨不超过 0.5 mm、前 72 小时不超过 25 mm 而有流量；电导率与有雨时惯常值相比。降雨记录未到该时段的不判；已备案的消防栓试水、检修作说明。',
    en: 'At an outlet registered as stormwater (outfalls.csv role=stormwater): flow although at most 0.5 mm of rain fell in 24 h and 25 mm in 72 h; conductivity against its usual level in rain. Not judged where the rain record does not reach; a filed hydrant test or filed work explains it.',
    source: 'D16, a method of this platform',
  },
  minimum: { days: 0, needs: ['flow', 'weather'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.reg.attributes['role'] !== 'stormwater') return notMet('not registered as a stormwater outlet');
    const flow = ctx.step(WATER_FLOW);
    if (flow === undefined) return cannotTell('no flow', [WATER_FLOW]);
    if (ctx.weather.length === 0) return cannotTell('no rain record', ['weather']);
    const runs = flowing(ctx, p);
    const to = endedAt(flow, ctx.now);
    const from = clampedIndex(flow, ctx.now - p.lookBackHours * HOUR);
    let last = to - 1;
    while (last >= from && !runs(flow, last)) last--;
    // Older stretches were told when they were new.
    if (last < from || to - 1 - last > HOUR / flow.stepMs) return notMet();
    let first = last;
    while (first > from && (runs(flow, first - 1) || (first > from + 1 && runs(flow, first - 2)))) first--;
    const start = timeAt(flow, first);
    const end = timeAt(flow, last + 1);
    if (end - start < p.remindMinutes * MINUTE) return notMet();
    // No row is no dry weather: where the record does not reach the stretch, nobody knows whether it rained.
    if ((ctx.weather.at(-1)?.at ?? 0) <= end - HOUR) return cannotTell('rain record ends before the flow', ['weather']);
    if (!isDry(ctx, end, p) || !isDry(ctx, start, p)) return notMet();
    const hours = (end - start) / HOUR;
    const salty = conductivityRatio(ctx, start, end, p);
    const nights = 1 + ctx.recent.filter((f) => f.model === 'D16' && f.end < start && f.start > start - 30 * DAY && isNight(f.start)).length;
    const tier: Tier = hours >= p.workOrderHours || (isNight(start) && nights >= p.nightRepeats) ? 'WORK_ORDER' : hours >= p.warnHours || salty > p.conductivityRatio ? 'WARN' : 'REMIND';
    const usual = median(flow.avg, first, last + 1);
    const factors = [WATER_FLOW, ...ctx.factors.filter((f) => isPollutant(f))];
    const finding: Finding = {
      factors, start, end, tier, score: (end - start) / (p.remindMinutes * MINUTE),
      stats: { hours, flow: usual, rain24h: rainBefore(ctx, end, p.wetHours), rain72h: rainBefore(ctx, end, p.stormHours), conductivityRatio: salty, nights30d: nights },
      text: {
        zh: `${spanText(start, end)} 雨水排放口在无雨时连续出水 ${num(hours, 1)} 小时，流量中位 ${num(usual, 2)} L/s（前 24 小时降雨 ${num(rainBefore(ctx, end, p.wetHours), 1)} mm）${salty > p.conductivityRatio ? `，电导率为有雨时的 ${num(salty, 1)} 倍` : ''}。`,
        en: `The stormwater outlet ran for ${num(hours, 1)} h in dry weather (${spanText(start, end)}), median ${num(usual, 2)} L/s, ${num(rainBefore(ctx, end, p.wetHours), 1)} mm of rain in the 24 h before${salty > p.conductivityRatio ? `; conductivity ${num(salty, 1)} times that of rain water` : ''}.`,
      },
      clearedBy: [
        { zh: '地下水渗入、冲洗、消防栓试水', en: 'Groundwater, hosing down, a hydrant test' },
        { zh: '气象站与现场降雨不一致', en: 'Rain on site that the weather station did not see' },
      ],
    };
    return conclude([suppress(finding, explain(ctx, finding, [WATER_FLOW], ['filed-change']))]);
  },
};
