import { startOfHour, type Clock, type OutfallId } from '#kernel';
import { directoryOfRegister, readEverything, type DeviceDirectory } from '#ingest';
import type { BlobStore } from '#platform/blobs';
import type { Database } from '#platform/db';
import type { Series } from '#platform/series';
import { byKnownTime, type Arrival } from '#quality';
import { readMarks, type LiveRegistry } from '#register';
import { OutfallEngine } from '../engine.ts';
import { named, type NamedArrival } from './named-arrival.ts';
import { routeStored } from './route-stored.ts';
import { sideArrivals } from './side-arrivals.ts';
import { markArrival, registerArrivals } from './register-arrivals.ts';
import { setupOf, type OutfallSetup } from '../setup.ts';
import { readLanes } from '../store/lanes.ts';
import { readShifts } from '../store/progress.ts';
import { ValueCopies } from '../store/values.ts';

/** What a rebuilding of the series works with. */
export interface RebuildDeps {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly series: Series;
  readonly clock: Clock;
  readonly registry: LiveRegistry;
  /** How the devices are read, their keys included; from the register alone where left out. */
  readonly devices?: DeviceDirectory;
}

/** How much was read for it. */
export interface Rebuilt {
  readonly frames: number;
  readonly outfalls: number;
}

/** Frames of an outfall that may wait to be put in the order in which they became known. */
const WAITING = 1_000;
/** Copies that are written together. */
const TOGETHER = 20_000;

/** One outfall's facts in known-time order, judged by no model. */
class Retold {
  readonly #engine: OutfallEngine;
  readonly #shifts: ReadonlyMap<string, number>;
  #frames: Arrival[] = [];
  /** What register and files tell, still to come. */
  #told: Arrival[];

  constructor(setup: OutfallSetup, activeSince: number, shifts: ReadonlyMap<string, number>, told: readonly Arrival[], copies: ValueCopies) {
    this.#shifts = shifts;
    this.#engine = new OutfallEngine(setup, activeSince, { models: [], onChange: () => undefined, onArrival: copies.note.bind(copies) });
    // As in a lane: a fact that is told twice counts once.
    this.#told = [...new Map(told.map(named).map((fact) => [fact.ref, this.#placed(fact)])).values()];
  }

  /** What came too late for a moment already judged counted from then on, and counts from there again. */
  #placed({ ref, arrival }: NamedArrival): Arrival {
    const { facts, order } = arrival;
    const knownAt = this.#shifts.get(ref);
    return knownAt === undefined ? arrival : { facts, order, knownAt };
  }

  offer(frame: NamedArrival): void {
    if (this.#frames.push(this.#placed(frame)) < 2 * WAITING) return;
    this.#frames.sort(byKnownTime);
    this.tellBefore(this.#frames[WAITING]?.knownAt ?? Number.NEGATIVE_INFINITY);
  }

  /** Tells in order what became known before a moment. */
  tellBefore(until: number): void {
    const isDue = ({ knownAt }: Arrival) => knownAt < until;
    const due = [...this.#frames.filter(isDue), ...this.#told.filter(isDue)].sort(byKnownTime);
    this.#frames = this.#frames.filter((arrival) => !isDue(arrival));
    this.#told = this.#told.filter((arrival) => !isDue(arrival));
    this.#engine.feed(due);
  }
}

/**
 * Empties the series and fills it again from the sealed frames, the journal and the register: the copies of hours,
 * steps and meters with the validity each had when it became known, as the judge wrote them. Read by the register as it
 * stands now. The tables are empty at first, and stay part-filled where a file cannot be read: then it is run again once that
 * is mended. Judgements do not depend on them.
 *
 * @param onProgress told how many journal rows were read
 */
export async function rebuildSeries(deps: RebuildDeps, onProgress: (frames: number) => void = () => undefined): Promise<Rebuilt> {
  const { db, series } = deps;
  const registry = deps.registry.current();
  const copies = new ValueCopies(series);
  const since = new Map((await readLanes(db)).map((lane) => [lane.outfall, lane.activeSince]));
  const tellRegister = registerArrivals(registry);
  const told = new Map<OutfallId, Retold | undefined>();
  const setups = new Map<OutfallId, OutfallSetup | undefined>();
  const setup = (id: OutfallId): OutfallSetup | undefined => {
    if (!setups.has(id)) setups.set(id, setupOf(registry, id));
    return setups.get(id);
  };
  const now = deps.clock.now();
  const begin = async (id: OutfallId, at: number): Promise<Retold | undefined> => {
    const own = setup(id);
    if (own === undefined) return undefined;
    const [shifts, marks, side] = await Promise.all([readShifts(db, id), readMarks(db, id), sideArrivals(db, own, { from: 0, to: now })]);
    return new Retold(own, since.get(id) ?? startOfHour(at), shifts, [...tellRegister(id, own.facts.powerStepMs), ...marks.map(markArrival), ...side], copies);
  };
  for (const table of ['hour_value', 'step_value', 'power_value', 'hour_peak']) await series.command(`TRUNCATE TABLE ${table}`);
  let frames = 0;
  for await (const page of readEverything(deps, deps.devices ?? directoryOfRegister(() => registry))) {
    for (const frame of page) {
      for (const { outfall, named: arrival } of routeStored(frame, registry, (id) => setup(id)?.profiles)) {
        if (!told.has(outfall)) told.set(outfall, await begin(outfall, frame.arrivedAt));
        told.get(outfall)?.offer(arrival);
      }
    }
    frames += page.length;
    if (copies.size >= TOGETHER) await copies.flush();
    onProgress(frames);
  }
  for (const one of told.values()) {
    one?.tellBefore(now);
    if (copies.size >= TOGETHER) await copies.flush();
  }
  await copies.flush();
  return { frames, outfalls: [...told.values()].filter((one) => one !== undefined).length };
}
