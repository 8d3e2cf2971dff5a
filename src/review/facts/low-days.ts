import type { Episode } from '#analysis';
import { DAY, dayOf, instant, startOfDay } from '#kernel';

const begun = ({ stats }: Episode): number => startOfDay(dayOf(instant(Number(stats['lowFrom']))));

/** The figures of a day were counted again after this version became known: it tells them no longer. */
const recounted = (day: number, { knownAt }: Episode, { validity = [] }: Episode): boolean =>
  validity.some(({ at, hours }) => at > knownAt && hours.some(({ from, to }) => from < day + DAY && to > day));

/**
 * An episode of a model that counts by the natural day, once for each of its days: it bears the figures of one of them, and its earlier versions those of the
 * others, each day as it was last told. Pure.
 *
 * @param versions of this episode, the first known first
 */
export function lowDays(episode: Episode, versions: readonly Episode[]): Episode[] {
  const told = versions.filter((one) => one.id === episode.id && one.stats['lowFrom'] !== undefined && one.suppressed === undefined && one.cleared === undefined);
  const days = Map.groupBy(told, begun);
  const others = [...days].flatMap(([day, of]) => {
    const last = of.at(-1);
    return last === undefined || day === begun(episode) || recounted(day, last, episode) ? [] : [{ ...episode, stats: last.stats }];
  });
  return [...others, episode].toSorted((a, b) => begun(a) - begun(b));
}
