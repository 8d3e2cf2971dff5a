import type { Evaluation, Finding, Params, PastFinding, Tier } from '../../contract.ts';

/** Nothing to see, and enough was there to see it. */
export const notMet = (reason = ''): Evaluation => ({ outcome: 'NOT_MET', reason, missing: [], findings: [] });

/** Input is lacking: never silently "clean". `missing` names channels or records in the words of the register. */
export const cannotTell = (reason: string, missing: readonly string[] = []): Evaluation => ({
  outcome: 'CANNOT_TELL', reason, missing, findings: [],
});

/** MET when at least one finding is not explained away; explained ones are kept with their reason. */
export const conclude = (findings: readonly Finding[]): Evaluation => ({
  outcome: findings.some((f) => f.suppressed === undefined) ? 'MET' : 'NOT_MET',
  reason: findings.length > 0 && findings.every((f) => f.suppressed !== undefined) ? 'explained' : '',
  missing: [],
  findings,
});

/** Defaults of a model with the dated overrides laid over them. */
export const settings = <P extends Record<string, number>>(defaults: P, given: Params): P =>
  // The engine hands the defaults themselves back when nothing overrides them.
  (given as unknown) === defaults ? defaults : { ...defaults, ...given };

const RANK = { REMIND: 1, WARN: 2, WORK_ORDER: 3 } as const satisfies Record<Tier, number>;

export const higher = (a: Tier, b: Tier): Tier => (RANK[a] >= RANK[b] ? a : b);
export const atMost = (tier: Tier, cap: Tier): Tier => (RANK[tier] <= RANK[cap] ? tier : cap);

/** Highest tier whose condition holds; undefined when none does. */
export const tierOf = (remind: boolean, warn: boolean, workOrder: boolean): Tier | undefined =>
  workOrder ? 'WORK_ORDER' : warn ? 'WARN' : remind ? 'REMIND' : undefined;

export const isStrong = (f: PastFinding): boolean => f.tier !== 'REMIND';
