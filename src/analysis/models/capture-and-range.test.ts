import { MINUTE } from '#kernel';
import { describe, expect, it } from 'vitest';
import { a08 } from './a08-zero-negative-saturated.ts';
import { a09 } from './a09-required-factor-missing.ts';
import { a10 } from './a10-low-valid-capture.ts';
import { a11 } from './a11-strategic-gaps.ts';
import { seededDraws } from '../primitives/index.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, DUST, NH3N, NOX, SO2, TEMPERATURE, World } from './testing/world.ts';

const tick = (days: number, hours: number): number => at(days, hours) + 10 * MINUTE;
const gas = (seed = 51, days = 40): World => new World('gas', days, seed);

describe('model:A08 zero, negative, saturated', () => {
  const zero = (hours: number): World => gas().edit(SO2, at(35, 2), at(35, 2 + hours), () => 0);
  it('reports exactly the hours at zero while the plant runs, higher the longer they last', () => {
    expect(raised(a08, zero(2), tick(35, 5))).toEqual([]);
    expect(raised(a08, zero(4), tick(35, 6))[0]).toMatchObject({ tier: 'REMIND', start: at(35, 2), end: at(35, 6), factors: [SO2] });
    expect(raised(a08, zero(13), tick(35, 15))[0]).toMatchObject({ tier: 'WARN', start: at(35, 2), end: at(35, 15) });
    // NOx of the same analyser goes on: the plant and the instrument live.
    expect(raised(a08, zero(30), tick(36, 4))[0]?.tier).toBe('WORK_ORDER');
  });
  it('a reading pinned at its span is worse under a normal flag than under the flag for over range', () => {
    const pinned = (): World => {
      const w = gas().edit(NOX, at(35, 2), at(35, 6), () => 149.5);
      w.register = { factors: [{ factor: NOX, unit: 'mg/m³', span: 150, resolution: 0.01 }] };
      return w;
    };
    expect(raised(a08, pinned(), tick(35, 6))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(35, 2), stats: { kind: 'saturated', span: 150 } });
    expect(raised(a08, pinned().flag('OVER_RANGE', at(35, 2), at(35, 6), [NOX]), tick(35, 6))[0]?.tier).toBe('REMIND');
  });
  it('honest: looks like it, but is not: a stop, a fault flag, filed work, a source near zero', () => {
    expect(raised(a08, gas().stop(at(35), at(36)), tick(35, 14))).toEqual([]);
    expect(raised(a08, gas().edit(TEMPERATURE, at(35), at(36), () => 0), tick(35, 14))).toEqual([]);
    expect(raised(a08, zero(6).flag('FAULT', at(35, 2), at(35, 8), [SO2]), tick(35, 8))).toEqual([]);
    expect(judge(a08, zero(6).mark('maintenance', at(35, 1), at(35, 9), at(35)), tick(35, 8))[0]?.suppressed?.reason).toBe('filed-work');
    const draw = seededDraws(3);
    expect(raised(a08, gas().edit(DUST, at(0), at(40), () => Math.round(draw() * draw() * 2) / 10).edit(DUST, at(35, 2), at(35, 8), () => 0), tick(35, 8))).toEqual([]);
  });
  it('says what it lacks', () => {
    expect(a08.evaluate(gas().contextAt(at(3)), a08.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['span', '10 days of running data'] });
  });
});

describe('model:A09 required factor not reported', () => {
  const without = (w: World, factor: typeof SO2, from: number, to: number): World => {
    const sent = w.arrivals.bind(w);
    w.arrivals = (until) => sent(until).map((a) => ({
      ...a,
      facts: a.facts.map((f) => (f.kind === 'hour' || f.kind === 'step') && f.start >= from && f.start < to ? { ...f, values: f.values.filter((v) => v.factor !== factor) } : f),
    }));
    w.register = { mustMonitor: [SO2, NOX, DUST] };
    return w;
  };
  it('one day reminds, three warn, fifteen are a work order', () => {
    const w = without(gas(), DUST, at(15), at(40));
    expect([16, 18, 30].map((d) => raised(a09, w, at(d, 2))[0]?.tier)).toEqual(['REMIND', 'WARN', 'WORK_ORDER']);
    expect(raised(a09, w, at(18, 2))[0]).toMatchObject({ factors: [DUST], start: at(15), end: at(18) });
  });
  it('a factor that goes away right after it was over its limit is a work order at once', () => {
    const w = without(gas().edit(SO2, at(34, 20), at(35), () => 60), SO2, at(35), at(37));
    expect(raised(a09, w, at(36, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(35) });
  });
  it('honest: one never seen only asks to compare the register; a new code, a stop and silence explain', () => {
    expect(raised(a09, without(gas(), SO2, at(0), at(40)), at(30, 2))[0]?.tier).toBe('REMIND');
    const alias = without(gas(), DUST, at(15), at(40));
    const sent = alias.arrivals.bind(alias);
    alias.arrivals = (until) => sent(until).map((a) => ({
      ...a,
      facts: a.facts.map((f) => (f.kind === 'hour' && f.start >= at(15) && f.values[0] !== undefined ? { ...f, values: [...f.values, { ...f.values[0], factor: 'a34001' as typeof SO2 }] } : f)),
    }));
    expect(judge(a09, alias, at(18, 2))[0]?.suppressed?.reason).toBe('code-alias');
    expect(raised(a09, without(gas().stop(at(14), at(40)), DUST, at(15), at(40)), at(18, 2))).toEqual([]);
    const silent = gas();
    silent.lost.push({ start: at(15), end: at(17), dark: false });
    silent.register = { mustMonitor: [SO2, NOX, DUST] };
    expect(raised(a09, silent, at(16, 2))).toEqual([]);
    expect(a09.evaluate(gas().contextAt(at(20, 2)), a09.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['must-monitor list'] });
  });
});

describe('model:A10 low valid capture', () => {
  /** 2 April, 02:00: March is closed and can no longer be marked. */
  const SECOND = at(32, 2);
  const faulty = (days: number): World => gas(52, 40).flag('FAULT', at(10), at(10 + days), [NOX]);
  it('judges a closed month once, and reports where it fell short', () => {
    const [f] = raised(a10, faulty(9), SECOND);
    expect(f).toMatchObject({ tier: 'WARN', factors: [NOX] });
    expect(f?.start).toBeGreaterThanOrEqual(at(10));
    expect(f?.end).toBeLessThanOrEqual(at(19));
    expect([at(31, 2), at(33, 2)].map((now) => raised(a10, faulty(9), now))).toEqual([[], []]);
  });
  it('grades by the sure end of the interval', () => {
    expect([2, 5, 9, 18].map((d) => raised(a10, faulty(d), SECOND)[0]?.tier)).toEqual([undefined, 'REMIND', 'WARN', 'WORK_ORDER']);
  });
  it('honest: a stop, the daily check and a filed repair are no loss; three quarters hold nevertheless', () => {
    expect(raised(a10, gas(52).stop(at(10), at(19)), SECOND)).toEqual([]);
    const checked = new World('water', 40, 53);
    for (let d = 0; d < 31; d++) checked.flag('CALIBRATION', at(d, 2), at(d, 3), [COD, NH3N]);
    expect(raised(a10, checked, SECOND)).toEqual([]);
    expect(judge(a10, faulty(5).mark('analyser_fault', at(10), at(15), at(10, 2)), SECOND)[0]?.suppressed?.reason).toBe('filed-work');
    expect(raised(a10, faulty(18).mark('analyser_fault', at(10), at(28), at(10, 2)), SECOND)[0]?.tier).toBe('WARN');
  });
});

describe('model:A11 strategic gaps', () => {
  /** Sixteen gaps of two hours: when load is highest, or at moments drawn at random. */
  const gappy = (chosen: boolean): World => {
    const w = gas(54, 66);
    const draw = seededDraws(8);
    const hours = Array.from({ length: 56 * 24 }, (_, h) => h + 7 * 24);
    const load = (h: number): number => w.production.slice(h * 6, h * 6 + 6).reduce((a, b) => a + b, 0);
    for (const f of [SO2, NOX]) w.edit(f, at(0), at(66), (v, i) => v * ((w.production[i] as number) / 830) ** 3);
    hours.sort(chosen ? (a, b) => load(b) - load(a) : () => 0);
    const taken: number[] = [];
    for (let k = 0; taken.length < 16; k++) {
      const h = chosen ? (hours[k] as number) : 7 * 24 + Math.floor(draw() * 56 * 24);
      if (taken.every((t) => Math.abs(t - h) > 12)) taken.push(h);
    }
    for (const h of taken) w.lost.push({ start: at(0, h), end: at(0, h + 2), dark: false });
    return w;
  };
  it('sees gaps that begin when exceedance is likely, not gaps at random', () => {
    const [f] = raised(a11, gappy(true), at(65, 2));
    expect(f?.stats['riskLift']).toBeGreaterThan(1.1);
    expect(f?.stats['gaps']).toBe(16);
    expect(raised(a11, gappy(false), at(65, 2))).toEqual([]);
  });
  it('honest: dark sites and few gaps prove nothing', () => {
    const dark = gappy(true);
    dark.lost.splice(0, dark.lost.length, ...dark.lost.map((l) => ({ ...l, dark: true })));
    expect(raised(a11, dark, at(65, 2))).toEqual([]);
    expect(a11.evaluate(gas().contextAt(at(30, 2)), a11.params).missing).toEqual(['45 days of data']);
    expect(raised(a11, gas(55, 66), at(65, 2))).toEqual([]);
  });
});
