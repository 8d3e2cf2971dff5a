import { calendarDay, HOUR, MINUTE } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { judgingRules, type Fact } from '#quality';
import { describe, expect, it } from 'vitest';
import type { Finding, PastFinding, Tier } from '../contract.ts';
import { seededDraws } from '../primitives/index.ts';
import { a04 } from './a04-late-back-fill.ts';
import { a07 } from './a07-internal-arithmetic.ts';
import { c11 } from './c11-random-generator.ts';
import { c12 } from './c12-unexplained-step.ts';
import { c13 } from './c13-slow-drift.ts';
import { d14 } from './d14-sample-substitution.ts';
import { e04 } from './e04-order-not-carried-out.ts';
import { e07 } from './e07-intensity.ts';
import { f01 } from './f01-mark-abuse.ts';
import { f06 } from './f06-step-after-door.ts';
import { g04 } from './g04-waste-balance.ts';
import { raised } from './testing/judge.ts';
import { at, COD, NH3N, NOX, SO2, WATER, World } from './testing/world.ts';

/** What honest plants of long simulated provinces were found for, each beside what must go on being found. */
const gas = (seed = 51, days = 40): World => new World('gas', days, seed);
const past = (model: string, family: PastFinding['family'], tier: Tier, from: number, to: number): PastFinding => ({ model, family, tier, start: from, end: to, raisedAt: to });

describe('model:F01 the run of marks that carries it', () => {
  const marking = (hours: readonly number[]): World =>
    hours.reduce((w, t) => w.edit(NOX, t, t + HOUR, () => 47).mark('maintenance', t, t + HOUR, t + HOUR), gas());
  const abuse = Array.from({ length: 8 }, (_, k) => at(33 + Math.floor(k / 2), 3 + 10 * (k % 2)));
  it('begins with the first mark of its own run, not with a mark of a week before', () => {
    expect(raised(f01, marking([at(20, 4), ...abuse]), at(37, 2))[0]).toMatchObject({ factors: [NOX], start: abuse[0], stats: { highMarked: 8 } });
    expect(raised(f01, marking([at(18, 4), at(19, 4), ...abuse.slice(0, 3)]), at(37, 2))).toEqual([]);
  });
  it('a year\'s hours that go too fast are told by the marks that made them do so, not again by the next honest stop', () => {
    const w = gas();
    w.register = { industry: 'waste_inc', rules: judgingRules(loadLaw(), NATIONAL, calendarDay('2026-04-01')) };
    w.stop(at(28), at(29)).mark('start_up', at(29), at(30, 20), at(29, 1)).stop(at(34), at(35)).mark('start_up', at(35), at(35, 5), at(35, 1));
    const told = (now: number): number => raised(f01, w, now).filter((f) => f.stats['check'] === 'budget-pace').length;
    expect([told(at(31, 2)), told(at(36, 2))]).toEqual([1, 0]);
  });
});

describe('model:C12 the end of abused marks', () => {
  it('a level that falls back where marks were abused is their end; alone it is a step', () => {
    const w = gas().edit(NOX, at(33), at(40), (v) => v * 0.5);
    const abuse = past('F01', 'marks', 'WORK_ORDER', at(10), at(33));
    expect(raised(c12, w, at(34, 2))).toHaveLength(1);
    expect(raised(c12, w, at(34, 2), [abuse])).toEqual([]);
  });
});

describe('model:C11 a calm day', () => {
  /** Values of a memory `lag` whose steps are `noise` times as large as usual here. */
  const made = (lag: number, noise: number): World => {
    const w = gas();
    const usual = w.channels.get(NOX)?.values.subarray(0, w.index(at(34))) as Float64Array;
    const steps = usual.subarray(1).map((v, i) => Math.abs(v - (usual[i] as number))).sort();
    const sd = ((steps[steps.length >> 1] as number) * noise) / 0.6745 / Math.sqrt(2 * (1 - lag));
    const draw = seededDraws(7);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    let x = 0;
    return w.edit(NOX, at(35), at(36, 6), () => 30 + sd * (x = lag * x + Math.sqrt(1 - lag * lag) * normal()));
  };
  it('little memory beside steps as usual says nothing; none at all, or beside other steps, does', () => {
    expect(raised(c11, made(0.12, 1.1), at(36, 6) + 10 * MINUTE)).toEqual([]);
    expect(raised(c11, made(-0.1, 1.1), at(36, 6) + 10 * MINUTE)[0]).toMatchObject({ factors: [NOX], tier: 'REMIND' });
    expect(raised(c11, made(0.05, 4), at(36, 6) + 10 * MINUTE)[0]?.factors).toEqual([NOX]);
  });
});

describe('model:F06 a visit on the roster', () => {
  const visit = (hours: number): World =>
    [10, 17, 24, 31].reduce((w, d) => w.door(at(d, 10)), gas(41)).edit(NOX, at(35, 10), at(35, 10 + hours), (v) => v * 0.35).door(at(35, 10) - 5 * MINUTE);
  it('a fall behind it warns once it has lasted a day, not before', () => {
    expect(raised(f06, visit(100), at(35, 10) + 14 * HOUR)[0]?.tier).toBe('REMIND');
    expect(raised(f06, visit(100), at(35, 10) + 26 * HOUR)[0]?.tier).toBe('WARN');
    expect(raised(f06, visit(14), at(35, 10) + 26 * HOUR).map((f) => f.tier)).not.toContain('WARN');
  });
});

describe('model:C13 a drift beside what others found', () => {
  const creep = gas(73, 70).edit(SO2, at(36), at(70), (v, _, k) => v * (1 - 0.45 * Math.min(1, k / (28 * 144))));
  it('days that another model has found teach no drift', () => {
    expect(raised(c13, creep, at(64, 2))).toHaveLength(1);
    expect(raised(c13, creep, at(64, 2), [past('D08', 'emission', 'WARN', at(44), at(64))])).toEqual([]);
  });
});

describe('model:D14 results of two times', () => {
  /** One value in both analysers from `from` on, with or without a standstill of five days in the middle. */
  const steady = (from: number, stands: boolean): World => {
    const w = new World('water', 40, 52);
    const draw = seededDraws(5);
    for (const f of [COD, NH3N]) w.edit(f, from, at(40), (v, i) => (i % 6 === 0 ? (f === COD ? 20 : 0.8) * (1 + 0.002 * (draw() - 0.5)) : v));
    for (const f of [COD, NH3N]) {
      const values = w.channels.get(f)?.values as Float64Array;
      w.edit(f, from, at(40), (_, i) => values[i - (i % 6)] as number);
    }
    return stands ? w.stop(at(30), at(35)).edit(WATER, at(30), at(35), () => 0) : w;
  };
  it('results before a long standstill do not count with those after it', () => {
    const now = at(35, 6) + 10 * MINUTE;
    expect(raised(d14, steady(at(29), true), now)).toEqual([]);
    expect(raised(d14, steady(at(34), false), now)[0]?.factors).toEqual([COD, NH3N]);
  });
});

describe('model:E04 an order that was heeded in part', () => {
  it('a cut that falls short warns; hardly any cut is a work order', () => {
    const cut = (by: number): Tier | undefined => {
      const w = gas(41).know(at(34), { kind: 'order', start: at(34), end: at(37), requiredCut: 0.5 }).power('production', at(34), at(37), (kw) => kw * (1 - by));
      return raised(e04, w, at(36) + 10 * MINUTE)[0]?.tier;
    };
    expect([0.22, 0.1].map(cut)).toEqual(['WARN', 'WORK_ORDER']);
  });
});

describe('model:E07 the first day of a fall', () => {
  it('begins with a day that shows it, not with a standstill before it', () => {
    const w = gas(76, 62).stop(at(53), at(56)).edit(SO2, at(56), at(62), (v) => v * 0.45);
    expect(raised(e07, w, at(61, 2)).find((f) => f.factors.includes(SO2))?.start).toBe(at(56));
  });
  it('what is over but for a day is no warning: the week\'s median still shows it', () => {
    const fallen = (until: number): Finding | undefined => {
      const w = gas(76, 62).edit(SO2, at(54), at(until), (v) => v * 0.4).edit(SO2, at(until), at(until + 1), (v) => v * 0.95).edit(SO2, at(until + 1), at(62), (v) => v * 0.5);
      return raised(e07, w, at(61, 2)).find((f) => f.factors.includes(SO2));
    };
    expect(fallen(58)).toMatchObject({ tier: 'REMIND', start: at(59) });
    expect(fallen(55)).toMatchObject({ tier: 'WARN', start: at(56) });
  });
});

describe('model:A07 a coarse print near zero', () => {
  /** SO2 near `level` of a print of 1, converted with 10 instead of the registered oxygen by rounding of one step. */
  const printed = (level: number): World => {
    const w = gas(9).edit(SO2, at(0), at(40), (v) => (v / 17.5) * level);
    w.hourEdits.push((v, t) => {
      if (v.factor === SO2 && t >= at(37)) v.zsAvg = Number(((v.zsAvg * (21 - 7)) / 15).toFixed(3));
    });
    w.register = { factors: [...w.channels].map(([factor, { q }]) => ({ factor, resolution: factor === SO2 ? 1 : q })) as never };
    return w;
  };
  const told = (level: number): number => raised(a07, printed(level), at(38, 2)).filter((f) => f.stats['fittedO2Ref'] !== undefined && f.factors[0] === SO2).length;
  it('implies no other reference oxygen where a value is a few steps of the print; well above it does', () => {
    expect([told(10), told(80)]).toEqual([0, 1]);
  });
});

describe('model:A04 a bad line', () => {
  it('the third batch of a month whose values fit reminds', () => {
    const w = gas(6);
    w.late.push({ start: at(35), end: at(35, 12), arrives: at(35, 15) });
    const before = [20, 28].map((d) => past('A04', 'transport', 'REMIND', at(d), at(d, 10)));
    expect(raised(a04, w, at(35, 15) + 6 * MINUTE, before)[0]).toMatchObject({ tier: 'REMIND', stats: { batches30d: 3 } });
    expect(a04.countsRepeats).toBe(true);
  });
});

describe('model:G04 the first month of a ledger', () => {
  const month = (k: number, generated: number): Fact => ({
    kind: 'waste', month: `2025-${String(k).padStart(2, '0')}`, start: at(-30 * (13 - k)), end: at(-30 * (12 - k)), waste: 'HW17', generated, shipped: generated, disposed: 0, stock: 5, production: 1,
  });
  it('is judged when two more months were told', () => {
    const w = [9, 20, 21].reduce((x, generated, k) => x.know(at(-30 * (2 - k)), month(10 + k, generated)), gas(12));
    expect(raised(g04, w, at(2, 2))[0]).toMatchObject({ start: at(-90), stats: { how: 'coefficient' } });
  });
});
