import { DAY, HOUR, type OutfallId } from '#kernel';
import type { Database } from '#platform/db';
import type { ReadingRoom, Series } from '#platform/series';
import type { Arrival } from '#quality';
import { readMarks, type Registry } from '#register';
import type { Asked } from '../context.ts';
import type { HourField, Model } from '../contract.ts';
import { named } from '../live/named-arrival.ts';
import { doorArrivals, markArrival, registerArrivals } from '../live/register-arrivals.ts';
import { videoArrivals } from '../live/side-arrivals.ts';
import { setupOf } from '../setup.ts';
import { HOUR_FIELDS, readEpisodeVersions, readHourRows, readPowerRows, readShiftedTimes, readStepRows, readStoredOpenings, type StoredOpening } from '../store/read-history.ts';
import type { Batch, BatchOutfall } from './judge-batch.ts';
import { LEAD_IN, RUN_IN, type Suspects } from './judge-history.ts';

export interface ReadDeps {
  readonly db: Database;
  readonly series: Series;
  readonly registry: Registry;
  readonly activeSince: ReadonlyMap<string, number>;
  readonly register: ReturnType<typeof registerArrivals>;
}

export interface ReadRange {
  readonly from: number;
  readonly to: number;
  readonly models: readonly Pick<Model, 'id' | 'hourFields'>[];
  readonly needs: ReadonlySet<Asked>;
  /** Hours that could make the models speak, by outfall. */
  readonly suspects: ReadonlyMap<OutfallId, Suspects>;
  readonly signal: AbortSignal | undefined;
  /** Where columns are laid; they hold good until it is cleared. */
  readonly room?: ReadingRoom;
}

const newYear = (at: number): number => Date.UTC(new Date(at + 8 * HOUR).getUTCFullYear(), 0, 1) - 8 * HOUR;

/** From where rows are needed: a window before the run-in, or the beginning of that year for totals. */
export function firstRow(from: number, needs: ReadonlySet<Asked>): number {
  const lead = from - RUN_IN - LEAD_IN - DAY;
  return needs.has('totals') ? Math.min(lead, newYear(from - RUN_IN - DAY)) : lead;
}

/** Means are always needed: the plant's state comes from them. Without models named, everything is read. */
const fieldsOf = ({ models, needs }: ReadRange): readonly HourField[] =>
  HOUR_FIELDS.filter((field) => field === 'avg' || models.length === 0 || (field === 'cou' && needs.has('totals')) || models.some(({ hourFields }) => hourFields?.includes(field) ?? true));

const openingOf = (opening: StoredOpening): Arrival[] => {
  const { openedAt, closedAt, method, person, knownAt } = opening;
  const [opened, closed] = doorArrivals({ openedAt, closedAt: closedAt ?? Number.NaN, method, person });
  // The stored time is that of the first report; a closing is known when the door closes.
  return [{ ...(opened as Arrival), knownAt: Math.max(knownAt, openedAt) }, ...(closed === undefined ? [] : [{ ...closed, knownAt: Math.max(closed.knownAt, knownAt) }])];
};

/** Reads everything that judging a few outfalls needs, side by side. */
export async function readBatch(deps: ReadDeps, outfalls: readonly OutfallId[], range: ReadRange): Promise<Batch> {
  const { db, series, registry } = deps;
  const from = firstRow(range.from, range.needs);
  const span = { outfalls, from, to: range.to };
  const [hours, steps, power, shifted, openings, others, marks, videos] = await Promise.all([
    readHourRows(series, span, fieldsOf(range), range),
    range.needs.has('steps') ? readStepRows(series, span, range) : Promise.resolve(undefined),
    readPowerRows(series, span, range),
    readShiftedTimes(db, outfalls), readStoredOpenings(db, outfalls, from, range.to),
    readEpisodeVersions(db, outfalls, range.models.map((model) => model.id), from, range.to),
    Promise.all(outfalls.map((outfall) => readMarks(db, outfall))),
    Promise.all(outfalls.map((outfall) => videoArrivals(db, outfall, span))),
  ]);
  const later = new Map(shifted.map((one) => [`${one.outfall} ${one.ref}`, one.knownAt]));
  const batchOutfalls = outfalls.map((outfall, i): BatchOutfall => {
    const placed = (arrival: Arrival): Arrival => (later.size === 0 ? arrival : { ...arrival, knownAt: later.get(`${outfall} ${named(arrival).ref}`) ?? arrival.knownAt });
    const ownMarks = (marks[i] ?? []).map(markArrival).map(placed);
    const stepMs = setupOf(registry, outfall)?.facts.powerStepMs ?? HOUR;
    const known = openings.filter((opening) => opening.outfall === outfall).flatMap(openingOf);
    // Doors, meters and marks of the register files have become stored openings, rows and marks.
    const told = [...deps.register(outfall, stepMs), ...(videos[i] ?? [])].map(placed).filter(({ facts }) => !facts.some(({ kind }) => kind === 'opening' || kind === 'power' || kind === 'mark'));
    return {
      outfall, activeSince: deps.activeSince.get(outfall), told: [...told, ...ownMarks, ...known], marksKnown: new Set(ownMarks.map((mark) => mark.knownAt)),
      others: others.filter((episode) => episode.outfall === outfall), suspects: range.suspects.get(outfall),
    };
  });
  return { outfalls: batchOutfalls, hours, steps, power, totals: range.needs.has('totals') };
}
