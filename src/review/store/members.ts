import { visibleRows, type Visibility } from '#access';
import type { AccountId, AuthorityId, CalendarDay, Instant } from '#kernel';
import type { Department } from '#law';
import { sql, type Database, type Tx } from '#platform/db';
import type { Body } from '../clue/decide-route.ts';

export interface Member {
  readonly memberId: string;
  readonly authorityId: AuthorityId;
  readonly body: Body;
  readonly accountId: AccountId;
  readonly department: Department;
  readonly lead: boolean;
  readonly fromDay: CalendarDay;
  /** Last day of the term; null while it is open. */
  readonly toDay: CalendarDay | null;
}

const COLUMNS = sql`m.member_id AS "memberId", m.authority_id AS "authorityId", m.body, m.account_id AS "accountId", m.department, m.lead,
  m.from_day AS "fromDay", m.to_day AS "toDay"`;

/** Every term ever held in a body, oldest first; with a lock when another term is about to be written. */
export async function membersOf(db: Database | Tx, authorityId: AuthorityId, body: Body, lock = false): Promise<Member[]> {
  if (lock) await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`review_member:${authorityId}:${body}`}, 8))`.execute(db);
  const { rows } = await sql<Member>`SELECT ${COLUMNS} FROM review_member m WHERE authority_id = ${authorityId} AND body = ${body}
    ORDER BY from_day, member_id`.execute(db);
  return rows;
}

export async function findMember(db: Database | Tx, memberId: string): Promise<Member | undefined> {
  const { rows } = await sql<Member>`SELECT ${COLUMNS} FROM review_member m WHERE member_id = ${memberId}`.execute(db);
  return rows[0];
}

export async function membersSeen(db: Database, visibility: Visibility): Promise<Member[]> {
  const { rows } = await sql<Member>`SELECT ${COLUMNS} FROM review_member m WHERE ${visibleRows(visibility, { authority: 'm.authority_id' })}
    ORDER BY authority_id, body, lead DESC, from_day, member_id`.execute(db);
  return rows;
}

export async function insertMember(tx: Tx, m: Member, by: AccountId, at: Instant): Promise<void> {
  await sql`INSERT INTO review_member (member_id, authority_id, body, account_id, department, lead, from_day, to_day, added_at, added_by)
    VALUES (${m.memberId}, ${m.authorityId}, ${m.body}, ${m.accountId}, ${m.department}, ${m.lead}, ${m.fromDay}, ${m.toDay}, ${at}, ${by})
    ON CONFLICT (member_id) DO NOTHING`.execute(tx);
}

export async function endTerm(tx: Tx, memberId: string, toDay: CalendarDay, by: AccountId, at: Instant): Promise<void> {
  await sql`UPDATE review_member SET to_day = ${toDay}, ended_at = ${at}, ended_by = ${by} WHERE member_id = ${memberId}`.execute(tx);
}
