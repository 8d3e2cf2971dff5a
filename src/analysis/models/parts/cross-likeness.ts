import { DAY, HOUR, type FactorCode } from '#kernel';
import type { Context, DailySummary, Finding, Peer, Tier } from '../../contract.ts';
import { isPollutant } from './factors.ts';
import { namesEn, namesZh, num, spanText } from './wording.ts';

/** C09 across outfalls: hourly values of the same hours, scaled and shifted by up to two hours. */
export interface CrossSettings {
  readonly remindR2: number;
  readonly warnR2: number;
  readonly differenceR2: number;
  readonly workOrderHours: number;
  readonly maxLag: number;
  /** Hours that must be there on both sides, and least coefficient of variation: two flat lines prove nothing. */
  readonly minHours: number;
  readonly leastSpread: number;
}
export const CROSS: CrossSettings = { remindR2: 0.95, warnR2: 0.98, differenceR2: 0.85, workOrderHours: 40, maxLag: 2, minHours: 20, leastSpread: 0.02 };

interface Likeness {
  readonly r2: number;
  readonly differenceR2: number;
  readonly lag: number;
  readonly hours: number;
}

/** Squared correlation of the finite pairs; NaN where there are too few or one side does not move. */
function squared(pairs: readonly (readonly [number, number])[], least: number): number {
  const n = pairs.length;
  if (n < least) return Number.NaN;
  const [mx, my] = [pairs.reduce((s, [x]) => s + x, 0) / n, pairs.reduce((s, [, y]) => s + y, 0) / n];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
    xy += (x - mx) * (y - my);
  }
  return xx > 0 && yy > 0 ? (xy * xy) / (xx * yy) : Number.NaN;
}

function likenessOf(a: readonly number[], b: readonly number[], s: CrossSettings): Likeness | undefined {
  let best: Likeness | undefined;
  for (let lag = -s.maxLag; lag <= s.maxLag; lag++) {
    const pairs: [number, number][] = [];
    const steps: [number, number][] = [];
    for (let i = 0; i < a.length; i++) {
      const [x, y] = [a[i] as number, b[i + lag] ?? Number.NaN];
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      pairs.push([x, y]);
      const [px, py] = [a[i - 1] ?? Number.NaN, b[i + lag - 1] ?? Number.NaN];
      if (Number.isFinite(px) && Number.isFinite(py)) steps.push([x - px, y - py]);
    }
    const r2 = squared(pairs, s.minHours);
    const differenceR2 = squared(steps, s.minHours - 4);
    if (r2 > s.remindR2 && differenceR2 > s.differenceR2 && (best === undefined || r2 > best.r2)) best = { r2, differenceR2, lag, hours: pairs.length };
  }
  return best;
}

const spread = (values: readonly number[]): number => {
  const known = values.filter(Number.isFinite);
  const m = known.reduce((a, b) => a + b, 0) / known.length;
  return Math.sqrt(known.reduce((sum, v) => sum + (v - m) ** 2, 0) / known.length) / Math.abs(m);
};

/** The hours of the newest days, in order; days that are missing on either side are left out on both. */
function hoursOf(own: readonly DailySummary[], theirs: readonly DailySummary[], factor: FactorCode, days: number): { a: number[]; b: number[] } {
  const [a, b]: [number[], number[]] = [[], []];
  for (const day of own.slice(-days)) {
    const other = theirs.find((one) => one.at === day.at)?.factors.find((one) => one.factor === factor)?.hours ?? [];
    const mine = day.factors.find((one) => one.factor === factor)?.hours ?? [];
    if (mine.length !== 24 || other.length !== 24) continue;
    a.push(...mine);
    b.push(...other);
  }
  return { a, b };
}

function pairOf(ctx: Context, peer: Peer, factor: FactorCode, s: CrossSettings): Likeness | undefined {
  const one = hoursOf(ctx.ownDays, peer.days, factor, 1);
  if (one.a.length === 0 || !(spread(one.a) > s.leastSpread) || !(spread(one.b) > s.leastSpread)) return undefined;
  const day = likenessOf(one.a, one.b, s);
  if (day === undefined) return undefined;
  const two = hoursOf(ctx.ownDays, peer.days, factor, 2);
  return (two.a.length > one.a.length ? likenessOf(two.a, two.b, s) : undefined) ?? day;
}

/** Outfalls of one unit, operator or trade that told the same curve yesterday. Those that share a duct or an analyser by register do. */
export function crossFindings(ctx: Context, s: CrossSettings = CROSS): Finding[] {
  const newest = ctx.ownDays.at(-1);
  if (newest === undefined || newest.at < ctx.now - 1.5 * DAY) return [];
  const end = newest.at - 2 * HOUR;
  return ctx.peers.flatMap((peer) => {
    if (ctx.reg.shared !== '' && ctx.reg.shared === peer.shared) return [];
    const found = newest.factors.filter((f) => isPollutant(f.factor)).flatMap((f) => {
      const likeness = pairOf(ctx, peer, f.factor, s);
      return likeness === undefined ? [] : [{ factor: f.factor, ...likeness }];
    });
    const best = [...found].sort((a, b) => b.r2 - a.r2)[0];
    if (best === undefined) return [];
    const close = best.r2 > s.warnR2;
    const tier: Tier = close && best.hours >= s.workOrderHours ? 'WORK_ORDER' : close ? 'WARN' : 'REMIND';
    const factors = found.map((one) => one.factor).sort();
    const start = end - (best.hours > 24 ? 2 : 1) * DAY;
    return [{
      ...(tier === 'WORK_ORDER' && found.length > 1 ? { standsAloneHere: 'two channels of two outfalls run alike for two days' } : {}),
      factors, start, end, tier, score: best.r2 / s.remindR2,
      stats: { r2: best.r2, differenceR2: best.differenceR2, lagHours: best.lag, hours: best.hours, outfall: peer.outfall, enterprise: peer.enterprise, channels: found.length },
      text: {
        zh: `${namesZh(factors)}在 ${spanText(start, end)} 与 ${peer.name} 的排放口 ${peer.outfall} 近乎相同：R² = ${num(best.r2, 4)}，逐时变化 R² = ${num(best.differenceR2, 3)}，错位 ${best.lag} 小时。`,
        en: `${namesEn(factors)} ran like outfall ${peer.outfall} of ${peer.name} (${spanText(start, end)}): R² = ${num(best.r2, 4)}, of hourly changes ${num(best.differenceR2, 3)}, ${best.lag} h apart.`,
      },
      clearedBy: [{ zh: '共用烟道或分析仪：在登记中注明 shared_group', en: 'A common duct or analyser: say so in the register (shared_group)' }],
    }];
  });
}
