import { HOUR, MINUTE, type FactorCode } from '#kernel';
import { describe, expect, it } from 'vitest';
import { seededDraws } from '../primitives/index.ts';
import { d03 } from './d03-broken-coupling.ts';
import { d08 } from './d08-slope-or-intercept.ts';
import { d09 } from './d09-sulphur-carbon-balance.ts';
import { d13 } from './d13-water-balance.ts';
import { d15 } from './d15-removal-efficiency.ts';
import { e07 } from './e07-intensity.ts';
import { f04 } from './f04-calibration-timing.ts';
import type { Model } from '../contract.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, FLOW, NH3N, NOX, O2, SO2, WATER, World } from './testing/world.ts';

const gas = (seed = 71, days = 40): World => new World('gas', days, seed);
const water = (seed = 72, days = 40): World => new World('water', days, seed);
const values = (w: World, f: FactorCode): Float64Array => w.channels.get(f)?.values as Float64Array;
const silent = (model: Model, make: (seed: number) => World, now: number): void => {
  for (const seed of [1, 2]) expect(raised(model, make(seed), now)).toEqual([]);
};
const unable = (model: Model, w: World, now: number): unknown => model.evaluate(w.contextAt(now), model.params);

describe('model:D03 broken coupling', () => {
  it('flow that used to follow production and forgets it', () => {
    const draw = seededDraws(9);
    let x = 0;
    const forged = gas().edit(FLOW, at(35), at(39), (v, i) => (i % 6 === 0 ? (x = 0.8 * x + 60_000 * (draw() - 0.5)) : x, 700_000 + x + v * 1e-9));
    const [f] = raised(d03, forged, at(38, 2));
    expect(f?.factors).toContain(FLOW);
    expect(f?.stats['usual']).toBeGreaterThan(0.8);
    expect(Math.abs(f?.stats['now'] as number)).toBeLessThan(0.5);
  });
  it('honest: a calmer load, honest plants and instrument work are in order', () => {
    const calm = gas().power('production', at(35), at(39), (kw) => 830 + 0.1 * (kw - 830));
    expect(raised(d03, calm, at(38, 2))).toEqual([]);
    silent(d03, gas, at(38, 2));
    silent(d03, water, at(38, 2));
    expect(unable(d03, gas(), at(8, 2))).toMatchObject({ outcome: 'CANNOT_TELL' });
  });
});

describe('model:D08 slope or intercept', () => {
  it('tells a slope from an intercept by the noise', () => {
    const slope = gas().edit(NOX, at(34), at(40), (v) => v * 0.55);
    expect(raised(d08, slope, at(38, 2))[0]).toMatchObject({ factors: [NOX], tier: 'REMIND', stats: { how: 'gain' } });
    const intercept = gas().edit(NOX, at(34), at(40), (v) => Math.max(0, v - 13));
    const [f] = raised(d08, intercept, at(38, 2));
    expect(f).toMatchObject({ factors: [NOX], stats: { how: 'offset' } });
    expect(Math.abs((f?.start ?? 0) - at(34))).toBeLessThan(8 * HOUR);
  });
  it('warns of a slope where the noise is the instrument\'s, or where somebody was at the door', () => {
    const draw = seededDraws(12);
    const noisy = gas().edit(NOX, at(0), at(40), (v) => v + 8 * (draw() - 0.5)).edit(NOX, at(34), at(40), (v) => v * 0.55);
    expect(raised(d08, noisy, at(38, 2))[0]).toMatchObject({ factors: [NOX], tier: 'WARN', stats: { how: 'gain' } });
    const slope = gas().edit(NOX, at(34), at(40), (v) => v * 0.55);
    const door = { model: 'F07', family: 'site', tier: 'WARN', start: at(33, 23), end: at(34, 1), raisedAt: at(34, 1) } as const;
    expect(raised(d08, slope, at(38, 2), [door])[0]).toMatchObject({ tier: 'WORK_ORDER', factors: [NOX] });
  });
  it('a week of analyses shows an offset under which the level has risen', () => {
    const hidden = water().edit(COD, at(32), at(40), (v) => v * 1.75 - 22);
    const [f] = raised(d08, hidden, at(39, 2));
    expect(f).toMatchObject({ factors: [COD], tier: 'REMIND', stats: { how: 'offset' } });
    expect(Math.abs((f?.start ?? 0) - at(32))).toBeLessThan(48 * HOUR);
  });
  it('ends where the level came back, not with the window that still remembers it', () => {
    const [f] = raised(d08, gas().edit(NOX, at(34), at(37), (v) => Math.max(0, v - 13)), at(37, 10));
    expect(Math.abs((f?.end ?? 0) - at(37))).toBeLessThan(4 * HOUR);
  });
  it('honest: noise of the print-out is not noise of the instrument', () => {
    const coarse = gas().edit(NOX, at(0), at(40), Math.round).edit(NOX, at(34), at(40), (v) => Math.max(0, v - 10));
    expect(raised(d08, coarse, at(38, 2))).toEqual([]);
  });
  it('honest: a lower load, a filed change of fuel and honest plants are in order', () => {
    const low = gas().edit(NOX, at(34), at(40), (v) => v * 0.55).power('production', at(34), at(40), (kw) => kw * 0.6);
    expect(raised(d08, low, at(38, 2))).toEqual([]);
    const fuel = gas().edit(SO2, at(34), at(40), (v) => v * 0.6).know(at(34), { kind: 'maintenance', start: at(34), end: at(38), what: 'fuel switch', factors: [] });
    expect(judge(d08, fuel, at(38, 2)).every((f) => f.suppressed !== undefined)).toBe(true);
    silent(d08, gas, at(38, 2));
    silent(d08, water, at(38, 2));
  });
});

describe('model:D09 sulphur and carbon balance', () => {
  /** Coal with 1 % sulphur such that `share` of its SO2 reaches the stack. */
  const burning = (share: number, limestone: number, seed = 73): World => {
    const w = gas(seed);
    const so2 = values(w, SO2);
    const flow = values(w, FLOW);
    const kg = (i: number): number => ((so2[i] as number) * (flow[i] as number)) / 1e6;
    w.side('pr.g1', (i) => kg(i) / share / (2 * 0.9 * 0.01), 'fuel', 0.1).side('pr.g2', (i) => limestone * 1.5625 * kg(i) * (1 / share - 1), 'limestone', 0.1);
    w.attributes = { fuel_s: '1' };
    return w;
  };
  it('more sulphur bound than any scrubber can, with too little limestone', () => {
    expect(raised(d09, burning(0.003, 0.5), at(36, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', factors: [SO2] });
    expect(raised(d09, burning(0.003, 1.03), at(36, 2))[0]?.tier).toBe('WARN');
  });
  it('carbon dioxide and oxygen that do not add up', () => {
    const carbon = (part: number): World => {
      const w = gas();
      const o2 = values(w, O2);
      return w.side('a05001', (i) => part * 19 * (1 - (o2[i] as number) / 20.9));
    };
    expect(raised(d09, carbon(0.5), at(36, 2))[0]).toMatchObject({ tier: 'WARN' });
    expect(raised(d09, carbon(1), at(36, 2))).toEqual([]);
  });
  it('honest: an ordinary balance is in order; without fuel or CO2 it says what is missing', () => {
    silent(d09, (seed) => burning(0.04, 1.03, seed), at(36, 2));
    expect(unable(d09, gas(), at(36, 2))).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['process_mn: fuel', 'fuel_s or fuel_sulphur', 'a05001'] });
  });
});

describe('model:D13 water balance', () => {
  const metered = (seed = 74): World => {
    const w = water(seed);
    const flow = values(w, WATER).slice();
    return w.side('pr.q1', (i) => ((flow[i] as number) * 3.6) / 0.8, 'intake');
  };
  it('water that came in and did not come out, by intake and by treatment power', () => {
    const [f] = raised(d13, metered().edit(WATER, at(32), at(40), (v) => v * 0.45), at(39, 2));
    expect(f).toMatchObject({ tier: 'WORK_ORDER', factors: [WATER], start: at(32), stats: { by: 'intake' } });
    const [g] = raised(d13, water().edit(WATER, at(34), at(40), (v) => v * 0.5), at(39, 2));
    expect(g).toMatchObject({ tier: 'WARN', start: at(34), stats: { by: 'treatment power' } });
    // The median of three days goes on for a day after the water came back.
    expect(raised(d13, metered().edit(WATER, at(32), at(38), (v) => v * 0.45), at(39, 2))[0]).toMatchObject({ start: at(32), end: at(38) });
  });
  it('honest: less intake, a filed reuse project and honest plants are in order', () => {
    const less = metered().edit(WATER, at(32), at(40), (v) => v * 0.5).edit('pr.q1' as FactorCode, at(32), at(40), (v) => v * 0.5);
    expect(raised(d13, less, at(39, 2))).toEqual([]);
    const reuse = metered().edit(WATER, at(34), at(40), (v) => v * 0.6).know(at(34), { kind: 'maintenance', start: at(34), end: at(34, 8), what: 'reuse project', factors: [] });
    expect(judge(d13, reuse, at(39, 2)).every((x) => x.suppressed !== undefined)).toBe(true);
    silent(d13, metered, at(39, 2));
    silent(d13, water, at(39, 2));
  });
});

describe('model:D15 removal efficiency', () => {
  /** Inlet that the outlet follows by `gain`, three hours later. */
  const works = (seed = 75): World => {
    const w = water(seed);
    const draw = seededDraws(seed);
    const inlet = new Float64Array(w.steps);
    let x = 0;
    for (let i = 0; i < w.steps; i++) inlet[i] = 300 * Math.exp((x = i % 6 === 0 ? 0.9 * x + 0.2 * (draw() - 0.5) : x));
    w.side('in.w01018', (i) => inlet[i] as number, '', 0.1);
    return w.edit(COD, at(0), at(40), (_, i) => 30 * ((inlet[Math.max(0, i - 18)] as number) / 300) ** 0.9);
  };
  it('an outlet that no longer answers its inlet', () => {
    const draw = seededDraws(4);
    let y = 30;
    const blind = works().edit(COD, at(32), at(40), (_, i) => (y = i % 6 === 0 ? 30 + 4 * (draw() - 0.5) : y));
    expect(raised(d15, blind, at(39, 2)).map((f) => f.tier)).toContain('WARN');
  });
  it('a few days against the inlet break the link of the week and do not make the week blind', () => {
    const draw = seededDraws(5);
    let y = 30;
    silent(d15, () => works().edit(COD, at(32), at(35), (_, i) => (y = i % 6 === 0 ? 30 * Math.exp(9 * (draw() - 0.5)) : y)), at(39, 2));
  });
  it('hours of which others have told do not make the week blind', () => {
    const draw = seededDraws(4);
    let y = 30;
    const blind = works().edit(COD, at(32), at(40), (_, i) => (y = i % 6 === 0 ? 30 + 4 * (draw() - 0.5) : y));
    const told = { model: 'C11', family: 'emission', tier: 'WARN', start: at(32, 6), end: at(38), raisedAt: at(33) } as const;
    expect(raised(d15, blind, at(39, 2), [told])).toEqual([]);
    expect(raised(d15, blind, at(39, 2), [{ ...told, model: 'C02' }])).not.toEqual([]);
  });
  it('removal better than ever for less power', () => {
    const cheap = works().edit(COD, at(35), at(40), (v) => v * 0.3).power('treatment', at(35), at(40), (kw) => kw * 0.6);
    expect(raised(d15, cheap, at(39, 2))[0]).toMatchObject({ tier: 'WARN', factors: [COD], start: at(35) });
  });
  it('honest: works that follow their inlet are in order; without an inlet it cannot tell', () => {
    silent(d15, works, at(39, 2));
    const upgraded = works().edit(COD, at(35), at(40), (v) => v * 0.3).know(at(35), { kind: 'maintenance', start: at(35), end: at(35, 8), what: 'upgrade', factors: [COD] });
    expect(judge(d15, upgraded, at(39, 2)).every((f) => f.suppressed !== undefined)).toBe(true);
    expect(unable(d15, water(), at(39, 2))).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['inlet_mn'] });
  });
});

describe('model:E07 emission and reagent intensity', () => {
  const long = (seed = 76): World => gas(seed, 62);
  it('emission per kilowatt-hour that fell for good', () => {
    const low = long().edit(SO2, at(54), at(62), (v) => v * 0.45);
    expect(raised(e07, low, at(61, 2))[0]).toMatchObject({ tier: 'WARN', factors: [SO2], start: at(54) });
  });
  it('a clean source whose coarse print falls from three steps to one says nothing; the same fall in fine print does', () => {
    const low = (step: number): World => long().edit(SO2, at(0), at(62), (v) => step * Math.max(1, Math.round(v / 7))).edit(SO2, at(54), at(62), () => step);
    expect(raised(e07, low(1), at(61, 2))).toEqual([]);
    expect(raised(e07, long().edit(SO2, at(0), at(62), (v) => Math.round(v * 14) / 100).edit(SO2, at(54), at(62), (v) => Math.round(v * 45) / 100), at(61, 2))[0]).toMatchObject({ factors: [SO2] });
  });
  it('reagent that is saved', () => {
    const w = long();
    const kw = w.production.slice();
    w.side('pr.g9', (i) => 0.2 * (kw[i] as number), 'reagent').edit('pr.g9' as FactorCode, at(54), at(62), (v) => v * 0.4);
    expect(raised(e07, w, at(61, 2)).map((f) => f.stats['ratio'])).toEqual(['reagent']);
  });
  it('honest: less production, a filed change and honest plants are in order', () => {
    const less = long().edit(SO2, at(54), at(62), (v) => v * 0.5).edit(NOX, at(54), at(62), (v) => v * 0.5).power('production', at(54), at(62), (kw) => kw * 0.5);
    expect(raised(e07, less, at(61, 2))).toEqual([]);
    const filed = long().edit(SO2, at(54), at(62), (v) => v * 0.45).know(at(54), { kind: 'maintenance', start: at(54), end: at(56), what: 'fuel switch', factors: [SO2] });
    expect(judge(e07, filed, at(61, 2)).every((f) => f.suppressed !== undefined)).toBe(true);
    silent(e07, (seed) => long(seed), at(61, 2));
    expect(unable(e07, gas(), at(38, 2))).toMatchObject({ outcome: 'CANNOT_TELL' });
  });
});

describe('model:F04 calibration timing', () => {
  const work = (w: World, days: readonly number[], hour: (d: number) => number, hours = 1): World =>
    days.reduce((x, d) => x.flag('CALIBRATION', at(d, hour(d)), at(d, hour(d) + hours), [SO2, NOX]), w);
  it('calibrations that come whenever the value is high', () => {
    const days = [31, 32, 33, 34, 35];
    const hour = (d: number): number => 3 + ((d * 5) % 15);
    const high = days.reduce((w, d) => w.edit(NOX, at(d, hour(d) - 3), at(d, hour(d)), () => 49), gas());
    expect(raised(f04, work(high, days, hour), at(36, 2))[0]).toMatchObject({ tier: 'WARN', stats: { above: 5 } });
    expect(raised(f04, work(gas(), days, hour), at(36, 2))).toEqual([]);
  });
  it('one that takes far longer than usual', () => {
    const weekly = work(gas(), [1, 6, 11, 16, 21, 26], () => 10);
    expect(raised(f04, work(weekly, [35], () => 10, 4), at(36, 2))[0]).toMatchObject({ tier: 'REMIND', start: at(35, 10), end: at(35, 14) });
    expect(raised(f04, work(work(gas(), [1, 6, 11, 16, 21, 26], () => 10), [35], () => 10, 1), at(36, 2))).toEqual([]);
  });
  it('honest: daily checks at a fixed hour and filed work are no choice of time', () => {
    const days = [31, 32, 33, 34, 35];
    const fixed = days.reduce((w, d) => w.edit(NOX, at(d, 7), at(d, 10), () => 49), gas());
    expect(raised(f04, work(fixed, days, () => 10), at(36, 2))).toEqual([]);
    silent(f04, (seed) => work(gas(seed), [3, 10, 17, 24, 31, 35], (d) => 9 + (d % 5)), at(36, 2));
    silent(f04, (seed) => new World('water', 40, seed).flag('CALIBRATION', at(35, 2), at(35, 3), [NH3N]), at(36, 2) + MINUTE);
  });
});
