import { asId, Decimal, type Instant, type OutfallId } from '#kernel';
import type { Bilingual } from '#law';
import { chargedKeys } from '../charged-acts.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { toldIn } from './facts-found.ts';

/** A permitted amount that the facts of a case are over, as it stood at both ends of a check: kg as valid hours measured it. */
export interface AmountStanding {
  readonly factor: Bilingual;
  readonly permitted: string;
  /** Used when the check begins; none where the amount of another period began since. */
  readonly before: string;
  readonly after: string;
}

/** More than is permitted, and more discharged since: the act goes on (行政处罚法 第三十六条: 继续状态). Pure. */
export const goesOn = ({ permitted, before, after }: AmountStanding): boolean => new Decimal(after).gt(permitted) && new Decimal(after).gt(before);

/** Where the amounts charged stand at both ends of a stretch of time, each once; what is permitted or measured no more is left out. */
export async function amountStandings({ amounts }: Pick<CaseDeps, 'amounts'>, state: PenaltyCase, from: Instant, to: Instant): Promise<AmountStanding[]> {
  const charged = chargedKeys(state);
  const facts = toldIn((state.observed ?? []).filter(({ supports }) => supports.some((key) => charged.includes(key))), 'AMOUNT_OVER');
  const found = new Map<string, AmountStanding>();
  for (const { outfall = state.outfallId, factors, figures: { period } } of facts) {
    for (const { code, zh, en } of outfall === undefined ? [] : factors) {
      const of = { outfall: asId<OutfallId>(outfall ?? ''), factor: code, period };
      const account = await amounts.between(of, from, to);
      if (account !== undefined) found.set(`${outfall} ${code} ${period}`, { factor: { zh, en }, ...account });
    }
  }
  return [...found.values()];
}
