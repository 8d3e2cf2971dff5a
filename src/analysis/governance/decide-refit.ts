import type { Refusal } from '#kernel';
import type { Params } from '../contract.ts';
import { voiceOf } from '../models/index.ts';
import { refuse } from './errors.ts';

/** A clue that people judged: the models whose findings stand in it, and whether it held. */
export interface ReviewedClue {
  readonly models: readonly string[];
  readonly right: boolean;
}

/** Reviewed clues without which nothing is refitted, and of each outcome; clues of a model without which its voice stays. */
export const LEAST_REVIEWED = 40;
export const LEAST_EACH = 5;
export const LEAST_OF_MODEL = 10;
/** How many clues of each outcome the fitted weight counts as: with fewer reviewed ones it still speaks louder than they do. */
const PRIOR_CLUES = 10;
const LOUDEST_VOICE = 3;

/**
 * ln of the likelihood ratio of a model: how much likelier it speaks in clues that held than in those that did not. Both rates
 * are drawn towards the fitted ratio, so that without reviewed clues it is the fitted weight itself.
 */
export function likelihood(weight: number, spoke: { readonly right: number; readonly wrong: number }, all: { readonly right: number; readonly wrong: number }): number {
  const usual = (spoke.right + spoke.wrong + 1) / (all.right + all.wrong + 2);
  const rate = (n: number, of: number, tilt: number): number => (n + PRIOR_CLUES * usual * Math.exp(tilt)) / (of + PRIOR_CLUES);
  return Math.log(rate(spoke.right, all.right, weight / 2) / rate(spoke.wrong, all.wrong, -weight / 2));
}

/**
 * Voices of evidence fusion refitted on what people found, as a change of its parameters: the likelihood ratio of each model
 * among reviewed clues over the one of the fit. Deterministic; the order of the clues does not show. Refused (ANALYSIS-054)
 * with too few clues, or too few of either outcome, to say anything.
 */
export function refitVoices(clues: readonly ReviewedClue[], weights: ReadonlyMap<string, number>, inForce: Params): Params | Refusal {
  const all = { right: clues.filter((clue) => clue.right).length, wrong: clues.filter((clue) => !clue.right).length };
  if (clues.length < LEAST_REVIEWED || Math.min(all.right, all.wrong) < LEAST_EACH) {
    return refuse('ANALYSIS-054', { args: { n: clues.length, right: all.right, wrong: all.wrong, least: LEAST_REVIEWED, each: LEAST_EACH } });
  }
  const set: Record<string, number> = {};
  for (const [model, weight] of weights) {
    const own = clues.filter((clue) => clue.models.includes(model));
    if (own.length < LEAST_OF_MODEL || weight <= 0) continue;
    const right = own.filter((clue) => clue.right).length;
    const voice = Math.min(LOUDEST_VOICE, Math.max(0, likelihood(weight, { right, wrong: own.length - right }, all) / weight));
    const rounded = Math.round(voice * 1000) / 1000;
    if (rounded !== inForce[voiceOf(model)]) set[voiceOf(model)] = rounded;
  }
  return set;
}
