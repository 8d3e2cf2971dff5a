import { accountsOf, authorityPeople, type Account } from '#access';
import { dayOf, isRefusal, ok, startOfDay, type AccountId, type AuthorityId, type CalendarDay, type Clock, type DeliveryId, type Result } from '#kernel';
import { findImport } from '#documents';
import type { Law } from '#law';
import type { Database, Tx } from '#platform/db';
import { isByHand, refuseLeft, refuseReceiptDay, refuseServers, stepDelivery, type DeliveryAct } from './decide-delivery.ts';
import type { Delivery, LeftAtThePlace } from './delivery.ts';
import { refuseDelivery } from './errors.ts';
import { recordAct } from './record-act.ts';
import { findDelivery } from './store.ts';

interface Deps {
  readonly clock: Clock;
}

async function step(
  tx: Tx, deps: Deps, deliveryId: DeliveryId, act: DeliveryAct, actor: string,
  change: (d: Delivery) => Partial<Delivery>, detail: Readonly<Record<string, unknown>> = {},
): Promise<Result<Delivery>> {
  const before = await findDelivery(tx, deliveryId, true);
  if (before === undefined) return refuseDelivery('DLV-003');
  const next = stepDelivery(before.state, act);
  if (isRefusal(next)) return next;
  const after: Delivery = { ...before, ...change(before), state: next.value };
  await recordAct(tx, deps, after, act, actor, detail);
  return ok(after);
}

/**
 * The unit opened the document. Recorded the first time only; it does not move the day of service.
 *
 * @returns DLV-003, DLV-004 while it has not arrived
 */
export async function recordRead(tx: Tx, deps: Deps, deliveryId: DeliveryId, by: AccountId): Promise<Result<Delivery>> {
  const before = await findDelivery(tx, deliveryId, true);
  if (before !== undefined && before.readAt !== null) return ok(before);
  return step(tx, deps, deliveryId, 'read', by, () => ({ readAt: deps.clock.now() }));
}

/**
 * The unit says: received (确认其收到). Says nothing about whether it agrees. A second confirmation changes nothing.
 *
 * @returns DLV-003, DLV-004 while it has not arrived or after another way was taken
 */
export async function confirmReceipt(tx: Tx, deps: Deps, deliveryId: DeliveryId, by: AccountId): Promise<Result<Delivery>> {
  const before = await findDelivery(tx, deliveryId, true);
  if (before?.state === 'CONFIRMED') return ok(before);
  return step(tx, deps, deliveryId, 'confirm', by, () => ({ confirmedAt: deps.clock.now(), confirmedBy: by }));
}

/** An outside channel could not deliver (bounced, account expired): the sender must go another way. */
export async function recordFailure(tx: Tx, deps: Deps, deliveryId: DeliveryId, failure: string, by: string): Promise<Result<Delivery>> {
  return step(tx, deps, deliveryId, 'fail', by, () => ({ failure }), { failure });
}

/** A receipt on paper: who received it and on which day. */
export interface Proof {
  readonly deliveryId: DeliveryId;
  /** Day the party received it, as the receipt says. */
  readonly receivedOn: CalendarDay;
  readonly receiver: string;
  /** Digest of the scanned receipt, a file taken in for the delivery's subject. */
  readonly proofSha256: string;
  /** Needed where the paper was left at the place. */
  readonly left?: LeftAtThePlace | undefined;
  /** Who brought it along with the one who records; needed where officers bring it themselves. */
  readonly second?: AccountId | undefined;
  readonly by: AccountId;
}

/** Who of an authority may bring a paper to the party. */
export const serversOf = (db: Database | Tx, authorityId: AuthorityId): Promise<Account[]> => authorityPeople(db, authorityId, 'delivery.record-proof');

/**
 * Enters the receipt of a service on paper. Service by public notice counts only when its term has run (T29).
 *
 * @returns DLV-003, DLV-004, DLV-005 (day), DLV-006 for electronic service, DLV-010 for a receipt that was never taken in, DLV-012 and DLV-013 for a paper left at the place, DLV-014 without the second officer
 */
export async function recordProof(tx: Tx, deps: Deps & { readonly law: Law }, proof: Proof): Promise<Result<Delivery>> {
  const before = await findDelivery(tx, proof.deliveryId, true);
  if (before === undefined) return refuseDelivery('DLV-003');
  if (before.method === 'ELECTRONIC') return refuseDelivery('DLV-006');
  const byHand = isByHand(before.method);
  const alone = refuseServers(before.method, proof.by, proof.second, byHand ? (await serversOf(tx, before.authorityId)).map(({ accountId }) => accountId) : []);
  if (alone !== undefined) return alone;
  const servedBy = [proof.by, ...(byHand && proof.second !== undefined ? [proof.second] : [])];
  const staff = before.method === 'LEFT' ? await accountsOf(tx, [...servedBy, before.sentBy]) : [];
  const unwitnessed = refuseLeft(before.method, proof.left, staff.map(({ name }) => name));
  if (unwitnessed !== undefined) return unwitnessed;
  const wrongDay = refuseReceiptDay(earliestOf(before, deps.law), proof.receivedOn, deps.clock.now());
  if (wrongDay !== undefined) return wrongDay;
  if ((await findImport(tx, before.subjectId, proof.proofSha256)) === undefined) return refuseDelivery('DLV-010', { field: 'proofSha256' });
  const arrivedAt = startOfDay(proof.receivedOn);
  const { receiver, proofSha256 } = proof;
  const left = before.method === 'LEFT' ? (proof.left ?? null) : null;
  const facts = { arrivedAt: arrivedAt < before.sentAt ? before.sentAt : arrivedAt, legalDay: proof.receivedOn, receiver, proofSha256, left, servedBy };
  return step(tx, deps, proof.deliveryId, 'prove', proof.by, () => facts, { receivedOn: proof.receivedOn, proofSha256, servedBy, ...(left === null ? {} : { left }) });
}

/** First day on which the party can count as served: by public notice, when its term has run (民事诉讼法 第九十五条). */
export function earliestOf(d: Delivery, law: Law): CalendarDay {
  return d.method === 'PUBLIC_NOTICE' ? law.due('T29', d.region, d.sentAt).dueDay : dayOf(d.sentAt);
}
