import { median, quantileOf } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress, type Suppression } from './parts/explanations.ts';
import { flowOf } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, RUN, stateAt } from './parts/signal.ts';
import { DAY, endedAt, HOUR, localDayStart } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindRatio: 1.1, remindHours: 3, warnHours: 24, warnDays: 3, workOrderRatio: 1.3, workOrderDays: 3,
  /** Hours of a day above the line that make the day count. */
  dayHours: 6,
  /** Added gas or water stands out from what the own pumps and fans give at their most. */
  ownHigh: 1.05,
  /** The other figure is wrong, not the plant, when the usual flow lies outside this band of it. */
  usualLow: 0.03, usualHigh: 1.05, baselineDays: 30, minBaselineHours: 120,
  /** Storm water leaves the sewers long after the rain. */
  rainHours: 48,
} as const satisfies Thresholds;

const NAMES = { gas: ['烟气流量', 'gas flow', 'm³/h'], water: ['废水流量', 'water flow', 'L/s'] } as const;

/** Flow of hour `i` over the design flow while running; NaN elsewhere. */
function ratioAt(ctx: Context, flow: HourSeries, i: number, design: number): number {
  const t = flow.t0 + i * HOUR;
  return flow.flag[i] === NORMAL && stateAt(ctx, t, 'byData') === RUN ? (flow.avg[i] as number) / design : Number.NaN;
}

interface Usual {
  readonly median: number;
  readonly high: number;
}

/** What the outfall usually runs at, as a ratio to the design flow. */
const usualOf = (ctx: Context, flow: HourSeries, design: number, p: typeof DEFAULTS): Usual | undefined =>
  ctx.daily('B06', () => {
    const to = endedAt(flow, localDayStart(ctx.now) - 3 * DAY);
    const from = Math.max(0, to - p.baselineDays * 24);
    const ratios = Float64Array.from({ length: Math.max(0, to - from) }, (_, k) => ratioAt(ctx, flow, from + k, design));
    const known = ratios.filter((v) => Number.isFinite(v));
    return known.length < p.minBaselineHours ? undefined : { median: median(known), high: quantileOf(known, 0.99) };
  });

interface Run {
  readonly from: number;
  readonly to: number;
  readonly peak: number;
}

/** The run of hours above the line that reaches the newest hour; one hour back or missing does not end it. */
function newestRun(ctx: Context, flow: HourSeries, design: number, line: number): Run | undefined {
  const to = endedAt(flow, ctx.now);
  let from = -1;
  let last = -1;
  let peak = 0;
  for (let i = to - 1, misses = 0; i >= 0 && misses < 2; i--) {
    const r = ratioAt(ctx, flow, i, design);
    if (!(r > line)) {
      misses++;
      continue;
    }
    misses = 0;
    from = i;
    if (last < 0) last = i;
    peak = Math.max(peak, r);
  }
  return from < 0 ? undefined : { from, to: last + 1, peak };
}

/** Days in a row up to today with at least `hours` hours above `ratio`. */
function daysAbove(ctx: Context, flow: HourSeries, design: number, ratio: number, p: typeof DEFAULTS): number {
  let days = 0;
  for (let end = endedAt(flow, ctx.now); end - 24 >= 0; end -= 24) {
    let hours = 0;
    for (let i = end - 24; i < end; i++) if (ratioAt(ctx, flow, i, design) > ratio) hours++;
    if (hours < p.dayHours) break;
    days++;
  }
  return days;
}

/** Storm water is no added discharge. */
function storm(ctx: Context, start: number, end: number, p: typeof DEFAULTS): Suppression | undefined {
  if (ctx.reg.type !== 'water') return undefined;
  const rain = ctx.weather.some((w) => w.at >= start - p.rainHours * HOUR && w.at < end && w.rainMmH > 0.3);
  return rain ? { reason: 'rain', zh: '降雨及其后的来水', en: 'rain and the inflow after it' } : undefined;
}

function findingOf(ctx: Context, flow: HourSeries, design: number, run: Run, usual: Usual, line: number, p: typeof DEFAULTS): Finding {
  const factor = flowOf(ctx.reg.type);
  const [zh, en, unit] = NAMES[ctx.reg.type];
  const written = ctx.reg.factors.find((f) => f.factor === factor)?.unit || ctx.reg.attributes['flow_unit'] || unit;
  const hours = run.to - run.from;
  const tier: Tier =
    daysAbove(ctx, flow, design, p.workOrderRatio, p) >= p.workOrderDays
      ? 'WORK_ORDER'
      : hours >= p.warnHours || daysAbove(ctx, flow, design, line, p) >= p.warnDays ? 'WARN' : 'REMIND';
  const start = flow.t0 + run.from * HOUR;
  const end = flow.t0 + run.to * HOUR;
  return {
    factors: [factor], start, end, tier, score: run.peak / p.remindRatio,
    stats: { hours, peakRatio: run.peak, designFlow: design, usualRatio: usual.median },
    text: {
      zh: `${spanText(start, end)} ${zh}连续 ${hours} 小时高于设计流量 ${num(design)} ${written} 的 ${percent(line, 0)}，最高为其 ${num(run.peak)} 倍；惯常为 ${num(usual.median)} 倍。`,
      en: `The ${en} lay above ${percent(line, 0)} of the design flow of ${num(design)} ${written} for ${hours} h (${spanText(start, end)}), at most ${num(run.peak)} times it; usually it is ${num(usual.median)}.`,
    },
    clearedBy: [
      { zh: '流量计故障或流速系数变更（看 D05）', en: 'A fault of the flow meter or a changed coefficient (see D05)' },
      { zh: '暴雨来水', en: 'Storm inflow' },
      { zh: '登记的设计流量过时', en: 'An outdated design flow in the register' },
    ],
  };
}

/** `model:B06` — more gas or water than the outfall was built and permitted for. */
export const b06: Model = {
  id: 'B06', version: '1.0.0',
  title: { zh: '超设计或许可流量', en: 'Over design or permitted flow' },
  family: 'emission', trigger: 'hour', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H1', 'H6'],
  about: {
    zh: '运行小时流量高于设计（许可）流量 1.1 倍、且高于本站一个月内最高小时的连续小时数：3 小时提醒，24 小时或 3 天警告，高于 1.3 倍 3 天为工单。惯常流量与登记值不相称时（单位或登记有误）不判；废水降雨后 48 小时内解释为来水。',
    en: 'Hours in a row above 1.1 times the design (permitted) flow, and above the highest hours of the own month: three remind, 24 or three days warn, three days above 1.3 times make a work order. Not judged where the usual flow does not fit the registered figure at all (a unit or the register is wrong); water within 48 h of rain is inflow.',
    source: 'B06, a method of this platform',
  },
  minimum: { days: 8, needs: ['flow', 'designFlow'] },
  hourFields: ['avg'],
  // A little lower than the line, because what is compared is a quotient.
  watches: (reg, params) => (reg.designFlow !== undefined && reg.designFlow > 0
    ? [{ factor: flowOf(reg.type), field: 'avg', above: reg.designFlow * settings(DEFAULTS, params).remindRatio * 0.999, elseAvgAbove: Number.MAX_VALUE }] : []),
  // Of the newest two hours one must lie above the line.
  reachHours: () => 2,
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const design = ctx.reg.designFlow;
    const flow = ctx.hour(flowOf(ctx.reg.type));
    if (design === undefined || !(design > 0)) return cannotTell('no design flow registered', ['design flow']);
    if (flow === undefined) return cannotTell('no flow data', [flowOf(ctx.reg.type)]);
    const usual = usualOf(ctx, flow, design, p);
    if (usual === undefined) return cannotTell('usual flow not known yet', ['5 days of running hours']);
    const longRun = (line: number): Run | undefined => {
      const run = newestRun(ctx, flow, design, line);
      return run === undefined || run.to - run.from < p.remindHours ? undefined : run;
    };
    if (longRun(p.remindRatio) === undefined) return notMet();
    if (usual.median < p.usualLow || usual.median > p.usualHigh) return cannotTell('flow and registered design do not fit each other', ['design flow in the unit of the meter']);
    // What lies so far above the design that it makes a work order is told, however usual it has become.
    const line = Math.min(p.workOrderRatio, Math.max(p.remindRatio, p.ownHigh * usual.high));
    const run = longRun(line);
    if (run === undefined) return notMet();
    const finding = findingOf(ctx, flow, design, run, usual, line, p);
    return conclude([suppress(finding, storm(ctx, finding.start, finding.end, p) ?? explain(ctx, finding, finding.factors, ['instrument-work', 'filed-work', 'filed-change']))]);
  },
};
