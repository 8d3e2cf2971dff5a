import { sql, type Database, type Tx } from '#platform/db';

/** How far judging has come: the last journal row read and the known time judged up to (epoch ms). */
export interface Progress {
  readonly seq: number;
  readonly until: number;
}

const NAME = 'judge';

/** How far judging has come; `seq` −1 before anything was read. */
export async function readProgress(db: Database): Promise<Progress> {
  const { rows } = await sql<Progress>`SELECT seq, until FROM analysis_progress WHERE name = ${NAME}`.execute(db);
  return rows[0] ?? { seq: -1, until: 0 };
}

export async function saveProgress(tx: Tx, progress: Progress): Promise<void> {
  await sql`INSERT INTO analysis_progress (name, seq, until) VALUES (${NAME}, ${progress.seq}, ${progress.until})
    ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, until = excluded.until`.execute(tx);
}

export interface Shift {
  readonly outfall: string;
  readonly ref: string;
  readonly knownAt: number;
}

export async function readShifts(db: Database, outfall: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ ref: string; known_at: number }>`SELECT ref, known_at FROM analysis_shift WHERE outfall = ${outfall}`.execute(db);
  return new Map(rows.map((row) => [row.ref, row.known_at]));
}

export async function insertShifts(tx: Tx, shifts: readonly Shift[]): Promise<void> {
  for (let i = 0; i < shifts.length; i += 1000) {
    const rows = shifts.slice(i, i + 1000).map((shift) => ({ outfall: shift.outfall, ref: shift.ref, known_at: shift.knownAt }));
    await sql`INSERT INTO analysis_shift SELECT * FROM jsonb_populate_recordset(null::analysis_shift, ${JSON.stringify(rows)}::jsonb)
      ON CONFLICT DO NOTHING`.execute(tx);
  }
}

export interface ApprovedParameter {
  readonly model: string;
  readonly parameter: string;
  readonly value: number;
  readonly validFrom: number;
  readonly proposedBy: string;
  readonly approvedBy: string;
  readonly reason: string;
}

/** Dated parameters of all models, oldest first, with who wanted and who allowed them. */
export async function readParameters(db: Database | Tx): Promise<readonly ApprovedParameter[]> {
  const { rows } = await sql<ApprovedParameter>`
    SELECT model, parameter, value, valid_from AS "validFrom", proposed_by AS "proposedBy", approved_by AS "approvedBy", reason
    FROM model_parameter ORDER BY valid_from, model, parameter`.execute(db);
  return rows;
}
