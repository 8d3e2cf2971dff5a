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
  /** When the platform first knew its value, epoch ms. */
  readonly knownAt: number;
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
  known: string;
  factor: string[];
  avg: (number | null)[];
  zs?: (number | null)[];
  flag: number[];
  verdict?: number[];
  reason?: string[];
}

const VERDICTS = ['INVALID', 'VALID', 'CANNOT_TELL'] as const;

/**
 * Rows come by start and known time: of the values the version known first stands, of the verdicts the last. A month of
 * minutes or years of hours are half a million values, so nothing is looked up or sorted value by value.
 */
function inForce(rows: readonly Wide[]): ValueRow[] {
  const byFactor = new Map<string, ValueRow[]>();
  for (const row of rows) {
    const start = Number(row.at);
    row.factor.forEach((factor, i) => {
      const own = byFactor.get(factor) ?? [];
      if (own.length === 0) byFactor.set(factor, own);
      const said = { verdict: VERDICTS[row.verdict?.[i] ?? -1], reason: row.reason?.[i] ?? '' };
      const last = own.at(-1);
      if (last?.start === start) own[own.length - 1] = { ...last, ...said };
      else own.push({ factor, start, avg: row.avg[i] ?? null, zs: row.zs?.[i] ?? null, flag: FLAGS[row.flag[i] ?? 0] ?? 'UNKNOWN', knownAt: Number(row.known), ...said });
    });
  }
  return [...byFactor.keys()].sort().flatMap((factor) => byFactor.get(factor) ?? []);
}

/** Hours of an outfall by factor and time, in force now or at `asOf`. */
export const readHours = async (series: Series, range: Range): Promise<ValueRow[]> =>
  inForce(await series.query<Wide>(`SELECT toString(start) AS at, toString(known_at) AS known, factor, avg, zs, flag, verdict, reason FROM hour_value ${WITHIN} ORDER BY start, known_at`, bind(range)));

/** Steps (CN 2051) likewise. */
export const readSteps = async (series: Series, range: Range): Promise<ValueRow[]> =>
  inForce(await series.query<Wide>(`SELECT toString(start) AS at, toString(known_at) AS known, factor, avg, flag FROM step_value ${WITHIN} ORDER BY start, known_at`, bind(range)));

/** Mean power of each meter interval by interval, kW; start in epoch ms. */
export async function readPower(series: Series, range: Range): Promise<{ meter: string; start: number; kw: number }[]> {
  const rows = await series.query<{ name: string; at: string; mean: number }>(
    `SELECT m AS name, toString(start) AS at, avg(k) AS mean FROM power_value ARRAY JOIN meter AS m, kw AS k ${WITHIN}
     GROUP BY m, start ORDER BY m, start`,
    bind(range),
  );
  return rows.map((row) => ({ meter: row.name, start: Number(row.at), kw: row.mean }));
}
