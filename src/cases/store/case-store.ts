import { asId, type AuthorityId, type CaseId, type Instant, type LeafIndex, type UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { CaseEvent, StepEvent } from '../case-event.ts';
import type { EvidenceItem, PaperRef, PenaltyCase } from '../penalty-case.ts';

/** All events of a case in order; empty when there is no such case. */
export async function eventsOf(db: Database | Tx, caseId: CaseId): Promise<CaseEvent[]> {
  const { rows } = await sql<{
    event: CaseEvent;
  }>`SELECT event FROM case_event WHERE case_id = ${caseId} ORDER BY seq`.execute(db);
  return rows.map((row) => row.event);
}

/** Takes the case for this transaction: two acts on one case wait for each other. */
export async function lockCase(tx: Tx, caseId: CaseId): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM penalty_case WHERE case_id = ${caseId} FOR UPDATE`.execute(tx);
  return rows.length > 0;
}

/** Next number of the authority's year, e.g. 7. */
export async function nextCaseNo(tx: Tx, authorityId: AuthorityId, year: number): Promise<number> {
  const { rows } = await sql<{ last_no: number }>`INSERT INTO case_number_series AS s (authority_id, year, last_no)
    VALUES (${authorityId}, ${year}, 1)
    ON CONFLICT (authority_id, year) DO UPDATE SET last_no = s.last_no + 1 RETURNING last_no`.execute(tx);
  return rows[0]?.last_no ?? 1;
}

/** The number the next case will get, held until the end of the transaction; gives none away. */
export async function foreseenCaseNo(tx: Tx, authorityId: AuthorityId, year: number): Promise<number> {
  const { rows } = await sql<{ last_no: number }>`SELECT last_no FROM case_number_series
    WHERE authority_id = ${authorityId} AND year = ${year} FOR UPDATE`.execute(tx);
  return (rows[0]?.last_no ?? 0) + 1;
}

/** Creates the projection row; false when the handover has already become a case. */
export async function insertCase(tx: Tx, state: PenaltyCase, now: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`INSERT INTO penalty_case
    (case_id, case_no, authority_id, region, unit_id, outfall_id, clue_id, review_id, main_state, rectification, remedy,
     handed_over_at, changed_at, version, opened_from, party_name)
    VALUES (${state.caseId}, ${state.caseNo}, ${state.authorityId}, ${state.region}, ${state.unitId}, ${state.outfallId ?? null},
      ${state.clueId}, ${state.reviewId}, ${state.main}, ${state.rectification}, ${state.remedy}, ${state.handedOverAt}, ${now}, ${state.version},
      ${state.openedFrom?.caseId ?? null}, ${state.person?.name ?? null})
    ON CONFLICT (review_id) WHERE opened_from IS NULL DO NOTHING`.execute(tx);
  return numAffectedRows === 1n;
}

/** The case of a handover, when there is one. */
export async function caseOfReview(db: Database | Tx, reviewId: string): Promise<CaseId | undefined> {
  const { rows } = await sql<{
    case_id: string;
  }>`SELECT case_id FROM penalty_case WHERE review_id = ${reviewId} AND opened_from IS NULL`.execute(db);
  return rows[0] === undefined ? undefined : asId<CaseId>(rows[0].case_id);
}

/** Appends an event; throws on a second event with the same number. */
export async function appendEvent(tx: Tx, caseId: CaseId, seq: number, event: CaseEvent): Promise<void> {
  const kind = event.kind === 'STEP' ? event.command.kind : event.kind;
  const article = event.kind === 'STEP' ? event.article : '生态环境行政处罚办法 第十八条';
  await sql`INSERT INTO case_event (case_id, seq, at, kind, actor_id, article, event)
    VALUES (${caseId}, ${seq}, ${event.at}, ${kind}, ${event.actor.accountId}, ${article}, ${JSON.stringify(event)}::jsonb)`.execute(
    tx,
  );
}

/** Brings the projection to the folded state. */
export async function projectCase(tx: Tx, state: PenaltyCase, shownToUnit: boolean, now: Instant): Promise<void> {
  await sql`UPDATE penalty_case SET main_state = ${state.main}, rectification = ${state.rectification}, remedy = ${state.remedy},
      violation = ${state.violation ?? null}, officers = ${state.officers.map((one) => one.accountId)},
      amount = ${state.decision?.amount ?? state.proposal?.amount ?? null}, filed_at = ${state.filedAt ?? null},
      decided_at = ${state.decision?.decidedAt ?? null}, closed_at = ${state.closing?.closedAt ?? null},
      shown_to_unit = ${shownToUnit}, changed_at = ${now}, version = ${state.version}
    WHERE case_id = ${state.caseId}`.execute(tx);
}

export async function insertPaper(
  tx: Tx,
  caseId: CaseId,
  seq: number,
  paper: PaperRef,
  data: unknown,
  now: Instant,
): Promise<void> {
  await sql`INSERT INTO case_paper (paper_id, case_id, seq, kind, title, number, document_id, sha256, pages, data, made_at)
    VALUES (${paper.paperId}, ${caseId}, ${seq}, ${paper.kind}, ${paper.title}, ${paper.number}, ${paper.documentId ?? null},
      ${paper.sha256}, ${paper.pages}, ${JSON.stringify(data)}::jsonb, ${now})`.execute(tx);
}

export async function insertEvidence(tx: Tx, caseId: CaseId, item: EvidenceItem, now: Instant): Promise<void> {
  const reviewed = item.source.from === 'REVIEWED_DATA' ? item.source : undefined;
  const sha256 = 'sha256' in item.source ? (item.source.sha256 ?? null) : null;
  await sql`INSERT INTO case_evidence (case_id, item_id, point, evidence_kind, mode, title, review_id, data_ref, sha256, attached_at)
    VALUES (${caseId}, ${item.itemId}, ${item.point}, ${item.evidenceKind}, ${item.mode}, ${item.title},
      ${reviewed?.reviewId ?? null}, ${reviewed?.dataRef ?? null}, ${sha256}, ${now})`.execute(tx);
}

/** Writes the excluded times of a case as they stand now. */
export async function projectExcludedPeriods(tx: Tx, state: PenaltyCase): Promise<void> {
  for (const [n, p] of state.excluded.entries())
    await sql`INSERT INTO case_excluded_period (case_id, n, ground, reason, article, from_at, to_at)
      VALUES (${state.caseId}, ${n}, ${p.ground}, ${p.reason}, ${p.article}, ${p.from}, ${p.to ?? null})
      ON CONFLICT (case_id, n) DO UPDATE SET to_at = EXCLUDED.to_at`.execute(tx);
}

/** Keeps a calculation with its inputs; the trace holds every number. */
export async function insertDiscretionRun(
  tx: Tx,
  runId: string,
  state: PenaltyCase,
  event: StepEvent,
  lawDigest: string,
): Promise<void> {
  const trace = event.derived.trace;
  if (trace === undefined) return;
  await sql`INSERT INTO case_discretion_run (run_id, case_id, seq, table_id, table_version, law_digest, input, trace, amount, made_at)
    VALUES (${runId}, ${state.caseId}, ${state.version}, ${trace.tableId}, ${trace.tableVersion}, ${lawDigest},
      ${JSON.stringify(event.command)}::jsonb, ${JSON.stringify(trace)}::jsonb, ${trace.amount}, ${event.at})`.execute(
    tx,
  );
}

/** Which leaf each step became; written after the commit, read by the export. */
export async function insertLeafIndexes(
  db: Database,
  caseId: CaseId,
  seqs: readonly number[],
  indexes: readonly LeafIndex[],
): Promise<void> {
  await sql`INSERT INTO case_leaf (case_id, seq, idx)
    SELECT ${caseId}, s, i FROM unnest(${[...seqs]}::int[], ${[...indexes]}::bigint[]) AS t (s, i) ON CONFLICT DO NOTHING`.execute(
    db,
  );
}

/** Leaf index by step, as far as noted. */
export async function leavesOf(db: Database | Tx, caseId: CaseId): Promise<Map<number, LeafIndex>> {
  const { rows } = await sql<{
    seq: number;
    idx: number;
  }>`SELECT seq, idx FROM case_leaf WHERE case_id = ${caseId}`.execute(db);
  return new Map(rows.map((row) => [row.seq, asId<LeafIndex>(row.idx)]));
}

export interface CaseOwner {
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
}
