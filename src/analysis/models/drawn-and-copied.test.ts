import { HOUR } from '#kernel';
import { describe, expect, it } from 'vitest';
import { c04 } from './c04-terminal-digit.ts';
import { c06 } from './c06-bunching-at-limit.ts';
import { c09 } from './c09-near-copies.ts';
import { c10 } from './c10-scripted-periodicity.ts';
import { c13 } from './c13-slow-drift.ts';
import { c14 } from './c14-missing-spikes.ts';
import type { PastFinding } from '../contract.ts';
import { seededDraws } from '../primitives/index.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, DUST, NH3N, NOX, SO2, World } from './testing/world.ts';

// 1 March 2026 is a Sunday: days 36 and 64 are Mondays.
const gas = (seed = 71, days = 40): World => new World('gas', days, seed);
const shown = (w: World, factor: typeof SO2): Float64Array => w.channels.get(factor)?.values as Float64Array;

describe('model:C04 terminal digit', () => {
  /** Hours typed by a person: half of them end in 0 or 5. */
  const typed = (share: number, from = at(0), to = at(40)): World => {
    const w = gas();
    const draw = seededDraws(12);
    w.hourEdits.push((v, t) => {
      if (v.factor === NOX && t >= from && t < to && draw() < share) v.avg = Number((Math.round(v.avg * 20) / 20).toFixed(2));
    });
    return w;
  };
  it('sees a liking for 0 and 5', () => {
    const [f] = raised(c04, typed(0.4), at(36, 2));
    expect(f).toMatchObject({ factors: [NOX], tier: 'WORK_ORDER' });
    expect(f?.stats['share0and5']).toBeGreaterThan(0.35);
    expect(raised(c04, typed(0.12), at(36, 2)).every((x) => x.tier !== 'WORK_ORDER')).toBe(true);
  });
  it('reports the days that were typed, not the month they lie in', () => {
    const [f] = raised(c04, typed(0.95, at(20), at(26)), at(36, 2));
    expect(f?.factors).toEqual([NOX]);
    for (const [side, edge] of [[f?.start, at(20)], [f?.end, at(26)]] as const) expect(Math.abs((side ?? 0) - edge)).toBeLessThanOrEqual(18 * HOUR);
  });
  it('a frozen value is one number, however often it was sent', () => {
    const frozen = gas().edit(NOX, at(30), at(33), () => 30.5);
    expect(raised(c04, frozen, at(36, 2))).toEqual([]);
  });
  it('honest: an instrument that prints in fives, a coarse one and honest ones show nothing', () => {
    expect(raised(c04, typed(1), at(36, 2))).toEqual([]);
    const coarse = gas().edit(NOX, at(0), at(40), (v) => Math.round(v));
    expect(raised(c04, coarse, at(36, 2))).toEqual([]);
    for (let seed = 71; seed < 75; seed++) expect(raised(c04, gas(seed), at(36, 2))).toEqual([]);
    expect(c04.evaluate(gas().contextAt(at(20, 2)), c04.params).missing).toEqual(['30 days of hourly values']);
  });
});

describe('model:C06 bunching at the limit', () => {
  const dirty = (pressed: boolean, level = 1.45): World => {
    const w = gas().edit(NOX, at(26), at(40), (v) => v * level);
    const draw = seededDraws(4);
    w.hourEdits.push((v, t) => {
      const target = 0.86 + 0.125 * draw();
      if (pressed && v.factor === NOX && t >= at(26) && v.zsAvg > 49) v.zsAvg = Number((50 * target).toFixed(2));
    });
    return w;
  };
  it('sees hours pressed under the limit, and where', () => {
    const [f] = raised(c06, dirty(true), at(38, 2));
    expect(f?.factors).toEqual([NOX]);
    expect(f?.stats['above']).toBe(0);
    expect(f?.start).toBeGreaterThanOrEqual(at(25));
    expect((f?.end ?? 0) - (f?.start ?? 0)).toBeLessThanOrEqual(7 * 24 * HOUR);
  });
  it('reports the days that are crowded, not single hours near the limit before and after', () => {
    const w = gas().edit(NOX, at(28), at(32), (v) => v * 1.5);
    const draw = seededDraws(4);
    w.hourEdits.push((v, t) => {
      if (v.factor === NOX && v.zsAvg > 46 && t >= at(28) && t < at(32)) v.zsAvg = Number((50 * (0.94 + 0.05 * draw())).toFixed(2));
      else if (v.factor === NOX && ((t >= at(27, 6) && t < at(28)) || (t >= at(32, 6) && t < at(34, 12))) && (t / HOUR) % 7 === 0) v.zsAvg = 49;
    });
    const [f] = raised(c06, w, at(38, 2));
    expect(f?.factors).toEqual([NOX]);
    expect([f?.start ?? 0, -(f?.end ?? 0)].every((side, k) => side >= [at(28), -at(32)][k]! - HOUR)).toBe(true);
  });
  it('honest: a spell of dirty weeks that also leaves its mark above the limit has no wall', () => {
    const spell = gas().edit(NOX, at(26), at(34), (v) => v * 1.35);
    for (const d of [30, 34, 38]) expect(raised(c06, spell, at(d, 2))).toEqual([]);
  });
  it('honest: a plant that is dirty and says so, or runs close to the limit, has no edge there', () => {
    expect(raised(c06, dirty(false), at(38, 2))).toEqual([]);
    for (const level of [1.1, 1.2, 1.3]) expect(raised(c06, dirty(false, level), at(38, 2))).toEqual([]);
  });
});

describe('model:C09 near copies', () => {
  const copied = (w: World, factors: readonly (typeof SO2)[], change: (v: number, k: number) => number, hours = 30, lagSteps = 1303): World => {
    for (const f of factors) {
      const past = shown(w, f).slice();
      w.edit(f, at(35), at(35, hours), (_, i, k) => change(past[i - lagSteps] as number, k));
    }
    return w;
  };
  it('finds a scaled and jittered copy of two instruments at any distance, with its span', () => {
    const draw = seededDraws(5);
    const w = copied(gas(), [SO2, DUST], (v) => 0.7 * v + 1 + 0.01 * (draw() - 0.5));
    const [f] = raised(c09, w, at(36, 2));
    expect(f).toMatchObject({ factors: [SO2, DUST].sort(), tier: 'WORK_ORDER', standsAloneHere: expect.any(String) });
    expect(Math.abs((f?.start ?? 0) - at(35))).toBeLessThanOrEqual(2 * HOUR);
    expect(f?.stats['lagDays']).toBeCloseTo(1303 / 144, 6);
    expect(f?.stats['slope']).toBeCloseTo(0.7, 2);
  });
  it('finds copied analyser results', () => {
    const w = new World('water', 40, 72);
    copied(w, [COD, NH3N], (v) => v * 0.8, 48, 9 * 144);
    expect(raised(c09, w, at(37, 2))[0]?.factors).toEqual([COD, NH3N].sort());
  });
  it('honest: days that only look alike are no copies: the same course under fresh noise, a stop like another stop', () => {
    const draw = seededDraws(6);
    const alike = copied(gas(), [SO2], (v) => v * (1 + 0.1 * (draw() - 0.5)));
    expect(raised(c09, alike, at(36, 2))).toEqual([]);
    expect(raised(c09, gas().stop(at(20), at(21)).stop(at(35), at(36)), at(36, 2))).toEqual([]);
  });
});

describe('model:C10 scripted periodicity', () => {
  const sine = (hours: number, period: number): World =>
    gas().edit(NOX, at(35), at(35, hours), (_, __, k) => 30 + 4 * Math.sin((2 * Math.PI * k) / (period * 6)));
  it('sees a drawn sine, its period and its span', () => {
    const [f] = raised(c10, sine(60, 11), at(37, 2));
    expect(f?.factors).toEqual([NOX]);
    expect(Math.abs((f?.start ?? 0) - at(35))).toBeLessThanOrEqual(8 * HOUR);
    expect(raised(c10, sine(20, 9), at(36, 2))[0]?.factors).toEqual([NOX]);
  });
  it('sees a template that is played again and again', () => {
    const w = gas();
    const past = shown(w, SO2).slice(w.index(at(20)), w.index(at(20, 7)));
    w.edit(SO2, at(35), at(36), (_, __, k) => past[k % past.length] as number);
    const [f] = raised(c10, w, at(36, 2));
    expect(f?.stats).toMatchObject({ kind: 'template', periodHours: 7 });
  });
  it('honest: a load that swings by the day leaves the noise of the plant and is no script', () => {
    const daily = gas().edit(NOX, at(0), at(40), (v, i) => v * (1 + 0.25 * Math.sin((2 * Math.PI * i) / 144)));
    for (const d of [30, 33, 36]) expect(raised(c10, daily, at(d, 2))).toEqual([]);
    // A week of history has not shown yet how calm this plant can be.
    const swings = (from: number): World => gas().edit(NOX, at(from), at(from + 3), (_, __, k) => 30 + 4 * Math.sin((2 * Math.PI * k) / 66) + ((k * 7919) % 13 - 6) / 6);
    expect(raised(c10, swings(32), at(34, 14))).toHaveLength(1);
    expect(raised(c10, swings(12), at(14, 14))).toEqual([]);
    expect(raised(c10, sine(60, 11).flag('FAULT', at(35), at(37, 12), [NOX]), at(37, 2))).toEqual([]);
  });
});

describe('model:C13 slow drift', () => {
  const creep = (change: number, from = 36): World => gas(73, 70).edit(SO2, at(from), at(70), (v, _, k) => v * (1 + change * Math.min(1, k / (28 * 144))));
  it('sees a coefficient that creeps down without any step', () => {
    const [f] = raised(c13, creep(-0.45), at(64, 2));
    expect(f).toMatchObject({ factors: [SO2], tier: 'WARN' });
    expect(Math.abs((f?.stats['change'] as number) + 0.42)).toBeLessThan(0.12);
    expect(Math.abs((f?.start ?? 0) - at(38))).toBeLessThan(8 * 24 * HOUR);
  });
  it('honest: ageing upwards, a single step, a filed change and an honest plant are no creep', () => {
    expect(judge(c13, creep(0.35), at(64, 2)).every((f) => f.suppressed?.reason === 'ageing')).toBe(true);
    expect(raised(c13, gas(73, 70).edit(SO2, at(50), at(70), (v) => v * 0.6), at(64, 2))).toEqual([]);
    const filed = creep(-0.45).know(at(40), { kind: 'maintenance', start: at(40), end: at(40, 2), what: 'fuel_switch', factors: [] });
    expect(raised(c13, filed, at(64, 2))).toEqual([]);
    for (let seed = 74; seed < 77; seed++) expect(raised(c13, gas(seed, 70), at(64, 2))).toEqual([]);
    expect(c13.evaluate(gas().contextAt(at(38, 2)), c13.params).missing).toEqual(['45 days of data']);
  });
});

describe('model:C14 missing spikes', () => {
  /** A plant with an upset every day or so. */
  const spiky = (seed: number): World => {
    const w = gas(seed, 72);
    const draw = seededDraws(seed);
    for (let d = 0; d < 72; d++) {
      const start = at(d, 20 * draw());
      w.edit(SO2, start, start + 3 * HOUR, (v, _, k) => v * (1 + 1.2 * Math.exp(-k / 8)));
    }
    return w;
  };
  it('sees the top of the distribution go while the rest stays', () => {
    const w = spiky(81);
    const usual = shown(w, SO2).slice().sort();
    const cap = usual[Math.floor(0.8 * usual.length)] as number;
    w.edit(SO2, at(63), at(72), (v) => Math.min(v, cap * (1 - 0.003 * ((v * 7) % 1))));
    const [f] = raised(c14, w, at(71, 2));
    expect(f?.factors).toEqual([SO2]);
    expect(f?.stats['tailRatio']).toBeLessThan(0.53);
  });
  it('lies where another model within the week says that the signal was not the plant\'s', () => {
    const w = spiky(81);
    const usual = shown(w, SO2).slice().sort();
    const cap = usual[Math.floor(0.8 * usual.length)] as number;
    w.edit(SO2, at(63), at(72), (v) => Math.min(v, cap * (1 - 0.003 * ((v * 7) % 1))));
    const told = (tier: PastFinding['tier']): PastFinding => ({ model: 'C15', family: 'emission', tier, start: at(62), end: at(67), raisedAt: at(67) });
    expect(raised(c14, w, at(71, 2), [told('WARN')])[0]).toMatchObject({ start: at(64, 2), end: at(67) });
    expect(raised(c14, w, at(71, 2), [told('REMIND')])[0]).toMatchObject({ start: at(64, 2), end: at(71, 2) });
  });
  it('honest: a cleaner plant moves as a whole, a calm week and an honest one show nothing', () => {
    expect(raised(c14, spiky(82).edit(SO2, at(63), at(72), (v) => 0.6 * v), at(71, 2))).toEqual([]);
    for (let seed = 83; seed < 86; seed++) expect(raised(c14, spiky(seed), at(71, 2))).toEqual([]);
    expect(raised(c14, gas(86, 72), at(71, 2))).toEqual([]);
    expect(c14.evaluate(gas().contextAt(at(38, 2)), c14.params).missing).toEqual(['52 days of steps']);
  });
});
