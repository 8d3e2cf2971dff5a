import type { VerdictChange } from '#quality';
import type { Evaluation, Finding } from './contract.ts';
import { isHigher, type Episode, type Left } from './episode.ts';
import { byArrival, coversAll, stoodOn, touches, traceOf } from './validity.ts';

/** What becomes of an episode whose hours changed: the traces it is given, and the finding that is left of it where its model judged again. */
export interface Revaluation {
  readonly episode: Episode;
  readonly traces: NonNullable<Episode['validity']>;
  readonly left: Left;
  /** Strongest first; empty where the model did not judge again. */
  readonly found: readonly Finding[];
}

const byStrength = (a: Finding, b: Finding): number => (isHigher(a.tier, b.tier) ? -1 : isHigher(b.tier, a.tier) ? 1 : 0) || b.end - b.start - (a.end - a.start) || a.start - b.start;

/**
 * What is left of an episode. A monitoring mark that came while the unit may mark decides nothing before its deadline, and one that
 * power or other marks speak against explains nothing: `explained` says whether it does.
 */
function leftOf(episode: Episode, answers: readonly Evaluation[], own: readonly Finding[], changes: readonly VerdictChange[], explained: () => boolean): Left {
  if (answers.length === 0 || answers.some(({ outcome }) => outcome === 'CANNOT_TELL' || outcome === 'EXCEPTION')) return 'OPEN';
  const standing = own.filter((finding) => finding.suppressed === undefined);
  if (standing.length > 0) return coversAll(episode, standing) ? 'MET' : 'PARTLY_MET';
  if (own.length > 0) return 'OPEN';
  if (changes.every(({ cause }) => cause !== 'MARK')) return 'NO_LONGER_MET';
  return !episode.provisional && explained() ? 'NO_LONGER_MET' : 'OPEN';
}

/** Judges one episode on changes it stood on; `answers` are its model's on all of its time, none where the model does not judge again. */
export function revalue(episode: Episode, changes: readonly VerdictChange[], answers: readonly Evaluation[], explained: () => boolean, now: number): Revaluation {
  const own = answers.flatMap(({ findings }) => findings).filter((finding) => touches(episode, finding));
  const stood = stoodOn(episode, changes, answers.length > 0);
  const left = leftOf(episode, answers, own, stood, explained);
  return {
    episode, left, traces: byArrival(stood).map((group) => traceOf(group, left, now)),
    found: own.filter((finding) => finding.suppressed === undefined).sort(byStrength),
  };
}
