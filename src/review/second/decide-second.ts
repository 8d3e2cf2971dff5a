/** What a technical reviewer makes of the data as a whole. */
export const FINDINGS = ['PASS', 'RETURN', 'REJECT'] as const;
export type Finding = (typeof FINDINGS)[number];

/** First and second finding on the same data, each given without the other. */
export interface Pair {
  readonly first: Finding;
  readonly second: Finding;
}

export interface Agreement {
  readonly n: number;
  readonly agreed: number;
  /** Share of pairs that agree, 0–1; null without a pair. */
  readonly raw: number | null;
  /** Cohen's kappa, -1–1: agreement beyond chance. Null without a pair, and where chance alone would always agree. */
  readonly kappa: number | null;
  /** `counts[first][second]`. */
  readonly counts: Readonly<Record<Finding, Readonly<Record<Finding, number>>>>;
}

/** Agreement of two reviewers over three findings (Cohen 1960). Pure. */
export function agreementOf(pairs: readonly Pair[]): Agreement {
  const count = (first: Finding, second: Finding) => pairs.filter((pair) => pair.first === first && pair.second === second).length;
  const row = (first: Finding) => Object.fromEntries(FINDINGS.map((second) => [second, count(first, second)])) as Record<Finding, number>;
  const counts = Object.fromEntries(FINDINGS.map((first) => [first, row(first)])) as Record<Finding, Record<Finding, number>>;
  const n = pairs.length;
  const agreed = FINDINGS.reduce((sum, finding) => sum + counts[finding][finding], 0);
  if (n === 0) return { n, agreed, raw: null, kappa: null, counts };
  const raw = agreed / n;
  const share = (of: 'first' | 'second', finding: Finding) => pairs.filter((pair) => pair[of] === finding).length / n;
  const chance = FINDINGS.reduce((sum, finding) => sum + share('first', finding) * share('second', finding), 0);
  return { n, agreed, raw, kappa: chance === 1 ? null : (raw - chance) / (1 - chance), counts };
}

/** Is this review drawn? `draw` lies in [0, 1). */
export const isDrawn = (draw: number, share: string): boolean => draw < Number(share);
