import { add, compare, NO_DIFFERENCE, type Comparison } from '../backtest/compare.ts';
import { counts, type Episode } from '../clues/episode.ts';

const byOutfall = (episodes: readonly Episode[]): Map<string, Episode[]> => {
  const groups = new Map<string, Episode[]>();
  for (const episode of episodes) groups.set(episode.outfall, [...(groups.get(episode.outfall) ?? []), episode]);
  return groups;
};

/** What a change made, unmade and moved while it ran beside what is in force, counted as in a back-test. */
export function compareShadow(inForce: readonly Episode[], tried: readonly Episode[]): Comparison {
  const [live, shadow] = [byOutfall(inForce.filter(counts)), byOutfall(tried.filter(counts))];
  return [...new Set([...live.keys(), ...shadow.keys()])].sort().reduce((sum, outfall) => add(sum, compare(live.get(outfall) ?? [], shadow.get(outfall) ?? [])), NO_DIFFERENCE);
}
