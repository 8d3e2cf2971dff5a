import type { Actor } from '#access';
import { DAY, isRefusal, ok, startOfHour, type Refusal, type Result } from '#kernel';
import { transact } from '#platform/db';
import { modelCatalogue } from '../catalogue.ts';
import type { BacktestReport, BacktestRequest } from '../backtest/request.ts';
import { decideAct, effectiveFrom } from './decide-proposal.ts';
import type { GovernanceDeps } from './deps.ts';
import { refuse } from './errors.ts';
import { currentModel, modelOfProposal, readStanding } from './live-standing.ts';
import type { Proposal } from './proposal.ts';
import { recordStep, sealProposal } from './step-proposal.ts';
import { findProposal, proposalHistory } from './store/proposals.ts';

/** The back-test as governance sees it: a request in, a report out, kept as it is. */
export type RunTrial = (request: BacktestRequest) => Promise<BacktestReport | Refusal>;

/** The back-test a proposal calls for over the last `days`; undefined where there is nothing to try. */
export async function trialOf(deps: Pick<GovernanceDeps, 'db' | 'clock'>, proposal: Proposal, days: number): Promise<BacktestRequest | undefined> {
  const now = deps.clock.now();
  const { standing, models } = await readStanding(deps.db, modelCatalogue);
  const model = modelOfProposal(proposal, models, currentModel(models, standing, now));
  if (model === undefined) return undefined;
  const range = { from: startOfHour(now) - days * DAY, to: startOfHour(now) };
  const { change } = proposal;
  if (change.kind === 'PARAMETERS') return { ...range, models: [modelCatalogue.includes(model) ? model.id : model], set: change.set, baseline: 'IN_FORCE' };
  return { ...range, models: [model], baseline: 'NONE' };
}

/** Runs the back-test over the last `days` and attaches its report to the proposal. */
export async function backtestProposal(deps: GovernanceDeps, run: RunTrial, actor: Actor, id: string, days: number): Promise<Result<Proposal>> {
  const before = await findProposal(deps.db, id);
  if (before === undefined) return refuse('ANALYSIS-041');
  const may = decideAct(before, 'attach-backtest', actor, await proposalHistory(deps.db, id), deps.clock.now());
  if (!may.ok) return may;
  const request = await trialOf(deps, before, days);
  if (request === undefined) return refuse('ANALYSIS-053');
  const report = await run(request);
  if (isRefusal(report)) return report;
  return transact<Result<Proposal>>(deps.db, async (tx) => {
    const proposal = await findProposal(tx, id, true);
    // Changed while the back-test ran: its report is about something else.
    if (proposal === undefined || proposal.changedAt !== before.changedAt) return refuse('ANALYSIS-042', { args: { state: '已修改', act: '回测', stateEn: 'changed meanwhile', actEn: 'back-test' } });
    const after = await recordStep(tx, deps.clock, { proposal: { ...proposal, backtest: report }, row: may.value, actor, reason: '', detail: { from: request.from, to: request.to } });
    await sealProposal(tx, deps.clock, after, 'attach-backtest', actor);
    return ok(after);
  });
}

/** From the next full hour the proposal is judged live beside what is in force. */
export async function startShadow(deps: GovernanceDeps, actor: Actor, id: string): Promise<Result<Proposal>> {
  return transact<Result<Proposal>>(deps.db, async (tx) => {
    const proposal = await findProposal(tx, id, true);
    if (proposal === undefined) return refuse('ANALYSIS-041');
    const now = deps.clock.now();
    const row = decideAct(proposal, 'start-shadow', actor, await proposalHistory(tx, id), now);
    if (!row.ok) return row;
    const shadowFrom = effectiveFrom(now);
    const after = await recordStep(tx, deps.clock, { proposal: { ...proposal, shadowFrom }, row: row.value, actor, reason: '', detail: { shadowFrom } });
    await sealProposal(tx, deps.clock, after, 'start-shadow', actor);
    return ok(after);
  });
}
