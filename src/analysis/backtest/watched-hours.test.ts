import { afterAll, describe, expect, it, vi } from 'vitest';
import { DAY, HOUR, type EpisodeId, type FactorCode, type OutfallId } from '#kernel';
import { flagIndex } from '#quality';
import { buildRegistry, EMPTY_REGISTER, type Registry } from '#register';
import { modelById } from '../catalogue.ts';
import type { Model, Params } from '../contract.ts';
import type { Episode } from '../clues/episode.ts';
import { seededDraws } from '../primitives/index.ts';
import { markArrival } from '../live/register-arrivals.ts';
import { setupOf } from '../setup.ts';
import { Watchdog } from '../live/watchdog.ts';
import { judgeHistory, type OutfallHistory, type Suspects } from './judge-history.ts';
import { watchGroups } from './quiet-outfalls.ts';
import { hoursWatched, type RowSpan, type ValueRows } from './value-rows.ts';

const OUTFALL = 'W1-DA001' as OutfallId;
const START = Date.parse('2025-06-01T00:00:00+08:00');
const DAYS = 190;
const FROM = START + 120 * DAY;
const END = START + DAYS * DAY;
const LISTS = ['a21026 a21002 a19001 a00000 a01012', 'a21026', 'a21002 a19001'];
const watchdog = new Watchdog();
const RUNS = Number(process.env['WATCHED_RUNS'] ?? 12);
const SEED = Number(process.env['WATCHED_SEED'] ?? 20251129);

type Draw = () => number;

function registryOf(draw: Draw): Registry {
  const limit = (factor: string, value: string, basis: 'c' | 'zs', validFrom?: string) => ({
    outfall: OUTFALL, factor: factor as FactorCode, factorZh: '', limit: value, unit: 'mg/m3', period: 'hour' as const, basis, validFrom: validFrom as never, validTo: undefined, source: 't', attributes: {},
  });
  return buildRegistry({
    ...EMPTY_REGISTER,
    outfalls: [{
      outfall: OUTFALL, unit: 'W1' as never, type: 'gas', mn: 'MN1' as never, doorMn: undefined, powerMn: undefined, o2Ref: draw() < 0.8 ? 6 : undefined, analysisCycleHours: undefined, designFlow: 4.2e5,
      minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: {},
    }],
    factors: (LISTS[0] as string).split(' ').map((factor) => ({ outfall: OUTFALL, factor: factor as FactorCode, factorZh: '', unit: '', span: 1e6, resolution: 0.01, attributes: {} })),
    limits: [limit('a21026', '35', draw() < 0.5 ? 'zs' : 'c'), limit('a21002', '50', 'zs'), ...(draw() < 0.3 ? [limit('a21002', '45', 'zs', '2025-10-20')] : [])],
  });
}

interface Row {
  readonly start: number;
  readonly knownAt: number;
  readonly list: number;
  readonly values: readonly { avg: number; zsAvg: number; flag: number; reason: number }[];
}

/** A year of bad habits: gaps, late hours, second versions, stops, calibrations, missing conversions, and exceedances now and then. */
function rowsOf(draw: Draw): Row[] {
  const rows: Row[] = [];
  let [over, off, surge, factor] = [0, 0, 0, 1];
  for (let start = START; start < END; start += HOUR) {
    if (over > 0) over -= 1;
    else if (draw() < 1 / 300) over = 1 + Math.floor(draw() * 6);
    if (over === 0) factor = 1.05 + draw() * 3;
    off = off > 0 ? off - 1 : draw() < 1 / 700 ? 20 + Math.floor(draw() * 60) : 0;
    surge = surge > 0 ? surge - 1 : draw() < 1 / 400 ? 3 + Math.floor(draw() * 30) : 0;
    if (draw() < 0.03) continue;
    const list = draw() < 0.03 ? 1 + Math.floor(draw() * 2) : 0;
    const version = (knownAt: number): Row => ({
      start, knownAt, list, values: (LISTS[list] as string).split(' ').map((code) => {
        const stopped = off > 2;
        const base = { a21026: 20, a21002: 30, a19001: stopped ? 20.6 : 7, a00000: stopped ? 900 : 4e5, a01012: stopped ? 24 : 110 }[code] as number;
        const limited = code.startsWith('a21');
        const times = limited && over > 0 ? factor : code === 'a00000' && surge > 0 ? 1.25 : 1;
        const avg = Math.round((base + draw() * base * (limited ? 0.2 : 0.05)) * times * 100) / 100;
        const odd = draw();
        return {
          avg: odd < 0.01 ? Number.NaN : avg, zsAvg: limited && draw() < 0.998 ? Math.round(avg * 1.1 * 100) / 100 : Number.NaN,
          flag: odd > 0.98 ? flagIndex.CALIBRATION : flagIndex.NORMAL, reason: odd > 0.96 ? 2 : odd > 0.94 ? 3 : 1,
        };
      }),
    });
    const late = draw() < 0.04 ? Math.floor(draw() * 50) * HOUR : 0;
    rows.push(version(start + HOUR + late + Math.floor(draw() * 3) * 60_000));
    if (draw() < 0.03) rows.push(version(start + 2 * HOUR + Math.floor(draw() * 90) * HOUR));
  }
  return rows.sort((a, b) => a.start - b.start || a.knownAt - b.knownAt);
}

function columnsOf(rows: readonly Row[]): RowSpan {
  const values = rows.flatMap((row) => row.values);
  let end = 0;
  const table: ValueRows = {
    outfalls: [OUTFALL], outfall: new Uint32Array(rows.length), start: Float64Array.from(rows, (row) => row.start), knownAt: Float64Array.from(rows, (row) => row.knownAt),
    words: LISTS, names: Uint32Array.from(rows, (row) => row.list), ends: Uint32Array.from(rows, (row) => (end += row.values.length)),
    fields: {
      avg: Float64Array.from(values, (value) => value.avg), zsAvg: Float64Array.from(values, (value) => value.zsAvg),
      flag: Uint8Array.from(values, (value) => value.flag), reason: Uint8Array.from(values, (value) => value.reason),
    },
  };
  return { rows: table, from: 0, to: rows.length };
}

/** What other models are said to have found: warnings that corroborate and reminders, told as they became known. */
function othersOf(draw: Draw): Episode[] {
  return Array.from({ length: Math.floor(draw() * 6) }, (_, i): Episode => {
    const knownAt = FROM - 20 * DAY + Math.floor(draw() * 80 * 24) * HOUR + 10 * 60_000;
    return {
      id: `other-${i}` as EpisodeId, version: 1, knownAt, outfall: OUTFALL, model: 'C01', modelVersion: '1', params: {}, family: 'power', factors: [], start: knownAt - 8 * HOUR, end: knownAt,
      tier: draw() < 0.5 ? 'WARN' : 'REMIND', raisedAt: knownAt, steps: [{ tier: 'WARN', at: knownAt }], score: 1, stats: {}, text: { zh: '', en: '' }, clearedBy: [], provisional: draw() < 0.5,
      suppressed: undefined, withheld: undefined, cleared: undefined, lastSeenAt: knownAt, clue: undefined,
    };
  }).sort((a, b) => a.knownAt - b.knownAt);
}

function marksOf(draw: Draw) {
  return Array.from({ length: Math.floor(draw() * 8) }, (_, i) => {
    const start = START + Math.floor(draw() * DAYS * 24) * HOUR;
    const end = start + (1 + Math.floor(draw() * 40)) * HOUR;
    const kind = ['stop', 'cems_maintenance', 'startup'][Math.floor(draw() * 3)] as string;
    return markArrival({ mark: `M${i}` as never, kind, start: start as never, end: end as never, submittedAt: (end + Math.floor(draw() * 60) * HOUR) as never, reason: '' });
  });
}

describe('回溯 only hours that are watched for are judged', () => {
  const [b01, b06] = ['B01', 'B06'].map((id) => modelById(id)) as [Model, Model];
  /** A sign instead of a fact: it needs corroboration, so that what others found matters. */
  const sign: Model = { ...b01, id: 'B01s', standsAlone: false };

  let found = 0;
  afterAll(() => expect(found).toBeGreaterThan(RUNS));

  it.each(Array.from({ length: RUNS }, (_, i) => SEED + i))('finds on random history what judging every hour finds, byte for byte (seed %i)', (seed) => {
    const draw = seededDraws(seed);
    const registry = registryOf(draw);
    const setup = setupOf(registry, OUTFALL) as NonNullable<ReturnType<typeof setupOf>>;
    const hours = columnsOf(rowsOf(draw));
    const told = marksOf(draw);
    const others = othersOf(draw);
    const model = [b01, sign, b06][Math.floor(draw() * 3)] as Model;
    const tried: Params = { ...model.params, ...(model === b06 ? { remindRatio: 1.05, remindHours: 2 } : { workOrderRun: 2, lookBackHours: 12 + Math.floor(draw() * 80) }) };
    const [group] = watchGroups(registry, [model], () => [model.params, tried], [OUTFALL], START, END) ?? [];
    const allDays = Float64Array.from({ length: DAYS + 2 }, (_, i) => Math.floor(START / DAY) * DAY + i * DAY);
    const suspects: Suspects = { watches: group?.watches ?? [], days: allDays };
    const history: OutfallHistory = { activeSince: draw() < 0.5 ? START : START + 100 * DAY, hours, steps: undefined, power: undefined, told, marksKnown: new Set(), others };
    const judge = (more: Partial<OutfallHistory>) => judgeHistory(setup, { ...history, ...more }, {
      from: FROM, to: END, models: [model], variants: [{ paramsOf: () => model.params }, { paramsOf: () => tried }], watchdog,
    }, false);
    const [every, few] = [judge({}), judge({ suspects })];
    expect(JSON.stringify(few.episodes)).toBe(JSON.stringify(every.episodes));
    // Nor does it show how long the machine took: here a watch is over after every portion.
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => clock.mock.calls.length * HOUR);
    expect(JSON.stringify(judge({ suspects }).episodes)).toBe(JSON.stringify(every.episodes));
    clock.mockRestore();
    found += every.episodes.flat().length;
    expect(few.evaluations).toBeLessThan(every.evaluations);
    // The days alone are narrowed to hours, and those of a day that is not named are not looked at.
    expect(hoursWatched(hours, new Float64Array(0), suspects.watches)).toHaveLength(0);
    expect(hoursWatched(hours, allDays, suspects.watches).length).toBeGreaterThan(0);
  });
});
