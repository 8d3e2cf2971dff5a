import type { ClockId } from '#law';
import type { GuardId } from '../guards/guard-ids.ts';
import type { ArrivalKind, ClockOpening, Row } from '../transitions/transition.ts';
import { obligation, type ObligationKey } from './obligations.ts';

const APL = '行政处罚法';
const AEL = '行政强制法';

/** Words of the steps that differ by what is owed. */
export interface RecoveryWords {
  readonly overdue: readonly [string, string];
  readonly demand: readonly [string, string];
  readonly arrived: readonly [string, string];
}
export interface StatementWords {
  readonly state: readonly [string, string];
  readonly answer: readonly [string, string];
}
export interface CourtWords {
  readonly apply: readonly [string, string];
  readonly enforced: readonly [string, string];
}

/**
 * After the demand the party may state and defend; it is heard, recorded, checked and answered, and a demand whose reasons do not hold is
 * given up (行政强制法 第三十六条).
 */
export function statementRows(key: ObligationKey, words: StatementWords, from: Row['from'] = [obligation(key).states.demanded]): readonly Row[] {
  const { states, steps, terms } = obligation(key);
  return [
    {
      command: steps.state,
      zh: words.state[0],
      en: words.state[1],
      from,
      to: [],
      stays: true,
      actor: 'case.defend',
      article: `${AEL} 第三十六条、第五十四条`,
      papers: ['DEMAND_STATEMENT'],
      guards: ['DEMAND_IN_HAND'],
    },
    {
      command: steps.answer,
      zh: words.answer[0],
      en: words.answer[1],
      from,
      to: [states.overdue],
      stays: true,
      actor: 'case.approve-notice',
      article: `${AEL} 第三十六条`,
      papers: ['DEMAND_ANSWER'],
      cancels: [terms.demand],
      guards: ['STATEMENT_OPEN', 'NOT_AN_OFFICER'],
      posts: { papers: ['DEMAND_ANSWER'], onArrival: 'RECORD_PAPER_DELIVERED', each: true },
    },
  ];
}

/** Asking the court and what came of it. `extra` is what this obligation asks for besides. */
export function courtRows(key: ObligationKey, words: CourtWords, extra: { readonly from?: Row['from']; readonly guards?: readonly GuardId[] } = {}): readonly Row[] {
  const { states, steps, terms, papers } = obligation(key);
  const ends: ClockId[] = [terms.demand, terms.court, ...(terms.thirty === undefined ? [] : [terms.thirty])];
  return [
    {
      command: steps.apply,
      zh: words.apply[0],
      en: words.apply[1],
      from: extra.from ?? [states.demanded],
      to: [states.court],
      actor: 'case.decide',
      article: `${AEL} 第四十六条、第五十三条、第五十四条`,
      papers: [papers.application],
      closes: ends,
      guards: ['NOT_STAYED', 'ACT_NOT_STAYED', 'STATEMENTS_ANSWERED', 'DEMAND_AND_REMEDIES_EXPIRED', 'SURCHARGED_THIRTY_DAYS', 'COURT_IN_TIME', ...(extra.guards ?? [])],
    },
    {
      command: steps.enforced,
      zh: words.enforced[0],
      en: words.enforced[1],
      from: [states.court],
      to: [...new Set([states.met, states.ended])],
      stays: true,
      actor: 'case.notify',
      duty: 'investigator',
      article: `${AEL} 第五章`,
      papers: [papers.enforced],
      closes: terms.surcharge === undefined ? [] : [terms.surcharge],
      guards: ['ENFORCED_AS_SAID'],
    },
  ];
}

/**
 * A sum that is not paid in time: three percent a day, a demand, after thirty days of it the court. One mechanism for every sum; the
 * rows differ by the states, terms and papers of `OBLIGATIONS` only.
 *
 * @param asked the term in which deferral may be asked for, where the sum has one
 */
export function recoveryRows(key: ObligationKey, words: RecoveryWords & StatementWords & CourtWords, { asked, ...extra }: { readonly asked?: ClockId; readonly guards?: readonly GuardId[] } = {}): readonly Row[] {
  const { states, steps, terms, papers } = obligation(key);
  const { payment, surcharge, thirty } = terms;
  if (payment === undefined || surcharge === undefined || thirty === undefined || steps.overdue === undefined || steps.demand === undefined || steps.demandArrived === undefined || papers.overdue === undefined)
    throw new Error(`cases: ${key} is no sum of money`);
  const lateness: readonly ClockOpening[] = [
    { clock: surcharge, start: 'PAYMENT_DAY', when: 'NOT_LATE_YET' },
    { clock: thirty, start: 'PAYMENT_DAY', when: 'NOT_LATE_YET' },
  ];
  const lapses = asked === undefined ? [] : [asked];
  return [
    {
      command: steps.overdue,
      zh: words.overdue[0],
      en: words.overdue[1],
      from: [states.due],
      to: [states.overdue],
      actor: 'SYSTEM',
      article: `${APL} 第七十二条；${AEL} 第四十五条`,
      papers: [papers.overdue],
      opens: [...lateness, { clock: terms.court, start: 'REMEDIES_EXPIRED', when: 'UNCONTESTED' }],
      // The term itself stays open and red until the payment or the demand.
      closes: lapses,
      guards: ['PAYMENT_OVERDUE'],
      onExpiry: [payment],
    },
    {
      command: steps.demand,
      zh: words.demand[0],
      en: words.demand[1],
      from: [states.due, states.overdue],
      to: [states.demanded],
      actor: 'case.approve-notice',
      article: `${AEL} 第五十四条`,
      papers: [papers.demand],
      opens: [{ clock: terms.court, start: 'REMEDIES_EXPIRED' }, ...lateness],
      closes: [payment, ...lapses],
      guards: ['PAYMENT_OVERDUE', 'NOT_STAYED', 'ACT_NOT_STAYED', 'NOT_AN_OFFICER'],
      posts: { papers: [papers.demand], onArrival: steps.demandArrived as ArrivalKind },
    },
    {
      command: steps.demandArrived,
      zh: words.arrived[0],
      en: words.arrived[1],
      from: [states.demanded],
      to: [states.demanded],
      actor: 'SYSTEM',
      article: `${AEL} 第五十四条`,
      papers: ['DELIVERY_PROOF'],
      opens: [{ clock: terms.demand, start: 'DELIVERED' }],
    },
    ...statementRows(key, words),
    ...courtRows(key, words, { guards: ['REMEDY_SETTLED', ...(extra.guards ?? [])] }),
  ];
}
