import type { UnitId } from '#kernel';
import { sql, type Database } from '#platform/db';
import type { SheetEvent, StoredFeedback } from './sheets.ts';

export type UnitEvent = SheetEvent & { readonly outfall: string; readonly sentenceZh: string; readonly sentenceEn: string; readonly documentNo: string | null };

const LIMIT = 1000;

/** Acts on all sheets of a unit, newest first, at most a thousand. */
export async function eventsOfUnit(db: Database, unitId: UnitId): Promise<UnitEvent[]> {
  const { rows } = await sql<UnitEvent>`SELECT e.event_id AS "eventId", e.sheet_id AS "sheetId", e.at, e.act, e.from_state AS "from", e.to_state AS "to",
      e.actor_id AS "actorId", e.duty, e.basis, e.document_id AS "documentId", e.detail, s.outfall, s.sentence_zh AS "sentenceZh", s.sentence_en AS "sentenceEn", s.document_no AS "documentNo"
    FROM supervision_event e JOIN supervision_sheet s USING (sheet_id) WHERE s.unit_id = ${unitId} ORDER BY e.at DESC, e.event_id DESC LIMIT ${LIMIT}`.execute(db);
  return rows;
}

export async function feedbackOfUnit(db: Database, unitId: UnitId): Promise<StoredFeedback[]> {
  const { rows } = await sql<StoredFeedback>`SELECT f.feedback_id AS "feedbackId", f.sheet_id AS "sheetId", f.round, f.at, f.account_id AS "accountId", f.cause, f.explanation,
      f.measures, f.materials, f.marks, f.late
    FROM supervision_feedback f JOIN supervision_sheet s USING (sheet_id) WHERE s.unit_id = ${unitId} ORDER BY f.at DESC LIMIT ${LIMIT}`.execute(db);
  return rows;
}
