import type { FactorCode } from '#kernel';
import { exemptionOf, isForPerson, markClassOf } from '#quality';
import { coverage, dilate, overlaps, union, type Interval } from '../../primitives/index.ts';
import { flagIndex, type Context, type Finding, type StepSeries } from '../../contract.ts';
import { OFF, RUN, stateAt } from './signal.ts';
import { clampedIndex, HOUR } from './window.ts';

export type Suppression = NonNullable<Finding['suppressed']>;

/** Innocent reasons with their words. */
export const REASONS = {
  'stop-mark': ['申报停运，与用电一致', 'declared stopped, and power agrees'],
  'instrument-work': ['校准、维护或故障标记期间', 'calibration, maintenance or fault flag'],
  'filed-change': ['已备案的检修、更换或燃料变更', 'filed work, replacement or fuel change'],
  'site-blackout': ['全站失电，全部设备同时静默', 'site blackout: every device was silent'],
  'power-down': ['生产用电已停', 'production power was down'],
  order: ['限产、停产指令执行期间', 'an order to cut or stop was in force'],
  rain: ['降雨期间', 'rain'],
  'filed-work': ['已申报异常标记', 'covered by a filed monitoring mark'],
  'filed-hours': ['各小时均在已申报异常标记内', 'every hour lies in a filed monitoring mark'],
} as const satisfies Record<string, readonly [string, string]>;

export type Reason = keyof typeof REASONS;

const said = (reason: Reason): Suppression => ({ reason, zh: REASONS[reason][0], en: REASONS[reason][1] });

const INSTRUMENT_FLAGS: readonly number[] = [
  flagIndex.MAINTENANCE, flagIndex.FAULT, flagIndex.CALIBRATION, flagIndex.COMM_ABNORMAL, flagIndex.POWER_FAULT,
];

/** Share of the hours of the span in which a state column shows `value`. */
export function stateShare(ctx: Context, span: Interval, value: number, column: 'state' | 'byData' | 'byPower'): number {
  let hits = 0;
  let n = 0;
  for (let t = Math.floor(span.start / HOUR) * HOUR; t < span.end; t += HOUR) {
    n++;
    if (stateAt(ctx, t, column) === value) hits++;
  }
  return n === 0 ? 0 : hits / n;
}

/** Marks of a class that meet the span and were filed by now. */
export const marksOf = (ctx: Context, cls: 'STOP' | 'CONDITION' | 'MONITORING'): Interval[] =>
  union(ctx.marks.filter((m) => m.submittedAt <= ctx.now && markClassOf(m.kind) === cls));

/** Hours under a condition mark that its rule may exempt: never by itself (公告2022年第21号 第六条第二项). */
export const CANDIDATE: Suppression = { reason: 'condition-mark', zh: '启停或故障工况标记，待人工核实豁免', en: 'start, stop or fault mark: exemption to be confirmed by a person' };

/** Whether a condition mark filed by now, in time and within the factors and hours of its rule as far as these were verified, may exempt this hour of the factor. */
export const mayBeExempt = ({ marks, now, reg: { industry, rules } }: Context, hour: number, factor: FactorCode): boolean =>
  isForPerson(exemptionOf(hour, factor, industry, marks.filter((mark) => mark.submittedAt <= now), rules?.conditionMarks ?? [], rules));

function flaggedShare(series: StepSeries | undefined, span: Interval): number {
  if (series === undefined) return 0;
  const from = clampedIndex(series, span.start);
  const to = clampedIndex(series, span.end);
  let hits = 0;
  for (let i = from; i < to; i++) if (INSTRUMENT_FLAGS.includes(series.flag[i] as number)) hits++;
  return to > from ? hits / (to - from) : 0;
}

/** All devices of the site silent: no meter sent anything for most of the span. */
export function isBlackout(ctx: Context, span: Interval): boolean {
  if (ctx.power.length === 0) return false;
  return ctx.power.every((p) => {
    const from = clampedIndex(p, span.start);
    const to = clampedIndex(p, span.end);
    let silent = 0;
    for (let i = from; i < to; i++) if (!Number.isFinite(p.avg[i] as number)) silent++;
    return to > from && silent >= 0.8 * (to - from);
  });
}

/** The weekly calibration moves a reading by a percent or two; it explains its own hour, which carries its flag. */
const ROUTINE = /calib|校准|校验/iu;

const CHECKS: Record<Reason, (ctx: Context, span: Interval, factors: readonly FactorCode[]) => boolean> = {
  'stop-mark': (ctx, span) =>
    coverage(span, marksOf(ctx, 'STOP')) >= 0.8 && stateShare(ctx, span, RUN, 'byPower') === 0,
  'instrument-work': (ctx, span, factors) => factors.some((f) => flaggedShare(ctx.step(f) ?? ctx.hour(f), span) >= 0.3),
  'filed-change': (ctx, span, factors) =>
    ctx.maintenance.some(
      (m) =>
        !ROUTINE.test(m.what) &&
        overlaps({ start: m.start - 12 * HOUR, end: Math.max(m.end, m.start + 1) + 12 * HOUR }, span) &&
        (m.factors.length === 0 || m.factors.some((f) => factors.includes(f))),
    ),
  'site-blackout': (ctx, span) => isBlackout(ctx, span),
  'power-down': (ctx, span) => stateShare(ctx, span, OFF, 'byPower') >= 0.8,
  order: (ctx, span) => ctx.orders.some((o) => overlaps({ start: o.start, end: o.end + 6 * HOUR }, span)),
  rain: (ctx, span) => rainNear(ctx, span),
  'filed-work': (ctx, span) => coverage(span, dilate(marksOf(ctx, 'MONITORING'), HOUR)) >= 0.5,
  'filed-hours': (ctx, span) => coverage(span, marksOf(ctx, 'MONITORING')) >= 1,
};

/** Rain above 0.5 mm/h at some time from 12 h before the span to its end. */
function rainNear(ctx: Context, span: Interval): boolean {
  return ctx.weather.some((w) => w.at >= span.start - 12 * HOUR && w.at < span.end && w.rainMmH > 0.5);
}

/**
 * The first of the named innocent reasons that holds for the span. The finding is then kept with the
 * reason and raised no further.
 */
export function explain(
  ctx: Context,
  span: Interval,
  factors: readonly FactorCode[],
  reasons: readonly Reason[],
): Suppression | undefined {
  const reason = reasons.find((r) => CHECKS[r](ctx, span, factors));
  return reason === undefined ? undefined : said(reason);
}

/** Adds the reason to a finding, which then stays a reminder at most. */
export const suppress = (finding: Finding, suppressed: Suppression | undefined): Finding =>
  suppressed === undefined ? finding : { ...finding, tier: 'REMIND', suppressed };

/** Doors opened in [from, to), known now. */
export const doorsBetween = (ctx: Context, from: number, to: number): Context['doors'] =>
  ctx.doors.filter((d) => d.arrivedAt <= ctx.now && d.openedAt >= from && d.openedAt < to);
