import { DAY, HOUR } from '#kernel';
import { mean, median, quantileOf, robustScale, seededDraws } from '../primitives/index.ts';
import type { Context, Finding, Model, StationFact } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { foundBy } from './parts/corroboration.ts';
import { flowOf, isPollutant } from './parts/factors.ts';
import { hourValues, lastHourEnd } from './parts/hour-values.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { powerHours } from './parts/power-hours.ts';
import { num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  sigmas: 4, minDays: 45, events: 3, remindP: 0.01, warnP: 0.001, shifts: 2000, seed: 20260303, quietHours: 12, freshDays: 2,
  /** What leaves in the hours before an event, as a window around the travel time. */
  windowHours: 2,
} as const satisfies Thresholds;

interface StationEvent {
  readonly at: number;
  readonly height: number;
}

/** Hours at which a station rises above its own day: residual from the median of 48 h before, over 4σ of all residuals. */
function eventsOf(series: readonly StationFact[], p: typeof DEFAULTS): StationEvent[] {
  const residual = series.map((fact, i) => {
    const before = series.slice(Math.max(0, i - 48), i).map((one) => one.value);
    return before.length < 12 ? Number.NaN : fact.value - median(before);
  });
  const { sigma } = robustScale(residual);
  const events: StationEvent[] = [];
  for (const [i, fact] of series.entries()) {
    const height = (residual[i] as number) / sigma;
    if (sigma > 0 && height > p.sigmas && fact.at - (events.at(-1)?.at ?? 0) > p.quietHours * HOUR) events.push({ at: fact.at, height });
  }
  return events;
}

/** What the plant does without saying so in its reported load: power of production. */
function activityOf(ctx: Context, start: number, hours: number): Float64Array {
  return powerHours(ctx, 'production', start, hours);
}

/** Reported load (flow × pollutant) around the events is not above the usual: the rise is not owned up to. */
function reportedFlat(ctx: Context, start: number, hours: number, at: readonly number[]): boolean {
  const pollutant = ctx.factors.find((f) => isPollutant(f) && ctx.reg.limits.some((l) => l.factor === f));
  if (pollutant === undefined) return false;
  const flow = hourValues(ctx, flowOf(ctx.reg.type), start, hours);
  const load = hourValues(ctx, pollutant, start, hours).map((v, i) => v * (flow[i] as number));
  const high = quantileOf(load, 0.9);
  const around = at.map((i) => mean(load, Math.max(0, i - 2), i + 3)).filter(Number.isFinite);
  return around.length > 0 && median(around) <= high;
}

interface Response {
  readonly station: string;
  readonly factor: string;
  readonly events: readonly StationEvent[];
  readonly p: number;
  readonly travel: number;
}

function responseOf(ctx: Context, series: readonly StationFact[], p: typeof DEFAULTS): Response | undefined {
  const first = series[0] as StationFact;
  if (!Number.isFinite(first.travelHours)) return undefined;
  const events = eventsOf(series, p);
  if (events.length < p.events) return undefined;
  const end = lastHourEnd(ctx);
  const start = end - 60 * DAY;
  const hours = 60 * 24;
  const activity = activityOf(ctx, start, hours);
  const places = events.map((e) => Math.floor((e.at - first.travelHours * HOUR - start) / HOUR)).filter((i) => i >= p.windowHours && i < hours - p.windowHours);
  if (places.length < p.events || !reportedFlat(ctx, start, hours, places)) return undefined;
  const sum = (shift: number): number => mean(places.map((i) => {
    const at = (i + shift) % hours;
    return mean(activity, Math.max(0, at - p.windowHours), Math.min(hours, at + p.windowHours + 1));
  }));
  const own = sum(0);
  if (!Number.isFinite(own)) return undefined;
  const draw = seededDraws(p.seed);
  let least = 0;
  // Whole days, so that a daily rhythm common to the plant and the river proves nothing; then hours within the day stay the same.
  for (let k = 0; k < p.shifts; k++) if (sum(24 * (1 + Math.floor(draw() * 59))) >= own) least += 1;
  return { station: first.station, factor: first.factor, events, p: (least + 1) / (p.shifts + 1), travel: first.travelHours };
}

function findingOf(ctx: Context, r: Response, p: typeof DEFAULTS): Finding | undefined {
  const fresh = r.events.filter((e) => e.at > ctx.now - p.freshDays * DAY);
  const last = fresh.at(-1);
  if (last === undefined || r.p > p.remindP) return undefined;
  const start = last.at - (r.travel + p.windowHours) * HOUR;
  const end = last.at - (r.travel - p.windowHours) * HOUR;
  const same = foundBy(ctx, ['D12', 'D13', 'E01'], start, end, HOUR);
  return {
    factors: [], start, end, tier: tierOf(true, r.p < p.warnP, r.p < p.warnP && same) ?? 'REMIND', score: -Math.log10(r.p) / 2,
    stats: { station: r.station, factor: r.factor, events: r.events.length, p: r.p, travelHours: r.travel, height: last.height, sameHour: same ? 1 : 0 },
    text: {
      zh: `下游站点 ${r.station} 的 ${r.factor} 60 天内 ${r.events.length} 次突升（最近 ${num(last.height, 1)}σ），按 ${num(r.travel, 1)} 小时行程回推均逢本口生产用电偏高而上报负荷平稳（p ${num(r.p, 4)}；最近对应 ${spanText(start, end)}）。`,
      en: `Station ${r.station} rose ${r.events.length} times in ${r.factor} within 60 days (${num(last.height, 1)}σ last), each ${num(r.travel, 1)} h after this plant drew more power than usual while its reported load stayed flat (p ${num(r.p, 4)}; last ${spanText(start, end)}).`,
    },
    clearedBy: [{ zh: '上游其他来源或降雨冲刷：看流域其他排口与雨量', en: 'Another source upstream or run-off after rain: see the other outfalls and the rain' }],
  };
}

/** `model:G07` — a station downstream answers to this plant, whose own report stays flat. */
export const g07: Model = {
  id: 'G07', version: '1.0.0', title: { zh: '环境站响应', en: 'Ambient or river response' },
  family: 'external', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 720, params: DEFAULTS, legalHooks: ['H12'],
  about: {
    zh: '站点数值较前 48 小时中位突升 4σ 以上为一次事件（至少 3 次、45 天）；按登记行程时间回推，本口生产用电在事件时段偏高的程度与按整日错位 2000 次（固定种子）比较，且上报负荷不高于平常：p<0.01 提醒，p<0.001 警告，另与 D12、D13、E01 同时段请求工单（须佐证）。',
    en: 'A rise of a station by 4σ over the median of 48 h is an event (three at least, 45 days). Traced back by the registered travel time, the plant\'s production power at the events is compared with 2,000 shifts by whole days (fixed seed), its reported load being no higher than usual: p < 0.01 reminds, p < 0.001 warns, at the same hours as D12, D13 or E01 it asks for a work order, which needs corroboration.',
    source: 'G07, a method of this platform',
  },
  minimum: { days: 45, needs: ['stations', 'travelTime'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const keys = [...new Set(ctx.stations.map((f) => `${f.station}\n${f.factor}`))].sort();
    if (keys.length === 0) return cannotTell('no station', ['stations.csv']);
    if (ctx.now - ctx.activeSince < p.minDays * DAY) return cannotTell('less than 45 days', ['60 days']);
    const all = keys.map((key) => ctx.stations.filter((f) => `${f.station}\n${f.factor}` === key).sort((a, b) => a.at - b.at));
    if (!all.some((series) => Number.isFinite(series[0]?.travelHours ?? Number.NaN))) return cannotTell('no travel time is registered', ['travel_h']);
    const findings = all.flatMap((series) => {
      const response = responseOf(ctx, series, p);
      return response === undefined ? [] : (findingOf(ctx, response, p) ?? []);
    });
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
