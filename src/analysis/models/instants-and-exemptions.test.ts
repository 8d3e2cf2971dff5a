import { calendarDay, HOUR, MINUTE, type FactorCode } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { judgingRules } from '#quality';
import { describe, expect, it } from 'vitest';
import { b06 } from './b06-flow-over-design.ts';
import { b07 } from './b07-instantaneous-limits.ts';
import { b08 } from './b08-furnace-temperature.ts';
import { b09 } from './b09-exemption-overrun.ts';
import { judge, raised } from './testing/judge.ts';
import { at, FLOW, NOX, SO2, STEP, WATER, World } from './testing/world.ts';

const PH = 'w01001' as FactorCode;
const FURNACE = 'a01901' as FactorCode;
const DCS = 'a01902' as FactorCode;
const soon = (days: number, hours: number): number => at(days, hours) + 10 * MINUTE;

describe('model:B06 flow over design', () => {
  const gas = (ratio: number, hours: number): World => {
    const w = new World('gas', 40, 61).edit(FLOW, at(35, 2), at(35, 2 + hours), (v) => v * ratio);
    w.register = { designFlow: 1_000_000 };
    return w;
  };
  it('three hours remind, a day warns, three days well above are a work order', () => {
    expect(raised(b06, gas(2, 2), soon(35, 4))).toEqual([]);
    expect(raised(b06, gas(2, 4), soon(35, 6))[0]).toMatchObject({ tier: 'REMIND', start: at(35, 2), end: at(35, 6), factors: [FLOW] });
    expect(raised(b06, gas(2, 26), soon(36, 4))[0]?.tier).toBe('WARN');
    expect(raised(b06, gas(2.4, 74), soon(38, 4))[0]?.tier).toBe('WORK_ORDER');
    expect(raised(b06, gas(1.15, 26), soon(36, 4))).toEqual([]);
  });
  it('pumps that always give more than the plate says are the register\'s matter, unless it is far more', () => {
    const pumps = (ratio: number): World => {
      const w = new World('water', 40, 62).edit(WATER, at(0), at(40), (v, i) => (i % 36 < 12 ? v : 0.8 * v)).edit(WATER, at(35, 2), at(35, 10), (v) => v * ratio);
      w.register = { designFlow: 36 };
      return w;
    };
    expect(raised(b06, pumps(1.1), soon(35, 10))).toEqual([]);
    expect(raised(b06, pumps(1.9), soon(35, 10))[0]?.factors).toEqual([WATER]);
  });
  it('honest: storm water and filed work explain it; a figure in another unit is not judged', () => {
    const water = new World('water', 40, 62).edit(WATER, at(35, 2), at(35, 10), (v) => v * 2);
    water.register = { designFlow: 55 };
    expect(raised(b06, water, soon(35, 10))[0]?.factors).toEqual([WATER]);
    water.know(at(35), { kind: 'weather', at: at(34, 22), tempC: 15, rainMmH: 6 });
    expect(judge(b06, water, soon(35, 10))[0]?.suppressed?.reason).toBe('rain');
    const wrong = gas(2, 6);
    wrong.register = { designFlow: 277 };
    expect(b06.evaluate(wrong.contextAt(soon(35, 8)), b06.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['design flow in the unit of the meter'] });
    expect(b06.evaluate(new World('gas', 40, 61).contextAt(soon(35, 8)), b06.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['design flow'] });
  });
});

describe('model:B07 pH and instantaneous limits', () => {
  const acid = (ph: number, minutes: number): World => {
    const w = new World('water', 20, 63);
    w.add(PH, 0.01, Float64Array.from({ length: w.steps }, (_, i) => 7.4 + 0.1 * Math.sin(i / 30)));
    w.edit(PH, at(15, 3), at(15, 3) + minutes * MINUTE, () => ph);
    w.limits = [['6', 'lower'], ['9', 'upper']].map(([limit, side]) => ({
      factor: PH, limit: limit as string, unit: '1', period: 'instant', basis: 'c', side: side as 'lower' | 'upper', source: 'test',
    }));
    return w;
  };
  it('acts by minutes: 30 remind, two hours warn, six are a work order, strong acid at once', () => {
    expect(raised(b07, acid(5.2, 20), soon(15, 4))).toEqual([]);
    expect(raised(b07, acid(5.2, 40), soon(15, 4))[0]).toMatchObject({ tier: 'REMIND', start: at(15, 3), end: at(15, 3) + 40 * MINUTE, provisional: true });
    expect(raised(b07, acid(9.8, 130), soon(15, 6))[0]?.tier).toBe('WARN');
    expect(raised(b07, acid(5.2, 370), soon(15, 10))[0]?.tier).toBe('WORK_ORDER');
    expect(raised(b07, acid(3.1, 40), soon(15, 4))[0]?.tier).toBe('WORK_ORDER');
  });
  it('honest: equal to the limit, rounded to its decimals, complies; two rows without a side are the two ends', () => {
    expect(raised(b07, acid(5.5, 60), soon(15, 5))).toEqual([]);
    expect(raised(b07, acid(9.5, 60), soon(15, 5))).toHaveLength(1);
    const bare = acid(5.2, 60);
    bare.limits = bare.limits.map(({ side: _side, ...limit }) => limit);
    expect(raised(b07, bare, soon(15, 5))[0]?.stats).toMatchObject({ lower: '6', upper: '9' });
  });
  it('honest: a dry flume, cleaning of the electrode and a maintenance mark are no acid', () => {
    expect(raised(b07, acid(3.1, 120).stop(at(15, 2), at(15, 8)), soon(15, 6))).toEqual([]);
    const cleaned = acid(3.1, 40).know(at(15, 2), { kind: 'maintenance', start: at(15, 3), end: at(15, 4), what: '电极清洗', factors: [PH] });
    expect(raised(b07, cleaned, soon(15, 5))).toEqual([]);
    expect(judge(b07, acid(3.1, 40).mark('maintenance', at(15, 2), at(15, 5), at(15, 2)), soon(15, 5))[0]?.suppressed?.reason).toBe('filed-work');
    expect(b07.evaluate(new World('water', 20, 63).contextAt(soon(15, 5)), b07.params).missing).toEqual(['instantaneous limits']);
  });
});

describe('model:B08 furnace temperature', () => {
  const furnace = (cold: number, control = false): World => {
    const w = new World('gas', 20, 64);
    w.register = { industry: 'waste_inc' };
    const warm = (): Float64Array => Float64Array.from({ length: w.steps }, (_, i) => 930 + 15 * Math.sin(i / 20));
    w.add(FURNACE, 0.1, warm());
    if (control) w.add(DCS, 0.1, warm());
    return w.edit(FURNACE, at(15, 3), at(15, 3) + cold * STEP, (_, __, k) => 835 - k);
  };
  it('five low means a day are too few, six are too many', () => {
    expect([0, 1, 3, 5, 6].map((n) => raised(b08, furnace(n), soon(15, 6))[0]?.tier)).toEqual([undefined, 'REMIND', 'WARN', 'WARN', 'WORK_ORDER']);
    expect(raised(b08, furnace(6), soon(15, 6))[0]).toMatchObject({
      start: at(15, 3), end: at(15, 4), stats: { count: 6, coldest: 830, limitC: 850, allowed: 5, lowFrom: at(15, 3), lowTo: at(15, 4), breach: 'some' },
    });
    expect([1, 5].map((n) => raised(b08, furnace(n), soon(15, 6))[0]?.stats['breach'])).toEqual(['none', 'none']);
  });
  it('honest: start-up, shutdown, a stop and a broken probe are no cold fire', () => {
    expect(raised(b08, furnace(6).mark('start_up', at(15, 1), at(15, 6), at(15, 2)), soon(15, 6))).toEqual([]);
    expect(raised(b08, furnace(6).stop(at(15, 2), at(16)), soon(15, 6))).toEqual([]);
    expect(raised(b08, furnace(0).edit(FURNACE, at(15, 3), at(15, 6), () => 120), soon(15, 6))).toEqual([]);
    expect(raised(b08, furnace(6, true), soon(15, 6))[0]).toMatchObject({ tier: 'REMIND', stats: { breach: 'none' } });
  });
  it('asks an incinerator for its temperature, and nobody else', () => {
    const bare = new World('gas', 20, 64);
    expect(b08.applies?.(bare.registration())).toBe(false);
    bare.register = { industry: 'waste_inc' };
    expect(b08.applies?.(bare.registration())).toBe(true);
    expect(b08.evaluate(bare.contextAt(soon(15, 6)), b08.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: [FURNACE] });
  });
});

describe('model:B09 exemption overrun', () => {
  const rules = judgingRules(loadLaw(), NATIONAL, calendarDay('2026-04-01'));
  const plant = (industry = 'boiler', seed = 65): World => {
    const w = new World('gas', 40, seed);
    w.register = { industry, rules };
    return w;
  };
  const marked = (kind: string, hours: number, overFrom: number, overTo: number, industry = 'boiler'): World =>
    plant(industry).mark(kind, at(35), at(35, hours), at(35, 1)).edit(NOX, at(35, overFrom), at(35, overTo), () => 90);
  const rule = rules.conditionMarks.find((r) => r.industries.includes('boiler') && r.marks.includes('START_UP'));
  const allowed = Number(rule?.maxHoursPerEvent) * (rule?.verified === true ? 1 : 2);
  it('hours over the limit past the time of the rule are told, more of them higher', () => {
    expect(allowed).toBeGreaterThan(0);
    expect(raised(b09, marked('start_up', allowed + 4, allowed, allowed + 1), at(36, 2))[0]).toMatchObject({
      tier: 'REMIND', start: at(35, allowed), end: at(35, allowed + 1), factors: [NOX], stats: { mark: 'START_UP', allowedHours: allowed },
    });
    expect(raised(b09, marked('start_up', allowed + 4, allowed, allowed + 4), at(36, 2))[0]?.tier).toBe(rule?.verified === true ? 'WARN' : 'REMIND');
    const verified = marked('start_up', allowed + 8, allowed, allowed + 4);
    const marks = rules.conditionMarks.map((r) => ({ ...r, verified: true, ...(r.maxHoursPerEvent === undefined ? {} : { maxHoursPerEvent: String(allowed) }) }));
    verified.register = { industry: 'boiler', rules: { ...rules, conditionMarks: marks } };
    expect(raised(b09, verified, at(36, 2)).map((f) => f.tier)).toContain('WARN');
    expect(raised(b09, marked('plant_fault', 12, 7, 10, 'waste_inc'), at(36, 2))[0]?.stats).toMatchObject({ mark: 'PLANT_FAULT', allowedHours: 8, overHours: 2 });
  });
  it('a start-up mark over usual steady running is a work order where it hides exceedances', () => {
    const hidden = (over: number): World => marked('start_up', 8, 0, over, 'cement');
    expect(raised(b09, hidden(8), at(36, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', stats: { mark: 'START_UP' } });
    expect(raised(b09, hidden(0), at(36, 2)).every((x) => x.tier === 'REMIND')).toBe(true);
  });
  it('an hour over the limit two hours after conditions became stable warns; one event cut into marks stays one', () => {
    expect(raised(b09, marked('start_up', 3, 2, 3, 'cement'), at(36, 2))[0]).toMatchObject({ tier: 'WARN', stats: { steadyHours: 3, overHours: 1 } });
    expect(raised(b09, marked('start_up', 3, 0, 2, 'cement'), at(36, 2))).toEqual([]);
    const cut = plant().edit(NOX, at(35, allowed), at(35, allowed + 1), () => 90);
    for (let h = 0; h < allowed + 4; h += 4) cut.mark('start_up', at(35, h), at(35, h + 4), at(35, h + 1));
    expect(raised(b09, cut, at(36, 2)).find((f) => f.stats['markHours'] !== undefined)).toMatchObject({ start: at(35, allowed), stats: { markHours: allowed + 4, allowedHours: allowed } });
  });
  it('honest: a real start within its time, and a long one that exceeds nothing, need no exemption', () => {
    const ramp = (hours: number): World =>
      plant().stop(at(34), at(35)).power('production', at(35), at(35, hours), (kw) => kw * 0.5).edit(SO2, at(35), at(35, 1), () => 60).mark('start_up', at(35), at(35, hours), at(35, 1));
    expect(raised(b09, ramp(allowed), at(36, 2))).toEqual([]);
    expect(raised(b09, ramp(allowed + 6), at(36, 2))).toEqual([]);
  });
  it('a waste incinerator has sixty hours a year; without rules it cannot tell', () => {
    const w = plant('waste_inc', 66);
    for (let k = 0; k < 5; k++) w.mark('shut_down', at(10 + 6 * k), at(10 + 6 * k, 13), at(10 + 6 * k, 1)).power('production', at(10 + 6 * k), at(10 + 6 * k, 13), (kw) => kw * 0.6);
    w.edit(NOX, at(34, 2), at(34, 6), () => 90);
    const yearly = raised(b09, w, at(34, 16)).filter((f) => f.stats['annualHours'] === 60);
    expect(yearly[0]).toMatchObject({ tier: 'WARN', stats: { hours: 65 } });
    expect((yearly[0]?.end ?? 0) - (yearly[0]?.start ?? 0)).toBe(13 * HOUR);
    w.register = { industry: 'waste_inc' };
    expect(b09.evaluate(w.contextAt(at(34, 16)), b09.params)).toMatchObject({ outcome: 'CANNOT_TELL', missing: ['mark rules'] });
  });
});
