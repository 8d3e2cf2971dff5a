import { type Database, sql } from '#platform/db';

/** That something came beside the frames: which door, meter or camera's outfall, and a stamp that is another when more came. */
export interface SideNews {
  readonly kind: 'DOOR' | 'POWER' | 'VIDEO';
  /** Outfall of a door or camera, meter of a reading. */
  readonly subject: string;
  readonly stamp: string;
}

/** Whose records or video events reached us after a moment (epoch ms). */
export async function sideNews(db: Database, after: number): Promise<SideNews[]> {
  const { rows } = await sql<SideNews>`SELECT kind, subject, concat_ws(' ', count(*), max(known_at)) AS stamp FROM (
      SELECT kind, subject, known_at FROM side_record WHERE known_at > ${after}
      UNION ALL SELECT 'VIDEO', outfall, known_at FROM video_event WHERE known_at > ${after}) told
    GROUP BY kind, subject ORDER BY kind, subject COLLATE "C"`.execute(db);
  return rows;
}
