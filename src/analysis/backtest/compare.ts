import { CST_OFFSET, HOUR } from '#kernel';
import type { Tier } from '../contract.ts';
import { counts, isHigher, MERGE_GAP_HOURS, overlaps, type Episode } from '../clues/episode.ts';
import { EXAMPLES, type BacktestExample, type Difference, type MonthCounts, type TierCounts } from './request.ts';

/** Differences of one or many outfalls; plain data, added up by `add`. */
export interface Comparison {
  readonly months: readonly MonthCounts[];
  readonly appears: Difference;
  readonly vanishes: Difference;
  readonly moves: Difference;
  readonly unchanged: number;
}

const NONE: TierCounts = { REMIND: 0, WARN: 0, WORK_ORDER: 0 };
export const NO_DIFFERENCE: Comparison = {
  months: [], appears: { count: 0, examples: [] }, vanishes: { count: 0, examples: [] }, moves: { count: 0, examples: [] }, unchanged: 0,
};

const firstRaised = (episode: Episode): number => episode.steps[0]?.at ?? episode.raisedAt;
const monthOf = (at: number): string => new Date(at + CST_OFFSET).toISOString().slice(0, 7);

/** Episodes that stand and were first raised in the period. */
export const standing = (episodes: Iterable<Episode>, from: number, to: number): Episode[] =>
  [...episodes].filter((episode) => counts(episode) && firstRaised(episode) >= from && firstRaised(episode) < to);

/** The same fact seen under both parameters: same model, a common factor, no more than six hours apart (U21). */
const isSame = (a: Episode, b: Episode): boolean =>
  a.model === b.model && overlaps(a, b, MERGE_GAP_HOURS * HOUR) && (a.factors.length === 0 || b.factors.length === 0 || a.factors.some((factor) => b.factors.includes(factor)));

function exampleOf(shown: Episode, inForce: Tier | undefined, changed: Tier | undefined): BacktestExample {
  const { model, outfall, start, end, factors, score, text } = shown;
  return { model, outfall, start, end, raisedAt: firstRaised(shown), tierInForce: inForce, tierChanged: changed, factors, score: Number.isFinite(score) ? score : 0, text: { zh: text.zh, en: text.en } };
}

const tierOf = (example: BacktestExample): Tier => example.tierChanged ?? example.tierInForce ?? 'REMIND';

/** Gravest first; a total order, so that the choice does not depend on the order of work. */
const byGravity = (a: BacktestExample, b: BacktestExample): number =>
  (isHigher(tierOf(a), tierOf(b)) ? -1 : isHigher(tierOf(b), tierOf(a)) ? 1 : 0) || b.score - a.score || a.raisedAt - b.raisedAt ||
  (a.outfall < b.outfall ? -1 : a.outfall > b.outfall ? 1 : 0) || a.start - b.start || (a.model < b.model ? -1 : 1);

const difference = (examples: readonly BacktestExample[], count = examples.length): Difference => ({ count, examples: [...examples].sort(byGravity).slice(0, EXAMPLES) });

function monthsOf(inForce: readonly Episode[], changed: readonly Episode[]): MonthCounts[] {
  const months = new Map<string, { inForce: Record<Tier, number>; changed: Record<Tier, number> }>();
  const note = (episodes: readonly Episode[], side: 'inForce' | 'changed') => {
    for (const episode of episodes) {
      const month = monthOf(firstRaised(episode));
      const found = months.get(month) ?? { inForce: { ...NONE }, changed: { ...NONE } };
      found[side][episode.tier] += 1;
      months.set(month, found);
    }
  };
  note(inForce, 'inForce');
  note(changed, 'changed');
  return [...months].map(([month, both]) => ({ month, ...both }));
}

/** Pairs the episodes of both sides one to one: equal spans first, then whatever tells of the same fact. */
function pairs(inForce: readonly Episode[], changed: readonly Episode[]): Map<Episode, Episode> {
  const found = new Map<Episode, Episode>();
  const taken = new Set<Episode>();
  const pair = (fits: (before: Episode, after: Episode) => boolean) => {
    for (const after of changed) {
      if (found.has(after)) continue;
      const before = inForce.find((one) => !taken.has(one) && isSame(one, after) && fits(one, after));
      if (before === undefined) continue;
      found.set(after, before);
      taken.add(before);
    }
  };
  pair((before, after) => before.start === after.start && before.end === after.end && before.factors.join() === after.factors.join());
  pair(() => true);
  return found;
}

/** What a change makes, unmakes and moves on one outfall. A fact that only falls into more or fewer episodes is neither made nor unmade. */
export function compare(inForce: readonly Episode[], changed: readonly Episode[]): Comparison {
  const paired = pairs(inForce, changed);
  const appears: BacktestExample[] = [];
  const moves: BacktestExample[] = [];
  let unchanged = 0;
  for (const episode of changed) {
    const before = paired.get(episode);
    if (before !== undefined && before.tier !== episode.tier) moves.push(exampleOf(episode, before.tier, episode.tier));
    else if (before !== undefined || inForce.some((other) => isSame(other, episode))) unchanged += 1;
    else appears.push(exampleOf(episode, undefined, episode.tier));
  }
  const vanishes = inForce.filter((episode) => !changed.some((other) => isSame(episode, other))).map((episode) => exampleOf(episode, episode.tier, undefined));
  return { months: monthsOf(inForce, changed), appears: difference(appears), vanishes: difference(vanishes), moves: difference(moves), unchanged };
}

const addTiers = (a: TierCounts, b: TierCounts): TierCounts => ({ REMIND: a.REMIND + b.REMIND, WARN: a.WARN + b.WARN, WORK_ORDER: a.WORK_ORDER + b.WORK_ORDER });

/** Sums two comparisons; in any order the same. */
export function add(a: Comparison, b: Comparison): Comparison {
  const months = new Map(a.months.map((month) => [month.month, month]));
  for (const month of b.months) {
    const known = months.get(month.month);
    months.set(month.month, known === undefined ? month : { month: month.month, inForce: addTiers(known.inForce, month.inForce), changed: addTiers(known.changed, month.changed) });
  }
  const both = (of: 'appears' | 'vanishes' | 'moves') => difference([...a[of].examples, ...b[of].examples], a[of].count + b[of].count);
  return {
    months: [...months.values()].sort((x, y) => (x.month < y.month ? -1 : 1)), appears: both('appears'), vanishes: both('vanishes'), moves: both('moves'),
    unchanged: a.unchanged + b.unchanged,
  };
}
