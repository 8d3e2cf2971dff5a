import { momentsDue } from './live/attendance.ts';
import type { Model, Trigger } from './contract.ts';
import type { OutfallDay } from './store/attendance.ts';

/** One model over all outfalls of a day: how often it was due, and what became of it. */
export interface ModelHealth {
  readonly model: string;
  readonly version: string;
  readonly trigger: Trigger;
  readonly outfalls: number;
  readonly expected: number;
  readonly evaluated: number;
  readonly excused: number;
  readonly met: number;
  readonly notMet: number;
  readonly cannotTell: number;
  readonly exception: number;
  /** Outfalls where the two figures differ: should be none. */
  readonly differing: readonly string[];
}

const NOTHING = { outfalls: 0, expected: 0, evaluated: 0, excused: 0, met: 0, notMet: 0, cannotTell: 0, exception: 0 };

/** Holds what every model answered against what the calendar and the arrivals asked of it, outfall by outfall. */
export function healthOf(models: readonly Model[], days: readonly (OutfallDay & { readonly type: 'gas' | 'water' })[]): readonly ModelHealth[] {
  return models.map((model) => {
    const sum = { ...NOTHING };
    const differing: string[] = [];
    for (const day of days) {
      if (!model.media.includes(day.type)) continue;
      const said = day.models[`${model.id}@${model.version}`] ?? { met: 0, notMet: 0, cannotTell: 0, exception: 0, excused: 0 };
      const expected = momentsDue(model.trigger, day, day.activeSince) - said.excused;
      const evaluated = said.met + said.notMet + said.cannotTell + said.exception;
      sum.outfalls += 1;
      sum.expected += expected;
      sum.evaluated += evaluated;
      for (const field of ['excused', 'met', 'notMet', 'cannotTell', 'exception'] as const) sum[field] += said[field];
      if (expected !== evaluated) differing.push(day.outfall);
    }
    return { model: model.id, version: model.version, trigger: model.trigger, ...sum, differing };
  });
}
