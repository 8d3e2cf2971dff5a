import { median, quantileOf } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf, powerAt } from './parts/power-hours.ts';
import { OFF, RUN } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localDayStart, MINUTE, timeAt } from './parts/window.ts';
import { clockText, num } from './parts/wording.ts';

const DEFAULTS = {
  productionShare: 0.2, treatmentShare: 0.15,
  remindMinutes: 15, warnMinutes: 60, warnRepeats: 5, workOrderOfTen: 5,
  /** On and off count when they last this long. */
  steadyHours: 1, searchHours: 6, minTransitions: 5, learnDays: 60, freshHours: 30,
} as const satisfies Thresholds;

interface Transition {
  readonly kind: 'start' | 'stop';
  /** When production started or stopped. */
  readonly at: number;
  /** Minutes in which production ran without treatment at this edge; negative where treatment led or followed properly. */
  readonly minutes: number;
}

/** Every start and stop of production in the window, with how long it ran uncovered. Once per local day. */
function transitionsOf(ctx: Context, p: typeof DEFAULTS): Transition[] | undefined {
  const production = metersOf(ctx, 'production');
  const treatment = metersOf(ctx, 'treatment');
  const grid = production[0];
  if (grid === undefined || treatment.length === 0) return undefined;
  const to = endedAt(grid, ctx.now);
  const from = Math.max(0, clampedIndex(grid, localDayStart(ctx.now) - p.learnDays * DAY));
  const made = new Float64Array(to - from).map((_, k) => powerAt(production, from + k));
  const treated = new Float64Array(to - from).map((_, k) => powerAt(treatment, from + k));
  const on = p.productionShare * quantileOf(made, 0.95);
  const treatmentOn = p.treatmentShare * median(treated.filter((_, k) => (made[k] as number) >= on));
  const steady = Math.max(1, Math.round((p.steadyHours * HOUR) / grid.stepMs));
  const search = Math.round((p.searchHours * HOUR) / grid.stepMs);
  const all = (i: number, j: number, test: (kw: number) => boolean): boolean => {
    for (let k = i; k < j; k++) if (!test(made[k] as number)) return false;
    return true;
  };
  const minute = grid.stepMs / MINUTE;
  const out: Transition[] = [];
  for (let k = steady; k + steady <= made.length; k++) {
    const before = (made[k - 1] as number) >= on;
    const after = (made[k] as number) >= on;
    if (before === after || !Number.isFinite(made[k] as number) || !Number.isFinite(made[k - 1] as number)) continue;
    if (!all(k - steady, k, (kw) => kw >= on === before) || !all(k, k + steady, (kw) => kw >= on === after)) continue;
    // A start: steps after it until treatment is on. A stop: steps before it since treatment went off.
    let n = 0;
    const step = after ? 1 : -1;
    const first = after ? k : k - 1;
    while (n < search && (treated[first + n * step] as number) < treatmentOn && (made[first + n * step] as number) >= on) n++;
    const unknown = !Number.isFinite(treated[first] as number);
    if (!unknown && n < search) out.push({ kind: after ? 'start' : 'stop', at: timeAt(grid, from + k), minutes: n * minute });
  }
  return out;
}

/** No hour of the last day stood or ramped, or none ran: there was no start and no stop to look at. */
function settled(ctx: Context, p: typeof DEFAULTS): boolean {
  const { byPower } = ctx.state;
  const newest = byPower.subarray(Math.max(0, byPower.length - p.freshHours - 1));
  return newest.every((s) => s === RUN) || newest.every((s) => s === OFF);
}

function findingOf(ctx: Context, t: Transition, all: readonly Transition[], allowance: number, p: typeof DEFAULTS): Finding {
  const excess = t.minutes - allowance;
  const before = all.filter((o) => o.kind === t.kind && o.at <= t.at);
  const ten = before.slice(-10).filter((o) => o.minutes - allowance > p.warnMinutes).length;
  const month = before.filter((o) => o.at > t.at - 30 * DAY && o.minutes - allowance > p.remindMinutes).length;
  const tier: Tier = ten >= p.workOrderOfTen ? 'WORK_ORDER' : excess > p.warnMinutes || month >= p.warnRepeats ? 'WARN' : 'REMIND';
  const start = t.kind === 'start' ? t.at : t.at - t.minutes * MINUTE;
  const late = t.kind === 'start';
  const finding: Finding = {
    factors: [], start, end: start + t.minutes * MINUTE, tier, score: excess / p.remindMinutes,
    stats: { kind: t.kind, minutes: t.minutes, usualMinutes: allowance, over60OfLast10: ten, times30d: month },
    text: {
      zh: `${clockText(t.at)} 生产${late ? '启动' : '停止'}，治污设施${late ? '滞后' : '提前'} ${num(t.minutes, 0)} 分钟${late ? '启动' : '停运'}（本站惯常 ${num(allowance, 0)} 分钟，30 天内第 ${month} 次，近 10 次中 ${ten} 次超过 ${p.warnMinutes} 分钟）。`,
      en: `Production ${late ? 'started' : 'stopped'} at ${clockText(t.at)}; treatment was ${num(t.minutes, 0)} min ${late ? 'late to start' : 'early to stop'} (usually ${num(allowance, 0)} min; time no. ${month} in 30 days, ${ten} of the last 10 over ${p.warnMinutes} min).`,
    },
    clearedBy: [{ zh: '批次间歇，其间无废气废水产生', en: 'A pause between batches in which nothing was produced' }],
  };
  return suppress(finding, explain(ctx, finding, [], ['stop-mark', 'site-blackout']));
}

/** `model:E02` — treatment that starts after production or stops before it. */
export const e02: Model = {
  id: 'E02', version: '1.0.0',
  title: { zh: '治污滞后启动或提前停', en: 'Late start, early stop' },
  family: 'power', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '生产功率越过 P95 的 20% 且前后各稳定 1 小时为一次启停；数该沿上治污功率仍低于生产时中位数 15% 的分钟数，减去本站 60 天惯常值（90% 分位）后分级。',
    en: 'A start or stop is production power crossing 20 % of P95 with an hour of steadiness on both sides; minutes at that edge in which treatment stayed below 15 % of its median under production, less what is usual here (90 % point of 60 days).',
    source: 'E02, a method of this platform',
  },
  minimum: { days: 0, needs: ['productionMeter', 'treatmentMeter', { of: 'starts', atLeast: 5 }] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
    if (metersOf(ctx, 'treatment').length === 0) return cannotTell('no treatment meter', ['treatment meter']);
    if (settled(ctx, p)) return notMet();
    const all = ctx.daily('E02', () => transitionsOf(ctx, p)) ?? [];
    const findings = (['start', 'stop'] as const).flatMap((kind) => {
      const own = all.filter((t) => t.kind === kind);
      const earlier = own.filter((t) => t.at < ctx.now - p.freshHours * HOUR);
      if (earlier.length < p.minTransitions) return [];
      const allowance = Math.min(p.warnMinutes / 2, quantileOf(earlier.map((t) => t.minutes), 0.9));
      return own.filter((t) => t.at >= ctx.now - p.freshHours * HOUR && t.minutes - allowance > p.remindMinutes).map((t) => findingOf(ctx, t, own, allowance, p));
    });
    if (all.length < p.minTransitions) return cannotTell('too few starts and stops', [`${p.minTransitions} transitions`]);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
