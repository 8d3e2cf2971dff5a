import type { OutfallId } from '#kernel';
import type { Model, Params, Tier } from '../contract.ts';
import type { ModelAnswer } from '../engine.ts';
import type { Texts } from '../clues/episode.ts';

/** What is to be tried over stored history. Times in epoch ms, `from` inclusive, `to` exclusive. */
export interface BacktestRequest {
  /** Ids of the catalogue, or models that are not in it yet (a department's rule); only those known by functions alone run in the caller's thread. */
  readonly models: readonly (string | Model)[];
  readonly from: number;
  readonly to: number;
  /** Parameters tried instead of those in force; only with a single model. */
  readonly set?: Params;
  /** Only outfalls of this county or authority. */
  readonly region?: string;
  readonly outfalls?: readonly OutfallId[];
  /** What the trial is compared with: the parameters in force at each moment, or nothing (a rule that does not run yet). */
  readonly baseline?: 'IN_FORCE' | 'NONE';
  readonly threads?: number;
}

/** How far a back-test is; `values` are hourly values read, `ms` since its start. */
export interface BacktestProgress {
  readonly done: number;
  readonly outfalls: number;
  readonly values: number;
  readonly ms: number;
}

export type TierCounts = Readonly<Record<Tier, number>>;

/** Episodes of one month under both sets of parameters, by tier. */
export interface MonthCounts {
  /** `2026-03`, China Standard Time, of the moment an episode was first raised. */
  readonly month: string;
  readonly inForce: TierCounts;
  readonly changed: TierCounts;
}

/** One episode that a change makes or unmakes, or whose tier it moves. */
export interface BacktestExample {
  readonly model: string;
  readonly outfall: OutfallId;
  readonly start: number;
  readonly end: number;
  readonly raisedAt: number;
  readonly tierInForce: Tier | undefined;
  readonly tierChanged: Tier | undefined;
  readonly factors: readonly string[];
  readonly score: number;
  readonly text: Texts;
}

export interface Difference {
  readonly count: number;
  /** The gravest ones, at most `EXAMPLES`. */
  readonly examples: readonly BacktestExample[];
}

/** What the figures stand on; shown with them, so that nobody takes more from them than they hold. */
export interface BacktestBasis {
  /** Minute steps were read; without them an hour is as complete as quality said when it came. */
  readonly steps: boolean;
  /** The models ask for signs of life or time stamps of frames, which are in the journal only: their counts are not exact. */
  readonly contactsMissing: boolean;
  /** The models look at daily summaries of outfalls, which are not kept for years: wherever they ask, they cannot tell. */
  readonly peersMissing: boolean;
  /** Outfalls passed over because no hour could have made the model speak. */
  readonly quietOutfalls: number;
}

/** What changed parameters would have done: counts by tier and month, what is new, what is gone, what moved, with examples. */
export interface BacktestReport {
  readonly models: readonly { readonly id: string; readonly version: string; readonly inForce: Params; readonly changed: Params }[];
  readonly from: number;
  readonly to: number;
  readonly outfalls: number;
  readonly hours: number;
  readonly values: number;
  readonly evaluations: number;
  readonly ms: number;
  readonly months: readonly MonthCounts[];
  readonly appears: Difference;
  readonly vanishes: Difference;
  readonly moves: Difference;
  readonly unchanged: number;
  readonly exceptions: readonly (ModelAnswer & { readonly outfall: OutfallId })[];
  readonly basis: BacktestBasis;
}

export const EXAMPLES = 20;
