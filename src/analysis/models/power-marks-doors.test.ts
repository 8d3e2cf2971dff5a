import { HOUR, MINUTE } from '#kernel';
import { describe, expect, it } from 'vitest';
import { e01 } from './e01-treatment-off.ts';
import { e03 } from './e03-treatment-idling.ts';
import { e04 } from './e04-order-not-carried-out.ts';
import { f02 } from './f02-retroactive-mark.ts';
import { f03 } from './f03-marked-stopped-not-stopped.ts';
import { f06 } from './f06-step-after-door.ts';
import { f11 } from './f11-irregular-sampling.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, NOX, SO2, World } from './testing/world.ts';

const tick = (days: number, hours: number): number => at(days, hours) + 10 * MINUTE;
const gas = (seed = 41): World => new World('gas', 40, seed);

describe('model:E01 producing without treatment', () => {
  it('[PAPER-2.3e] grades by duration and by what the stack shows', () => {
    const off = (hours: number): World => gas().power('treatment', at(35, 2), at(35, 2 + hours), (kw) => kw * 0.04);
    const tiers = [1, 3, 9].map((h) => raised(e01, off(h), tick(35, 2 + h))[0]?.tier);
    expect(tiers).toEqual(['REMIND', 'WARN', 'WORK_ORDER']);
    const dirty = off(3).edit(SO2, at(35, 2), at(35, 5), (v) => v * 3);
    expect(raised(e01, dirty, tick(35, 5))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(35, 2), end: at(35, 5) });
  });
  it('honest: treatment may rest when production rests, and lag a little at its start', () => {
    expect(raised(e01, gas().stop(at(35), at(36)), tick(35, 12))).toEqual([]);
    const lag = gas().stop(at(35), at(35, 6)).power('treatment', at(35, 6), at(35, 6) + 20 * MINUTE, () => 2);
    expect(raised(e01, lag, tick(35, 7))).toEqual([]);
  });
});

describe('model:E03 treatment idling', () => {
  it('[PAPER-2.3e] compares with what this load needs', () => {
    const idle = gas().power('treatment', at(35), at(36), (kw) => kw * 0.5);
    expect(raised(e03, idle, tick(35, 14))[0]).toMatchObject({ tier: 'WARN', start: at(35) });
    // The median of six hours goes on for three after the fact.
    const over = gas().power('treatment', at(35), at(35, 16), (kw) => kw * 0.5);
    expect(raised(e03, over, tick(35, 18))[0]).toMatchObject({ start: at(35), end: at(35, 16) });
    const both = gas().power('treatment', at(35), at(36), (kw) => kw * 0.75).power('production', at(35), at(36), (kw) => kw * 0.7);
    expect(raised(e03, both, tick(35, 14))).toEqual([]);
  });
});

describe('model:E04 order not carried out', () => {
  const ordered = (w: World): World => w.know(at(34), { kind: 'order', start: at(34), end: at(37), requiredCut: 0.5 });
  it('[PAPER-2.3f] an ignored order is a work order, an obeyed one nothing', () => {
    expect(raised(e04, ordered(gas()), tick(36, 0))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(34) });
    expect(raised(e04, ordered(gas()), tick(34, 9))[0]?.tier).toBe('REMIND');
    const obeyed = ordered(gas()).power('production', at(34), at(37), (kw) => kw * 0.48);
    expect(raised(e04, obeyed, tick(36, 0))).toEqual([]);
  });
  it('weeks in which the plant stood still do not lower what is usual', () => {
    const stood = (): World => [20, 27].reduce((w, d) => w.stop(at(d - 1), at(d + 2)), gas());
    expect(raised(e04, ordered(stood()).power('production', at(34), at(37), (kw) => kw * 0.48), tick(36, 0))).toEqual([]);
    expect(raised(e04, ordered(stood()), tick(36, 0))[0]).toMatchObject({ tier: 'WORK_ORDER' });
  });
});

describe('model:F02 retroactive mark', () => {
  const dirty = (): World => gas().edit(SO2, at(35, 1), at(35, 5), () => 70);
  it('sees a stop mark that appears the next morning over exceedances sent as normal', () => {
    const late = dirty().mark('stop', at(35, 1), at(35, 5), at(35, 12));
    expect(raised(f02, late, tick(35, 13))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(35, 1), end: at(35, 5), factors: [SO2] });
    const maintenance = dirty().mark('maintenance', at(35, 1), at(35, 5), at(35, 12));
    expect(raised(f02, maintenance, tick(35, 13))[0]?.tier).toBe('WARN');
  });
  it('honest: a mark in time, over clean hours or over flagged ones, is in order', () => {
    expect(raised(f02, dirty().mark('maintenance', at(35, 1), at(35, 5), at(35, 1)), tick(35, 13))).toEqual([]);
    expect(raised(f02, gas().mark('maintenance', at(35, 1), at(35, 5), at(35, 12)), tick(35, 13))).toEqual([]);
    expect(raised(f02, dirty().flag('FAULT', at(35, 1), at(35, 5)).mark('fault', at(35, 1), at(35, 5), at(35, 12)), tick(35, 13))).toEqual([]);
  });
});

describe('model:F03 marked stopped, not stopped', () => {
  it('counts hours in which power runs under the mark or the stop flag', () => {
    const tiers = [1, 2, 4, 8].map((h) => raised(f03, gas().mark('stop', at(35, 2), at(35, 2 + h), at(35)), tick(35, 3 + h))[0]?.tier);
    expect(tiers).toEqual([undefined, 'REMIND', 'WARN', 'WORK_ORDER']);
    const flagged = gas().flag('SOURCE_STOPPED', at(35, 2), at(35, 10));
    expect(raised(f03, flagged, tick(35, 11))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(35, 2), end: at(35, 10) });
  });
  it('honest: a true stop with its ramps is in order', () => {
    const w = gas().stop(at(35, 4), at(36)).mark('stop', at(35, 2), at(36, 3), at(35));
    expect(raised(f03, w, tick(36, 4))).toEqual([]);
  });
  it('honest: the hours in which a plant without ramps stops and starts belong to both sides', () => {
    const w = gas().stop(at(30, 4) + 20 * MINUTE, at(35, 9) + 40 * MINUTE).flag('SOURCE_STOPPED', at(30, 4) + 10 * MINUTE, at(35, 9) + 50 * MINUTE);
    for (const now of [tick(30, 5), tick(30, 6), tick(35, 10), tick(37, 9)]) expect(raised(f03, w, now)).toEqual([]);
  });
});

describe('model:F06 step after the door', () => {
  const visits = (w: World): World => [10, 17, 24, 31].reduce((x, d) => x.door(at(d, 10), 'P001'), w);
  const hand = (person: string, w = visits(gas())): World => w.edit(NOX, at(35, 2), at(40), (v) => v * 0.35).door(at(35, 2) - 5 * MINUTE, person);
  it('sees a level that falls when an unknown person opened, and raises it when it lasts', () => {
    const first = raised(f06, hand(''), at(35, 2) + 14 * HOUR);
    expect(first[0]).toMatchObject({ tier: 'WARN', factors: [NOX], start: at(35, 2) - 5 * MINUTE });
    expect(raised(f06, hand(''), at(35, 2) + 26 * HOUR)[0]?.tier).toBe('WORK_ORDER');
  });
  it('honest: a visit without effect, a calibration, filed work and the end of something are in order', () => {
    expect(raised(f06, gas().door(at(35, 2), ''), at(35, 2) + 14 * HOUR)).toEqual([]);
    expect(raised(f06, hand('').flag('CALIBRATION', at(35, 2), at(35, 3)), at(35, 2) + 14 * HOUR)).toEqual([]);
    const filed = hand('P001').know(at(35), { kind: 'maintenance', start: at(35), end: at(35, 3), what: 'probe', factors: [NOX] });
    expect(judge(f06, filed, at(35, 2) + 14 * HOUR).every((f) => f.suppressed !== undefined)).toBe(true);
    const ends = gas().edit(NOX, at(33), at(35, 2), (v) => v * 0.5).door(at(35, 2), '');
    expect(raised(f06, ends, at(35, 2) + 14 * HOUR)).toEqual([]);
  });
});

describe('model:F11 irregular sampling times', () => {
  const water = (): World => new World('water', 40, 42);
  it('an analyser whose value moves without a new sample', () => {
    const w = water().edit(COD, at(35), at(36), (v, i) => v + 0.2 * (i % 6));
    expect(raised(f11, w, at(35, 16) + 3 * MINUTE)[0]).toMatchObject({ factors: [COD], tier: 'WARN', start: at(35) });
    expect(raised(f11, water(), at(35, 16) + 3 * MINUTE)).toEqual([]);
  });
  it('a long discharge without any new sample, unless the analyser says why', () => {
    const asleep = water();
    asleep.hourEdits.push((v, t) => {
      if (v.factor === COD && t >= at(34)) v.sampleTime = at(34);
    });
    expect(raised(f11, asleep, at(35, 8) + 3 * MINUTE)[0]).toMatchObject({ factors: [COD], tier: 'WARN' });
    expect(raised(f11, asleep.flag('FAULT', at(34), at(36), [COD]), at(35, 8) + 3 * MINUTE)).toEqual([]);
  });
});
