import { setImmediate as turn } from 'node:timers/promises';
import type { OutfallId } from '#kernel';
import type { Arrival } from '#quality';
import type { Registry } from '#register';
import type { Asked } from '../context.ts';
import type { Model, Params } from '../contract.ts';
import type { ModelAnswer } from '../engine.ts';
import type { Episode } from '../clues/episode.ts';
import type { Watchdog } from '../live/watchdog.ts';
import { lawHere, setupOf } from '../setup.ts';
import { standingOf, type StandingRows } from '../standing.ts';
import { add, compare, NO_DIFFERENCE, standing, type Comparison } from './compare.ts';
import { judgeHistory, type HistoryPlan, type Suspects, type Variant } from './judge-history.ts';
import { spansOf, type ValueRows } from './value-rows.ts';

/** What is told of one outfall beside its values. Plain data: it crosses to a thread. */
export interface BatchOutfall {
  readonly outfall: OutfallId;
  readonly activeSince: number | undefined;
  readonly told: readonly Arrival[];
  readonly marksKnown: ReadonlySet<number>;
  readonly others: readonly Episode[];
  readonly suspects: Suspects | undefined;
}

export interface Batch {
  readonly outfalls: readonly BatchOutfall[];
  readonly hours: ValueRows;
  readonly steps: ValueRows | undefined;
  readonly power: ValueRows;
  /** The rows reach back to the beginning of the year. */
  readonly totals: boolean;
}

export interface BatchResult {
  /** What the models asked for; where the batch did not hold it, nothing else is to be taken from the result. */
  readonly asked: readonly Asked[];
  readonly complete: boolean;
  readonly comparison: Comparison;
  readonly exceptions: readonly (ModelAnswer & { readonly outfall: OutfallId })[];
  readonly hours: number;
  readonly values: number;
  readonly evaluations: number;
}

/** What stays the same for all batches of a run; plain data but for the models. */
export interface BatchTrial {
  readonly from: number;
  readonly to: number;
  readonly standing: StandingRows;
  readonly set: Params;
  readonly baseline: 'IN_FORCE' | 'NONE';
}

/**
 * What is in force and what is tried; one of them only, where there is nothing to compare. Both sides have the releases and
 * the caps of their moments; a model that does not run yet is tried as if it did.
 */
export function variantsOf({ standing, set, baseline }: BatchTrial): readonly Variant[] {
  const { paramsOf, inForce, capOf } = standingOf(standing);
  const changed = remembering((inUse) => ({ ...inUse, ...set }));
  const tried: Variant['paramsOf'] = (model, at) => changed(paramsOf(model, at));
  if (baseline === 'NONE') return [{ paramsOf: tried }];
  const decided = { inForce, capOf };
  return Object.keys(set).length === 0 ? [{ ...decided, paramsOf }] : [{ ...decided, paramsOf }, { ...decided, paramsOf: tried }];
}

/** Parameters stay the same object from one moment to the next: what is made of them is made once. */
function remembering(make: (params: Params) => Params): (params: Params) => Params {
  let [from, made]: [Params | undefined, Params] = [undefined, {}];
  return (params) => {
    if (params !== from) [from, made] = [params, make(params)];
    return made;
  };
}

const holds = (batch: Batch, asked: ReadonlySet<Asked>): boolean => (batch.steps !== undefined || !asked.has('steps')) && (batch.totals || !asked.has('totals'));

/** Judges the outfalls of a batch and compares; gives way to other work between outfalls. Stops early where rows are missing. */
export async function judgeBatch(registry: Registry, models: readonly Model[], trial: BatchTrial, batch: Batch, watchdog: Watchdog, law = lawHere()): Promise<BatchResult> {
  const plan: HistoryPlan = { from: trial.from, to: trial.to, models, variants: variantsOf(trial), watchdog };
  const [hours, steps, power] = [spansOf(batch.hours), batch.steps && spansOf(batch.steps), spansOf(batch.power)];
  const asked = new Set<Asked>();
  const exceptions: (ModelAnswer & { outfall: OutfallId })[] = [];
  let comparison = NO_DIFFERENCE;
  let evaluations = 0;
  for (const one of batch.outfalls) {
    const setup = setupOf(registry, one.outfall, undefined, law);
    if (setup === undefined) continue;
    const history = { ...one, hours: hours.get(one.outfall), steps: steps && { span: steps.get(one.outfall) }, power: power.get(one.outfall) };
    const judged = judgeHistory(setup, history, plan, batch.totals);
    for (const each of judged.asked) asked.add(each);
    if (!holds(batch, asked)) break;
    const [inForce = [], changed = inForce] = judged.episodes.map((episodes) => standing(episodes, trial.from, trial.to));
    comparison = add(comparison, trial.baseline === 'NONE' ? compare([], inForce) : compare(inForce, changed));
    exceptions.push(...judged.exceptions.map((answer) => ({ ...answer, outfall: one.outfall })));
    evaluations += judged.evaluations;
    await turn();
  }
  return {
    asked: [...asked], complete: holds(batch, asked), comparison, exceptions, evaluations,
    hours: batch.hours.start.length, values: batch.hours.ends.at(-1) ?? 0,
  };
}
