import { instant, toRfc3339 } from '#kernel';
import { wilson } from '../primitives/index.ts';

/** A clue of a model that people judged, dated by when it was raised: it was found by what was in force then. */
export interface JudgedClue {
  readonly raisedAt: number;
  readonly wrong: boolean;
}

/** How many were right, with the 95 % Wilson interval of the share. */
export interface Precision {
  readonly right: number;
  readonly reviewed: number;
  readonly low: number;
  readonly high: number;
}

const precisionOf = (clues: readonly JudgedClue[]): Precision => {
  const right = clues.filter((one) => !one.wrong).length;
  return { right, reviewed: clues.length, ...wilson(right, clues.length) };
};

/** By month (China time) in which the clues were raised, oldest first; months without a judged clue are left out. */
export const precisionByMonth = (judged: readonly JudgedClue[]): ({ readonly month: string } & Precision)[] =>
  [...Map.groupBy(judged, (one) => toRfc3339(instant(one.raisedAt)).slice(0, 7))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, clues]) => ({ month, ...precisionOf(clues) }));

/**
 * What became better or worse with each change: the clues raised between the change before it and it, beside those raised
 * from it to the next one.
 *
 * @param changes moments at which changes took effect, oldest first
 */
export const aroundChanges = (judged: readonly JudgedClue[], changes: readonly number[]): { readonly before: Precision; readonly after: Precision }[] =>
  changes.map((at, i) => {
    const between = (from: number, to: number) => precisionOf(judged.filter(({ raisedAt }) => raisedAt >= from && raisedAt < to));
    return { before: between(changes[i - 1] ?? Number.NEGATIVE_INFINITY, at), after: between(at, changes[i + 1] ?? Number.POSITIVE_INFINITY) };
  });
