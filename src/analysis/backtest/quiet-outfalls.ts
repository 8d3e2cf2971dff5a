import { DAY, instant, type OutfallId } from '#kernel';
import type { LimitValue, Registry } from '#register';
import type { Model, Params, Watch } from '../contract.ts';
import { setupOf } from '../setup.ts';
import { groupBy } from '../live/told-arrivals.ts';

/** Outfalls with the same conditions, looked through in one go. */
export interface WatchGroup {
  readonly outfalls: readonly OutfallId[];
  readonly watches: readonly Watch[];
}

/** Days on which what is registered of the outfall may change within the period. */
function changesOf(limits: readonly LimitValue[], from: number, to: number): number[] {
  const days = limits.flatMap(({ validFrom, validTo }) => [
    ...(validFrom === undefined ? [] : [Date.parse(`${validFrom}T12:00:00+08:00`)]), ...(validTo === undefined ? [] : [Date.parse(`${validTo}T12:00:00+08:00`) + DAY]),
  ]);
  return [from, ...days.filter((at) => at > from && at < to), to];
}

/** The lowest value of each condition over the period: what lies below it can never matter. */
function lowest(watches: readonly Watch[]): readonly Watch[] {
  const found = new Map<string, Watch>();
  for (const watch of watches) {
    const key = `${watch.factor} ${watch.field}`;
    const known = found.get(key);
    found.set(key, known === undefined ? watch : { ...watch, above: Math.min(known.above, watch.above), elseAvgAbove: Math.min(known.elseAvgAbove, watch.elseAvgAbove) });
  }
  return [...found.values()].sort((a, b) => (`${a.factor} ${a.field}` < `${b.factor} ${b.field}` ? -1 : 1));
}

/**
 * What the hours of each outfall are looked through for before anything is judged; undefined where a model gives no such
 * condition. `params` are the sets under trial.
 */
export function watchGroups(registry: Registry, models: readonly Model[], params: (model: Model) => readonly Params[], outfalls: readonly OutfallId[], from: number, to: number): readonly WatchGroup[] | undefined {
  if (models.some((model) => model.watches === undefined)) return undefined;
  const limits = groupBy(registry.data.limits, (limit) => limit.outfall);
  const groups = new Map<string, { outfalls: OutfallId[]; watches: readonly Watch[] }>();
  for (const outfall of outfalls) {
    const setup = setupOf(registry, outfall);
    if (setup === undefined) continue;
    const registrations = changesOf(limits.get(outfall) ?? [], from, to).map((at) => setup.registrationAt(instant(at)));
    const watches = lowest(models.flatMap((model) => registrations.flatMap((reg) => params(model).flatMap((set) => model.watches?.(reg, set) ?? []))));
    const key = JSON.stringify(watches);
    const group = groups.get(key);
    if (group) group.outfalls.push(outfall);
    else groups.set(key, { outfalls: [outfall], watches });
  }
  return [...groups.values()];
}
