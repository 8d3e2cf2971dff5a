import type { Series } from '#platform/series';

export interface ValueRow {
  readonly factor: string;
  readonly start: number;
  readonly avg: number | null;
  readonly zs: number | null;
  readonly flag: string;
  readonly valid: boolean;
}

export interface Range {
  readonly outfall: string;
  readonly from: number;
  readonly to: number;
  /** Only what was known then. */
  readonly asOf?: number | undefined;
}

const bind = (range: Range) => ({ outfall: range.outfall, from: range.from, to: range.to, asOf: range.asOf ?? 8.64e15 });

interface RawRow {
  factor: string;
  start: string;
  avg: number | null;
  zs?: number | null;
  flag: string;
  valid?: number;
}
const rowOf = (row: RawRow): ValueRow => ({
  factor: row.factor, start: Number(row.start), avg: row.avg, zs: row.zs ?? null, flag: row.flag, valid: row.valid === 1,
});

/** Hours in force: the version known first stands; a NULL of an aggregate is kept by the tuple. */
export async function readHours(series: Series, range: Range): Promise<ValueRow[]> {
  const rows = await series.query<RawRow>(
    `SELECT factor, toString(start) AS start, v.1 AS avg, v.2 AS zs, v.3 AS flag, v.4 AS valid FROM (
       SELECT factor, start, argMin(tuple(avg, zs, flag, valid), known_at) AS v FROM hour_value
       WHERE outfall = {outfall:String} AND start >= {from:Int64} AND start < {to:Int64} AND known_at <= {asOf:Int64}
       GROUP BY factor, start) ORDER BY factor, toInt64(start)`,
    bind(range),
  );
  return rows.map(rowOf);
}

export async function readSteps(series: Series, range: Range): Promise<ValueRow[]> {
  const rows = await series.query<RawRow>(
    `SELECT factor, toString(start) AS start, v.1 AS avg, v.2 AS flag FROM (
       SELECT factor, start, argMin(tuple(avg, flag), known_at) AS v FROM step_value
       WHERE outfall = {outfall:String} AND start >= {from:Int64} AND start < {to:Int64} AND known_at <= {asOf:Int64}
       GROUP BY factor, start) ORDER BY factor, toInt64(start)`,
    bind(range),
  );
  return rows.map(rowOf);
}

export async function readPower(series: Series, range: Range): Promise<{ meter: string; start: number; kw: number }[]> {
  const rows = await series.query<{ meter: string; at: string; kw: number }>(
    `SELECT meter, toString(start) AS at, avg(kw) AS kw FROM power_value
     WHERE outfall = {outfall:String} AND start >= {from:Int64} AND start < {to:Int64} AND known_at <= {asOf:Int64}
     GROUP BY meter, start ORDER BY meter, start`,
    bind(range),
  );
  return rows.map((row) => ({ meter: row.meter, start: Number(row.at), kw: row.kw }));
}
