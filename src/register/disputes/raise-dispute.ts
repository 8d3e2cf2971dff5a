import { refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { dayOf, ok, type CalendarDay, type Clock, type Result } from '#kernel';
import type { Law } from '#law';
import type { BlobStore } from '#platform/blobs';
import { transact, type Database } from '#platform/db';
import { closeDeadline, openDeadline } from '#platform/deadlines';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { refuse } from '../errors.ts';
import { missingMaterial, type Material } from '../materials.ts';
import { partyOf, type LiveRegistry } from '../open-registry.ts';
import { endDispute, findDispute, insertDispute, type Dispute } from '../store/disputes.ts';
import { checkProposed } from './decide-dispute.ts';
import { registeredValues, type DisputeKind } from './registered-values.ts';

/** What disputes of registered values work with. */
export interface DisputeDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly blobs: BlobStore;
  readonly law: Law;
  readonly registry: LiveRegistry;
}

export interface DisputeCommand {
  readonly kind: DisputeKind;
  readonly key: string;
  readonly field: string;
  readonly proposed: string;
  /** From which day the unit says it should hold; from the answer on where it says nothing. */
  readonly from: CalendarDay | null;
  readonly reason: string;
  readonly materials: readonly Material[];
}

export const CLOCK = 'T1r';
export const SUBJECT = 'register-dispute';

/** A unit says that a registered value is wrong. It stops nothing by itself; whatever rests on the value shows it. */
export async function raiseDispute(deps: DisputeDeps, actor: Actor, command: DisputeCommand): Promise<Result<Dispute>> {
  const { unitId } = actor;
  const no = refusalFor(actor, 'register.dispute', { unitId });
  if (no !== undefined || unitId === undefined) return no ?? refuse('REGISTER-002');
  const now = deps.clock.now();
  const registry = deps.registry.current();
  const party = partyOf(registry, unitId);
  const value = registeredValues(registry, unitId, dayOf(now)).find((one) => one.kind === command.kind && one.key === command.key && one.field === command.field);
  if (value === undefined || party === undefined) return refuse('REGISTER-021', { field: 'key' });
  const wrong = checkProposed(command.proposed, value.value);
  if (wrong !== undefined) return wrong;
  const missing = missingMaterial(deps.blobs, command.materials);
  if (missing !== undefined) return missing;
  const due = deps.law.due(CLOCK, party.region, now);
  const dispute: Dispute = {
    disputeId: newId('dsp'), unitId, authorityId: party.authorityId, kind: value.kind, key: value.key, field: value.field, outfall: value.outfall, factor: value.factor,
    registered: value.value, proposed: command.proposed, fromDay: command.from, reason: command.reason, materials: command.materials, raisedBy: actor.accountId, raisedAt: now,
    dueAt: due.dueAt, article: due.article, state: 'OPEN', endedBy: null, endedAt: null, answer: null, newValue: null, newFrom: null,
  };
  return transact<Result<Dispute>>(deps.db, async (tx) => {
    if (!(await insertDispute(tx, dispute))) return refuse('REGISTER-024');
    const { clockId, article, startedAt, dueAt, dayKind, provisional } = due;
    await openDeadline(tx, { clockId, subjectKind: SUBJECT, subjectId: dispute.disputeId, unitId, authorityId: party.authorityId, holder: value.owner, article, startedAt, dueAt, dayKind, provisional });
    await emit(tx, deps.clock, { type: 'register.disputed', subject: dispute.disputeId, payload: { disputeId: dispute.disputeId, unitId, outfall: value.outfall } });
    await appendLeaf(tx, deps.clock, { t: 'register', ref: dispute.disputeId, act: 'dispute', unit: unitId, by: actor.accountId, registered: value.value, proposed: command.proposed });
    return ok(dispute);
  });
}

/** The unit takes its dispute back; the row stays. */
export async function withdrawDispute(deps: DisputeDeps, actor: Actor, disputeId: string): Promise<Result<Dispute>> {
  return transact<Result<Dispute>>(deps.db, async (tx) => {
    const dispute = await findDispute(tx, disputeId, true);
    if (dispute === undefined || refusalFor(actor, 'register.dispute', dispute) !== undefined) return refuse('REGISTER-025');
    if (dispute.state !== 'OPEN') return refuse('REGISTER-026');
    const now = deps.clock.now();
    const ended: Dispute = { ...dispute, state: 'WITHDRAWN', endedBy: actor.accountId, endedAt: now };
    await endDispute(tx, ended);
    await closeDeadline(tx, { clockId: CLOCK, subjectKind: SUBJECT, subjectId: disputeId, closedAt: now, outcome: 'CANCELLED' });
    await appendLeaf(tx, deps.clock, { t: 'register', ref: disputeId, act: 'withdraw', unit: dispute.unitId, by: actor.accountId });
    return ok(ended);
  });
}
