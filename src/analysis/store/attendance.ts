import { sql, type Database, type Tx } from '#platform/db';
import type { Attended, AttendanceDay } from '../live/attendance.ts';

export interface OutfallDay extends AttendanceDay {
  readonly outfall: string;
  readonly activeSince: number;
}

/** The last one written of a day stands. */
export async function saveAttendance(tx: Tx, days: readonly OutfallDay[]): Promise<void> {
  const latest = [...new Map(days.map((day) => [`${day.outfall} ${day.day}`, day])).values()];
  for (let i = 0; i < latest.length; i += 500) {
    const rows = latest.slice(i, i + 500).map((day) => ({
      outfall: day.outfall, day: day.day, until: Math.floor(day.until), active_since: day.activeSince, hour_moments: day.hourMoments, models: day.models,
    }));
    await sql`INSERT INTO analysis_attendance SELECT * FROM jsonb_populate_recordset(null::analysis_attendance, ${JSON.stringify(rows)}::jsonb)
      ON CONFLICT (outfall, day) DO UPDATE SET until = excluded.until, hour_moments = excluded.hour_moments, models = excluded.models`.execute(tx);
  }
}

/** Every outfall's figures of one day of judging. */
export async function readAttendance(db: Database, day: number): Promise<OutfallDay[]> {
  const { rows } = await sql<{ outfall: string; day: number; until: number; active_since: number; hour_moments: number; models: Record<string, Attended> }>`
    SELECT outfall, day, until, active_since, hour_moments, models FROM analysis_attendance WHERE day = ${day}`.execute(db);
  return rows.map((row) => ({ outfall: row.outfall, day: row.day, until: row.until, activeSince: row.active_since, hourMoments: row.hour_moments, models: row.models }));
}

/** Days of judging that were counted, newest first. */
export async function attendedDays(db: Database, limit: number): Promise<number[]> {
  const { rows } = await sql<{ day: number }>`SELECT DISTINCT day FROM analysis_attendance ORDER BY day DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => row.day);
}
