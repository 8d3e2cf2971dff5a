import { DAY } from '#kernel';
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

/** Weight of what the tier says; each step is about three times as grave. */
const GRAVITY: Readonly<Record<Tier, number>> = { REMIND: 1, WARN: 3, WORK_ORDER: 10 };
/** Pollutants the criminal interpretation names weigh more (法释〔2023〕7号 第一条). */
const TOXICITY: Readonly<Record<string, number>> = { THREE_TIMES: 3, TEN_TIMES: 2 };

interface Family {
  /** Share of a family's findings that hold (docs/score.md, rounded down); a finding of one's own eyes counts as sure. */
  readonly certainty: number;
  /** Hours in which the panel can settle it: limits lie in the file, statistics need curves, doors and power need other records. */
  readonly hours: number;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  A: { certainty: 0.9, hours: 0.5 },
  B: { certainty: 0.98, hours: 0.5 },
  C: { certainty: 0.9, hours: 1.5 },
  D: { certainty: 0.8, hours: 2 },
  E: { certainty: 0.85, hours: 1.5 },
  F: { certainty: 0.75, hours: 1 },
  G: { certainty: 0.7, hours: 2 },
};
const SEEN: Family = { certainty: 1, hours: 1 };

/**
 * Place of a clue in the panel's queue: expected harm × certainty ÷ effort (larger comes first). Harm is the tier's weight
 * × the gravest pollutant × one more for every doubling of days; sources that agree make it surer; the quickest of them
 * sets the effort, and a clue whose marks may still come is worth half. Pure; an order, not a measure.
 */
export function priorityOf(clue: RankedClue, law: Pick<Law, 'codes'>): number {
  const families = [...new Set(modelsIn(clue.rule).map((model) => FAMILIES[model.charAt(0)] ?? SEEN))];
  const sources = families.length === 0 ? [SEEN] : families;
  const days = Math.max(0, (clue.periodTo ?? clue.periodFrom) - clue.periodFrom) / DAY;
  const named = law.codes('criminal-pollutants').codes.filter((one) => clue.factors.includes(one.code));
  const toxicity = Math.max(1, ...named.map((one) => TOXICITY[one.note ?? ''] ?? 1));
  const harm = GRAVITY[clue.tier] * toxicity * (1 + Math.log2(1 + days));
  const certainty = 1 - sources.reduce((wrong, { certainty: right }) => wrong * (1 - right), 1);
  const effort = Math.min(...sources.map(({ hours }) => hours));
  return (harm * certainty * (clue.provisional ? 0.5 : 1)) / effort;
}
