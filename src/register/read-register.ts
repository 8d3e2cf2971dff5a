import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { buildRegistry } from './build-registry.ts';
import { checkReferences } from './check-register.ts';
import { REGISTER_FILES, type RegisterFile, type RegisterFileName } from './register-files.ts';
import type { MeterId } from '#kernel';
import { EMPTY_REGISTER, type OtherRow, type PowerRow, type RegisterData, type Registry } from './registry.ts';
import { RowReader, type RegisterProblem } from './row-reader.ts';
import { toldFile } from './told-files.ts';

/** What a folder of register files says, and every row that is wrong. */
export interface RegisterReading {
  /** The good rows. When `problems` is not empty, only a caller that asked for a partial import may use them. */
  readonly data: RegisterData;
  readonly problems: readonly RegisterProblem[];
  readonly rows: number;
}

interface Parsed {
  readonly rows: readonly { readonly line: number; readonly cells: Record<string, string> }[];
  readonly header: readonly string[];
  readonly problems: readonly RegisterProblem[];
}

const problem = (file: string, line: number, column: string, zh: string, en: string): RegisterProblem => ({ file, line, column, value: '', zh, en });

function parseCsv(file: string, bytes: Buffer): Parsed {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { rows: [], header: [], problems: [problem(file, 1, '', '不是 UTF-8 编码', 'is not UTF-8')] };
  }
  const header: string[] = [];
  const problems: RegisterProblem[] = [];
  const rows: { line: number; cells: Record<string, string> }[] = [];
  try {
    const records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    header.push(...(records[0]?.record ?? []).map((name) => name.trim()));
    for (const { record, info } of records.slice(1)) {
      if (record.length !== header.length) {
        const en = `${record.length} cells where the header has ${header.length}`;
        problems.push(problem(file, info.lines, '', `有 ${record.length} 列，表头 ${header.length} 列`, en));
        continue;
      }
      const cells: Record<string, string> = Object.create(null);
      header.forEach((name, i) => (cells[name] = record[i] ?? ''));
      rows.push({ line: info.lines, cells });
    }
  } catch (error) {
    const lines = (error as { lines?: number }).lines ?? 1;
    problems.push(problem(file, lines, '', 'CSV 引号或分隔有误', 'quotes or separators are broken'));
  }
  return { rows, header, problems };
}

/** One file by its description: the good rows, and what is wrong with the others; `lines` learns where each row stood. */
export function readFile<T extends object>(spec: RegisterFile<T>, bytes: Buffer, lines: Map<object, number> = new Map()): { rows: T[]; problems: RegisterProblem[] } {
  const parsed = parseCsv(spec.file, bytes);
  const problems = [...parsed.problems];
  const missing = spec.required.filter((column) => parsed.header.length > 0 && !parsed.header.includes(column));
  if (missing.length > 0) {
    return { rows: [], problems: [...problems, ...missing.map((column) => problem(spec.file, 1, column, '缺少此列', 'the column is missing'))] };
  }
  const rows: T[] = [];
  const keys = new Set<string>();
  for (const { line, cells } of parsed.rows) {
    const reader = new RowReader(spec.file, line, cells);
    const row = spec.read(reader);
    const key = spec.key?.(row);
    if (key !== undefined && keys.has(key)) reader.wrong(spec.required[0] as string, '与前面的行重复', 'repeats an earlier row');
    if (reader.problems.length > 0) {
      problems.push(...reader.problems);
      continue;
    }
    if (key !== undefined) keys.add(key);
    lines.set(row, line);
    rows.push(row);
  }
  return { rows, problems };
}

const PLAIN_READING = /^(\d{12,13}),([\p{L}\p{N}][\p{L}\p{N}._:-]{0,63}),(-?\d+(?:\.\d+)?)$/u;

/**
 * Meter readings come by the million. Lines in the usual form are read directly; any other line goes the careful way
 * with the rest, so that what is wrong with it is still said. Undefined where the file is not of the usual form at all.
 */
function readPowerFast(bytes: Buffer): { rows: PowerRow[]; odd: Map<number, string> } | undefined {
  const text = bytes.toString('utf8');
  const lines = text.split('\n');
  if ((lines[0] ?? '').replace(/^\uFEFF/, '').trim() !== 'ts_ms,meter,kw' || text.includes('"')) return undefined;
  const rows: PowerRow[] = [];
  const odd = new Map<number, string>();
  const meters = new Map<string, MeterId>();
  const last = new Map<MeterId, number>();
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] as string;
    const match = PLAIN_READING.exec(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (match === null) {
      if (line.trim() !== '') odd.set(i + 1, line);
      continue;
    }
    const name = match[2] as string;
    let meter = meters.get(name);
    if (meter === undefined) meters.set(name, (meter = name as MeterId));
    const at = Number(match[1]);
    // Readings of one meter stand in time order; anything else may be a repetition and is looked at with care.
    if (at <= (last.get(meter) ?? 0) || at < 946_684_800_000) {
      odd.set(i + 1, line);
      continue;
    }
    last.set(meter, at);
    rows.push({ at, meter, kw: Number(match[3]) });
  }
  // A file in no order at all is read with a set of keys instead.
  return odd.size > 1000 ? undefined : { rows, odd };
}

function readPower(bytes: Buffer, lines: Map<object, number>): { rows: PowerRow[]; problems: RegisterProblem[] } {
  const fast = readPowerFast(bytes);
  if (fast === undefined) return readFile(REGISTER_FILES.power, bytes, lines);
  const problems: RegisterProblem[] = [];
  for (const [line, text] of fast.odd) {
    const [ts, meter, kw] = text.trim().split(',');
    const reader = new RowReader(REGISTER_FILES.power.file, line, { ts_ms: ts ?? '', meter: meter ?? '', kw: kw ?? '' });
    const row = REGISTER_FILES.power.read(reader);
    if (reader.problems.length === 0 && fast.rows.some((other) => other.at === row.at && other.meter === row.meter)) {
      reader.wrong('ts_ms', '与前面的行重复', 'repeats an earlier row');
    }
    if (reader.problems.length > 0) problems.push(...reader.problems);
    else fast.rows.push(row);
  }
  return { rows: fast.rows, problems };
}

function readOthers(dir: string): { rows: OtherRow[]; problems: RegisterProblem[] } {
  const known = new Set<string>(Object.values(REGISTER_FILES).map((spec) => spec.file));
  const rows: OtherRow[] = [];
  const problems: RegisterProblem[] = [];
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.csv') && !known.has(name)).sort()) {
    const parsed = parseCsv(file, readFileSync(join(dir, file)));
    problems.push(...parsed.problems);
    const spec = toldFile(file);
    const missing = spec?.required.filter((column) => parsed.header.length > 0 && !parsed.header.includes(column)) ?? [];
    problems.push(...missing.map((column) => problem(file, 1, column, '缺少此列', 'the column is missing')));
    if (missing.length > 0) continue;
    for (const { line, cells } of parsed.rows) {
      const reader = new RowReader(file, line, cells);
      spec?.read(reader);
      problems.push(...reader.problems);
      if (reader.problems.length === 0) rows.push({ file, line, values: { ...cells } });
    }
  }
  return { rows, problems };
}

/**
 * Reads a folder of register files (docs/register-files.md). Missing files are empty; unknown columns become attributes;
 * unknown CSV files are kept row by row. Every wrong cell is reported with file, line (header = 1), column and reason.
 * Throws only when the folder itself cannot be read.
 */
export function readRegister(dir: string): RegisterReading {
  if (!existsSync(dir)) throw Object.assign(new Error(`no such folder: ${dir}`), { code: 'ENOENT' });
  const lines = new Map<object, number>();
  const problems: RegisterProblem[] = [];
  const tables: Record<string, readonly object[]> = { ...EMPTY_REGISTER };
  for (const name of Object.keys(REGISTER_FILES) as RegisterFileName[]) {
    const spec = REGISTER_FILES[name] as RegisterFile<object>;
    const path = join(dir, spec.file);
    if (!existsSync(path)) continue;
    const bytes = readFileSync(path);
    const read = name === 'power' ? readPower(bytes, lines) : readFile(spec, bytes, lines);
    tables[name] = read.rows;
    problems.push(...read.problems);
  }
  const others = readOthers(dir);
  problems.push(...others.problems);
  const all = { ...tables, other: others.rows } as unknown as RegisterData;
  const references = checkReferences(all, lines);
  problems.push(...references.problems);
  const kept = references.bad.size === 0 ? all : dropRows(all, references.bad);
  const rows = Object.values(kept).reduce((sum, table: readonly object[]) => sum + table.length, 0);
  return { data: kept, problems, rows };
}

const dropRows = (data: RegisterData, bad: ReadonlySet<object>): RegisterData =>
  Object.fromEntries(
    Object.entries(data).map(([name, rows]) => [name, (rows as readonly object[]).filter((row) => !bad.has(row))]),
  ) as unknown as RegisterData;

/** The register as `detect` uses it: good rows only, problems beside. */
export function loadRegistry(dir: string): { registry: Registry; problems: readonly RegisterProblem[] } {
  const { data, problems } = readRegister(dir);
  return { registry: buildRegistry(data), problems };
}
