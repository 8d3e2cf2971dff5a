import { visibleRows, type PastAct, type Visibility } from '#access';
import { asId, type AccountId, type AuthorityId, type ClueId, type DocumentId, type Instant, type OutfallId, type RegionKey, type ReviewId, type UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import { firstDue, pageByUrgency, partBy, type ListPart, type Pressing, type UrgencyPlace } from '#platform/deadlines';
import { firstDueOfClues, TIERS, type SupervisionConfirmed, type Tier } from '#supervision';
import { CLUE_STATES, type ClueAct, type ClueState } from '../clue/clue-machine.ts';
import type { ListChange, ListEntry } from '../panel/decide-list.ts';
import type { Body, ReviewRoute } from '../clue/decide-route.ts';

/** A clue in the pool (线索池), with the body that handles it. */
export interface PoolClue {
  readonly clueId: ClueId;
  readonly authorityId: AuthorityId;
  /** Authority whose panel and review group handle it. */
  readonly groupId: AuthorityId;
  readonly region: RegionKey;
  readonly unitId: UnitId;
  readonly outfall: OutfallId | null;
  readonly source: 'PLATFORM' | 'PATROL';
  readonly route: ReviewRoute;
  /** The body that reviews it. */
  readonly body: Body;
  readonly tier: Tier;
  readonly provisional: boolean;
  readonly state: ClueState;
  readonly sentenceZh: string;
  readonly sentenceEn: string;
  readonly factors: readonly string[];
  readonly periodFrom: Instant;
  readonly periodTo: Instant | null;
  readonly rule: string;
  /** The paper with which control staff confirmed it, where that is the way. */
  readonly confirmedPaper: SupervisionConfirmed['paper'] | null;
  readonly listId: string | null;
  readonly reviewId: ReviewId | null;
  readonly handedOverAt: Instant | null;
  readonly signedInAt: Instant | null;
  /** Place in the panel's queue; larger first, see `priorityOf`. */
  readonly priority: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

const COLUMNS = sql`c.clue_id AS "clueId", c.authority_id AS "authorityId", c.group_id AS "groupId", c.region, c.unit_id AS "unitId", c.outfall,
  c.source, c.route, c.body, c.tier, c.provisional, c.state, c.sentence_zh AS "sentenceZh", c.sentence_en AS "sentenceEn", c.factors,
  c.period_from AS "periodFrom", c.period_to AS "periodTo", c.rule, c.list_id AS "listId", c.confirmed_paper AS "confirmedPaper", c.review_id AS "reviewId",
  c.handed_over_at AS "handedOverAt", c.signed_in_at AS "signedInAt", c.priority, c.created_at AS "createdAt", c.changed_at AS "changedAt"`;

/** A clue by its id, locked where asked; undefined where there is none. */
export async function findClue(db: Database | Tx, clueId: ClueId, lock = false): Promise<PoolClue | undefined> {
  const { rows } = await sql<PoolClue>`SELECT ${COLUMNS} FROM review_clue c WHERE clue_id = ${clueId} ${lock ? sql`FOR UPDATE` : sql``}`.execute(db);
  return rows[0];
}

export async function insertClue(tx: Tx, c: PoolClue): Promise<void> {
  await sql`INSERT INTO review_clue (clue_id, authority_id, group_id, region, unit_id, outfall, source, route, body, tier, provisional, state, sentence_zh,
      sentence_en, factors, period_from, period_to, rule, priority, created_at, changed_at)
    VALUES (${c.clueId}, ${c.authorityId}, ${c.groupId}, ${c.region}, ${c.unitId}, ${c.outfall}, ${c.source}, ${c.route}, ${c.body}, ${c.tier}, ${c.provisional},
      ${c.state}, ${c.sentenceZh}, ${c.sentenceEn}, ${[...c.factors]}, ${c.periodFrom}, ${c.periodTo}, ${c.rule}, ${c.priority}, ${c.createdAt}, ${c.changedAt})`.execute(tx);
}

export async function updateClue(tx: Tx, c: PoolClue): Promise<void> {
  await sql`UPDATE review_clue SET route = ${c.route}, body = ${c.body}, tier = ${c.tier}, provisional = ${c.provisional}, state = ${c.state}, sentence_zh = ${c.sentenceZh},
      sentence_en = ${c.sentenceEn}, factors = ${[...c.factors]}, period_from = ${c.periodFrom}, period_to = ${c.periodTo}, rule = ${c.rule}, priority = ${c.priority},
      confirmed_paper = ${c.confirmedPaper === null ? null : JSON.stringify(c.confirmedPaper)}::jsonb, list_id = ${c.listId}, review_id = ${c.reviewId}, handed_over_at = ${c.handedOverAt}, signed_in_at = ${c.signedInAt}, changed_at = ${c.changedAt}
    WHERE clue_id = ${c.clueId}`.execute(tx);
}

/** Notes which case the clue became. */
export async function noteCase(tx: Tx, clueId: ClueId, caseId: string): Promise<void> {
  await sql`UPDATE review_clue SET case_id = ${caseId} WHERE clue_id = ${clueId} AND case_id IS NULL`.execute(tx);
}

export async function clueOfCase(tx: Tx, caseId: string): Promise<ClueId | undefined> {
  const { rows } = await sql<{ clue_id: string }>`SELECT clue_id FROM review_clue WHERE case_id = ${caseId}`.execute(tx);
  return rows[0] === undefined ? undefined : asId<ClueId>(rows[0].clue_id);
}

/** What stands on the list of a group now: not yet sent with a frozen version (`listId` null), or sent and not concluded. */
export async function onTheList(tx: Tx, groupId: AuthorityId): Promise<PoolClue[]> {
  const { rows } = await sql<PoolClue>`SELECT ${COLUMNS} FROM review_clue c
    WHERE group_id = ${groupId} AND state IN ('LISTED', 'UNDER_REVIEW') AND route IN ('PANEL_LIST', 'ONE_TEAM') ORDER BY clue_id FOR UPDATE`.execute(tx);
  return rows;
}

/** The panel works by priority; everybody else by what ends first or looks for what changed. */
export const CLUE_ORDERS = ['newest', 'priority', 'urgent'] as const;
export type ClueOrder = (typeof CLUE_ORDERS)[number];

export interface PoolFilter {
  readonly states?: readonly ClueState[] | undefined;
  readonly tier?: Tier | undefined;
  readonly unitId?: UnitId | undefined;
  readonly order: Exclude<ClueOrder, 'urgent'>;
  /** By urgency instead, after the place where the page before ended. */
  readonly urgent?: { readonly pressing: Pressing; readonly after: UrgencyPlace | undefined } | undefined;
  /** The last row of the page before: the value it is ordered by, and its id. */
  readonly before?: { readonly value: number; readonly clueId: string } | undefined;
  readonly limit: number;
}

/** A clue's own clock, or that of the sheet it lies in, whichever ends first. */
function clueClocks(visibility: Visibility, pressing: Pressing) {
  const seen = { ...pressing, visible: visibleRows(visibility, { unit: 'unit_id', authority: 'authority_id' }) };
  return sql`(SELECT subject_id, min(due_at) AS due_at FROM (SELECT * FROM ${firstDue('clue', seen)} own UNION ALL SELECT * FROM ${firstDueOfClues(seen)} sheet) each GROUP BY subject_id)`;
}

/**
 * Largest first by the order asked for, the cursor being the last row's value in that order and its id; or by urgency, where `due` is
 * the end of the clock that presses most.
 */
export async function listClues(db: Database, visibility: Visibility, f: PoolFilter): Promise<(PoolClue & { readonly due: number | null })[]> {
  const { urgent, limit } = f;
  const ask = async ({ due, join, where, order }: ListPart, most: number) => (await sql<PoolClue & { due: number | null }>`SELECT ${COLUMNS}, ${due} AS due FROM review_clue c ${join}
    WHERE ${visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' })}
      AND ${f.states === undefined ? sql`true` : sql`c.state = ANY(${[...f.states]})`}
      AND ${f.tier === undefined ? sql`true` : sql`c.tier = ${f.tier}`}
      AND ${f.unitId === undefined ? sql`true` : sql`c.unit_id = ${f.unitId}`}
      AND ${where}
    ORDER BY ${order} LIMIT ${most}`.execute(db)).rows;
  const largest = (value: ReturnType<typeof sql>, before: PoolFilter['before']) =>
    partBy(before === undefined ? sql`true` : sql`(${value}, c.clue_id) < (${before.value}::double precision, ${before.clueId})`, sql`${value} DESC, c.clue_id DESC`);
  if (urgent === undefined) return ask(largest(f.order === 'priority' ? sql`c.priority` : sql`c.changed_at`, f.before), limit);
  return pageByUrgency({ clocks: clueClocks(visibility, urgent.pressing), after: urgent.after, limit }, {
    id: sql`c.clue_id`, newest: (after) => largest(sql`c.changed_at`, after && { value: after.changed, clueId: after.id }), ask,
  });
}

/** How many clues stand in each state, of those the actor may see: the funnel of the situation page. */
export async function countByState(db: Database, visibility: Visibility): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; n: number }>`SELECT state, count(*)::int AS n FROM review_clue c
    WHERE ${visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' })} GROUP BY state`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

/** Clues that wait in one state on one way for one body. */
export interface ClueQueue {
  readonly state: ClueState;
  readonly route: ReviewRoute;
  readonly body: Body;
  readonly n: number;
}

/** Open clues by what decides whose they are, of those the actor may see. */
export async function clueQueues(db: Database, visibility: Visibility): Promise<ClueQueue[]> {
  const { rows } = await sql<ClueQueue>`SELECT state, route, body, count(*)::int AS n FROM review_clue c
    WHERE ${visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' })} GROUP BY state, route, body ORDER BY state, route, body`.execute(db);
  return rows;
}

/** Units with open clues the actor may see: how many, and the highest tier among them. */
export async function openByUnit(db: Database, visibility: Visibility): Promise<{ unitId: string; open: number; tier: Tier }[]> {
  const open = (Object.keys(CLUE_STATES) as ClueState[]).filter((state) => !CLUE_STATES[state].closed);
  const { rows } = await sql<{ unitId: string; open: number; tier: Tier }>`SELECT unit_id AS "unitId", count(*)::int AS open,
      (array_agg(tier ORDER BY array_position(${[...TIERS]}::text[], tier) DESC))[1] AS tier
    FROM review_clue c WHERE ${visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' })} AND state = ANY(${open}) GROUP BY unit_id`.execute(db);
  return rows;
}

export interface ClueStep {
  readonly eventId: string;
  readonly clueId: ClueId;
  readonly reviewId: ReviewId | null;
  readonly at: Instant;
  readonly act: ClueAct | 'grow' | 'sign' | 'notify' | 'defer' | 'confirm' | 'state' | 'sign-in' | 'supplement' | 'second' | 'ask-recusal' | 'decide-recusal' | 'invite' | 'take-part';
  readonly from: ClueState | null;
  readonly to: ClueState;
  readonly actorId: AccountId;
  readonly duty: string | null;
  readonly basis: string | null;
  readonly documentId: DocumentId | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function insertStep(tx: Tx, e: ClueStep): Promise<void> {
  await sql`INSERT INTO review_event (event_id, clue_id, review_id, at, act, from_state, to_state, actor_id, duty, basis, document_id, detail)
    VALUES (${e.eventId}, ${e.clueId}, ${e.reviewId}, ${e.at}, ${e.act}, ${e.from}, ${e.to}, ${e.actorId}, ${e.duty}, ${e.basis},
      ${e.documentId}, ${JSON.stringify(e.detail)}::jsonb)`.execute(tx);
}

export async function stepsOf(db: Database | Tx, clueId: ClueId): Promise<ClueStep[]> {
  const { rows } = await sql<ClueStep>`SELECT event_id AS "eventId", clue_id AS "clueId", review_id AS "reviewId", at, act, from_state AS "from",
      to_state AS "to", actor_id AS "actorId", duty, basis, document_id AS "documentId", detail
    FROM review_event WHERE clue_id = ${clueId} ORDER BY at, event_id`.execute(db);
  return rows;
}

/** Duties people took up on this clue so far, deputies and those they acted for, for `conflictOf`. Cases add their own acts to it. */
export async function reviewHistory(db: Database | Tx, clueId: ClueId): Promise<PastAct[]> {
  const { rows } = await sql<{ actor_id: string; duty: string }>`SELECT DISTINCT who AS actor_id, duty
    FROM review_event, unnest(ARRAY[actor_id, detail->>'behalf']) AS who WHERE clue_id = ${clueId} AND duty IS NOT NULL AND who IS NOT NULL`.execute(db);
  return rows.map((row) => ({ accountId: asId<AccountId>(row.actor_id), duty: row.duty as PastAct['duty'] }));
}

export interface FrozenList {
  readonly listId: string;
  readonly groupId: AuthorityId;
  readonly version: number;
  readonly frozenAt: Instant;
  readonly frozenBy: AccountId;
  readonly documentId: DocumentId;
  readonly documentNo: string;
  /** Everything that stood on the list in this version. */
  readonly clues: readonly ListEntry[];
  readonly changes: readonly ListChange[];
}

export async function nextListVersion(tx: Tx, groupId: AuthorityId): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`review_list:${groupId}`}, 8))`.execute(tx);
  const { rows } = await sql<{ v: number }>`SELECT coalesce(max(version), 0) + 1 AS v FROM review_list WHERE group_id = ${groupId}`.execute(tx);
  return rows[0]?.v ?? 1;
}

/** The version before; undefined before the first. */
export async function lastList(tx: Tx, groupId: AuthorityId): Promise<Pick<FrozenList, 'version' | 'clues'> | undefined> {
  const { rows } = await sql<Pick<FrozenList, 'version' | 'clues'>>`SELECT version, clues FROM review_list WHERE group_id = ${groupId} ORDER BY version DESC LIMIT 1`.execute(tx);
  return rows[0];
}

export async function insertList(tx: Tx, l: FrozenList): Promise<void> {
  await sql`INSERT INTO review_list (list_id, group_id, version, frozen_at, frozen_by, document_id, document_no, clues, changes)
    VALUES (${l.listId}, ${l.groupId}, ${l.version}, ${l.frozenAt}, ${l.frozenBy}, ${l.documentId}, ${l.documentNo}, ${JSON.stringify(l.clues)}::jsonb, ${JSON.stringify(l.changes)}::jsonb)`.execute(tx);
}

const NEWEST_LIST: ListOrder = { table: sql`review_list l`, keys: [sql`l.frozen_at`], id: sql`l.list_id` };

/** Frozen lists the reader may see, newest first. */
export async function listsOf(db: Database, visibility: Visibility, page: PageAsked): Promise<PageOf<FrozenList>> {
  const { rows } = await sql<FrozenList>`SELECT list_id AS "listId", group_id AS "groupId", version, frozen_at AS "frozenAt", frozen_by AS "frozenBy",
      document_id AS "documentId", document_no AS "documentNo", clues, changes FROM review_list l
    WHERE ${visibleRows(visibility, { authority: 'l.group_id' })} AND ${behindCursor(NEWEST_LIST, page)} ${inListOrder(NEWEST_LIST, page)}`.execute(db);
  return pageOf(rows, page, (list) => list.listId);
}

/** Whether the paper is that by which a clue these authorities may see was confirmed. */
export async function clueHoldsPaper(db: Database | Tx, visibility: Visibility, documentId: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM review_clue c WHERE c.confirmed_paper ->> 'documentId' = ${documentId}
    AND ${visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' })} LIMIT 1`.execute(db);
  return rows.length > 0;
}
