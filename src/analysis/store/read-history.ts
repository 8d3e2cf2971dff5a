import { DAY, type OutfallId } from '#kernel';
import { sql, type Database } from '#platform/db';
import type { Column, ReadingRoom, ColumnTable, Series } from '#platform/series';
import type { HourField, Watch } from '../contract.ts';
import { REASONS, type ValueRows } from '../backtest/value-rows.ts';
import type { Episode } from '../clues/episode.ts';

export interface HistoryRange {
  readonly outfalls: readonly OutfallId[];
  /** By start of the interval, epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** How rows are read: where they may be laid, and what ends the reading. */
export interface Reading {
  readonly room?: ReadingRoom | undefined;
  readonly signal?: AbortSignal | undefined;
}

const KEYS = 'toLowCardinality(outfall) AS place, toFloat64(start) AS at, toFloat64(known_at) AS known';
const RANGE = 'outfall IN {outfalls:Array(String)} AND start >= {from:Int64} AND start < {to:Int64} AND known_at <= {to:Int64}';
/** An answer in one piece: several, of a megabyte each as usual, would be copied together. */
const WHOLE = 'SETTINGS max_block_size = 1000000, preferred_block_size_bytes = 1000000000';
const WITHIN = `WHERE ${RANGE} ORDER BY outfall, start, known_at ${WHOLE}`;
/** Only what frames brought: what steps, marks and checks made of an hour, they make again here. */
const BROUGHT = WITHIN.replace(RANGE, `${RANGE} AND cause = 'FRAME'`);

/** Columns of the store by what judging calls them, as they lie there: whatever is computed on the way costs more than all reading. */
const HOUR_COLUMNS: Readonly<Record<HourField, string>> = {
  avg: 'avg', min: 'min', max: 'max', cou: 'cou', zsAvg: 'zs', sampleTime: 'arrayResize(sampled, length(avg), NULL)',
};
export const HOUR_FIELDS = Object.keys(HOUR_COLUMNS) as readonly HourField[];
const hours = (fields: readonly HourField[]): string => `SELECT ${KEYS}, factor AS names, ${fields.map((field) => `${HOUR_COLUMNS[field]} AS v_${field}`).join(', ')},
  flag AS v_flag, reason AS v_reason FROM hour_value ${BROUGHT}`;
const STEPS = `SELECT ${KEYS}, factor AS names, avg AS v_avg, flag AS v_flag FROM step_value ${WITHIN}`;
const POWER = `SELECT ${KEYS}, meter AS names, kw AS v_kw FROM power_value ${WITHIN}`;

type Of<K extends Column['kind']> = Extract<Column, { kind: K }>;
const column = <K extends Column['kind']>(table: ColumnTable, name: string, kind: K): Of<K> => {
  const found = table.columns[name];
  if (found?.kind !== kind) throw new TypeError(`series: no column ${name} of ${kind}`);
  return found as Of<K>;
};

/** Each row's codes as one word: neighbouring rows mostly name the same. */
function wordsOf({ ends, words, values }: Of<'textLists'>): { words: string[]; names: Uint32Array } {
  const places = new Map<string, number>();
  const names = new Uint32Array(ends.length);
  for (let i = 0, from = 0, before = 0; i < ends.length; i++) {
    const to = ends[i] as number;
    let same = i > 0 && to - from === from - before;
    for (let k = 0; same && k < to - from; k++) same = values[from + k] === values[before + k];
    if (same) names[i] = names[i - 1] as number;
    else {
      const word = Array.from(values.subarray(from, to), (place) => words[place]).join(' ');
      if (!places.has(word)) places.set(word, places.size);
      names[i] = places.get(word) as number;
    }
    [before, from] = [from, to];
  }
  return { words: [...places.keys()], names };
}

const reasonsOf = ({ words, values }: Of<'textLists'>): Uint8Array => {
  const places = Uint8Array.from(words, (word) => REASONS.findIndex((reason) => reason === word) + 1);
  const reasons = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) reasons[i] = places[values[i] as number] as number;
  return reasons;
};

function rowsOf(table: ColumnTable): ValueRows {
  if (table.rows === 0) {
    const none = new Float64Array(0);
    return { outfalls: [], outfall: new Uint32Array(0), start: none, knownAt: none, words: [], names: new Uint32Array(0), ends: new Uint32Array(0), fields: {} };
  }
  const outfall = column(table, 'place', 'texts');
  const factors = column(table, 'names', 'textLists');
  const fields: Record<string, Float64Array | Uint8Array> = {};
  for (const [name, found] of Object.entries(table.columns)) {
    if (!name.startsWith('v_')) continue;
    // A field that no row carries has empty lists: it reads as "nothing".
    if (found.kind === 'lists' && found.values.length > 0) fields[name.slice(2)] = found.values;
    if (found.kind === 'textLists') fields[name.slice(2)] = reasonsOf(found);
  }
  return {
    outfalls: outfall.words, outfall: outfall.values, ...wordsOf(factors), fields, ends: factors.ends,
    start: column(table, 'at', 'numbers').values as Float64Array, knownAt: column(table, 'known', 'numbers').values as Float64Array,
  };
}

const read = async (series: Series, statement: string, range: HistoryRange, { room, signal }: Reading): Promise<ValueRows> =>
  rowsOf(await series.columns(statement, { ...range }, signal, room));

/** Hours of several outfalls with every version, in columns. */
export const readHourRows = (series: Series, range: HistoryRange, fields: readonly HourField[], reading: Reading = {}): Promise<ValueRows> =>
  read(series, hours(fields), range, reading);
export const readStepRows = (series: Series, range: HistoryRange, reading: Reading = {}): Promise<ValueRows> => read(series, STEPS, range, reading);
export const readPowerRows = (series: Series, range: HistoryRange, reading: Reading = {}): Promise<ValueRows> => read(series, POWER, range, reading);

/**
 * Beginnings of the days (UTC), in order, in which a condition without which nothing can be found holds at some hour; only
 * outfalls that have one. Looked for in the highest values of each day (`hour_peak`, which the store keeps as hours come
 * in); the engine compares doubles as JavaScript does.
 */
export async function findSuspects(series: Series, { outfalls, from, to }: HistoryRange, watches: readonly Watch[], signal?: AbortSignal): Promise<Map<OutfallId, Float64Array>> {
  const found = new Map<OutfallId, Float64Array>();
  if (watches.length === 0) return found;
  const bound: Record<string, unknown> = { outfalls, from, to };
  const conditions = watches.map(({ factor, field, above, elseAvgAbove }, i) => {
    Object.assign(bound, { [`f${i}`]: factor, [`a${i}`]: above, [`e${i}`]: elseAvgAbove });
    return `factor = {f${i}:String} AND (${field} > {a${i}:Float64}${field === 'zs' ? ` OR bare > {e${i}:Float64}` : ''})`;
  });
  const peaks = await series.columns(
    `SELECT outfall, arraySort(groupUniqArray(toFloat64(day))) AS days FROM hour_peak WHERE outfall IN {outfalls:Array(String)} AND day > {from:Int64} - ${DAY} AND day < {to:Int64}
     AND (${conditions.join(' OR ')}) GROUP BY outfall`, bound, signal);
  if (peaks.rows === 0) return found;
  const [names, days] = [column(peaks, 'outfall', 'texts'), column(peaks, 'days', 'lists')];
  names.values.forEach((place, i) => found.set(names.words[place] as OutfallId, Float64Array.from(days.values.subarray(days.ends[i - 1] ?? 0, days.ends[i]))));
  return found;
}

/** Hours of several outfalls together, with every version, and the values in them. */
export async function countHours(series: Series, { outfalls, from, to }: HistoryRange, signal?: AbortSignal): Promise<{ readonly hours: number; readonly values: number }> {
  if (outfalls.length === 0) return { hours: 0, values: 0 };
  const counted = await series.columns(
    `SELECT toFloat64(count()) AS hours, toFloat64(sum(length(flag))) AS n FROM hour_value
     WHERE outfall IN {outfalls:Array(String)} AND start >= {from:Int64} AND start < {to:Int64}`, { outfalls, from, to }, signal);
  const [hours = 0, values = 0] = ['hours', 'n'].map((name) => column(counted, name, 'numbers').values[0]);
  return { hours, values };
}

/** Since when each outfall has been judged. */
export async function readActiveSince(db: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ outfall: string; since: number }>`SELECT outfall, active_since AS since FROM analysis_lane`.execute(db);
  return new Map(rows.map((row) => [row.outfall, row.since]));
}

/** Every version of the episodes other models made, oldest first: what the models under trial could have known of. */
export async function readEpisodeVersions(db: Database, outfalls: readonly string[], without: readonly string[], from: number, to: number): Promise<Episode[]> {
  const { rows } = await sql<{ body: Episode }>`
    SELECT body FROM analysis_episode WHERE outfall = ANY(${[...outfalls]}) AND NOT model = ANY(${[...without]}) AND end_at >= ${from} AND known_at < ${to}
    ORDER BY known_at, episode, version`.execute(db);
  return rows.map((row) => row.body);
}

export interface ShiftedTime {
  readonly outfall: string;
  readonly ref: string;
  readonly knownAt: number;
}

/** Facts of the register that counted later than their own known time; those of frames are in the copies already. */
export async function readShiftedTimes(db: Database, outfalls: readonly string[]): Promise<readonly ShiftedTime[]> {
  const { rows } = await sql<ShiftedTime>`
    SELECT outfall, ref, known_at AS "knownAt" FROM analysis_shift WHERE outfall = ANY(${[...outfalls]}) AND ref NOT LIKE 'f%'`.execute(db);
  return rows;
}

export interface StoredOpening {
  readonly outfall: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly method: string;
  readonly person: string;
  readonly knownAt: number;
}

export async function readStoredOpenings(db: Database, outfalls: readonly string[], from: number, to: number): Promise<StoredOpening[]> {
  const { rows } = await sql<StoredOpening>`
    SELECT outfall, opened_at AS "openedAt", closed_at AS "closedAt", method, person, known_at AS "knownAt" FROM analysis_opening
    WHERE outfall = ANY(${[...outfalls]}) AND opened_at >= ${from} AND opened_at < ${to} ORDER BY opened_at`.execute(db);
  return rows;
}
