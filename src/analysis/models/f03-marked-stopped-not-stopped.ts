import { markClassOf } from '#quality';
import { union, type Interval } from '../primitives/index.ts';
import { flagIndex, type Context, type Finding, type Model, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { marksOf } from './parts/explanations.ts';
import { flowOf } from './parts/factors.ts';
import { limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf } from './parts/power-hours.ts';
import { OFF, RUN, stateAt, UNKNOWN } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** The hour in which a plant stops or starts is partly both: one alone contradicts nothing. */
  remindHours: 2, warnHours: 3, workOrderHours: 6,
  /** Ramps inside a truly stopped mark, at either edge. */
  rampHours: 14, trueStopShare: 0.4,
  lookBackDays: 7,
} as const satisfies Thresholds;

const STOPPED: readonly number[] = [flagIndex.SOURCE_STOPPED, flagIndex.DEVICE_STOPPED];

/** Hours in which every limited channel carries a "stopped" flag: the logger itself declares the stop. */
function flaggedStops(ctx: Context, from: number): Interval[] {
  const series = ctx.factors.filter((f) => limitFor(ctx, f) !== undefined).flatMap((f) => ctx.hour(f) ?? []);
  const first = series[0];
  if (first === undefined) return [];
  const out: Interval[] = [];
  const to = clampedIndex(first, ctx.now);
  for (let i = clampedIndex(first, from); i < to; i++) {
    if (STOPPED.includes(first.flag[i] as number) && series.every((s) => STOPPED.includes(s.flag[i] as number))) {
      const t = first.t0 + i * HOUR;
      out.push({ start: t, end: t + HOUR });
    }
  }
  return union(out, HOUR);
}

interface Verdict {
  readonly strong: readonly number[];
  readonly weak: readonly number[];
}

/** Hours of a declared stop in which power says running (strong) or only the stack or the flow does (weak). */
function contradictions(ctx: Context, stop: Interval, p: typeof DEFAULTS): Verdict {
  const condition = marksOf(ctx, 'CONDITION');
  const hours: number[] = [];
  for (let t = Math.ceil(stop.start / HOUR) * HOUR; t + HOUR <= Math.min(stop.end, ctx.now); t += HOUR) hours.push(t);
  const off = hours.filter((t) => stateAt(ctx, t, 'byPower') === OFF);
  // The plant did stop: what runs before the first and after the last standing hour is ramp, not deceit.
  const truly = off.length >= p.trueStopShare * hours.length && off.length > 0;
  const ramp = (t: number): boolean =>
    truly && (t < (off[0] as number) ? (off[0] as number) - t <= p.rampHours * HOUR : t > (off[off.length - 1] as number) && t - (off[off.length - 1] as number) <= p.rampHours * HOUR);
  const strong: number[] = [];
  const weak: number[] = [];
  for (const t of hours) {
    if (ramp(t) || condition.some((c) => c.start < t + HOUR && c.end > t)) continue;
    const power = stateAt(ctx, t, 'byPower');
    const data = stateAt(ctx, t, 'byData');
    if (power === RUN || (power === UNKNOWN && data === RUN)) strong.push(t);
    else if (data === RUN && ctx.reg.type === 'gas') weak.push(t);
  }
  return { strong, weak };
}

function findingOf(ctx: Context, stop: Interval, source: string, p: typeof DEFAULTS): Finding | undefined {
  const v = contradictions(ctx, stop, p);
  const used = v.strong.length >= p.remindHours ? v.strong : v.weak.length >= p.warnHours ? v.weak : [];
  if (used.length === 0) return undefined;
  const n = v.strong.length;
  const tier: Tier = n >= p.workOrderHours ? 'WORK_ORDER' : n >= p.warnHours ? 'WARN' : 'REMIND';
  const start = used[0] as number;
  const end = (used[used.length - 1] as number) + HOUR;
  const share = used.length / Math.max(1, (end - start) / HOUR);
  return {
    factors: [], start, end, tier, score: used.length / p.remindHours,
    stats: { contradictedHours: used.length, byPowerHours: n, share, declaredBy: source },
    text: {
      zh: `${source === 'flag' ? '数据标记为停运' : '申报停运'}期间 ${spanText(start, end)} 有 ${used.length} 小时实际运行（${n > 0 ? '生产用电' : '烟气流量与含氧量'}显示，占 ${percent(share, 0)}）。`,
      en: `Declared stopped by ${source === 'flag' ? 'flag' : 'mark'}, yet running in ${num(used.length)} h of ${spanText(start, end)} by ${n > 0 ? 'production power' : 'stack flow and oxygen'}.`,
    },
    clearedBy: [
      { zh: '多烟囱企业标记错排放口', en: 'The mark was put on the wrong stack of several' },
      { zh: '吹扫风机运行', en: 'Purge fans running' },
    ],
  };
}

/** `model:F03` — declared stopped, and running. */
export const f03: Model = {
  id: 'F03', version: '1.0.0',
  title: { zh: '标停未停', en: 'Marked stopped, not stopped' },
  family: 'marks', trigger: 'tick', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H3', 'H11'],
  about: {
    zh: '停运标记或停运标志期间，生产用电为运行，或（无用电数据时）烟气、水量显示运行的小时数；真实停炉两端的升降负荷不计。',
    en: 'Hours under a stop mark or stop flag in which production power runs, or, where power is unknown, stack or flow do; ramps at the edges of a true stop do not count.',
    source: 'F03; 标记规则 (2022 年第 21 号公告); 监测条例 第二十五条',
  },
  minimum: { days: 0, needs: [['productionMeter', 'flow']] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (metersOf(ctx, 'production').length === 0 && ctx.hour(flowOf(ctx.reg.type)) === undefined) return cannotTell('neither power nor flow', ['production meter', flowOf(ctx.reg.type)]);
    const from = ctx.now - p.lookBackDays * DAY;
    const marks = ctx.marks.filter((m) => m.submittedAt <= ctx.now && m.end > from && m.start < ctx.now && markClassOf(m.kind) === 'STOP');
    const stops = [
      ...union(marks).map((i) => ({ ...i, source: 'mark' })),
      ...flaggedStops(ctx, from).map((i) => ({ ...i, source: 'flag' })),
    ].filter((s) => s.end > ctx.now - 2 * DAY);
    if (stops.length === 0) return notMet('no stop declared');
    if (ctx.power.length === 0 && stops.every((s) => stateAt(ctx, s.start, 'byData') === UNKNOWN)) {
      return cannotTell('neither power nor stack data', ['production meter', 'flow']);
    }
    const findings = stops.flatMap((s) => findingOf(ctx, s, s.source, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
