import type { Actor } from '#access';
import { ok, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { checkReason, decideAct, effectiveFrom } from './decide-proposal.ts';
import type { GovernanceDeps } from './deps.ts';
import { refuse } from './errors.ts';
import type { Proposal } from './proposal.ts';
import { recordStep, sealProposal } from './step-proposal.ts';
import { findProposal, insertBudgets, insertRule, proposalHistory } from './store/proposals.ts';
import { insertCap, insertParameters, insertRelease, lastDecision } from './store/standing.ts';
import { readParameters } from '../store/progress.ts';

/** What an approval writes: dated rows that judging reads before it reaches their date. */
async function putInForce(tx: Tx, p: Proposal, approver: Actor, reason: string, validFrom: number, at: number): Promise<void> {
  const { change, model, version } = p;
  const by = { proposedBy: p.proposedBy, approvedBy: approver.accountId, reason };
  switch (change.kind) {
    case 'PARAMETERS':
      return insertParameters(tx, Object.entries(change.set).map(([parameter, value]) => ({ model, parameter, value, validFrom })), by, at);
    case 'RULE': {
      await insertRule(tx, { rule: model, version: Number(version), owner: p.owner, area: change.area, body: change.rule }, p.proposal, at);
      // Thresholds approved for the version before do not live on in this one.
      const stale = new Set((await readParameters(tx)).filter((row) => row.model === model).map((row) => row.parameter));
      const own = Object.entries(change.rule.params).filter(([name]) => stale.has(name));
      await insertParameters(tx, own.map(([parameter, value]) => ({ model, parameter, value, validFrom })), by, at);
      return insertRelease(tx, { model, version, inForce: true, validFrom }, p.proposal, at);
    }
    case 'RELEASE':
      return insertRelease(tx, { model, version, inForce: change.inForce, validFrom }, p.proposal, at);
    case 'RESTORE':
      return insertCap(tx, { model, cap: null, validFrom, reviewed: 0, wrong: 0, days: 0, share: 0, bound: 0, proposal: p.proposal }, at);
    case 'BUDGET':
      return insertBudgets(tx, model, change.budgets, p.proposal, validFrom);
  }
}

export type Conclusion = 'approve' | 'refuse' | 'withdraw';

/** Ends a proposal. The approver is another person than the proposer, and says why; a trial that still runs ends with it. */
export async function concludeProposal(deps: GovernanceDeps, actor: Actor, id: string, act: Conclusion, reason: string): Promise<Result<Proposal>> {
  return transact<Result<Proposal>>(deps.db, async (tx) => {
    const proposal = await findProposal(tx, id, true);
    if (proposal === undefined) return refuse('ANALYSIS-041');
    const now = deps.clock.now();
    const row = decideAct(proposal, act, actor, await proposalHistory(tx, id), now);
    if (!row.ok) return row;
    const no = checkReason(reason);
    if (no !== undefined) return no;
    const from = effectiveFrom(now, await lastDecision(tx, proposal.model));
    const validFrom = act === 'approve' ? from : null;
    const decidedBy = act === 'withdraw' ? null : actor.accountId;
    const shadowUntil = proposal.state === 'IN_SHADOW' ? from : null;
    if (act === 'approve') await putInForce(tx, proposal, actor, reason.trim(), from, now);
    const after = await recordStep(tx, deps.clock, { proposal: { ...proposal, validFrom, decidedBy, shadowUntil }, row: row.value, actor, reason, detail: { validFrom } });
    await sealProposal(tx, deps.clock, after, act, actor);
    return ok(after);
  });
}
