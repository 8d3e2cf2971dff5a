import { median } from '../primitives/index.ts';
import type { Context, Finding, Model, Order, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf, powerHours } from './parts/power-hours.ts';
import { OFF, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR } from './parts/window.ts';
import { clockText, num, percent } from './parts/wording.ts';

const DEFAULTS = {
  graceHours: 2,
  remindShort: 0.1,
  /** Part of the power is spent at any load, so that power falls by less than production. */
  remindShare: 0.65,
  /** Nothing at all was done: that is plain after half the time. */
  plainShare: 0.2, plainHours: 16,
  remindHours: 6, warnShare: 0.5, warnHours: 12,
  /** Less than this part of what was asked is no cut; more is one that falls short. */
  ignoredShare: 0.35, workOrderHours: 36,
  fullStop: 0.99, fullStopHours: 2, fullStopRunning: 0.2,
  baselineWeeks: 4, minPoints: 2, minDays: 7,
} as const satisfies Thresholds;

/** Production power at the same hour `stride` apart, before the order: `count` of them, those in which the plant worked. */
function atWork(ctx: Context, order: Order, at: number, stride: number, count: number): number[] {
  const first = Math.ceil((at - order.start + 1) / stride);
  const points: number[] = [];
  for (let k = first; k < first + count; k++) {
    const then = at - k * stride;
    const v = stateAt(ctx, then, 'byPower') === OFF ? Number.NaN : (powerHours(ctx, 'production', then, 1)[0] as number);
    if (Number.isFinite(v)) points.push(v);
  }
  return points;
}

/**
 * Usual production power at this hour: median of the same weekday and hour of the four weeks before the order. A week
 * in which the plant stood still does not say how it works; where too few are left the same hour of other days answers.
 */
function usual(ctx: Context, order: Order, at: number, p: typeof DEFAULTS): number {
  const weeks = atWork(ctx, order, at, 7 * DAY, p.baselineWeeks);
  if (weeks.length >= p.minPoints) return median(weeks);
  const days = atWork(ctx, order, at, DAY, 7 * p.baselineWeeks);
  return days.length >= p.minDays ? median(days) : Number.NaN;
}

interface Cut {
  readonly hours: number;
  /** 1 − Σ actual / Σ usual. */
  readonly overall: number;
  readonly last6: number;
  readonly last12: number;
  readonly runningHours: number;
  readonly end: number;
}

const cutOf = (actual: readonly number[], base: readonly number[], last: number): number => {
  const a = actual.slice(-last).reduce((s, v) => s + v, 0);
  const b = base.slice(-last).reduce((s, v) => s + v, 0);
  return b > 0 ? 1 - a / b : Number.NaN;
};

function measure(ctx: Context, order: Order, p: typeof DEFAULTS): Cut | undefined {
  const from = Math.ceil((order.start + p.graceHours * HOUR) / HOUR) * HOUR;
  const known = ctx.state.t0 + clampedIndex(ctx.state, ctx.now) * HOUR;
  const to = Math.min(Math.floor(order.end / HOUR) * HOUR, known);
  const hours = Math.round((to - from) / HOUR);
  if (hours < 1) return undefined;
  const power = powerHours(ctx, 'production', from, hours);
  const actual: number[] = [];
  const base: number[] = [];
  let running = 0;
  power.forEach((kw, h) => {
    const b = usual(ctx, order, from + h * HOUR, p);
    if (!Number.isFinite(kw) || !(b > 0)) return;
    actual.push(kw);
    base.push(b);
    if (kw >= p.fullStopRunning * b) running++;
  });
  if (actual.length === 0) return undefined;
  return {
    hours: actual.length, overall: cutOf(actual, base, actual.length), last6: cutOf(actual, base, p.remindHours),
    last12: cutOf(actual, base, p.warnHours), runningHours: running, end: to,
  };
}

function findingOf(ctx: Context, order: Order, p: typeof DEFAULTS): Finding | undefined {
  const cut = measure(ctx, order, p);
  if (cut === undefined) return undefined;
  const asked = order.requiredCut;
  const full = asked >= p.fullStop && cut.runningHours > p.fullStopHours;
  const ended = ctx.now >= order.end;
  const ignored = cut.overall < p.ignoredShare * asked && (cut.hours >= p.workOrderHours || (ended && cut.hours >= p.warnHours) || (cut.hours >= p.plainHours && asked >= 0.3 && cut.overall < p.plainShare * asked));
  const warn = cut.hours >= p.warnHours && cut.last12 < p.warnShare * asked;
  // A small cut drowns in the daily swing of the load: it needs the longer window.
  const remindAfter = asked < 0.3 ? p.warnHours : p.remindHours;
  const remind = cut.hours >= remindAfter && (asked < 0.3 ? cut.last12 : cut.last6) < Math.min(asked - p.remindShort, p.remindShare * asked);
  const tier: Tier | undefined = full || ignored ? 'WORK_ORDER' : warn ? 'WARN' : remind ? 'REMIND' : undefined;
  if (tier === undefined) return undefined;
  return {
    factors: [], start: order.start, end: cut.end, tier, score: asked / Math.max(0.01, cut.overall + 0.01),
    stats: { requiredCut: asked, achievedCut: cut.overall, last6h: cut.last6, hours: cut.hours, runningHours: cut.runningHours },
    text: {
      zh: `${clockText(order.start)} 起要求减产 ${percent(asked, 0)}，${cut.hours} 小时内生产用电较前四周同期只降 ${percent(cut.overall, 0)}（近 6 小时 ${percent(cut.last6, 0)}）。`,
      en: `An order from ${clockText(order.start)} asks for a cut of ${percent(asked, 0)}; over ${num(cut.hours)} h production power fell by ${percent(cut.overall, 0)} against the same hours of four weeks (last 6 h ${percent(cut.last6, 0)}).`,
    },
    clearedBy: [
      { zh: '保安负荷、民生供热豁免', en: 'Safety load, or heating supply exempt from the order' },
      { zh: '基期生产本就偏低', en: 'Production was already low in the weeks compared with' },
    ],
  };
}

/** `model:E04` — an order to cut or stop production, and power that does not follow. */
export const e04: Model = {
  id: 'E04', version: '1.2.0',
  title: { zh: '停限产指令未落实', en: 'Order not carried out' },
  family: 'power', trigger: 'tick', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H7'],
  about: {
    zh: '减产比例 = 1 − 实际生产用电 / 前四周同星期同小时中位数（停产的那几周不计，不足时取四周内同小时）；宽限 2 小时后与要求比例比较：不足要求一半为警告，不足 35% 为工单。',
    en: 'Cut = 1 − production power / median of the same weekday and hour of four weeks (weeks in which the plant stood still do not count; with too few left, the same hour of other days); compared with the ordered cut after 2 h of grace: less than half of it warns, less than 35 % is a work order.',
    source: 'E04, a method of this platform',
  },
  minimum: { days: 7, needs: ['productionMeter'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < p.minDays * DAY) return cannotTell('history too short', ['7 days of power']);
    const orders = ctx.orders.filter((o) => o.start <= ctx.now && ctx.now <= o.end + 3 * HOUR);
    if (orders.length === 0) return notMet('no order in force');
    const findings = orders.flatMap((o) => findingOf(ctx, o, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
