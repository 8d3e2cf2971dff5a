import { CsvError, parse } from 'csv-parse/sync';
import { HOUR, MINUTE } from '#kernel';
import { channelOf, codeOf } from './csv-names.ts';

export { codeOf } from './csv-names.ts';

/** Measured values of one place, read from a plain CSV. Missing cells are NaN. */
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

/** What a reader should know of how a file was taken. */
export interface CsvNote {
  readonly zh: string;
  readonly en: string;
}

/** What was read, and what stands in the file and was not. */
export interface CsvFile {
  readonly series: readonly CsvSeries[];
  readonly notes: readonly CsvNote[];
}

const TIME = /^(time|timestamp|datetime|date|ts|ts_ms|时间|监测时间|数据时间|采样时间|日期)$/iu;
const PLACE = /^(outfall|site|排放口|排口|监测点)$/iu;
const STEPS = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu;
/** What people write where nothing was measured. */
const MISSING = /^(|-+|—+|\/|nan|na|n\/a|null|none|无|缺测|\*+)$/iu;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}
interface Timed extends Row {
  readonly at: number;
}

/** Text of a file: UTF-8, UTF-16 with its mark, or GB18030 as spreadsheets of this country save it. Throws a RangeError for anything else. */
export function csvText(bytes: Uint8Array): string {
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  throw new RangeError('文件不是 UTF-8 或 GBK 文本 the file is neither UTF-8 nor GBK text');
}

/** Epoch ms; a time without a zone is China Standard Time. Undefined when it is no time between 2000 and 2100. */
function momentOf(text: string): number | undefined {
  const ms = numericMoment(text) ?? writtenMoment(text);
  return ms >= EARLIEST && ms < LATEST ? ms : undefined;
}

/** Digits alone: `YYYYMMDDHH[mm[ss]]` where they make a date of this century, else epoch seconds or milliseconds. */
function numericMoment(text: string): number | undefined {
  const date = /^(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])([01]\d|2[0-4])([0-5]\d)?([0-5]\d)?$/u.exec(text);
  if (date !== null) return Date.parse(`${date[1]}-${date[2]}-${date[3]}T${date[4]}:${date[5] ?? '00'}:${date[6] ?? '00'}+08:00`);
  if (/^\d{13}$/u.test(text)) return Number(text);
  return /^\d{10}$/u.test(text) ? Number(text) * 1000 : undefined;
}

/** `2026-3-1`, `2026/03/01 8:05`, `2026.3.1T08:05:00.0`, `2026年3月1日8时`, each with or without a zone. */
function writtenMoment(text: string): number {
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone = '+08:00'] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[\sT]*(\d{1,2})\s*(?:[:时点]\s*(\d{1,2})?\s*(?:[:分]\s*(\d{1,2})?(?:\.\d+)?)?秒?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/iu.exec(text) ?? [];
  const two = (part: string | undefined): string => (part ?? '').padStart(2, '0');
  return Date.parse(`${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${zone.toUpperCase()}`);
}

/** The sign that parts the cells of the header: comma, semicolon or tab. */
function delimiterOf(text: string): string {
  const header = text.slice(0, Math.max(0, text.search(/\r|\n|$/u)));
  return [',', ';', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0] as string;
}

function rowsOf(text: string): Row[] {
  try {
    const parsed = parse(text, { bom: true, delimiter: delimiterOf(text), info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (error instanceof CsvError) throw new RangeError(`第 ${String(error['lines'] ?? '?')} 行不合 CSV 格式 not CSV: ${error.message}`);
    throw error;
  }
}

/**
 * Reads a CSV with a time column, one column per channel (name or code) and optionally a column that names the outfall.
 * Throws a RangeError that says what is wrong, in which line and column: a cell that is neither a number nor empty is never
 * passed over, for it would count as a missing hour.
 */
export function readCsvSeries(text: string): CsvFile {
  const [head, ...rows] = rowsOf(text);
  const header = head?.cells ?? [];
  const timeNamed = header.findIndex((name) => TIME.test(name));
  const timeColumn = timeNamed < 0 ? 0 : timeNamed;
  const placeColumn = header.findIndex((name) => PLACE.test(name));
  const columns = header.map((name, column) => ({ name, column })).filter(({ column }) => column !== timeColumn && column !== placeColumn);
  const channels = columns.filter(({ name }) => codeOf(name) !== undefined);
  if (channels.length === 0) throw new RangeError(`没有可识别的因子列 no column names a channel: ${header.join(', ')}`);
  if (rows.length === 0) throw new RangeError('只有表头，没有数据行 a header and no rows');
  const timed = rows.map(({ cells, line }): Timed => {
    if (cells.length !== header.length) throw new RangeError(`第 ${line} 行有 ${cells.length} 格，表头有 ${header.length} 格（小数点须为“.”） line ${line} has ${cells.length} cells, the header ${header.length} (is the decimal sign a comma?)`);
    const at = momentOf(cells[timeColumn] ?? '');
    if (at === undefined) throw new RangeError(`第 ${line} 行“${header[timeColumn]}”不是时间 line ${line}, column ${header[timeColumn]}: not a time: ${cells[timeColumn]}`);
    return { at, cells, line };
  });
  const places = Map.groupBy(timed, ({ cells }) => (placeColumn < 0 ? 'CSV-1' : cells[placeColumn] || 'CSV-1'));
  const series = [...places].map(([outfall, list]) => seriesOf(outfall, list.toSorted((a, b) => a.at - b.at), channels));
  if (series.every(({ values }) => values.size === 0)) throw new RangeError('因子列没有任何数值 the channels hold no value at all');
  const read = new Set(series.flatMap((one) => columns.filter(({ name }) => one.values.has(channelOf(name, one.medium) ?? '')).map(({ name }) => name)));
  const unread = columns.map(({ name }) => name).filter((name) => !read.has(name));
  const notes = unread.length === 0 ? [] : [{ zh: `未用的列：${unread.join('、')}（不是已知的因子，或者整列没有数值）`, en: `columns not used: ${unread.join(', ')} (no known channel, or empty throughout)` }];
  return { series, notes };
}

type Channel = { readonly name: string; readonly column: number };

function seriesOf(outfall: string, rows: readonly Timed[], channels: readonly Channel[]): CsvSeries {
  const cellsOf = ({ name, column }: Channel) => rows.map(({ cells, line }) => numberOf(cells[column] ?? '', name, line));
  const used = channels.map((channel) => ({ ...channel, numbers: cellsOf(channel) })).filter(({ numbers }) => numbers.some((value) => !Number.isNaN(value)));
  const known = (medium: 'gas' | 'water') => used.filter(({ name }) => channelOf(name, medium) !== undefined).length;
  const medium = known('gas') >= known('water') ? 'gas' : 'water';
  const stepMs = stepOf(rows.map(({ at }) => at));
  const start = Math.floor((rows[0]?.at ?? 0) / HOUR) * HOUR;
  const last = rows.at(-1)?.at ?? start;
  const length = Math.ceil((Math.floor((last - start) / stepMs) + 1) * stepMs / HOUR) * (HOUR / stepMs);
  const values = new Map<string, Float64Array>();
  for (const { name, numbers } of used) {
    const code = channelOf(name, medium);
    if (code === undefined) continue;
    if (values.has(code)) throw new RangeError(`“${name}”与另一列是同一因子 ${code} column ${name} is the same channel as another: ${code}`);
    values.set(code, gridded(rows, numbers, name, { start, stepMs, length }));
  }
  return { outfall, medium, stepMs, start, length, values };
}

/** Values on the grid: rows of one interval are averaged, a row that says the same as another of its time counts once. */
function gridded(rows: readonly Timed[], numbers: readonly number[], name: string, grid: { readonly start: number; readonly stepMs: number; readonly length: number }): Float64Array {
  const sums = new Float64Array(grid.length);
  const counts = new Uint32Array(grid.length);
  rows.forEach(({ at, line }, i) => {
    const value = numbers[i] as number;
    const before = rows[i - 1];
    if (Number.isNaN(value)) return;
    if (before?.at === at && !Number.isNaN(numbers[i - 1])) {
      if (numbers[i - 1] === value) return;
      throw new RangeError(`第 ${before.line} 行与第 ${line} 行时间相同，“${name}”不同：${numbers[i - 1]}、${value} lines ${before.line} and ${line} have one time and two values of ${name}: ${numbers[i - 1]}, ${value}`);
    }
    const slot = Math.floor((at - grid.start) / grid.stepMs);
    sums[slot] = (sums[slot] as number) + value;
    counts[slot] = (counts[slot] as number) + 1;
  });
  return sums.map((sum, slot) => (counts[slot] === 0 ? Number.NaN : sum / (counts[slot] as number)));
}

function numberOf(cell: string, column: string, line: number): number {
  if (MISSING.test(cell)) return Number.NaN;
  if (NUMBER.test(cell)) return Number(cell);
  const why = /^[+-]?\d+,\d+$/u.test(cell) ? '小数点须为“.” the decimal sign must be a point' : '缺测请留空 leave missing values empty';
  throw new RangeError(`第 ${line} 行“${column}”不是数值：${cell}（${why}） line ${line}, column ${column}: not a number: ${cell}`);
}

/** The commonest distance between rows, as a divisor of the hour; rows further apart than an hour are hours with gaps. */
function stepOf(times: readonly number[]): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < times.length; i++) {
    const ms = (times[i] as number) - (times[i - 1] as number);
    const minutes = Math.max(1, Math.round(ms / MINUTE));
    if (ms > 0) counts.set(minutes, (counts.get(minutes) ?? 0) + 1);
  }
  const commonest = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 60;
  return (STEPS.findLast((m) => m <= commonest) ?? 60) * MINUTE;
}
