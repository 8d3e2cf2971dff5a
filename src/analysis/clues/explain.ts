import { HOUR, instant } from '#kernel';
import { markCoversHour, PLANT_STATES, type HourState, type Mark } from '#quality';
import { overlaps, type Episode } from './episode.ts';

/** Kinds of evidence that speak against a mark: a mark under such doubt explains nothing by itself. */
const DOUBTS = new Set(['marks', 'power', 'site']);

/**
 * Which accepted mark explains an episode: every hour of it lies under a mark that was submitted in time, no finding
 * of marks, power or site speaks against it, and a declared stop is not contradicted by production power.
 */
export function explainByMarks(
  episode: Episode,
  episodes: readonly Episode[],
  marks: readonly Mark[],
  state: HourState,
  now: number,
): Episode['cleared'] {
  const usable = marks.filter((mark) => mark.class !== 'OTHER' && overlaps(mark, episode, 0));
  if (usable.length === 0) return undefined;
  const doubted = episodes.some(
    (other) => DOUBTS.has(other.family) && other.suppressed === undefined && other.tier !== 'REMIND' && overlaps(other, episode, 0),
  );
  if (doubted) return undefined;
  const first = Math.floor(episode.start / HOUR) * HOUR;
  for (let hour = first; hour < episode.end; hour += HOUR) {
    const byPower = PLANT_STATES[state.byPower[Math.floor((hour - state.t0) / HOUR)] ?? 4];
    // The hour in which a stop ends lies under two marks: power contradicts the stop, not the start-up.
    if (!usable.some((one) => markCoversHour(one, hour) && !(one.class === 'STOP' && byPower === 'RUN'))) return undefined;
  }
  const kinds = [...new Set(usable.map((mark) => mark.kind))].sort().join('、');
  return {
    reason: 'MARKED_IN_TIME',
    zh: `时段内数据已按期标记（${kinds}），不作为判定依据；标记真实性仍可核查`,
    en: `the hours were marked in time (${kinds}) and are no basis for judging; the marks themselves can still be checked`,
    at: instant(now),
  };
}
