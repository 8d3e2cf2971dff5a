import { DAY, HOUR, unstopped, type ClueId, type EpisodeId, type OutfallId, type UnitId } from '#kernel';
import type { Tier } from '../contract.ts';
import { counts, isHigher, overlaps, type Episode, type Texts, type TierStep, type ValidityTrace } from './episode.ts';
import { newestTrace } from '../validity/validity.ts';

/**
 * What one outfall did in one span of time, as far as the models can tell: the fact a person decides about. Its row
 * is immutable per version; what people do with it (triage, review) lives with them, keyed by the id.
 */
export interface Clue {
  readonly id: ClueId;
  readonly version: number;
  readonly knownAt: number;
  readonly outfall: OutfallId;
  readonly unit: UnitId;
  readonly start: number;
  readonly end: number;
  readonly tier: Tier;
  readonly raisedAt: number;
  readonly steps: readonly TierStep[];
  readonly episodes: readonly EpisodeId[];
  readonly models: readonly string[];
  readonly factors: readonly string[];
  /** The claim in one sentence. */
  readonly claim: Texts;
  readonly clearedBy: readonly Texts[];
  /** Some hours may still be marked by the unit: may remind, may not enter the clue list. */
  readonly provisional: boolean;
  /** Every episode was explained afterwards, and none is left to a person as a candidate for exemption. */
  readonly cleared: boolean;
  /** The newest change of the validity of hours that its findings stand on; absent where there was none. */
  readonly validity?: ValidityTrace;
  readonly score: number;
}

/** Episodes this close in time belong to one clue. */
export const CLUE_GAP_MS = 6 * HOUR;
/** A chain of episodes grows no longer than this: what follows is a clue of its own. */
const LONGEST_CHAIN_MS = 30 * DAY;

const stretches = (clue: Clue, episode: Episode): boolean =>
  (episode.start < clue.start || episode.end > clue.end) && Math.max(clue.end, episode.end) - Math.min(clue.start, episode.start) > LONGEST_CHAIN_MS;

export const clueFor = (clues: readonly Clue[], episode: Episode): Clue | undefined =>
  clues.findLast((clue) => overlaps(clue, episode, CLUE_GAP_MS) && !stretches(clue, episode));

const join = (parts: readonly string[], between: string): string => parts.join(between);

/** Strongest first: tier, then score, then age, so that the sentence does not depend on the order of work. */
const byWeight = (a: Episode, b: Episode): number =>
  (isHigher(a.tier, b.tier) ? -1 : isHigher(b.tier, a.tier) ? 1 : 0) || b.score - a.score || a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1);

function claimOf(episodes: readonly Episode[]): Texts {
  const first = episodes.filter((episode, i) => episodes.findIndex((other) => other.model === episode.model) === i).slice(0, 3);
  const said = (language: 'zh' | 'en', [before, after]: readonly [string, string]) =>
    first.map(({ text, suppressed }) => `${unstopped(text[language])}${suppressed === undefined ? '' : `${before}${suppressed[language]}${after}`}`);
  return { zh: `${join(said('zh', ['（', '）']), '；同时，')}。`, en: `${join(said('en', [' (', ')']), '; at the same time: ')}.` };
}

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

function stepsOf(episodes: readonly Episode[]): readonly TierStep[] {
  const all = episodes.flatMap((episode) => episode.steps).sort((a, b) => a.at - b.at || (isHigher(a.tier, b.tier) ? 1 : -1));
  const steps: TierStep[] = [];
  for (const step of all) {
    const last = steps.at(-1);
    if (last === undefined || isHigher(step.tier, last.tier)) steps.push(step);
  }
  return steps;
}

/** The clue that these episodes make together. `members` are in order of raising; at least one. */
export function composeClue(id: ClueId, unit: UnitId, members: readonly Episode[], before: Clue | undefined, now: number): Clue {
  const live = members.filter(counts);
  const shown = [...(live.length > 0 ? live : members)].sort(byWeight);
  const top = shown[0] as Episode;
  const steps = stepsOf(members);
  const last = steps.at(-1) as TierStep;
  const clearedBy = shown.flatMap((episode) => episode.clearedBy);
  const validity = newestTrace(members);
  return {
    id, unit, version: (before?.version ?? 0) + 1, knownAt: now, outfall: top.outfall,
    start: Math.min(...members.map((episode) => episode.start)), end: Math.max(...members.map((episode) => episode.end)),
    tier: last.tier, raisedAt: last.at, steps,
    episodes: members.map((episode) => episode.id), models: sorted(members.map((episode) => episode.model)),
    factors: sorted(members.flatMap((episode) => episode.factors)), claim: claimOf(shown),
    clearedBy: clearedBy.filter((text, i) => clearedBy.findIndex((other) => other.zh === text.zh) === i),
    provisional: shown.every((episode) => episode.provisional), cleared: members.every((episode) => episode.cleared !== undefined), ...(validity === undefined ? {} : { validity }), score: top.score,
  };
}
