import { HOUR, MINUTE } from '#kernel';
import { describe, expect, it } from 'vitest';
import { c01 } from './c01-constant-value.ts';
import { c02 } from './c02-tiny-fluctuation.ts';
import { c03 } from './c03-noise-drop.ts';
import { c07 } from './c07-range-clipping.ts';
import { c08 } from './c08-repeated-block.ts';
import { c12 } from './c12-unexplained-step.ts';
import { seededDraws } from '../primitives/index.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, NH3N, NOX, O2, SO2, World } from './testing/world.ts';

const soon = (days: number, hours: number): number => at(days, hours) + 3 * MINUTE;
const gas = (seed = 31): World => new World('gas', 40, seed);

describe('model:C01 constant value', () => {
  const frozen = (hours: number): World => gas().edit(SO2, at(35, 2), at(35, 2 + hours), () => 17.35);
  it('[PAPER-2.3b] reports exactly the frozen hours, higher the longer they last', () => {
    expect(raised(c01, frozen(3), soon(35, 6))).toEqual([]);
    const found = [6, 10].map((h) => raised(c01, frozen(h), soon(35, 2 + h))[0]);
    expect(found.map((f) => f?.tier)).toEqual(['REMIND', 'WARN']);
    expect(found[1]).toMatchObject({ start: at(35, 2), end: at(35, 12), factors: [SO2] });
    expect(found[1]?.text.zh).toMatch(/17\.35/u);
  });
  it('sees through a one-bit flicker, and two instruments at once stand alone', () => {
    const w = frozen(26).edit(SO2, at(35, 2), at(36, 4), (v, _, k) => (k % 20 === 7 ? v + 0.01 : v));
    const dust = [...w.channels.keys()].find((f) => f.startsWith('a34')) ?? SO2;
    w.edit(dust, at(35, 2), at(36, 4), () => 2.5);
    const found = raised(c01, w, soon(36, 4));
    expect(found.find((f) => f.factors[0] === SO2)).toMatchObject({ tier: 'WORK_ORDER', standsAloneHere: expect.any(String) });
  });
  it('zero for a day is below what is printed and reminds; a value stood still as long is a work order', () => {
    const stood = (value: number) => raised(c01, gas().edit(SO2, at(35, 2), at(36, 4), () => value), soon(36, 4))[0]?.tier;
    expect([stood(0), stood(17.35)]).toEqual(['REMIND', 'WORK_ORDER']);
  });
  it('honest: looks like it, but is not: a stop, a fault flag, a coarse clean source, a held result', () => {
    expect(raised(c01, gas().stop(at(35), at(36)), soon(35, 14))).toEqual([]);
    expect(raised(c01, frozen(10).flag('FAULT', at(35, 2), at(35, 12)), soon(35, 12))).toEqual([]);
    const coarse = gas();
    const draw = seededDraws(5);
    // Near zero at a resolution of 1 mg/m³: mostly 1, sometimes 2.
    coarse.edit(SO2, at(0), at(40), (_, i) => (i % 40 < 36 ? 1 : 1 + Math.round(draw())));
    expect(raised(c01, coarse, soon(35, 6))).toEqual([]);
    const water = new World('water', 40, 32).edit(COD, at(35, 2), at(35, 4), () => 31);
    expect(raised(c01, water, soon(35, 8))).toEqual([]);
  });
});

describe('model:C02 tiny fluctuation', () => {
  const tiny = (): World => {
    const draw = seededDraws(6);
    return gas().edit(NOX, at(34, 6), at(36), () => 30 * (1 + 0.005 * (draw() + draw() + draw() - 1.5)));
  };
  it('finds the quiet stretch and where it begins', () => {
    const [f] = raised(c02, tiny(), soon(35, 14));
    expect(f).toMatchObject({ factors: [NOX], tier: 'WARN' });
    expect(Math.abs((f?.start ?? 0) - at(34, 6))).toBeLessThan(3 * 3_600_000);
  });
  it('calm days of a biological stage remind; results closer than the analyser repeats warn', () => {
    const calm = (cv: number): World => {
      const draw = seededDraws(8);
      let x = 0;
      return new World('water', 40, 33).edit(NH3N, at(34), at(36), (_, i) => 1.2 * (1 + (x = i % 6 === 0 ? cv * 1.73 * (2 * draw() - 1) : x)));
    };
    expect(raised(c02, calm(0.04), soon(35, 14)).map((f) => f.tier)).toEqual(['REMIND']);
    expect(raised(c02, calm(0.01), soon(35, 14)).map((f) => f.tier)).toEqual(['WARN']);
  });
  it('honest: is quiet about maintenance and about a lower, livelier level', () => {
    expect(raised(c02, tiny().flag('MAINTENANCE', at(34, 6), at(36)), soon(35, 14))).toEqual([]);
    expect(raised(c02, gas().edit(NOX, at(34), at(36), (v) => v * 0.6), soon(35, 14))).toEqual([]);
  });
});

describe('model:C03 noise drop', () => {
  it('sees a smoothed channel that still moves', () => {
    let ewma = 30;
    const w = gas().edit(NOX, at(34, 6), at(36), (v) => (ewma += 0.04 * (v - ewma)));
    const [f] = raised(c03, w, soon(35, 14));
    expect(f?.factors).toEqual([NOX]);
    expect(f?.stats['noiseRatio']).toBeLessThan(0.4);
  });
  it('honest: a cleaner fuel has less noise with less level, and that is not smoothing', () => {
    expect(raised(c03, gas().edit(SO2, at(34), at(36), (v) => v * 0.55), soon(35, 14))).toEqual([]);
  });
  it('starts over after a filed replacement', () => {
    const w = gas().know(at(34), { kind: 'maintenance', start: at(33, 20), end: at(34), what: 'analyser replaced', factors: [NOX] });
    w.edit(NOX, at(34), at(36), (v, i) => v * 0.4 + (i % 2 === 0 ? 17 : 17));
    expect(raised(c03, w, soon(35, 14))).toEqual([]);
  });
});

describe('model:C07 range clipping', () => {
  it('sees a ceiling through the published hours below the limit', () => {
    const w = gas().edit(NOX, at(32), at(39), (v) => v * 1.35);
    w.hourEdits.push((v, t) => {
      if (v.factor === NOX && t >= at(32)) v.zsAvg = Math.min(v.zsAvg, 44.5);
    });
    const [f] = raised(c07, w, at(39, 2));
    expect(f?.factors).toEqual([NOX]);
    expect(f?.stats['cap']).toBeCloseTo(44.5, 1);
    expect(raised(c07, gas().edit(NOX, at(32), at(39), (v) => v * 1.2), at(39, 2))).toEqual([]);
  });
  it('sees a ceiling through the minutes on the first day, and where it lies', () => {
    const w = gas();
    const o2 = w.channels.get(O2)?.values as Float64Array;
    w.edit(NOX, at(35, 6), at(36), (v, i) => Math.min(v * 1.5, (0.9 * 50 * (21 - (o2[i] as number))) / 15));
    const [f] = raised(c07, w, at(35, 20) + 10 * MINUTE);
    expect(f).toMatchObject({ factors: [NOX], tier: 'WARN', stats: { of: 'steps' } });
    expect(f?.stats['cap']).toBeCloseTo(45, 0);
    expect(f?.start).toBeGreaterThanOrEqual(at(35, 5));
    expect(f?.end).toBeLessThanOrEqual(at(35, 20) + 10 * MINUTE);
  });
  it('honest: a coarse print-out and a constant level above the limit are no ceiling', () => {
    const coarse = (seed: number): World => gas(seed).edit(NOX, at(0), at(40), (v) => Math.round(v * 1.2));
    for (const seed of [31, 32, 33]) for (const d of [36, 38]) expect(raised(c07, coarse(seed), at(d, 2))).toEqual([]);
    expect(raised(c07, gas().edit(NOX, at(35), at(37), () => 70), at(36, 2))).toEqual([]);
    // Printed in fives: after weeks of every load a week in which most hours read 35 or 40, and 30 the others.
    const fives = gas();
    const draw = seededDraws(9);
    fives.add(NOX, 5, fives.channels.get(NOX)?.values as Float64Array);
    fives.hourEdits.push((v, t) => {
      if (v.factor === NOX) v.zsAvg = t < at(32) ? 5 * Math.round(8 * draw()) : 30 + 5 * Math.floor(2.3 * draw() ** 1.2);
    });
    for (const d of [37, 38, 39]) expect(raised(c07, fives, at(d, 2))).toEqual([]);
  });
});

describe('model:C08 repeated block', () => {
  const replay = (w: World, factors: readonly (typeof SO2)[]): World => {
    for (const f of factors) {
      const past = w.channels.get(f)?.values.slice(w.index(at(27)), w.index(at(28))) as Float64Array;
      w.edit(f, at(35), at(36), (_, __, k) => past[k] as number);
    }
    return w;
  };
  it('[PAPER-3.2-2] finds a day that was sent before, at its distance, and stands alone when two instruments agree', () => {
    const [f] = raised(c08, replay(gas(), [SO2, NOX]), at(36, 2));
    expect(f).toMatchObject({ tier: 'WORK_ORDER', start: at(35), end: at(36), factors: [NOX, SO2], standsAloneHere: expect.any(String) });
    expect(f?.stats['lagDays']).toBe(8);
  });
  it('finds copied analyser results although their hours do not line up', () => {
    const w = new World('water', 40, 33);
    const lag = 9 * 144 + 2;
    w.edit(COD, at(34, 12), at(36), (_, i) => w.channels.get(COD)?.values[i - lag] ?? 0);
    expect(raised(c08, w, at(36, 2))[0]?.factors).toEqual([COD]);
    expect(raised(c08, new World('water', 40, 33), at(36, 2))).toEqual([]);
  });
  it('honest: a stop that looks like another stop is no replay', () => {
    expect(raised(c08, gas().stop(at(20), at(21)).stop(at(35), at(36)), at(36, 2))).toEqual([]);
  });
});

describe('model:C12 unexplained step', () => {
  it('tells within hours when two factors jump in the same minutes and stay, and not when one lets go again', () => {
    const jump = (w: World, from: number, to: number): World => w.edit(SO2, from, to, (v) => v * 2.2).edit(NOX, from, to, (v) => v * 1.8);
    const moment = at(35, 9) + 10 * MINUTE;
    const [f] = raised(c12, jump(new World('gas', 40, 11), at(35, 5), at(36)), moment);
    expect(f).toMatchObject({ factors: [NOX, SO2], tier: 'REMIND' });
    expect(Math.abs((f?.start ?? 0) - at(35, 5))).toBeLessThanOrEqual(30 * MINUTE);
    expect(raised(c12, jump(new World('gas', 40, 11), at(35, 5), at(35, 6)), moment)).toEqual([]);
    expect(raised(c12, new World('gas', 40, 11), moment)).toEqual([]);
  });
  it('sees air in the sample behind a protected oxygen channel: the gases fall, the particulates do not', () => {
    const w = new World('gas', 40, 11);
    for (const f of [SO2, NOX]) w.edit(f, at(35, 5), at(36), (v) => v * 0.55);
    const found = raised(c12, w, at(35, 9) + 10 * MINUTE);
    expect(found[0]?.factors).toEqual(expect.arrayContaining([NOX, SO2]));
  });
  const step = (): World => gas().edit(SO2, at(34), at(40), (v) => v * 0.45);
  it('finds the moment and the size', () => {
    const [f] = raised(c12, step(), at(35, 2));
    expect(f?.factors).toEqual([SO2]);
    expect(Math.abs((f?.start ?? 0) - at(34))).toBeLessThanOrEqual(HOUR);
    expect(f?.stats['change']).toBeCloseTo(-0.55, 1);
    expect((f?.end ?? 0) - (f?.start ?? 0)).toBe(12 * 3_600_000);
  });
  it('lies where the level moved, not half a window before', () => {
    const [f] = raised(c12, gas().edit(SO2, at(34, 9), at(35, 1), (v) => v * 3), at(35, 2));
    expect(Math.abs((f?.start ?? 0) - at(34, 9))).toBeLessThanOrEqual(HOUR);
  });
  it('honest: is explained by a filed fuel change, by an order and by the return to the usual level', () => {
    const filed = step().know(at(33, 20), { kind: 'maintenance', start: at(33, 20), end: at(33, 22), what: 'fuel switch', factors: [] });
    expect(judge(c12, filed, at(35, 2))[0]?.suppressed?.reason).toBe('filed-change');
    const ordered = step().know(at(33), { kind: 'order', start: at(33), end: at(36), requiredCut: 0.5 });
    expect(judge(c12, ordered, at(35, 2))[0]?.suppressed?.reason).toBe('order');
    const back = gas().edit(SO2, at(30), at(34), (v) => v * 0.4);
    expect(raised(c12, back, at(35, 2))).toEqual([]);
    // What another model has found ends here: the step back is no second finding.
    const found = { model: 'C11', family: 'emission', tier: 'WARN', start: at(32), end: at(33, 20), raisedAt: at(33) } as const;
    expect(judge(c12, step(), at(35, 2), [found])[0]?.suppressed?.reason).toBe('return');
  });
});
