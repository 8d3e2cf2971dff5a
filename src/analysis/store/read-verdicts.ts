import type { Series } from '#platform/series';
import { FLAGS, type StoredHour, type Verdict, type VerdictCause } from '#quality';
import type { Range } from './read-values.ts';

const VERDICTS = ['INVALID', 'VALID', 'CANNOT_TELL'] as const satisfies readonly Verdict[];
const bind = (range: Range, factor: string) => ({ outfall: range.outfall, from: range.from, to: range.to, asOf: range.asOf ?? 8.64e15, factor });
const WITHIN = `WHERE outfall = {outfall:String} AND start >= {from:Int64} AND start < {to:Int64} AND known_at <= {asOf:Int64} AND has(factor, {factor:String})`;

interface HourRow {
  at: string;
  avg: number | null;
  zs: number | null;
  cou: number | null;
  flag: number;
  verdict: number;
  reason: string;
}

const number = (value: number | null): number => value ?? Number.NaN;

/**
 * Hours of one factor over years: of each field the version known first stands, of the verdicts the last, as known at
 * `asOf`. Of versions learnt in one millisecond the frame's is the older.
 */
export async function readFactorHours(series: Series, range: Range, factor: string): Promise<StoredHour[]> {
  const rows = await series.query<HourRow>(
    `SELECT toString(start) AS at, argMin(avg[i], age) AS avg, argMin(zs[i], age) AS zs, argMin(cou[i], age) AS cou, argMin(flag[i], age) AS flag,
       argMax(verdict[i], age) AS verdict, argMax(reason[i], age) AS reason
     FROM (SELECT *, indexOf(factor, {factor:String}) AS i, known_at * 2 + (cause != 'FRAME') AS age FROM hour_value ${WITHIN}) GROUP BY start ORDER BY start`,
    bind(range, factor),
  );
  return rows.map((row) => ({
    start: Number(row.at), avg: number(row.avg), zs: number(row.zs), cou: number(row.cou), flag: FLAGS[row.flag] ?? 'UNKNOWN',
    verdict: VERDICTS[row.verdict] ?? 'CANNOT_TELL', reason: row.reason,
  }));
}

export interface VerdictVersion {
  readonly knownAt: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly cause: VerdictCause;
  readonly ref: string;
}

/** Hours whose verdict was changed after it was first given, newest first, each with every version and what brought it. */
export async function readRejudged(series: Series, range: Range, factor: string, limit: number): Promise<{ readonly start: number; readonly versions: readonly VerdictVersion[] }[]> {
  const rows = await series.query<{ at: string; known: string; verdict: number; reason: string; cause: VerdictCause; ref: string }>(
    `SELECT toString(start) AS at, toString(known_at) AS known, verdict[i] AS verdict, reason[i] AS reason, cause, ref
     FROM (SELECT *, indexOf(factor, {factor:String}) AS i FROM hour_value ${WITHIN} AND start IN (
       SELECT start FROM (SELECT start, reason[indexOf(factor, {factor:String})] AS said FROM hour_value ${WITHIN})
       GROUP BY start HAVING uniqExact(said) > 1 ORDER BY start DESC LIMIT {limit:UInt32}))
     ORDER BY start DESC, known_at, cause != 'FRAME'`,
    { ...bind(range, factor), limit },
  );
  const hours = new Map<number, VerdictVersion[]>();
  for (const row of rows) {
    const start = Number(row.at);
    const versions = hours.get(start) ?? [];
    const before = versions.at(-1);
    // A frame that was sent again says nothing new.
    if (before?.reason !== row.reason) versions.push({ knownAt: Number(row.known), verdict: VERDICTS[row.verdict] ?? 'CANNOT_TELL', reason: row.reason, cause: row.cause, ref: row.ref });
    hours.set(start, versions);
  }
  return [...hours].map(([start, versions]) => ({ start, versions }));
}
