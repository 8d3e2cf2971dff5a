import { sql, type Database, type Tx } from '#platform/db';
import type { DatedParameter } from '../../live/parameters.ts';
import type { DatedCap, DatedRelease } from '../../standing.ts';

/** Changes when any decision about models was taken: cheap to ask for in every round. */
export async function standingStamp(db: Database): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`SELECT concat_ws('.', (SELECT count(*) FROM model_parameter), (SELECT count(*) FROM model_cap),
    (SELECT count(*) FROM model_release), (SELECT count(*) FROM model_proposal_event)) AS stamp`.execute(db);
  return rows[0]?.stamp ?? '';
}

export interface CapRow extends DatedCap {
  readonly reviewed: number;
  readonly wrong: number;
  readonly days: number;
  readonly share: number;
  readonly bound: number;
  readonly proposal: string | null;
}

/** Every cap that was set or lifted, oldest first. */
export async function readCaps(db: Database | Tx, model?: string): Promise<CapRow[]> {
  const { rows } = await sql<CapRow>`SELECT model, cap, valid_from AS "validFrom", reviewed, wrong, days, share, bound, proposal FROM model_cap
    ${model === undefined ? sql`` : sql`WHERE model = ${model}`} ORDER BY valid_from, model`.execute(db);
  return rows;
}

export async function insertCap(tx: Tx, row: CapRow, at: number): Promise<void> {
  await sql`INSERT INTO model_cap (model, cap, valid_from, reviewed, wrong, days, share, bound, proposal, recorded_at)
    VALUES (${row.model}, ${row.cap}, ${row.validFrom}, ${row.reviewed}, ${row.wrong}, ${row.days}, ${row.share}, ${row.bound}, ${row.proposal}, ${at})`.execute(tx);
}

export async function readReleases(db: Database | Tx): Promise<DatedRelease[]> {
  const { rows } = await sql<DatedRelease>`SELECT model, version, in_force AS "inForce", valid_from AS "validFrom" FROM model_release ORDER BY valid_from, model`.execute(db);
  return rows;
}

export async function insertRelease(tx: Tx, row: DatedRelease, proposal: string, at: number): Promise<void> {
  await sql`INSERT INTO model_release (model, version, in_force, valid_from, proposal, recorded_at)
    VALUES (${row.model}, ${row.version}, ${row.inForce}, ${row.validFrom}, ${proposal}, ${at})`.execute(tx);
}

export interface ApprovedBy {
  readonly proposedBy: string;
  readonly approvedBy: string;
  readonly reason: string;
}

export async function insertParameters(tx: Tx, rows: readonly DatedParameter[], by: ApprovedBy, at: number): Promise<void> {
  for (const { model, parameter, value, validFrom } of rows) {
    await sql`INSERT INTO model_parameter (model, parameter, value, valid_from, proposed_by, approved_by, reason, recorded_at)
      VALUES (${model}, ${parameter}, ${value}, ${validFrom}, ${by.proposedBy}, ${by.approvedBy}, ${by.reason}, ${at})`.execute(tx);
  }
}

/** The latest date on which a decision about the model begins to hold; two decisions never share one. Before all time where there was none. */
export async function lastDecision(tx: Database | Tx, model: string): Promise<number> {
  const { rows } = await sql<{ at: number | null }>`SELECT max(valid_from) AS at FROM (
    SELECT valid_from FROM model_cap WHERE model = ${model} UNION ALL SELECT valid_from FROM model_release WHERE model = ${model}
    UNION ALL SELECT valid_from FROM model_parameter WHERE model = ${model}) dated`.execute(tx);
  return rows[0]?.at ?? Number.NEGATIVE_INFINITY;
}
