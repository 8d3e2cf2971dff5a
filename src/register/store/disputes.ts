import type { Visibility } from '#access';
import { visibleRows } from '#access';
import type { AccountId, AuthorityId, CalendarDay, Instant, UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { DisputeKind } from '../disputes/registered-values.ts';
import type { Material } from '../materials.ts';

export type DisputeState = 'OPEN' | 'ACCEPTED' | 'REJECTED' | 'WITHDRAWN';

export interface Dispute {
  readonly disputeId: string;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly kind: DisputeKind;
  readonly key: string;
  readonly field: string;
  readonly outfall: string | null;
  readonly factor: string | null;
  readonly registered: string;
  readonly proposed: string;
  readonly fromDay: CalendarDay | null;
  readonly reason: string;
  readonly materials: readonly Material[];
  readonly raisedBy: AccountId;
  readonly raisedAt: Instant;
  readonly dueAt: Instant;
  readonly article: string;
  readonly state: DisputeState;
  readonly endedBy: AccountId | null;
  readonly endedAt: Instant | null;
  readonly answer: string | null;
  readonly newValue: string | null;
  readonly newFrom: CalendarDay | null;
}

const COLUMNS = sql`d.dispute_id AS "disputeId", d.unit_id AS "unitId", d.authority_id AS "authorityId", d.kind, d.key, d.field, d.outfall, d.factor, d.registered,
  d.proposed, d.from_day AS "fromDay", d.reason, d.materials, d.raised_by AS "raisedBy", d.raised_at AS "raisedAt", d.due_at AS "dueAt", d.article, d.state,
  d.ended_by AS "endedBy", d.ended_at AS "endedAt", d.answer, d.new_value AS "newValue", d.new_from AS "newFrom"`;

/** False when the value is disputed already: one open dispute per value. */
export async function insertDispute(tx: Tx, d: Dispute): Promise<boolean> {
  const result = await sql`INSERT INTO register_dispute (dispute_id, unit_id, authority_id, kind, key, field, outfall, factor, registered, proposed, from_day, reason,
      materials, raised_by, raised_at, due_at, article)
    VALUES (${d.disputeId}, ${d.unitId}, ${d.authorityId}, ${d.kind}, ${d.key}, ${d.field}, ${d.outfall}, ${d.factor}, ${d.registered}, ${d.proposed}, ${d.fromDay}, ${d.reason},
      ${JSON.stringify(d.materials)}::jsonb, ${d.raisedBy}, ${d.raisedAt}, ${d.dueAt}, ${d.article})
    ON CONFLICT (kind, key, field) WHERE state = 'OPEN' DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** A dispute of a registered value by its id, locked where asked; undefined where there is none. */
export async function findDispute(tx: Tx | Database, disputeId: string, forUpdate = false): Promise<Dispute | undefined> {
  const { rows } = await sql<Dispute>`SELECT ${COLUMNS} FROM register_dispute d WHERE d.dispute_id = ${disputeId} ${forUpdate ? sql`FOR UPDATE` : sql``}`.execute(tx);
  return rows[0];
}

export async function endDispute(tx: Tx, d: Pick<Dispute, 'disputeId' | 'state' | 'endedBy' | 'endedAt' | 'answer' | 'newValue' | 'newFrom'>): Promise<void> {
  await sql`UPDATE register_dispute SET state = ${d.state}, ended_by = ${d.endedBy}, ended_at = ${d.endedAt}, answer = ${d.answer}, new_value = ${d.newValue}, new_from = ${d.newFrom}
    WHERE dispute_id = ${d.disputeId} AND state = 'OPEN'`.execute(tx);
}

export interface DisputeFilter extends PageAsked {
  readonly unit?: string | undefined;
  readonly outfall?: string | undefined;
  readonly openOnly?: boolean | undefined;
}

const ORDER: ListOrder = { table: sql`register_dispute d`, keys: [sql`(d.state = 'OPEN')`, sql`d.raised_at`], id: sql`d.dispute_id` };

/** Disputes a person may see, open ones first, then newest first. */
export async function listDisputes(db: Database, visibility: Visibility, filter: DisputeFilter): Promise<PageOf<Dispute>> {
  const { rows } = await sql<Dispute>`SELECT ${COLUMNS} FROM register_dispute d
    WHERE ${visibleRows(visibility, { unit: 'd.unit_id', authority: 'd.authority_id' })}
      AND ${filter.unit === undefined ? sql`true` : sql`d.unit_id = ${filter.unit}`}
      AND ${filter.outfall === undefined ? sql`true` : sql`d.outfall = ${filter.outfall}`}
      AND ${filter.openOnly === true ? sql`d.state = 'OPEN'` : sql`true`}
      AND ${behindCursor(ORDER, filter)} ${inListOrder(ORDER, filter)}`.execute(db);
  return pageOf(rows, filter, (row) => row.disputeId);
}

/** What accepted disputes settled, the earliest answer first. */
export async function acceptedDisputes(tx: Tx): Promise<Dispute[]> {
  const { rows } = await sql<Dispute>`SELECT ${COLUMNS} FROM register_dispute d WHERE d.state = 'ACCEPTED' ORDER BY d.ended_at, d.dispute_id`.execute(tx);
  return rows;
}
