import { calendarDay, DAY, HOUR, MINUTE, type FactorCode, type MeterId } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { judgingRules, type CalibrationFact, type ElectricalReading, type ManifestFact, type SampleFact, type WasteFact } from '#quality';
import { describe, expect, it } from 'vitest';
import { e05 } from './e05-off-hours-production.ts';
import { e06 } from './e06-meter-data.ts';
import { f05 } from './f05-quality-control.ts';
import { f10 } from './f10-unfiled-parameter.ts';
import { g02 } from './g02-manual-against-automatic.ts';
import { g03 } from './g03-implausible-reports.ts';
import { g04 } from './g04-waste-balance.ts';
import { g05 } from './g05-waste-transfers.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, DUST, NOX, SO2, World } from './testing/world.ts';

const gas = (days = 40, seed = 71): World => new World('gas', days, seed);
const none = Number.NaN;

describe('model:E05 off-hours production', () => {
  const shifts = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromHour: 8, toHour: 20 }];
  /** Works by day only. */
  const dayShift = (): World => {
    const w = gas();
    w.register = { shifts };
    for (let d = 0; d < 40; d++) w.power('production', at(d), at(d, 8), () => 170).power('production', at(d, 20), at(d + 1), () => 170);
    return w;
  };
  it('counts nights outside the declared shift, warns at the third, and orders work under a ban', () => {
    const one = dayShift().power('production', at(34, 23), at(35), () => 600).power('production', at(35), at(35, 2), () => 600);
    expect(raised(e05, one, at(35, 10))[0]).toMatchObject({ start: at(34, 23), end: at(35, 2), tier: 'REMIND', stats: { hours: 3 } });
    for (const d of [30, 32]) one.power('production', at(d, 22), at(d, 24), () => 700);
    expect(raised(e05, one, at(35, 10))[0]?.tier).toBe('WARN');
    const ban = gas().know(at(34), { kind: 'order', start: at(34), end: at(36), requiredCut: 1 });
    expect(raised(e05, ban, at(35, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', stats: { ban: 1 } });
  });
  it('honest: a warm hour beside the shift is in order; a calendar that does not fit, or none, judges nothing', () => {
    expect(raised(e05, dayShift().power('production', at(34, 20), at(34, 21), () => 600), at(35, 2))).toEqual([]);
    const always = gas();
    always.register = { shifts };
    expect(e05.evaluate(always.contextAt(at(35, 2)), e05.params).outcome).toBe('CANNOT_TELL');
    expect(e05.evaluate(gas().contextAt(at(35, 2)), e05.params).outcome).toBe('CANNOT_TELL');
  });
});

describe('model:E06 electrical details', () => {
  const metered = (change: (r: ElectricalReading) => ElectricalReading, w = gas(36)): World => {
    let kwh = 1000;
    for (let k = 0; k < 3 * 144; k++) {
      const t = at(32) + k * 10 * MINUTE;
      const kw = w.treatment[w.index(t)] as number;
      const honest = { at: t, meter: 'T' as MeterId, kw, volts: 220, powerFactor: 0.87, amperes: (kw * 1000) / (3 * 220 * 0.87), kwh };
      kwh += kw / 6;
      w.know(t + 10 * MINUTE + 1, { kind: 'power', at: t, readings: [{ meter: 'T' as MeterId, kw }], details: [change(honest)] });
    }
    return w;
  };
  const late = (r: ElectricalReading): boolean => r.at >= at(34, 6) && r.at < at(34, 20);
  it('power against voltage and current, and against its counter', () => {
    const f = raised(e06, metered((r) => (late(r) ? { ...r, amperes: r.amperes * 0.5 } : r)), at(35, 2));
    expect(f.map((one) => one.stats['how'])).toEqual(['phasor']);
    expect(f[0]).toMatchObject({ tier: 'WARN', start: at(34, 6) });
    let lost = 0;
    const slow = metered((r) => {
      if (late(r)) lost += r.kw / 12;
      return { ...r, kwh: r.kwh - lost };
    });
    expect(raised(e06, slow, at(35, 2)).map((one) => one.stats['how'])).toContain('counter');
  });
  it('honest: a transformer ratio entered wrongly is constant and no forgery; honest details are in order', () => {
    expect(raised(e06, metered((r) => ({ ...r, amperes: r.amperes * 2 })), at(35, 2))).toEqual([]);
    expect(raised(e06, metered((r) => r), at(35, 2))).toEqual([]);
  });
  it('honest: a machine that is switched between two readings, where the counter adds what comes after the reading', () => {
    const standby = gas(36).power('treatment', at(34, 0), at(34, 8), () => 2);
    expect(raised(e06, metered((r) => ({ ...r, kwh: r.kwh + r.kw / 6 }), standby), at(35, 2)).filter((one) => one.stats['how'] === 'counter')).toEqual([]);
  });
});

describe('model:F05 quality control', () => {
  const record = (start: number, more: Partial<CalibrationFact> = {}): CalibrationFact =>
    ({ kind: 'calibration', start, end: start + HOUR, what: 'gas', factors: [SO2, NOX], zeroDrift: none, spanDrift: none, passed: undefined, ...more });
  const weekly = (days: readonly number[], more: Partial<CalibrationFact> = {}): World => {
    const w = gas();
    for (const d of days) w.know(at(d, 11), record(at(d, 10), d === days.at(-1) ? more : {}));
    return w;
  };
  it('grows with the time since the last calibration', () => {
    expect(raised(f05, weekly([3, 10, 17, 24]), at(34, 2))).toEqual([]);
    expect(raised(f05, weekly([3, 10, 17, 24]), at(37, 2))[0]).toMatchObject({ tier: 'REMIND', factors: [NOX, SO2], start: at(31, 11) });
    expect(raised(f05, weekly([3, 10, 17, 22]), at(38, 2))[0]?.tier).toBe('WARN');
    expect(raised(f05, weekly([1, 2, 3]), at(35, 2))[0]?.tier).toBe('WORK_ORDER');
  });
  it('a failure with data going on warns, after a repair or a standstill it does not', () => {
    const failing = weekly([10, 17, 24, 33], { spanDrift: 4 });
    expect(raised(f05, failing, at(34, 2))[0]).toMatchObject({ tier: 'WARN', stats: { kind: 'failed' } });
    expect(raised(f05, failing.know(at(33, 15), { kind: 'maintenance', start: at(33, 12), end: at(33, 15), what: 'repair', factors: [] }), at(34, 2))).toEqual([]);
    expect(raised(f05, weekly([3, 10, 17, 24]).stop(at(26), at(38)), at(37, 2))).toEqual([]);
  });
});

describe('model:F10 unfiled parameter', () => {
  const parameter = (t: number, value: string, filed: boolean, name = 'slope') => ({ kind: 'parameter', at: t, name, factor: SO2, value, filed }) as const;
  const set = (...rows: readonly ReturnType<typeof parameter>[]): World => rows.reduce((w, row) => w.know(row.at, row), gas(36));
  it('weighs the effect on what is reported, and changing back before an inspection', () => {
    const low = set(parameter(at(1), '1.00', true), parameter(at(30), '0.8', false));
    expect(raised(f10, low, at(30, 5))[0]).toMatchObject({ tier: 'WORK_ORDER', start: at(30), factors: [SO2] });
    expect(raised(f10, set(parameter(at(1), '1', true), parameter(at(30), '1.08', false)), at(30, 5))[0]?.tier).toBe('WARN');
    const back = set(parameter(at(1), '1', true), parameter(at(30), '1.08', false), parameter(at(31), '1', false));
    back.know(at(32), { kind: 'inspection', at: at(32), announced: true, what: 'audit' });
    expect(raised(f10, back, at(32, 5))[0]).toMatchObject({ tier: 'WORK_ORDER', end: at(31), stats: { changedBack: 1 } });
  });
  it('honest: a calibration moves the slope a little; the filed value written otherwise is the same', () => {
    expect(raised(f10, set(parameter(at(1), '1', true), parameter(at(30), '1.03', false)), at(30, 5))).toEqual([]);
    expect(raised(f10, set(parameter(at(1), '1.00', true), parameter(at(30), '1.0', false)), at(30, 5))).toEqual([]);
    expect(f10.evaluate(set(parameter(at(30), '0.5', false)).contextAt(at(31)), f10.params).outcome).toBe('CANNOT_TELL');
  });
});

const sample = (sampledAt: number, factor: FactorCode, value: number, more: Partial<SampleFact> = {}): SampleFact => ({
  kind: 'sample', factor, sampledAt, value, text: String(value), basis: factor === COD ? 'c' : 'zs', by: 'self', lab: 'L1', sampler: '', startedAt: none, finishedAt: none, ...more,
});

describe('model:G02 manual against automatic', () => {
  const rules = judgingRules(loadLaw(), NATIONAL, calendarDay('2026-03-16'));
  const ruled = (w: World): World => Object.assign(w, { register: { rules } });
  it('what the standard allows at the level of the reference value is no difference, one beyond it is', () => {
    // Dust: up to 10 mg/m³ ±5, above ±6 (HJ 75-2017).
    const dust = (value: number): World => {
      const w = ruled(gas(36)).know(at(33), sample(at(32, 10), DUST, value));
      w.hourEdits.push((v) => { if (v.factor === DUST) Object.assign(v, { avg: 4.86, min: 4.6, max: 5.2, zsAvg: 4.86 }); });
      return w;
    };
    expect(raised(g02, dust(10.26), at(34, 2))).toEqual([]);
    expect(raised(g02, dust(11.2), at(34, 2))[0]).toMatchObject({ factors: [DUST], stats: { allowed: 6 } });
  });
  it('a supervisory result over the limit where the device says little is a work order; self a reminder', () => {
    const w = ruled(gas(36)).know(at(33), sample(at(32, 10), NOX, 60, { by: 'supervisory' }));
    expect(raised(g02, w, at(34, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', factors: [NOX], start: at(32, 10) });
    expect(raised(g02, ruled(gas(36)).know(at(33), sample(at(32, 10), NOX, 60)), at(34, 2))[0]?.tier).toBe('REMIND');
  });
  it('honest: a spread of a few percent, a low level and an unflagged hour are in order', () => {
    expect(raised(g02, ruled(gas(36)).know(at(33), sample(at(32, 10), NOX, 32)), at(34, 2))).toEqual([]);
    expect(raised(g02, ruled(gas(36)).know(at(33), sample(at(32, 10), DUST, 5)), at(34, 2))).toEqual([]);
    const flagged = ruled(gas(36)).flag('MAINTENANCE', at(32, 8), at(32, 14)).know(at(33), sample(at(32, 10), NOX, 60));
    expect(g02.evaluate(flagged.contextAt(at(34, 2)), g02.params).outcome).toBe('CANNOT_TELL');
    // An analyser that repeats an older result says nothing of the water of that hour.
    const water = ruled(new World('water', 36, 77)).know(at(33), sample(at(32, 10), COD, 90));
    expect(raised(g02, water, at(34, 2))).toHaveLength(1);
    water.hourEdits.push((v, t) => { if (v.factor === COD && t >= at(32) && t < at(33)) v.sampleTime = at(31, 22); });
    expect(raised(g02, water, at(34, 2))).toEqual([]);
  });
});

describe('model:G03 implausible manual reports', () => {
  const monthly = (value: (k: number, f: number) => number): World => {
    const w = gas(40);
    for (let k = 0; k < 5; k++) [SO2, NOX, DUST].forEach((f, i) => w.know(at(3 + 7 * k), sample(at(1 + 7 * k, 10), f, value(k, i))));
    return w;
  };
  it('the same vector on three dates, and one sampler at two places', () => {
    expect(raised(g03, monthly((k, f) => (k < 3 ? 17.23 : 15.11 + k) + f), at(36, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', stats: { kinds: 'repeated' } });
    const honest = monthly((k, f) => 14.37 + 1.31 * ((k * 7 + f * 3) % 5));
    expect(raised(g03, honest, at(36, 2))).toEqual([]);
    honest.know(at(34), sample(at(33, 10), SO2, 12.31, { sampler: 'S1', startedAt: at(33, 10), finishedAt: at(33, 10) + 4 * MINUTE }));
    expect(raised(g03, honest, at(36, 2))[0]).toMatchObject({ tier: 'REMIND', stats: { kinds: 'too-short' } });
  });
});

const month = (k: number, generated: number, stock: number, shipped: number): WasteFact => ({
  kind: 'waste', month: `2025-${String(k).padStart(2, '0')}`, start: at(-30 * (13 - k)), end: at(-30 * (12 - k)), waste: 'HW17', generated, shipped, disposed: 0, stock, production: 1,
});

describe('model:G04 hazardous-waste balance', () => {
  const ledger = (last: WasteFact): World => {
    const w = gas(12);
    for (let k = 4; k < 12; k++) w.know(at(-30 * (12 - k)), month(k, 20 + (k % 3), 5, 20 + (k % 3)));
    return w.know(at(0), last);
  };
  it('sees stock that does not close and waste that is missing per output', () => {
    expect(raised(g04, ledger(month(12, 20, 5, 15)), at(3, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', stats: { how: 'closure', tonnes: 5 } });
    const f = raised(g04, ledger(month(12, 9, 5, 9)), at(3, 2));
    expect(f[0]).toMatchObject({ tier: 'WORK_ORDER', stats: { how: 'coefficient' } });
  });
  it('honest: a usual month closes', () => {
    expect(raised(g04, ledger(month(12, 21, 6, 20)), at(3, 2))).toEqual([]);
  });
});

describe('model:G05 manifest anomalies', () => {
  const load = (id: string, leftAt: number, more: Partial<ManifestFact> = {}): ManifestFact => ({
    kind: 'manifest', id, waste: 'HW17', leftAt, arrivedAt: leftAt + 3 * HOUR, sentTonnes: 8.12, receivedTonnes: 8.1, carrier: 'C', licensed: true, plate: 'A', deviationKm: 0,
    stopMinutes: 5, silentMinutes: 0, storedSince: leftAt - 60 * DAY, ...more,
  });
  const w = (...loads: readonly ManifestFact[]): World => loads.reduce((world, one) => world.know(one.arrivedAt, one), gas(30));
  it('one oddity reminds, two warn, silence with a loss is a work order', () => {
    expect(raised(g05, w(load('1', at(20, 10), { deviationKm: 9 })), at(21, 2))[0]).toMatchObject({ tier: 'REMIND', stats: { kinds: 'route' } });
    expect(raised(g05, w(load('1', at(20, 23), { licensed: false })), at(21, 4))[0]?.tier).toBe('WARN');
    expect(raised(g05, w(load('1', at(20, 10), { silentMinutes: 90, receivedTonnes: 7 })), at(21, 2))[0]?.tier).toBe('WORK_ORDER');
    const many = Array.from({ length: 22 }, (_, k) => load(String(k), at(k % 21, 10), { sentTonnes: k > 16 ? 8.12 : 6 + k / 100, receivedTonnes: k > 16 ? 8.1 : 6 + k / 100 }));
    expect(raised(g05, w(...many), at(21, 2)).some((f) => String(f.stats['kinds']).includes('weights'))).toBe(true);
  });
  it('honest: a load that went as declared says nothing', () => {
    expect(judge(g05, w(load('1', at(20, 10))), at(21, 2))).toEqual([]);
  });
});
