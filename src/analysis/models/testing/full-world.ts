import { calendarDay, DAY, HOUR, MINUTE, SECOND, type FactorCode, type OutfallId } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { judgingRules, type SampleFact } from '#quality';
import type { DailySummary, FactorDay, Peer } from '../../contract.ts';
import { seededDraws } from '../../primitives/index.ts';
import { summaryOf } from '../../testing/summary.ts';
import { BENFORD } from '../c05-first-digit.ts';
import { at, COD, NH3N, NOX, O2, SO2, STEP, T0, TN, World } from './world.ts';

const code = (text: string): FactorCode => text as FactorCode;
export const MOISTURE = code('a01014');
export const CO2 = code('a05001');
export const FURNACE = code('a01901');
export const PH = code('w01001');

const sample = (sampledAt: number, factor: FactorCode, value: number): SampleFact => ({
  kind: 'sample', factor, sampledAt, value, text: String(value), basis: factor === SO2 ? 'zs' : 'c', by: 'self', lab: 'L', sampler: 'S', startedAt: sampledAt - HOUR, finishedAt: sampledAt,
});

/** One summary a day from the second on, as an outfall of that name would publish. */
export function summaries(outfall: OutfallId, factors: readonly FactorCode[], days: number, seed: number): DailySummary[] {
  const draw = seededDraws(seed);
  const near = (v: number): number => v * (0.9 + 0.2 * draw());
  const level = 0.4 + 0.2 * draw();
  return Array.from({ length: days }, (_, d) => {
    const factor = (f: FactorCode): FactorDay => ({ factor: f, level: near(level), median: near(20), cv: near(0.15), lag1: near(0.8), tail: near(0.4), jump: near(0.06), hours: [] });
    return summaryOf(outfall, at(d + 1, 2), 1, {
      factors: factors.map(factor), kwhPerKg: near(20), flowShare: near(0.6), treatmentShare: 0.2, labs: [{ lab: 'L', digits: BENFORD.map((share) => Math.round(400 * share)), low: 0.1, high: 100 }],
    });
  });
}

/** An outfall of which everything is known that any model asks for, and which is honest in all of it; with `dayShift` it works from six to ten in the evening. */
export function fullWorld(type: 'gas' | 'water', days: number, seed: number, dayShift = false): World {
  const w = new World(type, days, seed);
  const gas = type === 'gas';
  const draw = seededDraws(seed + 1);
  const value = (f: FactorCode, i: number): number => w.channels.get(f)?.values[i] as number;
  w.register = {
    industry: gas ? 'waste_inc' : 'municipal', rules: judgingRules(loadLaw(), NATIONAL, calendarDay('2026-04-01')), designFlow: gas ? 1_300_000 : 60, stackArea: 20, velocityCoefficient: 1,
    operator: 'X', location: { lat: 31.2, lon: 120.5 }, mustMonitor: gas ? [SO2, NOX] : [COD, NH3N], shifts: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromHour: 6, toHour: 22 }],
  };
  w.doorPersons = ['P001'];
  const night = (t: number): boolean => ((t - T0) / HOUR) % 24 >= 22 || ((t - T0) / HOUR) % 24 < 6;
  const limited = gas ? SO2 : COD;
  if (gas) {
    const inlet = new Float64Array(w.steps).map((_, i) => 20 * value(SO2, i) * (0.97 + 0.06 * draw()));
    w.side('in.a21026', (i) => inlet[i] as number, '', 0.1).side('pr.g1', () => 13_000, 'fuel', 1);
    w.side(MOISTURE, (i) => 11 + 0.2 * Math.sin(i / 50) + 0.1 * draw(), '', 0.01).side(CO2, (i) => 19 * (1 - value(O2, i) / 20.9), '', 0.01).side(FURNACE, () => 950 + 10 * draw(), '', 0.1);
    w.attributes = { fuel_s: '1' };
    w.limits.push({ factor: SO2, limit: '35', unit: 'mg/m³', period: 'day', basis: 'zs', source: 'test' });
  } else {
    w.side('in.w01018', (i) => 10 * value(COD, i), '', 0.1).side('pr.q1', (i) => (value(code('w00000'), i) * 3.6) / 0.8, 'intake').side(PH, () => 7.2 + 0.1 * draw(), '', 0.01);
    w.limits.push({ factor: PH, limit: '9', unit: '', period: 'instant', basis: 'c', source: 'test' }, { factor: COD, limit: '60', unit: 'mg/L', period: 'hour', basis: 'c', source: 'test' });
    w.attributes = { role: 'stormwater' };
  }
  w.permits = [{ factor: limited, annualKg: 10_000_000, usedBeforeStartKg: 0 }];
  w.mark('start_up', at(0, 1), at(0, 2), at(0, 1));
  for (let d = 0; d < days; d++) {
    for (let h = 0; h < 24; h++) w.know(at(d, h), { kind: 'weather', at: at(d, h), tempC: 15, rainMmH: 0 });
    w.know(at(d, 12), { kind: 'station', station: 'S1', medium: 'river', at: at(d, 11), factor: 'w01018', value: 20 + draw(), lat: 31, lon: 120, travelHours: 6 });
    if (d % 7 !== 3) continue;
    w.door(at(d, 10)).know(at(d, 11), { kind: 'calibration', start: at(d, 10), end: at(d, 10) + 30 * MINUTE, what: gas ? 'gas' : 'calibration', factors: gas ? [SO2, NOX] : [COD], zeroDrift: 0.5, spanDrift: 0.5, passed: true });
    w.know(at(d, 20), sample(at(d, 12), limited, Number((gas ? 17 + 2 * draw() : value(COD, w.index(at(d, 12)))).toFixed(1))));
    w.know(at(d, 12), { kind: 'inspection', at: at(d, 12), announced: false, what: 'audit' });
    w.know(at(d, 20), { kind: 'video', start: at(d, 15), end: at(d, 15) + 5 * MINUTE, camera: 'C1', event: 'offline' });
    w.know(at(d, 20), { kind: 'manifest', id: `${d}`, waste: 'HW17', leftAt: at(d, 9), arrivedAt: at(d, 12), sentTonnes: 8 + d / 100, receivedTonnes: 8 + d / 100, carrier: 'C', licensed: true, plate: 'A', deviationKm: 0, stopMinutes: 5, silentMinutes: 0, storedSince: at(d) - 60 * DAY });
    const seconds = Array.from({ length: 60 }, (_, i) => i);
    w.know(at(d, 11), { kind: 'survey', pass: `${d}`, at: seconds.map((i) => at(d, 10) + i * SECOND), lat: seconds.map(() => 31.2018), lon: seconds.map(() => 120.5), value: seconds.map(() => 50 + draw()), windFrom: seconds.map(() => 180), windSpeed: seconds.map(() => 2) });
  }
  for (let k = 0; k < 12; k++) w.know(at(0), sample(at(0) - (k + 2) * DAY, limited, 15 + draw() * 5));
  for (const filed of [true, false]) w.know(at(0, 1), { kind: 'parameter', at: at(0), name: 'slope', factor: limited, value: '1', filed });
  for (const month of [0, 1, 2]) {
    const start = T0 - (3 - month) * 30 * DAY;
    w.know(start + 30 * DAY, { kind: 'waste', month: `2026-0${month + 1}`, start, end: start + 30 * DAY, waste: 'HW17', generated: 10, shipped: 10, disposed: 0, stock: 1, production: 100 });
  }
  // Six hours a week it stands, so that there are starts and stops.
  for (let i = 0; i < w.steps; i++) if (night(T0 + i * STEP) && (dayShift || i % 1008 < 36)) w.production[i] = 100;
  const own = gas ? [SO2, NOX] : [COD, NH3N, TN];
  w.peerView = {
    own: summaries('DA001' as OutfallId, own, days, seed + 2),
    peers: Array.from({ length: 9 }, (_, i): Peer => ({
      outfall: `P${i}` as OutfallId, enterprise: `U${i + 2}`, name: `单位${i}`, operator: 'X', relations: ['operator', 'industry'], location: { lat: 31.3, lon: 120.6 }, shared: '',
      days: summaries(`P${i}` as OutfallId, own, days, seed + 10 + i),
    })),
  };
  return w;
}

/** The summaries that had been published by `now`: the world hands out all of them. */
export const publishedBy = (days: readonly DailySummary[], now: number): DailySummary[] => days.filter((day) => day.at <= now - DAY);
