import { DAY, type CalendarDay, type RegionKey } from '#kernel';
import type { Law } from '#law';
import { modelsIn, type Tier } from '#supervision';

/** What of a clue decides its place in the queue. `rule` names its models, e.g. `B01@1.0.0 C01@1.0.0`. */
export interface RankedClue {
  readonly tier: Tier;
  readonly provisional: boolean;
  readonly rule: string;
  readonly factors: readonly string[];
  readonly periodFrom: number;
  readonly periodTo: number | null;
}

/**
 * Place of a clue in the panel's queue: expected harm × certainty ÷ effort (larger comes first). Harm is the tier's weight
 * × the gravest pollutant × one more for every doubling of days; sources that agree make it surer; the quickest of them
 * sets the effort, and a clue whose marks may still come is worth less. The weights are law data (`review.queueOrder`). Pure; an order, not a measure.
 */
export function priorityOf(clue: RankedClue, law: Pick<Law, 'codes' | 'valueAt'>, region: RegionKey, day: CalendarDay): number {
  const { gravity, toxicity: poison, provisional, seen, ...order } = law.valueAt('review.queueOrder', region, day).value;
  const categories: Readonly<Record<string, typeof seen>> = order.categories;
  const families = [...new Set(modelsIn(clue.rule).map((model) => categories[model.charAt(0)] ?? seen))];
  const sources = families.length === 0 ? [seen] : families;
  const days = Math.max(0, (clue.periodTo ?? clue.periodFrom) - clue.periodFrom) / DAY;
  const named = law.codes('criminal-pollutants').codes.filter((one) => clue.factors.includes(one.code));
  const toxicity = Math.max(1, ...named.map((one) => one.note === 'THREE_TIMES' || one.note === 'TEN_TIMES' ? poison[one.note] : 1));
  const harm = gravity[clue.tier] * toxicity * (1 + Math.log2(1 + days));
  const certainty = 1 - sources.reduce((wrong, { certainty: right }) => wrong * (1 - right), 1);
  const effort = Math.min(...sources.map(({ hours }) => hours));
  return (harm * certainty * (clue.provisional ? provisional : 1)) / effort;
}
