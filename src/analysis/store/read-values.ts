import type { Series } from '#platform/series';
import { FLAGS, type Verdict } from '#quality';

/** One stored value of a factor: start of its interval (epoch ms), measured and converted mean, flag. */
export interface ValueRow {
  readonly factor: string;
  readonly start: number;
  readonly avg: number | null;
  readonly zs: number | null;
  readonly flag: string;
  /** What quality said last (three-valued) and why; undefined for steps. */
  readonly verdict: Verdict | undefined;
  readonly reason: string;
}

export interface Range {
  readonly outfall: string;
  readonly from: number;
  readonly to: number;
  /** Only what was known then. */
  readonly asOf?: number | undefined;
}

const bind = (range: Range) => ({ outfall: range.outfall, from: range.from, to: range.to, asOf: range.asOf ?? 8.64e15 });
const WITHIN = `WHERE outfall = {outfall:String} AND start >= {from:Int64} AND start < {to:Int64} AND known_at <= {asOf:Int64}`;

interface Wide {
  at: string;
  factor: string[];
  avg: (number | null)[];
  zs?: (number | null)[];
  flag: number[];
  verdict?: number[];
  reason?: string[];
}

const VERDICTS = ['INVALID', 'VALID', 'CANNOT_TELL'] as const;

/** Rows come in known-time order: of the values the version known first stands, of the verdicts the last. */
function inForce(rows: readonly Wide[]): ValueRow[] {
  const found = new Map<string, ValueRow>();
  for (const row of rows) {
    row.factor.forEach((factor, i) => {
      const key = `${factor} ${row.at}`;
      const said = { verdict: VERDICTS[row.verdict?.[i] ?? -1], reason: row.reason?.[i] ?? '' };
      const before = found.get(key);
      const value = before ?? { factor, start: Number(row.at), avg: row.avg[i] ?? null, zs: row.zs?.[i] ?? null, flag: FLAGS[row.flag[i] ?? 0] ?? 'UNKNOWN' };
      found.set(key, { ...value, ...said });
    });
  }
  return [...found.values()].sort((a, b) => (a.factor < b.factor ? -1 : a.factor > b.factor ? 1 : a.start - b.start));
}

/** Hours of an outfall by factor and time, in force now or at `asOf`. */
export const readHours = async (series: Series, range: Range): Promise<ValueRow[]> =>
  inForce(await series.query<Wide>(`SELECT toString(start) AS at, factor, avg, zs, flag, verdict, reason FROM hour_value ${WITHIN} ORDER BY start, known_at`, bind(range)));

/** Steps (CN 2051) likewise. */
export const readSteps = async (series: Series, range: Range): Promise<ValueRow[]> =>
  inForce(await series.query<Wide>(`SELECT toString(start) AS at, factor, avg, flag FROM step_value ${WITHIN} ORDER BY start, known_at`, bind(range)));

export async function readPower(series: Series, range: Range): Promise<{ meter: string; start: number; kw: number }[]> {
  const rows = await series.query<{ name: string; at: string; mean: number }>(
    `SELECT m AS name, toString(start) AS at, avg(k) AS mean FROM power_value ARRAY JOIN meter AS m, kw AS k ${WITHIN}
     GROUP BY m, start ORDER BY m, start`,
    bind(range),
  );
  return rows.map((row) => ({ meter: row.name, start: Number(row.at), kw: row.mean }));
}
