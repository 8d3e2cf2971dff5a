import { dayOf, ok, type AccountId, type CalendarDay, type Instant, type Refusal, type Result } from '#kernel';
import { DELIVERY_STATES, type Consent, type Delivery, type DeliveryMethod, type DeliveryState, type LeftAtThePlace } from './delivery.ts';
import { refuseDelivery } from './errors.ts';

/** What may happen to a delivery. */
export type DeliveryAct = 'arrive' | 'fail' | 'prove' | 'read' | 'confirm' | 'replace';

const ACTS: Readonly<Record<DeliveryAct, { readonly zh: string; readonly en: string }>> = {
  arrive: { zh: '登记到达', en: 'marked as arrived' },
  fail: { zh: '登记失败', en: 'marked as failed' },
  prove: { zh: '登记回证', en: 'proved' },
  read: { zh: '阅读', en: 'read' },
  confirm: { zh: '确认收到', en: 'confirmed' },
  replace: { zh: '更换送达方式', en: 'replaced' },
};

/** Where an act leads; an act that is not in the row is refused. Reading twice changes nothing. */
const STEPS = {
  SENT: { arrive: 'DELIVERED', prove: 'DELIVERED', fail: 'FAILED', replace: 'REPLACED' },
  DELIVERED: { read: 'READ', confirm: 'CONFIRMED', replace: 'REPLACED' },
  READ: { read: 'READ', confirm: 'CONFIRMED', replace: 'REPLACED' },
  CONFIRMED: { read: 'CONFIRMED' },
  FAILED: { replace: 'REPLACED' },
  REPLACED: {},
} as const satisfies Record<DeliveryState, Partial<Record<DeliveryAct, DeliveryState>>>;

/** @returns DLV-004 when the state forbids the act */
export function stepDelivery(state: DeliveryState, act: DeliveryAct): Result<DeliveryState> {
  const next = (STEPS[state] as Partial<Record<DeliveryAct, DeliveryState>>)[act];
  if (next !== undefined) return ok(next);
  const args = { state: DELIVERY_STATES[state].zh, stateEn: DELIVERY_STATES[state].en, act: ACTS[act].zh, actEn: ACTS[act].en };
  return refuseDelivery('DLV-004', { args });
}

/** What remains to be done about a delivery: a paper under way is proved; what has not reached the party, or is not confirmed where it must be, may go another way. */
export function openActs({ state, method, arrivedAt, mustConfirm }: Pick<Delivery, 'state' | 'method' | 'arrivedAt' | 'mustConfirm'>): { readonly prove: boolean; readonly otherWay: boolean } {
  const electronic = method === 'ELECTRONIC';
  return {
    prove: !electronic && stepDelivery(state, 'prove').ok,
    otherWay: (arrivedAt === null || (electronic && mustConfirm)) && stepDelivery(state, 'replace').ok,
  };
}

/** Kinds of {@link DeliveryDuty}. */
export const DELIVERY_DUTIES = ['HAND_OVER', 'OTHER_WAY', 'CONFIRMATION'] as const;
/** What an authority still owes a delivery: a paper is handed over and its receipt registered; what could not be delivered, or arrived and is not confirmed, goes another way. */
export type DeliveryDuty = (typeof DELIVERY_DUTIES)[number];

/** The duty that follows from where a delivery stands; undefined where nothing is left to do. */
export function dutyOf(delivery: Pick<Delivery, 'state' | 'method' | 'arrivedAt' | 'mustConfirm'>): DeliveryDuty | undefined {
  const { prove, otherWay } = openActs(delivery);
  if (prove) return 'HAND_OVER';
  if (!otherWay) return undefined;
  return delivery.arrivedAt === null ? 'OTHER_WAY' : 'CONFIRMATION';
}

/** What the choice of a method of service depends on (行政处罚法 第六十一条). */
export interface MethodQuestion {
  /** What the sender asked for; undefined lets the rule choose. */
  readonly asked: DeliveryMethod | undefined;
  /** Documents of the procedure need consent; a notice under 江苏办法 第十三条 goes through the platform by that rule. */
  readonly needsConsent: boolean;
  readonly consent: Consent | undefined;
  /** An account of the unit that can open it. */
  readonly account: string | undefined;
}

/** The method chosen, why, and on which consent it stands. */
export interface MethodChoice {
  readonly method: DeliveryMethod;
  readonly reason: 'CONSENT' | 'NOTICE' | 'NO_CONSENT' | 'NO_ACCOUNT' | 'ASKED';
  readonly consentId: string | null;
}

/**
 * Electronic service is preferred where the party agreed and signed (江苏办法 第十七条); otherwise the paper goes by hand.
 *
 * @returns DLV-001/DLV-002 only when electronic service was asked for expressly
 */
export function chooseMethod({ asked, needsConsent, consent, account }: MethodQuestion): Result<MethodChoice> {
  if (asked !== undefined && asked !== 'ELECTRONIC') return ok({ method: asked, reason: 'ASKED', consentId: null });
  const agreed = consent?.act === 'GIVEN';
  if (needsConsent && !agreed) {
    return asked === 'ELECTRONIC'
      ? refuseDelivery('DLV-001', { missing: ['送达地址（电子送达）确认书'] })
      : ok({ method: 'DIRECT', reason: 'NO_CONSENT', consentId: null });
  }
  if (account === undefined) {
    return asked === 'ELECTRONIC' ? refuseDelivery('DLV-002') : ok({ method: 'DIRECT', reason: 'NO_ACCOUNT', consentId: null });
  }
  const consentId = agreed ? consent.consentId : null;
  return ok({ method: 'ELECTRONIC', reason: needsConsent ? 'CONSENT' : 'NOTICE', consentId });
}

/** The day of service of an electronic document is the day it reached the recipient's system (民事诉讼法 第九十条). */
export const legalDayOf = (arrivedAt: Instant): CalendarDay => dayOf(arrivedAt);

/** A receipt on paper names a day between the first possible one and today. */
export function refuseReceiptDay(earliest: CalendarDay, receivedOn: CalendarDay, now: Instant): Refusal | undefined {
  return receivedOn < earliest || receivedOn > dayOf(now) ? refuseDelivery('DLV-005', { field: 'receivedOn' }) : undefined;
}

/**
 * A paper left at the place: the receipt names the reason and a witness, who is none of those who serve it, or how it was filmed (民事诉讼法 第八十九条).
 *
 * @param staff names of who sent it and who records the receipt
 * @returns DLV-012 without reason or proof; DLV-013 for a witness of one's own
 */
export function refuseLeft(method: DeliveryMethod, left: LeftAtThePlace | undefined, staff: readonly string[]): Refusal | undefined {
  if (method !== 'LEFT') return undefined;
  const { reason = '', witness = '', recording = '' } = left ?? {};
  if (reason === '') return refuseDelivery('DLV-012', { field: 'left.reason' });
  if (witness === '' && recording === '') return refuseDelivery('DLV-012', { field: 'left.witness' });
  return staff.some((name) => witness.includes(name)) ? refuseDelivery('DLV-013', { field: 'left.witness' }) : undefined;
}

/** Ways in which officers of the authority themselves bring the paper. */
export const isByHand = (method: DeliveryMethod): boolean => method === 'DIRECT' || method === 'LEFT';

/**
 * A paper is brought by two officers (行政处罚法 第四十二条).
 *
 * @param colleagues who of the authority may serve
 * @returns DLV-014 where the second is not named, is the first again, or is none of them
 */
export function refuseServers(method: DeliveryMethod, by: AccountId, second: AccountId | undefined, colleagues: readonly AccountId[]): Refusal | undefined {
  if (!isByHand(method)) return undefined;
  return second === undefined || second === by || !colleagues.includes(second) ? refuseDelivery('DLV-014', { field: 'second' }) : undefined;
}
