import { endOfDay, MINUTE, startOfDay, type Instant, type Span } from '#kernel';
import type { CommandKind, CommandOf } from '../commands/index.ts';
import type { RectificationRound } from '../measures/count-days.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/** The data from which a check read that nothing was corrected; none where somebody saw it otherwise, or the unit kept the inspectors out. Until the minute of the check, as people write it. */
export const readFromData = ({ method, from, to, corrected, obstructed }: CommandOf<'CHECK_RECTIFICATION'>, at: Instant): Pick<RectificationRound, 'data'> =>
  method !== 'DATA' || corrected || obstructed ? {} : { data: { from: startOfDay(from), to: Math.min(endOfDay(to), at - (at % MINUTE)) } };

/**
 * The data under the checks a step stands on (江苏办法 第十二条): the daily penalty on every refusal not fined yet, what makes up for the correction on the
 * newest check.
 *
 * @returns each with the name under which a review is asked for; milliseconds
 */
export function checksOnData({ outfallId, rounds, latest, dailyCountedTo }: PenaltyCase, step: CommandKind): readonly (Span & { readonly dataRef: string })[] {
  const newest = latest.CHECK_RECTIFICATION;
  const checks = !step.includes('DAILY') ? (newest === undefined ? [] : [readFromData(newest.command, newest.at)])
    : rounds.filter(({ checkedOn = '' }) => checkedOn > (dailyCountedTo ?? ''));
  return checks.flatMap(({ data }) => (data === undefined || outfallId === undefined ? [] : [{ ...data, dataRef: `data:${outfallId}:${data.from}:${data.to}` }]));
}
