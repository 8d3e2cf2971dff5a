import { calendarDay, HOUR, MINUTE, type FactorCode } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { judgingRules } from '#quality';
import { describe, expect, it } from 'vitest';
import { seededDraws } from '../primitives/index.ts';
import { c11 } from './c11-random-generator.ts';
import { c15 } from './c15-signal-cloning.ts';
import { d01 } from './d01-sample-dilution.ts';
import { d02 } from './d02-oxygen-on-load.ts';
import { d04 } from './d04-flow-against-load.ts';
import { d05 } from './d05-flow-formula.ts';
import { d10 } from './d10-species-order.ts';
import { d11 } from './d11-dodging-the-sample.ts';
import { d12 } from './d12-night-or-batch-discharge.ts';
import { d14 } from './d14-sample-substitution.ts';
import { e06 } from './e06-meter-data.ts';
import { f01 } from './f01-mark-abuse.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, DUST, FLOW, NH3N, NOX, O2, SO2, TEMPERATURE, TN, VELOCITY, WATER, World } from './testing/world.ts';

const tick = (days: number, hours: number): number => at(days, hours) + 10 * MINUTE;
const gas = (seed = 51): World => new World('gas', 40, seed);
const water = (seed = 52): World => new World('water', 40, seed);

describe('model:C11 lost autocorrelation', () => {
  it('sees numbers from a generator, not a noisier or a fast but honest channel', () => {
    const draw = seededDraws(3);
    const random = gas().edit(NOX, at(35), at(36, 12), () => 20 + 20 * draw());
    const [f] = raised(c11, random, tick(36, 6));
    expect(f).toMatchObject({ factors: [NOX], stats: { uniform: 1 } });
    expect(Math.abs((f?.start ?? 0) - at(35))).toBeLessThanOrEqual(12 * HOUR);
    expect(raised(c11, gas().edit(NOX, at(35), at(36, 12), (v) => v * 1.8), tick(36, 6))).toEqual([]);
    expect(raised(c11, random.flag('FAULT', at(35), at(36, 12), [NOX]), tick(36, 6))).toEqual([]);
  });
});

describe('model:C15 signal cloning', () => {
  it('sees dust fed by the temperature signal', () => {
    const w = gas();
    const t = w.channels.get(TEMPERATURE)?.values as Float64Array;
    w.edit(DUST, at(35), at(37), (_, i) => 3 + 0.2 * ((t[i] as number) - 50));
    expect(raised(c15, w, tick(36, 8))[0]).toMatchObject({ factors: [DUST, TEMPERATURE], tier: 'WORK_ORDER' });
    // A common slow trend is not a common signal.
    const drift = gas().edit(DUST, at(35), at(37), (v, _, k) => v + k / 60).edit(TEMPERATURE, at(35), at(37), (v, _, k) => v + k / 10);
    expect(raised(c15, drift, tick(36, 8))).toEqual([]);
  });
});

describe('model:D01 sample dilution', () => {
  const diluted = (d: number): World => gas().edit(O2, at(35, 2), at(36, 2), (v) => v * (1 - d) + 20.9 * d).edit(SO2, at(35, 2), at(36, 2), (v) => v * (1 - d));
  it('solves for the share of air', () => {
    const [f] = raised(d01, diluted(0.35), tick(35, 16));
    expect(f).toMatchObject({ tier: 'WORK_ORDER', start: at(35, 2) });
    expect(f?.stats['dilution']).toBeCloseTo(0.35, 1);
  });
  it('honest: a leak that cools the stack and a stop are not the sample', () => {
    expect(raised(d01, diluted(0.3).edit(TEMPERATURE, at(35, 2), at(36, 2), (v) => v * 0.7), tick(35, 16))).toEqual([]);
    expect(raised(d01, gas().stop(at(35), at(36)), tick(35, 12))).toEqual([]);
  });

  const from = at(35, 2);
  const until = at(35, 14);
  /** Every named gas is multiplied while the oxygen channel goes on as ever. */
  const scaled = (gases: readonly FactorCode[], times: number): World => gases.reduce((w, f) => w.edit(f, from, until, (v) => v * times), gas());
  it('second pattern: every gas parts from the particulates and joins them again, whatever the oxygen says', () => {
    const [f] = raised(d01, scaled([SO2, NOX], 0.5), tick(35, 15));
    expect(f).toMatchObject({ tier: 'WARN', start: from, end: until, factors: [DUST, SO2, NOX] });
    expect(f?.stats['dilution']).toBeCloseTo(0.5, 1);
    // The air is let in because the plant is dirty: the gases need not fall, the particulates rise.
    expect(raised(d01, scaled([DUST], 2), tick(35, 15))[0]).toMatchObject({ tier: 'REMIND', start: from, end: until });
  });
  it('second pattern, honest: particulates printed in whole milligrams jump by a third when the last digit turns', () => {
    const coarse = scaled([SO2, NOX], 0.5).edit(DUST, at(0), at(40), (v) => Math.round(v));
    expect(raised(d01, coarse, tick(35, 15))).toEqual([]);
  });
  it('second pattern, honest: one gas cleaned alone, all of it cleaner, and a fall that stays are not the sample', () => {
    expect(raised(d01, scaled([SO2], 0.3), tick(35, 15))).toEqual([]);
    expect(raised(d01, scaled([SO2, NOX, DUST], 0.5), tick(35, 15))).toEqual([]);
    expect(raised(d01, scaled([SO2, NOX], 0.5), tick(35, 12))).toEqual([]);
    const filed = scaled([SO2, NOX], 0.5).know(at(34, 22), { kind: 'maintenance', start: from, end: until, what: 'sampling line', factors: [] });
    expect(judge(d01, filed, tick(35, 15))[0]?.suppressed?.reason).toBe('filed-change');
  });
});

describe('model:D02 oxygen against load', () => {
  it('sees oxygen set down, and counts what it hides', () => {
    const w = gas().edit(O2, at(35), at(37), (v) => v - 3).edit(NOX, at(35), at(37), (v) => v * 1.5);
    expect(raised(d02, w, tick(36, 6))[0]).toMatchObject({ factors: [O2], tier: 'WORK_ORDER', start: at(35) });
    expect(raised(d02, gas().edit(O2, at(35), at(37), (v) => v - 0.5), tick(36, 6))).toEqual([]);
    const filed = w.know(at(34, 22), { kind: 'maintenance', start: at(34, 22), end: at(35), what: 'burner', factors: [] });
    expect(judge(d02, filed, tick(36, 6))[0]?.suppressed?.reason).toBe('filed-change');
  });
});

describe('model:D04 flow against load', () => {
  it('sees flow that leaves its production, in gas and in water', () => {
    expect(raised(d04, gas().edit(FLOW, at(34), at(37), (v) => v * 0.65), tick(36, 0))[0]).toMatchObject({ factors: [FLOW], tier: 'WARN' });
    expect(raised(d04, water().edit(WATER, at(34), at(37), (v) => v * 0.4), tick(36, 0))[0]?.factors).toEqual([WATER]);
  });
  it('honest: less production with less flow is in order', () => {
    const w = gas().edit(FLOW, at(34), at(37), (v) => v * 0.93).power('production', at(34), at(37), (kw) => 140 + (kw - 140) * 0.93);
    expect(raised(d04, w, tick(36, 0))).toEqual([]);
  });
});

describe('model:D05 flow formula recheck', () => {
  it('finds the hour in which a coefficient changed, whatever the unit of the flow', () => {
    const [f] = raised(d05, gas().edit(FLOW, at(35, 3), at(38), (v) => v * 0.7), tick(36, 6));
    expect(f).toMatchObject({ tier: 'WORK_ORDER', start: at(35, 3), factors: [FLOW] });
    expect(f?.stats['kappa']).toBeCloseTo(0.7, 2);
    const both = gas().edit(FLOW, at(35), at(38), (v) => v * 0.9).edit(VELOCITY, at(35), at(38), (v) => v * 0.9);
    expect(raised(d05, both, tick(36, 6))).toEqual([]);
  });
});

describe('model:D10 species order', () => {
  it('ammonia above total nitrogen is impossible, close to it is not', () => {
    const w = water().edit(NH3N, at(35), at(36, 6), (_, i) => (water().channels.get(TN)?.values[i] ?? 0) * 1.2);
    expect(raised(d10, w, tick(35, 8))[0]).toMatchObject({ factors: [NH3N, TN], tier: 'REMIND', start: at(35) });
    expect(raised(d10, w, tick(36, 5))[0]?.tier).toBe('WARN');
    expect(raised(d10, water(), tick(36, 5))).toEqual([]);
  });
});

describe('model:D11 dodging the sample', () => {
  it('[PAPER-2.3d] little flow while sampling, much between', () => {
    const w = water().edit(WATER, at(34), at(37), (v, i) => v * (i % 6 === 0 ? 0.2 : 1.2));
    expect(raised(d11, w, tick(36, 0))[0]).toMatchObject({ factors: [WATER], tier: 'WORK_ORDER', start: at(34) });
    expect(raised(d11, w, tick(34, 19))[0]?.tier).toBe('WARN');
    const swings = water().edit(WATER, at(34), at(37), (v, i) => v * (i % 2 === 0 ? 0.8 : 1.2));
    expect(raised(d11, swings, tick(36, 0))[0]?.tier ?? 'REMIND').toBe('REMIND');
  });
});

describe('model:D12 night or batch discharge', () => {
  const asleep = (w: World, days: readonly number[]): World => {
    w.hourEdits.push((v, t) => {
      const night = days.find((d) => t >= at(d, 22) && t < at(d + 1, 6));
      if (night !== undefined && Number.isFinite(v.sampleTime)) v.sampleTime = at(night, 21);
    });
    return w;
  };
  it('sees nights that leave without a sample, more the more of them', () => {
    expect(raised(d12, asleep(water(), [34]), at(36, 2))[0]).toMatchObject({ factors: [WATER], tier: 'REMIND' });
    expect(raised(d12, asleep(water(), [32, 33, 34]), at(36, 2))[0]?.tier).toBe('WARN');
  });
  it('honest: a flagged analyser, a night without water and an old habit are in order', () => {
    expect(raised(d12, asleep(water(), [34]).flag('FAULT', at(34, 20), at(35, 8), [COD, NH3N]), at(36, 2))).toEqual([]);
    expect(raised(d12, asleep(water(), [34]).edit(WATER, at(34, 22), at(35, 6), () => 0), at(36, 2))).toEqual([]);
    expect(raised(d12, asleep(water(), Array.from({ length: 30 }, (_, k) => 5 + k)), at(36, 2))).toEqual([]);
  });
});

describe('model:D14 sample substitution', () => {
  const bottle = (): World => {
    const draw = seededDraws(8);
    const w = water().power('production', at(0), at(40), (kw) => kw).edit(WATER, at(0), at(40), (v, i) => v * (1 + 0.15 * Math.sin(i / 23)));
    for (const [f, level] of [[COD, 20], [NH3N, 1]] as const) {
      let last: number = level;
      w.edit(f, at(35), at(37), (_, i) => (last = i % 6 === 0 ? level * (1 + 0.02 * (draw() - 0.5)) : last));
    }
    return w;
  };
  it('every result the same within repeatability in two analysers, with a door at the start', () => {
    expect(raised(d14, bottle(), tick(36, 0))[0]).toMatchObject({ factors: [COD, NH3N], tier: 'WARN', start: at(35) });
    expect(raised(d14, bottle().door(at(35) - 10 * MINUTE), tick(36, 0))[0]?.tier).toBe('WORK_ORDER');
    expect(raised(d14, water(), tick(36, 0))).toEqual([]);
  });
});

describe('model:E06 meter data', () => {
  it('sees a constant and a repeated treatment meter while production runs', () => {
    expect(raised(e06, gas().power('treatment', at(35), at(36), () => 150.5), at(36, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(35), end: at(36), stats: { how: 'constant' } });
    const w = gas();
    const day = w.treatment.slice(w.index(at(34)), w.index(at(35)));
    w.treatment.set(day, w.index(at(35)));
    w.power('treatment', at(35), at(35), (kw) => kw);
    expect(raised(e06, w, at(36, 2))[0]).toMatchObject({ stats: { how: 'repeated', detail: 1 } });
  });
  it('honest: a standing plant has a constant standby', () => {
    expect(raised(e06, gas().stop(at(35), at(36)), at(36, 2))).toEqual([]);
  });
});

describe('model:F01 mark abuse', () => {
  const dirty = (mark: (t: number, k: number) => boolean): World => {
    const w = gas().edit(NOX, at(15), at(40), (v) => v * 1.45);
    const hours = w.arrivals(at(39)).flatMap((a) => a.facts).flatMap((f) => (f.kind === 'hour' && f.start >= at(15) ? [f] : []));
    let k = 0;
    for (const h of hours) {
      const high = (h.values.find((v) => v.factor === NOX)?.zsAvg ?? 0) > 46;
      if (high && mark(h.start, k++)) w.mark('maintenance', h.start, h.start + HOUR, h.start + HOUR);
    }
    return w;
  };
  it('maintenance that always comes when the value is high, not now and then', () => {
    expect(raised(f01, dirty((_, k) => k % 4 !== 0), at(39, 2))[0]?.factors).toEqual([NOX]);
    expect(raised(f01, dirty((_, k) => k % 60 === 0), at(39, 2))).toEqual([]);
  });

  const exceeding = (w: World, from: number, hours: number): World => w.edit(NOX, at(35, from), at(35, from + hours), () => 90);
  const checked = (w: World, now = at(36, 2)) => raised(f01, w, now).map((f) => `${f.tier} ${String(f.stats['check'])}`);
  it('nearly every exceedance under condition marks of a plant that never stood still warns; a real start does not', () => {
    const faults = () => exceeding(gas(), 2, 10).mark('plant_fault', at(35, 2), at(35, 12), at(35, 3));
    expect(checked(faults())).toEqual(['WARN under-marks']);
    expect(checked(exceeding(gas(), 2, 7).mark('plant_fault', at(35, 2), at(35, 12), at(35, 3)))).toEqual([]);
    expect(checked(faults().edit(NOX, at(34), at(34, 5), () => 90))).toEqual([]);
    expect(checked(exceeding(gas().stop(at(34), at(35, 2)), 2, 10).mark('start_up', at(35, 2), at(35, 12), at(35, 3)))).toEqual([]);
  });
  it('a mark changed three times before its deadline reminds, and warns over an exceedance', () => {
    const edited = (w: World, times: number) => {
      for (let k = 0; k <= times; k++) w.mark('plant_fault', at(35, 2), at(35, 4 + k), at(35, 5 + k));
      return w;
    };
    expect(checked(edited(gas(), 3))).toEqual(['REMIND many-edits']);
    expect(checked(edited(gas(), 2))).toEqual([]);
    expect(checked(edited(exceeding(gas(), 2, 1), 3))).toEqual(['WARN many-edits']);
  });
  it('a word that contradicts the state before it reminds: a start while running, a fault while standing', () => {
    expect(checked(gas().mark('start_up', at(35, 2), at(35, 5), at(35, 3)))).toEqual(['REMIND word-against-state']);
    expect(checked(gas().stop(at(34), at(35, 2)).mark('start_up', at(35, 2), at(35, 5), at(35, 3)))).toEqual([]);
    expect(checked(gas().stop(at(34), at(36)).mark('plant_fault', at(35, 2), at(35, 5), at(35, 3)))).toEqual(['REMIND word-against-state']);
    expect(checked(gas().mark('plant_fault', at(35, 2), at(35, 5), at(35, 3)))).toEqual([]);
  });
  it('hours of the year that go faster than a twelfth a month are told once half of them are gone', () => {
    const used = (hours: number) => {
      const w = gas();
      w.register = { industry: 'waste_inc', rules: judgingRules(loadLaw(), NATIONAL, calendarDay('2026-04-01')) };
      return w.stop(at(32), at(33)).mark('start_up', at(33), at(33, hours), at(33, 1));
    };
    const due = 5 * (new Date(at(36)).getUTCMonth() + 1);
    const hours = Math.ceil(Math.max(30, 1.5 * due)) + 1;
    const now = at(33, hours + 4);
    expect(checked(used(hours), now)).toContain('REMIND budget-pace');
    expect(checked(used(20), at(34, 2))).not.toContain('REMIND budget-pace');
  });
});
