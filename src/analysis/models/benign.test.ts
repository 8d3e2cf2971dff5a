import { DAY, HOUR, MINUTE, type OutfallId } from '#kernel';
import { describe, expect, it } from 'vitest';
import type { Model } from '../contract.ts';
import { seededDraws } from '../primitives/index.ts';
import { MODELS } from './index.ts';
import { summaries } from './testing/full-world.ts';
import { judge } from './testing/judge.ts';
import { at, COD, DUST, NH3N, NOX, SO2, TN, WATER, World } from './testing/world.ts';

interface LookAlike {
  readonly model: string;
  /** What it is, and why it is honest. */
  readonly what: string;
  readonly make: () => World;
  readonly asked: readonly number[];
  /** Reminders that the model owes even here; nothing at all where not said. */
  readonly atMost?: 'REMIND';
}

const tick = (day: number, hour: number): number => at(day, hour) + 10 * MINUTE;
const gas = (): World => new World('gas', 40, 71);
const water = (): World => new World('water', 40, 72);
/** Results of one analyser that differ by `spread` from `level`, sample by sample. */
const results = (w: World, factor: typeof COD, level: number, spread: number, seed: number): World => {
  const draw = seededDraws(seed);
  let shown = level;
  return w.edit(factor, at(0), at(40), (_, i) => (shown = i % 6 === 0 ? level * (1 + spread * 2 * (draw() - 0.5)) : shown));
};

/** Honest things that look like cheating, for models whose own tests show none: one row each. */
const LOOK_ALIKES: readonly LookAlike[] = [
  {
    model: 'A02', what: 'steps and hours of an outage that come later: back-fill is no shortfall', asked: [at(16, 2)],
    make: () => {
      const w = new World('gas', 20, 4);
      w.late.push({ start: at(15, 4), end: at(15, 12), arrives: at(15, 15) });
      return w;
    },
  },
  {
    model: 'A04', what: 'back-fill of a real outage, with values like those around it: told, never more', asked: [at(35, 15) + 6 * MINUTE], atMost: 'REMIND',
    make: () => {
      const w = gas();
      w.late.push({ start: at(35), end: at(35, 12), arrives: at(35, 15) });
      return w;
    },
  },
  { model: 'B03', what: 'a spike of one hour: the day is not lost', asked: [tick(35, 10), tick(35, 14)], make: () => water().edit(COD, at(35, 3), at(35, 4), (v) => v * 2) },
  {
    model: 'B04', what: 'a set-point close under the limit, kept all the time: the own habit', asked: [at(39, 2)],
    make: () => {
      const w = gas();
      w.hourEdits.push((v, t) => {
        if (v.factor === NOX && (t / HOUR) % 3 === 0) v.zsAvg = 47 + ((t / HOUR) % 5) / 2;
      });
      return w;
    },
  },
  { model: 'D10', what: 'ammonia nearly all of the total nitrogen, within what two analysers differ', asked: [tick(36, 5)], make: () => {
    const w = water();
    const total = w.channels.get(TN)?.values as Float64Array;
    return w.edit(NH3N, at(34), at(37), (_, i) => (total[i] as number) * 1.02);
  } },
  {
    model: 'D14', what: 'an effluent that has always been this stable, while the flow moves', asked: [tick(36, 0), tick(38, 0)],
    make: () => results(results(water().edit(WATER, at(0), at(40), (v, i) => v * (1 + 0.15 * Math.sin(i / 23))), COD, 20, 0.02, 5), NH3N, 1, 0.02, 6),
  },
  {
    model: 'G03', what: 'results at the detection limit of the method: equal because nothing was found', asked: [at(36, 2)],
    make: () => [3, 10, 17, 24, 31].reduce((w, day) => [[SO2, 3], [NOX, 2], [DUST, 1]].reduce((u, [factor, value]) => u.know(at(day + 2), {
      kind: 'sample', factor: factor as typeof SO2, sampledAt: at(day, 10), value: value as number, text: String(value), basis: 'zs', by: 'self', lab: 'L1', sampler: '', startedAt: Number.NaN, finishedAt: Number.NaN,
    }), w), gas()),
  },
  {
    model: 'G04', what: 'three months are stored and then shipped together: the ledger closes', asked: [at(3, 2)],
    make: () => {
      let stock = 5;
      return [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce((w, k) => {
        const end = at(-30 * (9 - k));
        const shipped = k % 3 === 0 ? 60 : 0;
        stock += 20 - shipped;
        return w.know(end, { kind: 'waste', month: `2025-${String(k).padStart(2, '0')}`, start: end - 30 * DAY, end, waste: 'HW17', generated: 20, shipped, disposed: 0, stock, production: 1000 });
      }, new World('gas', 12, 71));
    },
  },
  {
    model: 'G05', what: 'a traffic jam: a little longer, a little off the route, a short stop', asked: [at(21, 2)],
    make: () => Array.from({ length: 22 }, (_, k) => k).reduce((w, k) => w.know(at(k % 21, 14), {
      kind: 'manifest', id: `${k}`, waste: 'HW17', leftAt: at(k % 21, 10), arrivedAt: at(k % 21, 10) + (k === 20 ? 4.2 : 3) * HOUR, sentTonnes: 6 + k / 100, receivedTonnes: 6 + k / 100 - 0.02, carrier: 'C', licensed: true,
      plate: 'A', deviationKm: k === 20 ? 4 : 0, stopMinutes: k === 20 ? 25 : 5, silentMinutes: 0, storedSince: at(k % 21) - 60 * DAY,
    }), new World('gas', 30, 71)),
  },
  {
    model: 'G09', what: 'a week of a slightly different product: still like itself more than like a sibling', asked: [at(64, 2), at(71, 2)],
    make: () => {
      const w = new World('gas', 2, 5);
      const own = summaries('DA001' as OutfallId, [SO2, NOX], 72, 11).map((day, k) => (k < 64 ? day : { ...day, factors: day.factors.map((f) => ({ ...f, cv: f.cv * 1.1, level: f.level * 1.05 })) }));
      w.peerView = { own, peers: [1, 2, 3].map((i) => ({
        outfall: `P${i}` as OutfallId, enterprise: `U${i}`, name: `单位${i}`, operator: 'X', relations: ['enterprise', 'industry'], location: undefined, shared: '',
        days: summaries(`P${i}` as OutfallId, [SO2, NOX], 72, 20 + i).map((day) => ({ ...day, factors: day.factors.map((f) => ({ ...f, cv: f.cv * (1 + i), lag1: f.lag1 * (1 - 0.2 * i) })) })),
      })) };
      return w;
    },
  },
  {
    model: 'G10', what: 'a night shift at half production: treatment follows production', asked: [at(43, 2)],
    make: () => {
      const w = new World('gas', 45, 32);
      for (let d = 28; d < 44; d++) for (const role of ['production', 'treatment'] as const) w.power(role, at(d, 22), at(d + 1, 6), (kw) => kw * 0.5);
      return w;
    },
  },
];

describe.each(LOOK_ALIKES.map((row) => [row.model, row] as const))('model:%s', (id, row) => {
  it(`passes over an honest look-alike: ${row.what}`, () => {
    const model = MODELS.find((one) => one.id === id) as Model;
    const world = row.make();
    const said = row.asked.map((now) => model.evaluate(world.contextAt(now), model.params));
    // A model that cannot tell has passed over nothing.
    expect(said.map((one) => `${one.outcome} ${one.reason}`)).toContainEqual(expect.not.stringContaining('CANNOT_TELL'));
    const raised = row.asked.flatMap((now) => judge(model, world, now)).filter((f) => f.suppressed === undefined);
    expect(raised.filter((f) => row.atMost === undefined || f.tier !== row.atMost)).toEqual([]);
  });
});
