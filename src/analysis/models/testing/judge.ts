import { DAY, HOUR, MINUTE } from '#kernel';
import type { Finding, Model, PastFinding } from '../../contract.ts';
import { T0, type World } from './world.ts';

/** Evaluates one model at one moment with its defaults. */
export const judge = (model: Model, world: World, now: number, recent: readonly PastFinding[] = []): readonly Finding[] =>
  model.evaluate(world.contextAt(now, recent), model.params).findings;

/** Findings that are raised, not the explained ones. */
export const raised = (model: Model, world: World, now: number, recent: readonly PastFinding[] = []): readonly Finding[] =>
  judge(model, world, now, recent).filter((f) => f.suppressed === undefined);

/** The moments at which the engine would ask on the last days before `until`, thinned for hourly models. */
export function moments(model: Model, from: number, until: number): number[] {
  const out: number[] = [];
  const step = model.trigger === 'day' ? DAY : 12 * HOUR;
  const offset = model.trigger === 'day' ? 2 * HOUR : model.trigger === 'tick' ? 10 * MINUTE : 3 * MINUTE;
  for (let t = Math.max(from, T0) + offset; t <= until; t += step) out.push(t);
  return out;
}
