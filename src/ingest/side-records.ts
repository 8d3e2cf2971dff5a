import { parse } from 'csv-parse/sync';
import type { Clock } from '#kernel';
import { appendLeaf, digestOf } from '#evidence';
import { type Database, transact } from '#platform/db';
import { insertSideRecords, type SideRecord } from './store/side-records.ts';

/** What is wrong with a row, by line and column. */
export interface RowProblem {
  readonly line: number;
  readonly column: string;
  readonly reason: string;
}

/** What an import of doors or meter readings did; with problems nothing is kept. */
export interface SideImport {
  readonly ok: boolean;
  /** Rows that were new; a fact already there is not recorded twice. */
  readonly added: number;
  readonly known: number;
  readonly problems: readonly RowProblem[];
}

type Row = Record<string, string>;

const EPOCH_MS = /^\d{10,15}$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

function doorRecord(row: Row): SideRecord | RowProblem['column'] {
  if (!row['outfall']) return 'outfall';
  if (!EPOCH_MS.test(row['open_ms'] ?? '')) return 'open_ms';
  if (row['close_ms'] && !EPOCH_MS.test(row['close_ms'])) return 'close_ms';
  const { outfall, open_ms, close_ms, ...value } = row;
  return { kind: 'DOOR', subject: outfall, startAt: Number(open_ms), endAt: close_ms ? Number(close_ms) : null, value };
}

function powerRecord(row: Row): SideRecord | RowProblem['column'] {
  if (!row['meter']) return 'meter';
  if (!EPOCH_MS.test(row['ts_ms'] ?? '')) return 'ts_ms';
  if (!NUMBER.test(row['kw'] ?? '')) return 'kw';
  const { meter, ts_ms, ...value } = row;
  return { kind: 'POWER', subject: meter, startAt: Number(ts_ms), endAt: null, value };
}

/**
 * Imports `doors.csv` or `power.csv` (docs/register-files.md). Every bad row is reported with line and column, and nothing is
 * imported unless all is well. The same file twice changes nothing.
 */
export async function importSideFile(
  deps: { readonly db: Database; readonly clock: Clock },
  kind: 'doors' | 'power',
  text: string | Uint8Array,
): Promise<SideImport> {
  const read = kind === 'doors' ? doorRecord : powerRecord;
  const problems: RowProblem[] = [];
  const records: SideRecord[] = [];
  for (const [i, row] of readRows(text, problems).entries()) {
    const record = read(row);
    if (typeof record === 'string')
      problems.push({ line: i + 2, column: record, reason: `wrong value: ${row[record] ?? ''}` });
    else records.push(record);
  }
  if (problems.length > 0) return { ok: false, added: 0, known: 0, problems };
  const added = await transact(deps.db, async (tx) => {
    const count = await insertSideRecords(tx, records, deps.clock.now());
    if (count > 0) {
      const digest = digestOf(records.map((record) => ({ ...record, value: { ...record.value } })));
      await appendLeaf(tx, deps.clock, { t: 'series', ref: `${kind}.csv`, rows: count, sha256: digest });
    }
    return count;
  });
  return { ok: true, added, known: records.length - added, problems };
}

function readRows(text: string | Uint8Array, problems: RowProblem[]): Row[] {
  try {
    return parse(Buffer.from(text), { columns: true, bom: true, skip_empty_lines: true }) as Row[];
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    problems.push({ line: lines ?? 1, column: '', reason: message });
    return [];
  }
}
