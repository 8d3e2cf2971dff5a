import type { OutfallId } from '#kernel';
import type { Registry } from '#register';
import { spansOf } from '../backtest/value-rows.ts';
import type { Batch } from '../backtest/judge-batch.ts';
import { judgeHistory } from '../backtest/judge-history.ts';
import type { Asked } from '../context.ts';
import type { Model } from '../contract.ts';
import type { ModelAnswer } from '../engine.ts';
import { Watchdog } from '../live/watchdog.ts';
import { counts, overlaps, type Episode } from '../clues/episode.ts';
import { setupOf } from '../setup.ts';
import { standingOf, type StandingRows } from '../standing.ts';

/** Epoch ms, `from` inclusive, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Checked {
  /** What stands and touches the span, oldest first. */
  readonly episodes: readonly Episode[];
  readonly exceptions: readonly (ModelAnswer & { readonly outfall: OutfallId })[];
  readonly asked: readonly Asked[];
  /** Hours of the span that hold values, all outfalls together. */
  readonly hours: number;
  readonly evaluations: number;
}

/**
 * Judges the stored history of a few outfalls by the models, parameters and caps in force, with the engine of the live
 * path. Nothing is written: an episode found here is no clue. `tell` hears the share done, 0 to 1.
 */
export function checkHistory(registry: Registry, models: readonly Model[], rows: StandingRows, span: Span, batch: Batch, tell: (share: number) => void): Checked {
  const { paramsOf, inForce, capOf } = standingOf(rows);
  const plan = { ...span, models, variants: [{ paramsOf, inForce, capOf }], watchdog: new Watchdog() };
  const [hours, steps, power] = [spansOf(batch.hours), batch.steps && spansOf(batch.steps), spansOf(batch.power)];
  const asked = new Set<Asked>();
  const episodes: Episode[] = [];
  const exceptions: (ModelAnswer & { outfall: OutfallId })[] = [];
  let evaluations = 0;
  for (const [i, one] of batch.outfalls.entries()) {
    const setup = setupOf(registry, one.outfall);
    if (setup === undefined) continue;
    const history = { ...one, hours: hours.get(one.outfall), steps: steps && { span: steps.get(one.outfall) }, power: power.get(one.outfall) };
    const judged = judgeHistory(setup, history, plan, batch.totals, (share) => tell((i + share) / batch.outfalls.length));
    for (const each of judged.asked) asked.add(each);
    episodes.push(...(judged.episodes[0] ?? []).filter((episode) => counts(episode) && overlaps(episode, { start: span.from, end: span.to - 1 }, 0)));
    exceptions.push(...judged.exceptions.map((answer) => ({ ...answer, outfall: one.outfall })));
    evaluations += judged.evaluations;
  }
  episodes.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  return { episodes, exceptions, asked: [...asked], hours: batch.hours.start.filter((at) => at >= span.from && at < span.to).length, evaluations };
}
