import { DAY } from '#kernel';
import { quantileOf } from '../../primitives/index.ts';
import type { Context, DailySummary } from '../../contract.ts';

export interface AmongPeers {
  /** The figure of each comparable outfall that has one. */
  readonly count: number;
  quantile(q: number): number;
}

/**
 * A figure of outfalls of the same trade, from what they told of their days; undefined with fewer than `least` that have it.
 * `figure` gives NaN where an outfall has none.
 */
export function amongPeers(ctx: Pick<Context, 'trade'>, least: number, figure: (days: readonly DailySummary[]) => number): AmongPeers | undefined {
  const values = ctx.trade.peers.map((peer) => figure(peer.days)).filter(Number.isFinite);
  return values.length < least ? undefined : { count: values.length, quantile: (q) => quantileOf(values, q) };
}

/** The newest days of the last `days` before `now`. */
export const lastDays = (days: readonly DailySummary[], now: number, count: number): readonly DailySummary[] => days.filter((day) => day.at > now - (count + 1) * DAY);
