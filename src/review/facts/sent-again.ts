import { readRow, type DeviceDirectory, type JournalRow } from '#ingest';

/** Hours of which data came more than once with other figures, and the frames that brought them. */
export interface SentAgain {
  readonly hours: number;
  readonly frames: number;
}

const HOUR_DATA = '2061';
const counts = ({ state, cn, dataAt }: JournalRow): boolean => (state === 'ACCEPTED' || state === 'PART') && cn === HOUR_DATA && dataAt !== null;
/** Fields of a frame that hold a figure of the hour: its mean, extremes and mass, as measured and converted. */
const FIGURE = /-(?:(?:Zs)?(?:Avg|Min|Max)|Cou)$/i;

/**
 * Hour data (HJ 212, command 2061) that came again under another request number with other figures: each frame counts by itself, so none is a conflict,
 * but of the hour two values are on record. Both frames stay; the value that came first is the one that is judged.
 *
 * @param rows frames of one device, in the order of their arrival
 */
export function sentAgain(rows: readonly JournalRow[], directory: DeviceDirectory): SentAgain {
  const hours = Map.groupBy(rows.filter(counts), ({ dataAt }) => dataAt);
  const changed = [...hours.values()].flatMap((of) => {
    const first = new Map<string, number>();
    const others = of.length < 2 ? [] : of.filter((row) => {
      const figures = (readRow(row, directory)?.cp.flat() ?? []).flatMap(([name, value = '']) => (FIGURE.test(name) && value !== '' ? [{ name, value: Number(value) }] : []));
      const differs = figures.some(({ name, value }) => first.has(name) && first.get(name) !== value);
      for (const { name, value } of figures) if (!first.has(name)) first.set(name, value);
      return differs;
    });
    return others.length === 0 ? [] : [others.length];
  });
  return { hours: changed.length, frames: changed.reduce((sum, n) => sum + n, 0) };
}
