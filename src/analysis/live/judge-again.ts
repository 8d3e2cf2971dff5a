import { DAY, HOUR } from '#kernel';
import { localMidnight, type OutfallFacts, type VerdictChange } from '#quality';
import type { Evaluation, Finding } from '../contract.ts';
import { isHigher, type Episode, type Left } from '../clues/episode.ts';
import { firstDayMoment } from '../moments.ts';
import type { Interval } from '../primitives/index.ts';
import type { OutfallSetup } from '../setup.ts';
import { byArrival, coversAll, stoodOn, touches, traceOf } from '../validity/validity.ts';

/** What becomes of an episode whose hours changed: the traces it is given, and the finding that is left of it where its model judged again. */
export interface Revaluation {
  readonly episode: Episode;
  readonly traces: NonNullable<Episode['validity']>;
  readonly left: Left;
  /** Strongest first; empty where the model did not judge again. */
  readonly found: readonly Finding[];
}

const byStrength = (a: Finding, b: Finding): number => (isHigher(a.tier, b.tier) ? -1 : isHigher(b.tier, a.tier) ? 1 : 0) || b.end - b.start - (a.end - a.start) || a.start - b.start;

/** What a model that judges again said of all of an episode's time; no answers where it does not. `gap`: see `mergeGapOf`. */
export interface AskedAgain {
  readonly answers: readonly Evaluation[];
  readonly gap: number;
}

/**
 * What is left of an episode. A monitoring mark that came while the unit may mark decides nothing before its deadline, and one that
 * power or other marks speak against explains nothing: `explained` says whether it does.
 */
function leftOf(episode: Episode, { answers, gap }: AskedAgain, own: readonly Finding[], changes: readonly VerdictChange[], explained: () => boolean): Left {
  if (answers.length === 0 || answers.some(({ outcome }) => outcome === 'CANNOT_TELL' || outcome === 'EXCEPTION')) return 'OPEN';
  const standing = own.filter((finding) => finding.suppressed === undefined);
  if (standing.length > 0) return coversAll(episode, standing, gap) ? 'MET' : 'PARTLY_MET';
  if (own.length > 0) return 'OPEN';
  if (changes.every(({ cause }) => cause !== 'MARK')) return 'NO_LONGER_MET';
  return !episode.provisional && explained() ? 'NO_LONGER_MET' : 'OPEN';
}

/** A stretch of the past, cut where what is registered for the outfall or the region's rules changed: each day is judged by its own (law time). */
export function byRegistration({ start, end }: Interval, setup: Pick<OutfallSetup, 'registrationAt'>): Interval[] {
  const said = (at: number): string => {
    const { limits, rules } = setup.registrationAt(at);
    return JSON.stringify([limits, rules]);
  };
  const parts: { start: number; end: number }[] = [];
  let last = '';
  for (let at = start; at < end; at = localMidnight(at) + DAY) {
    const own = said(at);
    const part = parts.at(-1);
    const until = Math.min(end, localMidnight(at) + DAY);
    if (part !== undefined && own === last) part.end = until;
    else parts.push({ start: at, end: until });
    last = own;
  }
  return parts;
}

/** Hours of an episode that came within the day before the daily moment `now`, after that of their own day: until then they had no value. */
export function arrivedSince(facts: OutfallFacts, { factors, start, end }: Interval & Pick<Episode, 'factors'>, now: number): readonly VerdictChange[] {
  return factors.flatMap((factor) => {
    const columns = facts.hours.columns(factor);
    if (columns === undefined) return [];
    const changes: VerdictChange[] = [];
    for (let hour = Math.max(start, facts.hours.base); hour < end; hour += HOUR) {
      const row = facts.hours.row(hour);
      const arrivedAt = columns.arrivedAt[row] ?? Number.NaN;
      const said = facts.verdictOf(factor, row);
      if (said === undefined || !(arrivedAt > now - DAY && arrivedAt <= now && arrivedAt > firstDayMoment(localMidnight(hour) + DAY))) continue;
      changes.push({ factor, start: hour, ...said, before: 'NO_VALUE', cause: 'FRAME', ref: '' });
    }
    return changes;
  });
}

/** Judges one episode on changes it stood on. */
export function revalue(episode: Episode, changes: readonly VerdictChange[], asked: AskedAgain, explained: () => boolean, now: number): Revaluation {
  const { answers } = asked;
  const own = answers.flatMap(({ findings }) => findings).filter((finding) => touches(episode, finding));
  const stood = stoodOn(episode, changes, answers.length > 0);
  const left = leftOf(episode, asked, own, stood, explained);
  return {
    episode, left, traces: byArrival(stood).map((group) => traceOf(group, left, now)),
    found: own.filter((finding) => finding.suppressed === undefined).sort(byStrength),
  };
}
