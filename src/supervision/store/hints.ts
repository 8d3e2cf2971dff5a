import { visibleRows, type Visibility } from '#access';
import type { AccountId, Instant, UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { HintState, RiskHint } from '../hint/hint.ts';

const COLUMNS = sql`h.hint_id AS "hintId", h.model, h.trade, h.region, h.authority_id AS "authorityId", h.clues, h.found_units AS "foundUnits",
  ARRAY(SELECT u.unit_id FROM risk_hint_unit u WHERE u.hint_id = h.hint_id ORDER BY u.unit_id) AS units, h.days, h.basis, h.state,
  h.offered_at AS "offeredAt", h.settled_by AS "settledBy", h.settled_at AS "settledAt", h.note`;

type Risk = Pick<RiskHint, 'model' | 'trade' | 'region'>;

/** Waits for others that look at the same risk. */
export async function lockRisk(tx: Tx, { model, trade, region }: Risk): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`risk ${region} ${trade} ${model}`}, 0))`.execute(tx);
}

/** Was this risk offered since the moment, whatever came of it? */
export async function wasOffered(tx: Tx, { model, trade, region }: Risk, since: Instant): Promise<boolean> {
  const { rows } = await sql`SELECT FROM risk_hint WHERE region = ${region} AND trade = ${trade} AND model = ${model} AND offered_at >= ${since} LIMIT 1`.execute(tx);
  return rows.length > 0;
}

export async function insertHint(tx: Tx, h: RiskHint): Promise<void> {
  await sql`INSERT INTO risk_hint (hint_id, model, trade, region, authority_id, clues, found_units, days, basis, state, offered_at)
    VALUES (${h.hintId}, ${h.model}, ${h.trade}, ${h.region}, ${h.authorityId}, ${[...h.clues]}, ${[...h.foundUnits]}, ${h.days}, ${h.basis}, ${h.state}, ${h.offeredAt})`.execute(tx);
  await sql`INSERT INTO risk_hint_unit (hint_id, unit_id) SELECT ${h.hintId}, unnest(${[...h.units]}::text[])`.execute(tx);
}

export async function findHint(tx: Tx, hintId: string): Promise<RiskHint | undefined> {
  const { rows } = await sql<RiskHint>`SELECT ${COLUMNS} FROM risk_hint h WHERE h.hint_id = ${hintId} FOR UPDATE OF h`.execute(tx);
  return rows[0];
}

export async function settleHint(tx: Tx, hintId: string, to: { readonly state: HintState; readonly by: AccountId; readonly at: Instant; readonly note: string | null }): Promise<void> {
  await sql`UPDATE risk_hint SET state = ${to.state}, settled_by = ${to.by}, settled_at = ${to.at}, note = ${to.note} WHERE hint_id = ${hintId}`.execute(tx);
}

const ORDER: ListOrder = { table: sql`risk_hint h`, keys: [sql`h.offered_at`], id: sql`h.hint_id` };

/** Hints of the actor's authorities, newest first. */
export async function listHints(db: Database, visibility: Visibility, filter: PageAsked & { readonly open: boolean }): Promise<PageOf<RiskHint>> {
  const { rows } = await sql<RiskHint>`SELECT ${COLUMNS} FROM risk_hint h
    WHERE ${visibleRows(visibility, { authority: 'h.authority_id' })} AND ${filter.open ? sql`h.state = 'OFFERED'` : sql`true`}
      AND ${behindCursor(ORDER, filter)} ${inListOrder(ORDER, filter)}`.execute(db);
  return pageOf(rows, filter, (row) => row.hintId);
}

const SENT_ORDER: ListOrder = { table: sql`risk_hint h`, keys: [sql`coalesce(h.settled_at, 0)`], id: sql`h.hint_id` };

/** What was sent to a unit, newest first. */
export async function hintsSentTo(db: Database, unitId: UnitId, page: PageAsked): Promise<PageOf<RiskHint>> {
  const { rows } = await sql<RiskHint>`SELECT ${COLUMNS} FROM risk_hint h JOIN risk_hint_unit own ON own.hint_id = h.hint_id AND own.unit_id = ${unitId}
    WHERE h.state = 'SENT' AND ${behindCursor(SENT_ORDER, page)} ${inListOrder(SENT_ORDER, page)}`.execute(db);
  return pageOf(rows, page, (row) => row.hintId);
}

/** How many hints of the authority wait for a decision. */
export async function openHints(db: Database, visibility: Visibility): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM risk_hint WHERE state = 'OFFERED' AND ${visibleRows(visibility, { authority: 'authority_id' })}`.execute(db);
  return rows[0]?.n ?? 0;
}
