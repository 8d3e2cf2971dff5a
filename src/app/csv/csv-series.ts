import { parse } from 'csv-parse/sync';
import { HOUR, MINUTE } from '#kernel';

/** Measured values of one place, read from a plain CSV. Missing and unreadable cells are NaN. */
export interface CsvSeries {
  readonly outfall: string;
  readonly medium: 'gas' | 'water';
  /** Interval between rows, ms; a divisor of the hour. */
  readonly stepMs: number;
  /** First instant, on the hour, epoch ms. */
  readonly start: number;
  readonly length: number;
  readonly values: ReadonlyMap<string, Float64Array>;
}

/** Names people write, as codes of HJ 524 and HJ 525; a code may also stand as it is. */
const NAMES: Readonly<Record<string, string>> = {
  so2: 'a21026', nox: 'a21002', dust: 'a34013', pm: 'a34013', co: 'a21005', hcl: 'a21024', nh3: 'a21001', o2: 'a19001',
  velocity: 'a01011', temperature: 'a01012', pressure: 'a01013', moisture: 'a01014', flow: 'a00000',
  cod: 'w01018', nh3n: 'w21003', tn: 'w21001', tp: 'w21011', ph: 'w01001', water_flow: 'w00000', water_temperature: 'w01010',
  conductivity: 'w01014', ni: 'w20121', cu: 'w20122', cr6: 'w20117',
  二氧化硫: 'a21026', 氮氧化物: 'a21002', 颗粒物: 'a34013', 烟尘: 'a34013', 氧含量: 'a19001', 化学需氧量: 'w01018', 氨氮: 'w21003', 总氮: 'w21001', 总磷: 'w21011',
};
const TIME = /^(time|timestamp|datetime|date|ts|ts_ms|时间|监测时间)$/iu;
const PLACE = /^(outfall|site|排放口|排口)$/iu;
const STEPS = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/** Code of a column, or undefined for a column that is no channel. */
export function codeOf(column: string): string | undefined {
  const name = column.trim().toLowerCase();
  return /^[aw]\d{5}$/u.test(name) ? name : NAMES[name.replaceAll(/[\s\-()]/gu, '')] ?? NAMES[name];
}

/** Epoch ms; a time without a zone is China Standard Time. Undefined when it is no time. */
function momentOf(text: string): number | undefined {
  const t = text.trim();
  if (/^\d{12,14}$/u.test(t) && !/^20\d{12}$/u.test(t)) return Number(t);
  if (/^\d{10}$/u.test(t)) return Number(t) * 1000;
  const compact = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/u.exec(t);
  const plain = compact === null ? t.replace(' ', 'T').replaceAll('/', '-') : `${compact[1]}-${compact[2]}-${compact[3]}T${compact[4]}:${compact[5]}`;
  const padded = plain.replace(/-(\d)(?=[-T]|$)/gu, '-0$1').replace(/T(\d):/u, 'T0$1:');
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/u.test(padded) ? padded : `${padded.includes('T') ? padded : `${padded}T00:00`}+08:00`);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * Reads a CSV with a time column, one column per channel (name or code) and optionally a column that names the outfall.
 * Throws a RangeError that says what is wrong and where.
 */
export function readCsvSeries(text: string): CsvSeries[] {
  const rows = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, trim: true }) as string[][];
  const header = rows[0] ?? [];
  const named = header.findIndex((name) => TIME.test(name.trim()));
  const timeColumn = named < 0 ? 0 : named;
  const placeColumn = header.findIndex((name) => PLACE.test(name.trim()));
  const channels = header.flatMap((name, column) => {
    const code = column === timeColumn || column === placeColumn ? undefined : codeOf(name);
    return code === undefined ? [] : [{ column, code }];
  });
  if (channels.length === 0) throw new RangeError(`没有可识别的因子列 no column names a channel: ${header.join(', ')}`);
  const places = Map.groupBy(rows.slice(1).map((cells, k) => ({ cells, line: k + 2 })), ({ cells }) => (placeColumn < 0 ? 'CSV-1' : cells[placeColumn] || 'CSV-1'));
  return [...places].map(([outfall, list]) => seriesOf(outfall, list, timeColumn, channels));
}

function seriesOf(outfall: string, list: readonly { cells: string[]; line: number }[], timeColumn: number, channels: readonly { column: number; code: string }[]): CsvSeries {
  const timed = list.map(({ cells, line }) => {
    const at = momentOf(cells[timeColumn] ?? '');
    if (at === undefined) throw new RangeError(`第 ${line} 行不是时间 line ${line}: not a time: ${cells[timeColumn] ?? ''}`);
    return { at, cells };
  }).sort((a, b) => a.at - b.at);
  const stepMs = stepOf(timed.map(({ at }) => at));
  const start = Math.floor((timed[0]?.at ?? 0) / HOUR) * HOUR;
  const last = timed.at(-1)?.at ?? start;
  const length = Math.ceil((Math.floor((last - start) / stepMs) + 1) * stepMs / HOUR) * (HOUR / stepMs);
  const used = channels.filter(({ column }) => timed.some(({ cells }) => Number.isFinite(numberOf(cells[column]))));
  const gas = used.filter(({ code }) => code.startsWith('a')).length;
  const medium = 2 * gas >= used.length ? 'gas' : 'water';
  const values = new Map<string, Float64Array>();
  for (const { column, code } of used.filter((c) => c.code.startsWith(medium === 'gas' ? 'a' : 'w'))) {
    const out = new Float64Array(length).fill(Number.NaN);
    for (const { at, cells } of timed) out[Math.floor((at - start) / stepMs)] = numberOf(cells[column]);
    values.set(code, out);
  }
  return { outfall, medium, stepMs, start, length, values };
}

const numberOf = (cell: string | undefined): number => (cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell));

/** The commonest distance between rows, as a divisor of the hour; rows further apart than an hour are hours with gaps. */
function stepOf(times: readonly number[]): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < times.length; i++) {
    const d = Math.round(((times[i] as number) - (times[i - 1] as number)) / MINUTE);
    if (d > 0) counts.set(d, (counts.get(d) ?? 0) + 1);
  }
  const commonest = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 60;
  return (STEPS.findLast((m) => m <= commonest) ?? 60) * MINUTE;
}
