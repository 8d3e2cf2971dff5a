import { z } from 'zod';
import { accountsOf, peopleWith, platformActor, visibilityOf, type Actor } from '#access';
import { caseHeads } from '#cases';
import { DELIVERY_DUTIES, DELIVERY_METHODS, deliveryDuties, dutyOf, type Delivery } from '#delivery';
import { asId, dayOf, startOfDay, toRfc3339, type AccountId, type CaseId } from '#kernel';
import type { RiskDeps } from './risks.ts';

/** Matters whose page has the acts of service: a case, a clue whose notice goes out before there is one, and what supervision sends. */
const KINDS = ['case', 'clue', 'sheet', 'talk', 'quota'] as const;
/** The notices whose receipt is to be confirmed; a sheet that nobody answers has a clock and a ladder of its own. */
const TO_CONFIRM = ['case', 'clue'] as const;
const SHOWN = 100;

const dutyItem = z.object({
  deliveryId: z.string(), subjectKind: z.enum(KINDS), subjectId: z.string(), caseNo: z.string().nullable(), unitName: z.string(), title: z.string(), number: z.string(),
  method: z.object({ zh: z.string(), en: z.string() }), since: z.string(), duty: z.enum(DELIVERY_DUTIES),
  /** The officers of the case; before there is one, whoever sent the paper; control staff where the platform sent it by rule. */
  people: z.array(z.string()), mine: z.boolean(),
});
/** Papers that wait for an official, and how many there are in all. */
export const deliveryDutiesReply = z.object({ items: z.array(dutyItem), total: z.number() });

const sentByRule = ({ sentBy, region }: Delivery): boolean => sentBy === platformActor(region).accountId;

/**
 * Papers under way that wait for an official, the longest waiting first and the reader's own before all: to be handed over and
 * their receipt registered, or, where they arrived before today and nobody confirmed them (江苏办法 第十三条), to go another way.
 */
export async function deliveryDutiesOf({ platform: { db, clock }, registry }: Pick<RiskDeps, 'platform' | 'registry'>, actor: Actor): Promise<z.infer<typeof deliveryDutiesReply>> {
  const { items, total } = await deliveryDuties(db, visibilityOf(actor, 'delivery.read'), { kinds: KINDS, toConfirm: TO_CONFIRM, arrivedBefore: startOfDay(dayOf(clock.now())), limit: SHOWN });
  const heads = new Map((await caseHeads(db, items.flatMap((one) => (one.subjectKind === 'case' ? [asId<CaseId>(one.subjectId)] : [])))).map((head) => [head.caseId, head]));
  const control = new Map<string, readonly string[]>();
  for (const { authorityId } of items.filter(sentByRule)) {
    if (!control.has(authorityId)) control.set(authorityId, (await peopleWith(db, 'monitoring-control', authorityId, dayOf(clock.now()))).map(({ accountId }) => accountId));
  }
  const rows = items.flatMap((one) => {
    const duty = dutyOf(one);
    const kind = KINDS.find((known) => known === one.subjectKind);
    const head = heads.get(one.subjectId);
    const sender = sentByRule(one) ? control.get(one.authorityId) ?? [] : [one.sentBy];
    const inCharge = head === undefined || head.officers.length === 0 ? sender : head.officers;
    return duty === undefined || kind === undefined ? [] : [{ one, duty, kind, inCharge, caseNo: head?.caseNo ?? null, partyName: head?.partyName ?? registry.current().unit(one.unitId)?.name ?? one.unitId }];
  });
  const people = new Map((await accountsOf(db, [...new Set(rows.flatMap((row) => row.inCharge))].map((id) => asId<AccountId>(id)))).map((account) => [account.accountId as string, account.name]));
  const shown = rows.map(({ one, duty, kind, inCharge, caseNo, partyName }) => ({
    deliveryId: one.deliveryId, subjectKind: kind, subjectId: one.subjectId, caseNo, unitName: partyName,
    title: one.documentTitle, number: one.documentNumber, method: { ...DELIVERY_METHODS[one.method] }, since: toRfc3339(one.arrivedAt ?? one.sentAt), duty,
    people: inCharge.map((id) => people.get(id) ?? id), mine: inCharge.includes(actor.behalf?.accountId ?? actor.accountId),
  }));
  return { items: [...shown.filter((row) => row.mine), ...shown.filter((row) => !row.mine)], total };
}
