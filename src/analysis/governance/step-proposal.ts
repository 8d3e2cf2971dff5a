import { actedAs, behalfOf, type Actor } from '#access';
import { appendLeaf, digestOf } from '#evidence';
import type { Clock } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import type { ProposalTransition } from './proposal-machine.ts';
import type { Proposal } from './proposal.ts';
import { insertProposalEvent, updateProposal } from './store/proposals.ts';

export interface ProposalStep {
  readonly proposal: Proposal;
  readonly row: Pick<ProposalTransition, 'act' | 'to' | 'duty'>;
  readonly actor: Actor;
  readonly reason: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Projection (unless it was just inserted) and ledger row of one act, and the word to others. The leaf comes apart. */
export async function recordStep(tx: Tx, clock: Clock, step: ProposalStep, fresh = false): Promise<Proposal> {
  const at = clock.now();
  const proposal: Proposal = { ...step.proposal, state: step.row.to, changedAt: at };
  if (!fresh) await updateProposal(tx, proposal);
  await insertProposalEvent(tx, {
    eventId: newId('pev'), proposal: proposal.proposal, at, act: step.row.act, from: fresh ? null : step.proposal.state, to: proposal.state,
    actorId: step.actor.accountId, duty: step.row.duty ?? null, reason: step.reason.trim(), detail: { ...step.detail, ...actedAs(step.actor) },
  });
  const { model, version, change } = proposal;
  await emit(tx, clock, { type: 'proposal.moved', subject: proposal.proposal, payload: { proposal: proposal.proposal, model, version, kind: change.kind, act: step.row.act, state: proposal.state, validFrom: proposal.validFrom } });
  return proposal;
}

/** JSON as it will be stored: no undefined, no NaN. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Parameters<typeof digestOf>[0];

/** The act's leaf: ids, codes and digests only. */
export async function sealProposal(tx: Tx, clock: Clock, p: Proposal, act: string, actor: Actor): Promise<void> {
  await appendLeaf(tx, clock, {
    t: 'rule', ref: p.proposal, act, model: p.model, ver: p.version, kind: p.change.kind, state: p.state, actor: actor.accountId, ...behalfOf(actor),
    change: digestOf(plain(p.change)), ...(p.backtest === undefined ? {} : { backtest: digestOf(plain(p.backtest)) }),
    ...(p.validFrom === null ? {} : { from: p.validFrom }),
  });
}
