import { actedFor, type PastAct } from '#access';
import type { AuthorityId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Budget, Change, Proposal } from '../proposal.ts';
import type { ProposalAct, ProposalState } from '../proposal-machine.ts';

interface Row extends Omit<Proposal, 'change'> {
  readonly kind: Change['kind'];
  readonly change: Record<string, unknown>;
}

const COLUMNS = sql`p.proposal, p.kind, p.model, p.version, p.state, p.owner, p.title_zh AS "titleZh", p.title_en AS "titleEn", p.reason, p.change,
  p.backtest, p.shadow_from AS "shadowFrom", p.shadow_until AS "shadowUntil", p.valid_from AS "validFrom", p.proposed_by AS "proposedBy",
  p.proposed_at AS "proposedAt", p.decided_by AS "decidedBy", p.changed_at AS "changedAt"`;

const proposalOf = ({ kind, change, ...row }: Row): Proposal => ({ ...row, backtest: row.backtest ?? undefined, change: { ...change, kind } as unknown as Change });

/** One proposal, locked for the act that follows when read inside a transaction with `lock`. */
export async function findProposal(db: Database | Tx, id: string, lock = false): Promise<Proposal | undefined> {
  const { rows } = await sql<Row>`SELECT ${COLUMNS} FROM model_proposal p WHERE proposal = ${id} ${lock ? sql`FOR UPDATE` : sql``}`.execute(db);
  return rows[0] && proposalOf(rows[0]);
}

export interface ProposalFilter {
  readonly model?: string | undefined;
  readonly states?: readonly ProposalState[] | undefined;
  readonly before?: { readonly changedAt: number; readonly proposal: string } | undefined;
  readonly limit: number;
}

export async function listProposals(db: Database | Tx, f: ProposalFilter): Promise<Proposal[]> {
  const { rows } = await sql<Row>`SELECT ${COLUMNS} FROM model_proposal p WHERE true
    ${f.model === undefined ? sql`` : sql`AND p.model = ${f.model}`}
    ${f.states === undefined ? sql`` : sql`AND p.state = ANY(${[...f.states]})`}
    ${f.before === undefined ? sql`` : sql`AND (p.changed_at, p.proposal) < (${f.before.changedAt}::bigint, ${f.before.proposal})`}
    ORDER BY p.changed_at DESC, p.proposal DESC LIMIT ${f.limit}`.execute(db);
  return rows.map(proposalOf);
}

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));

export async function insertProposal(tx: Tx, p: Proposal): Promise<void> {
  const { kind, ...change } = p.change;
  await sql`INSERT INTO model_proposal (proposal, kind, model, version, state, owner, title_zh, title_en, reason, change, proposed_by, proposed_at, changed_at)
    VALUES (${p.proposal}, ${kind}, ${p.model}, ${p.version}, ${p.state}, ${p.owner}, ${p.titleZh}, ${p.titleEn}, ${p.reason},
      ${json(change)}::jsonb, ${p.proposedBy}, ${p.proposedAt}, ${p.changedAt})`.execute(tx);
}

/** Writes the projection as it now is. The ledger row of the act is written beside it. */
export async function updateProposal(tx: Tx, p: Proposal): Promise<void> {
  const { kind: _kind, ...change } = p.change;
  await sql`UPDATE model_proposal SET state = ${p.state}, title_zh = ${p.titleZh}, title_en = ${p.titleEn}, reason = ${p.reason},
      change = ${json(change)}::jsonb, backtest = ${json(p.backtest)}::jsonb, shadow_from = ${p.shadowFrom}, shadow_until = ${p.shadowUntil},
      valid_from = ${p.validFrom}, decided_by = ${p.decidedBy}, changed_at = ${p.changedAt}
    WHERE proposal = ${p.proposal}`.execute(tx);
}

export interface ProposalEvent {
  readonly eventId: string;
  readonly proposal: string;
  readonly at: number;
  readonly act: ProposalAct;
  readonly from: ProposalState | null;
  readonly to: ProposalState;
  readonly actorId: string;
  readonly duty: string | null;
  readonly reason: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function insertProposalEvent(tx: Tx, e: ProposalEvent): Promise<void> {
  await sql`INSERT INTO model_proposal_event (event_id, proposal, at, act, from_state, to_state, actor_id, duty, reason, detail)
    VALUES (${e.eventId}, ${e.proposal}, ${e.at}, ${e.act}, ${e.from}, ${e.to}, ${e.actorId}, ${e.duty}, ${e.reason}, ${json(e.detail)}::jsonb)`.execute(tx);
}

export async function proposalEvents(db: Database | Tx, proposal: string): Promise<ProposalEvent[]> {
  const { rows } = await sql<ProposalEvent>`SELECT event_id AS "eventId", proposal, at, act, from_state AS "from", to_state AS "to", actor_id AS "actorId",
    duty, reason, detail FROM model_proposal_event WHERE proposal = ${proposal} ORDER BY at, event_id`.execute(db);
  return rows;
}

/** Duties people took up on this proposal so far, for `conflictOf`. */
export async function proposalHistory(db: Database | Tx, proposal: string): Promise<PastAct[]> {
  const events = await proposalEvents(db, proposal);
  return events.flatMap((e) => (e.duty === null ? [] : actedFor(e).map((accountId) => ({ accountId, duty: e.duty as PastAct['duty'] }))));
}

/** The next free number of a rule; two authors at once get different ones. */
export async function nextRuleNumber(tx: Tx): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('model_rule', 6))`.execute(tx);
  const { rows } = await sql<{ n: number }>`SELECT coalesce(max(substr(model, 3)::integer), 0) + 1 AS n FROM model_proposal WHERE kind = 'RULE'`.execute(tx);
  return rows[0]?.n ?? 1;
}

export interface ApprovedRule {
  readonly rule: string;
  readonly version: number;
  readonly owner: AuthorityId;
  readonly area: readonly AuthorityId[];
  readonly body: Extract<Change, { kind: 'RULE' }>['rule'];
}

export async function readRules(db: Database | Tx): Promise<ApprovedRule[]> {
  const { rows } = await sql<ApprovedRule>`SELECT rule, version, owner, area, body FROM model_rule ORDER BY rule, version`.execute(db);
  return rows;
}

export async function insertRule(tx: Tx, r: ApprovedRule, proposal: string, at: number): Promise<void> {
  await sql`INSERT INTO model_rule (rule, version, owner, area, body, proposal, recorded_at)
    VALUES (${r.rule}, ${r.version}, ${r.owner}, ${[...r.area]}, ${json(r.body)}::jsonb, ${proposal}, ${at})`.execute(tx);
}

export async function insertBudgets(tx: Tx, model: string, budgets: readonly Budget[], proposal: string, validFrom: number): Promise<void> {
  for (const { days, share, least } of budgets) {
    await sql`INSERT INTO model_budget (model, days, share, least, valid_from, proposal) VALUES (${model}, ${days}, ${share}, ${least}, ${validFrom}, ${proposal})`.execute(tx);
  }
}

/** The budgets of a model at a moment: those last approved for it where there are any, and none of the others; else everybody's. */
export async function budgetsOf(db: Database | Tx, model: string, at: number): Promise<Budget[]> {
  const { rows } = await sql<Budget>`SELECT days, share, least FROM model_budget WHERE (model, valid_from) =
    (SELECT model, valid_from FROM model_budget WHERE model IN (${model}, '*') AND valid_from <= ${at} ORDER BY (model = ${model}) DESC, valid_from DESC LIMIT 1)
    ORDER BY days`.execute(db);
  return rows;
}
