import { refusalFor, ROLES, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { dayOf, ok, type CalendarDay, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { closeDeadline } from '#platform/deadlines';
import { emit } from '#platform/outbox';
import { refuse } from '../errors.ts';
import { endDispute, findDispute, type Dispute } from '../store/disputes.ts';
import { findEntry, writeEntries } from '../store/entries.ts';
import { checkProposed, revise } from './decide-dispute.ts';
import { CLOCK, SUBJECT, type DisputeDeps } from './raise-dispute.ts';
import { fieldOf } from './registered-values.ts';

export interface AnswerCommand {
  readonly accept: boolean;
  readonly answer: string;
  /** The value the register shall say; what the unit proposed where nothing else is given. */
  readonly value?: string | undefined;
  /** First day of the new value; the day the unit named, else today. */
  readonly from?: CalendarDay | undefined;
}

/** Writes the new version of the value; the live register picks it up, and whatever it judges from then on stands on it. */
async function putRight(tx: Tx, dispute: Dispute, value: string, from: CalendarDay, at: number): Promise<boolean> {
  const entry = await findEntry(tx, dispute.kind, dispute.key);
  if (entry === undefined) return false;
  const rows = revise(dispute.kind, dispute.key, entry.body as object, dispute.field, value, from);
  await writeEntries(tx, dispute.disputeId, at, rows.map(({ key, body }) => ({ ...entry, key, body })));
  return true;
}

/**
 * The owner department answers: accepted makes a new version of the value, rejected needs no more than its reason.
 * REGISTER-025 not found, 026 over already, 027 another department's value, 022 no number.
 */
export async function answerDispute(deps: DisputeDeps, actor: Actor, disputeId: string, command: AnswerCommand): Promise<Result<Dispute>> {
  return transact<Result<Dispute>>(deps.db, async (tx) => {
    const dispute = await findDispute(tx, disputeId, true);
    if (dispute === undefined || refusalFor(actor, 'register.decide-dispute', dispute) !== undefined) return refuse('REGISTER-025');
    if (dispute.state !== 'OPEN') return refuse('REGISTER-026');
    const owner = fieldOf(dispute.kind, dispute.field)?.owner ?? 'monitoring-control';
    if (!actor.roles.includes(owner)) return refuse('REGISTER-027', { args: { zh: ROLES[owner].zh, en: ROLES[owner].en } });
    const now = deps.clock.now();
    const value = command.value ?? dispute.proposed;
    const from = command.from ?? dispute.fromDay ?? dayOf(now);
    if (command.accept) {
      const wrong = checkProposed(value, dispute.registered);
      if (wrong !== undefined) return wrong;
      if (!(await putRight(tx, dispute, value, from, now))) return refuse('REGISTER-021', { field: 'key' });
    }
    const accepted = command.accept ? { state: 'ACCEPTED' as const, newValue: value, newFrom: from } : { state: 'REJECTED' as const };
    const ended: Dispute = { ...dispute, ...accepted, endedBy: actor.accountId, endedAt: now, answer: command.answer };
    await endDispute(tx, ended);
    await closeDeadline(tx, { clockId: CLOCK, subjectKind: SUBJECT, subjectId: disputeId, closedAt: now });
    await emit(tx, deps.clock, { type: 'register.dispute-answered', subject: disputeId, payload: { disputeId, unitId: dispute.unitId, state: ended.state } });
    await appendLeaf(tx, deps.clock, { t: 'register', ref: disputeId, act: 'answer', state: ended.state, by: actor.accountId, unit: dispute.unitId, ...(command.accept ? { value, from } : {}) });
    return ok(ended);
  });
}
