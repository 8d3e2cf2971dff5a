import type { Bilingual } from '#law';
import type { AuthorityFacts } from '../ports.ts';

/** Within what time a decision is contested (行政复议法 第二十条; 行政诉讼法 第四十六条). */
export const REMEDY_TERMS = { reconsideration: { zh: '六十日内', en: 'within 60 days' }, suit: { zh: '六个月内', en: 'within six months' } } as const satisfies Record<string, Bilingual>;

/** How and by when a fine is paid (行政处罚法 第六十七条). */
export const paymentOf = ({ payee }: Pick<AuthorityFacts, 'payee'>): Bilingual => ({
  zh: `自收到本决定书之日起十五日内，到${payee.zh}缴纳罚款。`,
  en: `The fine is to be paid within 15 days from receiving the decision, at ${payee.en}. `,
});

/** What follows where a fine is not paid (行政处罚法 第七十二条; 行政强制法 第五十三条). */
export const UNPAID: Bilingual = {
  zh: '逾期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额；逾期不申请行政复议、不提起行政诉讼又不履行的，依法申请人民法院强制执行。',
  en: 'Where it is paid late, 3 % of it is added for each day, in all no more than the fine itself; where the party neither applies for reconsideration, nor brings an action in time, nor performs, the people’s court is asked to enforce the decision.',
};

type Authority = Pick<AuthorityFacts, 'reconsiderationBody' | 'court' | 'payee'>;

/** Words of a decision in English, where they are those its authority's own data still give; else as they were written. */
export function decisionInBoth(authority: Authority) {
  const known: readonly Bilingual[] = [
    authority.reconsiderationBody, authority.court, REMEDY_TERMS.reconsideration, REMEDY_TERMS.suit,
    { zh: `${paymentOf(authority).zh}${UNPAID.zh}`, en: `${paymentOf(authority).en}${UNPAID.en}` }, paymentOf(authority),
  ];
  return (zh: string): Bilingual => ({ zh, en: known.find((one) => one.zh === zh && one.en !== '')?.en ?? zh });
}
