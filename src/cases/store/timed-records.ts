import type { CaseId, Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { CaseEvent, StepEvent } from '../case-event.ts';
import { TIMED_STEPS, timedRecordOf, type TimedRecord } from '../evidence/timed-records.ts';
import { foldCase } from '../fold.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { eventsOf } from './case-store.ts';

const isStep = (event: CaseEvent | undefined): event is StepEvent => event?.kind === 'STEP';

/** Two records of the same officers made at once, in two cases, wait for each other until the end of the transaction; after the lock of the case. */
export async function lockOfficersTime(tx: Tx, { authorityId }: Pick<PenaltyCase, 'authorityId'>): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`officers_time:${authorityId}`}, 9))`.execute(tx);
}

/**
 * Records of an authority's officers that touch a time, each with the officers its case had then: of every case, this one included. A record is
 * written after what it tells, so only steps taken after the beginning of that time are looked at. Rooms of remote inquiries that are still open last until now.
 */
export async function timedRecords(db: Database | Tx, { authorityId }: Pick<PenaltyCase, 'authorityId'>, from: Instant, to: Instant, now: Instant): Promise<TimedRecord[]> {
  const { rows: steps } = await sql<{ caseId: CaseId; seq: number }>`SELECT e.case_id AS "caseId", e.seq FROM case_event e JOIN penalty_case c ON c.case_id = e.case_id
    WHERE c.authority_id = ${authorityId} AND e.kind = ANY (${[...TIMED_STEPS]}::text[]) AND e.at > ${from}
      AND (e.event #>> '{command,endedAt}')::bigint > ${from} AND coalesce(e.event #>> '{command,startedAt}', e.event #>> '{command,takenAt}')::bigint < ${to}
    ORDER BY e.at, e.case_id`.execute(db);
  const found: TimedRecord[] = [];
  const histories = new Map<CaseId, readonly CaseEvent[]>();
  for (const { caseId, seq } of steps) {
    const history = histories.get(caseId) ?? (await eventsOf(db, caseId));
    histories.set(caseId, history);
    const events = history.slice(0, seq);
    const last = events.at(-1);
    const record = isStep(last) ? timedRecordOf(foldCase(events), last.command) : undefined;
    if (record !== undefined) found.push(record);
  }
  return [...found, ...(await openRooms(db, authorityId, now)).filter((room) => room.from < to)];
}

/** Remote inquiries of an authority that go on now, with the officers of their cases. */
export async function openRooms(db: Database | Tx, authorityId: PenaltyCase['authorityId'], now: Instant): Promise<TimedRecord[]> {
  const { rows } = await sql<{ caseId: CaseId; openedAt: Instant }>`SELECT r.case_id AS "caseId", r.opened_at AS "openedAt" FROM case_inquiry_room r
    JOIN penalty_case c ON c.case_id = r.case_id WHERE c.authority_id = ${authorityId} AND r.closed_at IS NULL ORDER BY r.opened_at`.execute(db);
  const rooms: TimedRecord[] = [];
  for (const { caseId, openedAt } of rows) {
    const { caseNo, unitId, person, officers } = foldCase(await eventsOf(db, caseId));
    rooms.push({ caseId, caseNo, unitId: person?.employer.unitId ?? unitId, kind: 'INQUIRY_ROOM', from: openedAt, to: now, officers });
  }
  return rooms;
}
