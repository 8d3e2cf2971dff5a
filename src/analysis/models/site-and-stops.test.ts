import { HOUR, MINUTE, type FactorCode } from '#kernel';
import { describe, expect, it } from 'vitest';
import { saturatedMoisture } from '../primitives/index.ts';
import { d06 } from './d06-wet-stack-saturation.ts';
import { d07 } from './d07-looks-stopped.ts';
import { d16 } from './d16-stormwater-outlet.ts';
import { e02 } from './e02-late-start-early-stop.ts';
import { f07 } from './f07-unusual-opening.ts';
import { f09 } from './f09-video-in-step.ts';
import { judge, raised } from './testing/judge.ts';
import { at, DUST, FLOW, NOX, O2, SO2, STEP, T0, TEMPERATURE, WATER, World } from './testing/world.ts';

const MOISTURE = 'a01014' as FactorCode;
const tick = (days: number, hours: number): number => at(days, hours) + 10 * MINUTE;
const gas = (seed = 61): World => new World('gas', 40, seed);

describe('model:D06 wet-stack saturation', () => {
  const wet = (seed = 61): World => {
    const w = gas(seed);
    const t = w.channels.get(TEMPERATURE)?.values as Float64Array;
    return w.side('a01014', (i) => 0.95 * saturatedMoisture(t[i] as number) + 0.2 * Math.sin(i / 7));
  };
  it('more water than the gas can hold is impossible', () => {
    const w = wet().edit(MOISTURE, at(35), at(35, 8), (v) => v + 4);
    expect(raised(d06, w, tick(35, 6))[0]).toMatchObject({ tier: 'REMIND', start: at(35), factors: [TEMPERATURE, MOISTURE] });
    // An instrument that always reads high is a matter of the instrument, not of this day.
    expect(raised(d06, wet().edit(MOISTURE, at(0), at(40), (v) => v + 4), tick(35, 6))).toEqual([]);
  });
  it('a registered wet scrubber that no longer cools, while SO2 stays low; not one with a reheater', () => {
    const hot = (attributes: Record<string, string>): World => {
      const w = wet().edit(TEMPERATURE, at(35), at(36), (v) => v + 45).edit(SO2, at(35), at(36), (v) => v * 0.6);
      w.attributes = attributes;
      return w;
    };
    expect(raised(d06, hot({ process: 'wet_fgd' }), tick(35, 9))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(35) });
    expect(raised(d06, hot({ process: 'wet_fgd', ggh: '1' }), tick(35, 9))).toEqual([]);
    expect(raised(d06, hot({}), tick(35, 9))).toEqual([]);
  });
  it('honest: honest plants of several seeds stay silent, and without moisture it cannot tell', () => {
    for (const seed of [1, 2]) expect(raised(d06, wet(seed), tick(36, 3))).toEqual([]);
    expect(d06.evaluate(gas().contextAt(tick(36, 3)), d06.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: [TEMPERATURE, MOISTURE] });
  });
});

describe('model:D07 looks stopped, is not', () => {
  const pretends = (hours: number): World =>
    gas().edit(O2, at(35, 2), at(35, 2 + hours), () => 20.8).edit(FLOW, at(35, 2), at(35, 2 + hours), () => 2000).edit(TEMPERATURE, at(35, 2), at(35, 2 + hours), () => 20);
  it('air in the stack under full production power', () => {
    expect(raised(d07, pretends(2), tick(35, 4))[0]?.tier).toBe('REMIND');
    // Oxygen jumped to air within one step while the load stayed: no ramp, no mark.
    expect(raised(d07, pretends(4), tick(35, 6))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(35, 2), stats: { abrupt: 1 } });
  });
  it('honest: a real stop, a warm standby and instrument work are in order', () => {
    expect(raised(d07, gas().stop(at(35), at(36)), tick(35, 8))).toEqual([]);
    const standby = pretends(8).power('production', at(35, 2), at(35, 10), (kw) => kw * 0.25);
    expect(raised(d07, standby, tick(35, 8))).toEqual([]);
    expect(raised(d07, pretends(8).flag('MAINTENANCE', at(35, 2), at(35, 10)), tick(35, 8))).toEqual([]);
    for (const seed of [1, 2]) expect(raised(d07, gas(seed), tick(36, 3))).toEqual([]);
  });
});

describe('model:D16 stormwater outlet', () => {
  const storm = (flow: (i: number) => number, rain: (h: number) => number, role = 'stormwater'): World => {
    const w = new World('water', 40, 62).edit(WATER, at(0), at(40), (_, i) => flow(i));
    w.attributes = { role };
    for (let h = 0; h < 40 * 24; h++) w.know(T0 + h * HOUR, { kind: 'weather', at: T0 + h * HOUR, tempC: 15, rainMmH: rain(h) });
    return w;
  };
  const from = at(35, 1);
  const runs = (hours: number) => (i: number) => (i * STEP >= from - T0 && i * STEP < from - T0 + hours * HOUR ? 3 : 0);
  it('grades dry-weather flow by its length', () => {
    const tiers = [1, 3, 5].map((h) => raised(d16, storm(runs(h), () => 0), from + h * HOUR + 10 * MINUTE)[0]?.tier);
    expect(tiers).toEqual(['REMIND', 'WARN', 'WORK_ORDER']);
    expect(raised(d16, storm(runs(3), () => 0), from + 3 * HOUR)[0]?.start).toBe(from);
  });
  it('honest: rain today, a storm two days ago, drops and ordinary outlets are no finding', () => {
    expect(raised(d16, storm(runs(5), (h) => (h >= 35 * 24 - 3 && h < 35 * 24 ? 2 : 0)), from + 5 * HOUR)).toEqual([]);
    expect(raised(d16, storm(runs(5), (h) => (h >= 33 * 24 && h < 33 * 24 + 4 ? 12 : 0)), from + 5 * HOUR)).toEqual([]);
    expect(raised(d16, storm(() => 0.01, () => 0), from)).toEqual([]);
    expect(raised(d16, storm(runs(5), () => 0, ''), from + 5 * HOUR)).toEqual([]);
    const unknown = new World('water', 40, 62);
    unknown.attributes = { role: 'stormwater' };
    expect(d16.evaluate(unknown.contextAt(from), d16.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['weather'] });
  });
});

describe('model:D16 what is known', () => {
  const from = at(35, 1);
  const wet = (rainUntil: number): World => {
    const w = new World('water', 40, 62).edit(WATER, at(0), at(40), (_, i) => (i * STEP >= from - T0 && i * STEP < from - T0 + 3 * HOUR ? 3 : 0));
    w.attributes = { role: 'stormwater' };
    for (let h = 0; T0 + h * HOUR < rainUntil; h++) w.know(T0 + h * HOUR, { kind: 'weather', at: T0 + h * HOUR, tempC: 15, rainMmH: 0 });
    return w;
  };
  const now = from + 3 * HOUR + 10 * MINUTE;
  it('honest: a rain record that ends before the flow is no dry weather', () => {
    expect(raised(d16, wet(now), now)).toHaveLength(1);
    expect(d16.evaluate(wet(from).contextAt(now), d16.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['weather'] });
  });
  it('honest: a filed hydrant test explains the water and stays on record', () => {
    const filed = wet(now).know(from, { kind: 'maintenance', start: from, end: from + HOUR, what: 'hydrant_test', factors: [WATER] });
    expect(judge(d16, filed, now)[0]).toMatchObject({ tier: 'REMIND', suppressed: { reason: 'filed-change' } });
  });
});

describe('model:E02 late start, early stop', () => {
  /** A plant that rests every night; treatment follows `late` minutes behind on the named days. */
  const daily = (late: (day: number) => number, seed = 63): World => {
    const w = gas(seed);
    for (let d = 0; d < 40; d++) {
      w.power('production', at(d, 0), at(d, 6), () => 30).power('treatment', at(d, 0), at(d, 6) + late(d) * MINUTE, () => 2);
    }
    return w;
  };
  it('treatment that comes late once, and as a habit', () => {
    expect(raised(e02, daily((d) => (d === 35 ? 40 : 0)), at(36, 2))[0]).toMatchObject({ tier: 'REMIND', start: at(35, 6), stats: { kind: 'start', minutes: 40 } });
    expect(raised(e02, daily((d) => (d === 35 ? 120 : 0)), at(36, 2))[0]?.tier).toBe('WARN');
    expect(raised(e02, daily((d) => (d > 29 && d !== 34 ? 120 : 0)), at(36, 2))[0]?.tier).toBe('WORK_ORDER');
  });
  it('honest: a lag that is usual here, and treatment that leads, are in order', () => {
    expect(raised(e02, daily(() => 20), at(36, 2))).toEqual([]);
    for (const seed of [1, 2]) expect(raised(e02, daily(() => 0, seed), at(36, 2))).toEqual([]);
  });
  it('a plant that never stops has no start to look at; one that stopped once says that one is too few', () => {
    expect(e02.evaluate(gas().contextAt(at(36, 2)), e02.params).outcome).toBe('NOT_MET');
    const once = gas().power('production', at(35, 0), at(35, 6), () => 30).power('treatment', at(35, 0), at(35, 6), () => 2);
    expect(e02.evaluate(once.contextAt(at(36, 2)), e02.params).outcome).toBe('CANNOT_TELL');
  });
});

describe('model:F07 unusual opening, removal', () => {
  const listed = (): World => {
    const w = [10, 17, 24, 31].reduce((x, d) => x.door(at(d, 10), 'P001'), gas());
    w.doorPersons = ['P001', 'P002'];
    return w;
  };
  const night = at(35, 2);
  it('a stranger reminds, a stranger at night after whom the data move needs looking at', () => {
    expect(raised(f07, listed().door(at(35, 10), 'X9'), tick(35, 11))[0]).toMatchObject({ tier: 'REMIND', stats: { unregistered: 1, night: 0 } });
    const acted = listed().edit(NOX, night, at(36), (v) => v * 0.3).door(night, 'X9');
    expect(raised(f07, acted, tick(35, 5))[0]).toMatchObject({ tier: 'WORK_ORDER', factors: [NOX], start: night });
    const thrice = [33, 34, 35].reduce((w, d) => w.door(at(d, 11), 'X9'), listed());
    expect(raised(f07, thrice, tick(35, 12))[0]?.tier).toBe('WARN');
  });
  it('honest: listed persons by day, and by night without effect, are in order', () => {
    expect(raised(f07, listed().door(at(35, 10), 'P002'), tick(35, 11))).toEqual([]);
    expect(raised(f07, listed().door(night, 'P002'), tick(35, 6))).toEqual([]);
    expect(raised(f07, listed().door(at(35, 10), 'P002', 300), tick(35, 16))[0]?.tier).toBe('REMIND');
    expect(f07.evaluate(gas().contextAt(tick(35, 6)), f07.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['doors'] });
  });
  it('[NX-A2.5] the removal bit of a door frame is a work order of its own, told once', () => {
    const door = (removed: boolean) => ({ kind: 'door', at: night, open: false, removed, fault: false, method: '', person: '', openedAt: Number.NaN }) as const;
    const w = listed().know(night, door(true)).know(night + HOUR, door(true));
    const found = raised(f07, w, tick(35, 4));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ tier: 'WORK_ORDER', start: night, stats: { bit: 'i32002' } });
    expect(raised(f07, listed().know(night, door(false)), tick(35, 4))).toEqual([]);
  });
});

describe('model:F09 video in step with data', () => {
  const video = (w: World, start: number, minutes: number, event: string): World =>
    w.know(start + minutes * MINUTE, { kind: 'video', start, end: start + minutes * MINUTE, camera: 'C1', event });
  it('a long blind spell reminds; one over an opening warns', () => {
    expect(raised(f09, video(gas(), at(35, 4), 7 * 60, 'offline'), at(36, 2))[0]).toMatchObject({ tier: 'REMIND', start: at(35, 4) });
    expect(raised(f09, video(gas().door(at(35, 4), 'P001'), at(35, 4), 20, 'occlusion'), at(36, 2))[0]?.tier).toBe('WARN');
  });
  it('blind whenever somebody comes, not now and then', () => {
    const days = [5, 10, 15, 20, 25, 30, 35];
    const both = days.reduce((w, d) => video(w.door(at(d, 3), 'P001'), at(d, 3), 15, 'offline'), gas());
    expect(raised(f09, both, at(36, 2))[0]).toMatchObject({ tier: 'WARN', stats: { coincident: 7 } });
    const apart = days.reduce((w, d) => video(w.door(at(d, 3), 'P001'), at(d, 14), 15, 'offline'), gas());
    expect(raised(f09, apart, at(36, 2))).toEqual([]);
  });
  it('the display of the instrument contradicts the report', () => {
    const shown = (factor: number): World => {
      const w = gas();
      const values = w.channels.get(SO2)?.values as Float64Array;
      for (let k = 0; k < 10; k++) {
        const t = at(35, 4) + k * STEP;
        video(w, t, 10, `panel ${SO2}=${((values[w.index(t)] as number) * factor).toFixed(2)}`);
      }
      return w;
    };
    expect(raised(f09, shown(1.6), at(36, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', factors: [SO2] });
    expect(raised(f09, shown(1.01), at(36, 2))).toEqual([]);
  });
  it('honest: persons seen, a short network fault and a blackout of the whole site are in order', () => {
    expect(raised(f09, video(video(gas(), at(35, 4), 60, 'person'), at(35, 8), 90, 'offline'), at(36, 2))).toEqual([]);
    const dark = video(gas(), at(35, 4), 8 * 60, 'offline');
    dark.lost.push({ start: at(35, 4), end: at(35, 12), dark: true });
    expect(judge(f09, dark, at(36, 2))).toEqual([]);
    expect(f09.evaluate(gas().contextAt(at(36, 2)), f09.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['video'] });
  });
});

describe('channels beside the outlet', () => {
  it('are read by name and are no factors of the outfall', () => {
    const ctx = gas().side(`in.${SO2}`, () => 1200).contextAt(at(5));
    expect(ctx.hour(`in.${SO2}` as FactorCode)?.avg.at(-2)).toBe(1200);
    expect(ctx.factors).toContain(DUST);
    expect(ctx.factors).not.toContain(`in.${SO2}`);
  });
});
