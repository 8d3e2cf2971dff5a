import type { AccountId, CaseId, Instant, UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';

export type InquirySide = 'OFFICER' | 'UNIT';
export type SignalKind = 'JOIN' | 'LEAVE' | 'DESCRIPTION' | 'CANDIDATE';

export interface InquiryRoom {
  readonly roomId: string;
  readonly caseId: CaseId;
  readonly unitId: UnitId;
  readonly openedBy: AccountId;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
}

export interface Signal {
  readonly seq: number;
  readonly kind: SignalKind;
  readonly body: string;
}

const ROOM = sql`room_id AS "roomId", case_id AS "caseId", unit_id AS "unitId", opened_by AS "openedBy", opened_at AS "openedAt", closed_at AS "closedAt"`;

/** @returns false when the case has an open room already */
export async function insertRoom(tx: Tx, r: InquiryRoom): Promise<boolean> {
  const done = await sql`INSERT INTO case_inquiry_room (room_id, case_id, unit_id, opened_by, opened_at)
    VALUES (${r.roomId}, ${r.caseId}, ${r.unitId}, ${r.openedBy}, ${r.openedAt}) ON CONFLICT (case_id) WHERE closed_at IS NULL DO NOTHING`.execute(tx);
  return done.numAffectedRows === 1n;
}

export async function findRoom(db: Database | Tx, roomId: string): Promise<InquiryRoom | undefined> {
  const { rows } = await sql<InquiryRoom>`SELECT ${ROOM} FROM case_inquiry_room WHERE room_id = ${roomId}`.execute(db);
  return rows[0];
}

export async function openRoomOf(db: Database | Tx, caseId: CaseId): Promise<InquiryRoom | undefined> {
  const { rows } = await sql<InquiryRoom>`SELECT ${ROOM} FROM case_inquiry_room WHERE case_id = ${caseId} AND closed_at IS NULL`.execute(db);
  return rows[0];
}

export async function openRoomsOfUnit(db: Database, unitId: UnitId): Promise<(InquiryRoom & { readonly caseNo: string })[]> {
  const { rows } = await sql<InquiryRoom & { readonly caseNo: string }>`SELECT ${ROOM}, (SELECT case_no FROM penalty_case c WHERE c.case_id = r.case_id) AS "caseNo"
    FROM case_inquiry_room r WHERE unit_id = ${unitId} AND closed_at IS NULL ORDER BY opened_at`.execute(db);
  return rows;
}

/** Ends the room and forgets what the browsers told each other. */
export async function closeRoom(tx: Tx, roomId: string, by: AccountId, at: Instant): Promise<boolean> {
  const done = await sql`UPDATE case_inquiry_room SET closed_by = ${by}, closed_at = ${at} WHERE room_id = ${roomId} AND closed_at IS NULL`.execute(tx);
  await sql`DELETE FROM case_inquiry_signal WHERE room_id = ${roomId}`.execute(tx);
  return done.numAffectedRows === 1n;
}

export async function insertSignal(tx: Tx, roomId: string, side: InquirySide, kind: SignalKind, body: string, at: Instant): Promise<number> {
  const { rows } = await sql<{ seq: number }>`INSERT INTO case_inquiry_signal (room_id, side, kind, body, sent_at) VALUES (${roomId}, ${side}, ${kind}, ${body}, ${at}) RETURNING seq`.execute(tx);
  return rows[0]?.seq ?? 0;
}

/** What the other side has said since. */
export async function signalsFor(db: Database, roomId: string, side: InquirySide, after: number): Promise<Signal[]> {
  const { rows } = await sql<Signal>`SELECT seq, kind, body FROM case_inquiry_signal WHERE room_id = ${roomId} AND side <> ${side} AND seq > ${after} ORDER BY seq LIMIT 200`.execute(db);
  return rows;
}
