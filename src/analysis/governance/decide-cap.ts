import { DAY } from '#kernel';
import type { Tier } from '../contract.ts';
import { wilson } from '../primitives/index.ts';
import type { Budget } from './proposal.ts';

/** One clue of the model that people have judged. */
export interface Reviewed {
  /** When it was judged. */
  readonly at: number;
  readonly raisedAt: number;
  readonly wrong: boolean;
}

export interface Overspent {
  readonly cap: 'REMIND' | 'WARN';
  readonly budget: Budget;
  readonly reviewed: number;
  readonly wrong: number;
  /** Lower Wilson bound of the share of wrong ones. */
  readonly bound: number;
}

export interface Spending {
  readonly budget: Budget;
  readonly reviewed: number;
  readonly wrong: number;
  readonly bound: number;
  readonly over: boolean;
}

/** How much of each budget is spent by clues that were raised after `since` (the last decision about the model): earlier ones say nothing of what is in force, whenever they are judged. */
export function spendingOf(reviewed: readonly Reviewed[], budgets: readonly Budget[], since: number, now: number): Spending[] {
  return budgets.map((budget) => {
    const seen = reviewed.filter((one) => one.raisedAt > since && one.at > now - budget.days * DAY);
    const wrong = seen.filter((one) => one.wrong).length;
    const bound = seen.length === 0 ? 0 : wilson(wrong, seen.length).low;
    return { budget, reviewed: seen.length, wrong, bound, over: seen.length >= budget.least && bound > budget.share };
  });
}

/**
 * A model that is wrong more often than its budget, beyond chance, loses one tier: work order → warning → reminder. After
 * that it is judged by what it raised since; a reminder is the least it can fall to.
 */
export function decideCap(reviewed: readonly Reviewed[], budgets: readonly Budget[], cap: Tier | undefined, since: number, now: number): Overspent | undefined {
  if (cap === 'REMIND') return undefined;
  const over = spendingOf(reviewed, budgets, since, now).find((one) => one.over);
  return over === undefined ? undefined : { ...over, cap: cap === 'WARN' ? 'REMIND' : 'WARN' };
}
