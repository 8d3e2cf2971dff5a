import { DAY, instant, MINUTE, type MeterId, type OutfallId } from '#kernel';
import { readSideRecords, readVideoEvents, sideNews, type SideNews } from '#ingest';
import type { Database } from '#platform/db';
import { WINDOW_DAYS, type Arrival } from '#quality';
import type { Registry } from '#register';
import { doorArrivals, powerArrivals, videoArrival } from './register-arrivals.ts';
import type { OutfallSetup } from '../setup.ts';

/** From where records matter to an outfall that was judged up to a moment. */
export const sideFrom = (judgedUntil: number | null): number => Math.floor(Math.max(0, (judgedUntil ?? Number.NEGATIVE_INFINITY) - (WINDOW_DAYS + 1) * DAY));

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Video events that began in [from, to). A file tells of the past in its own time, as files of the register do; a camera platform tells at once. */
export async function videoArrivals(db: Database, outfall: OutfallId, range: Range): Promise<Arrival[]> {
  const events = await readVideoEvents(db, outfall, { from: instant(range.from), to: instant(range.to) });
  return events.map(({ startAt, endAt, camera, kind, source, knownAt }) => videoArrival({ start: startAt, end: endAt, camera, event: kind }, source === 'HTTP' ? knownAt : endAt));
}

/** Doors, meter readings and video events that began in [from, to): told by files or a camera platform (the same fact told by a frame is one record). */
export async function sideArrivals(db: Database, setup: OutfallSetup, range: Range): Promise<Arrival[]> {
  const { outfall } = setup.outfall;
  const [doors, power, videos] = await Promise.all([
    readSideRecords(db, 'DOOR', [outfall], range),
    readSideRecords(db, 'POWER', setup.facts.meters.map((meter) => meter.meter), range),
    videoArrivals(db, outfall, range),
  ]);
  return [
    ...doors.flatMap((door) => doorArrivals({
      openedAt: door.startAt, closedAt: door.endAt ?? Number.NaN, method: door.value['method'] ?? '', person: door.value['person'] ?? '',
    })),
    ...powerArrivals(power.map((row) => ({ at: row.startAt, meter: row.subject as MeterId, kw: Number(row.value['kw']) })), setup.facts.powerStepMs),
    ...videos,
  ];
}

/** Which outfalls a record tells something of. */
function hearers({ kind, subject }: SideNews, registry: Registry): readonly OutfallId[] {
  if (kind !== 'POWER') return [subject as OutfallId];
  const meter = registry.meter(subject as MeterId);
  if (meter?.outfall !== undefined) return [meter.outfall];
  return meter?.unit === undefined ? [] : registry.outfallsOf(meter.unit).map(({ outfall }) => outfall);
}

/** Looks for what came beside the frames since the last look. Rows become visible a moment after the time they carry: the last minute is looked at again. */
export class SideWatch {
  #until: number;
  #seen = new Map<string, string>();

  constructor(until: number) {
    this.#until = until;
  }

  /** Outfalls of which something new was told. */
  async look(db: Database, registry: Registry, now: number): Promise<readonly OutfallId[]> {
    const told = await sideNews(db, this.#until - MINUTE);
    const fresh = told.filter(({ kind, subject, stamp }) => this.#seen.get(`${kind} ${subject}`) !== stamp);
    this.#seen = new Map(told.map(({ kind, subject, stamp }) => [`${kind} ${subject}`, stamp]));
    this.#until = now;
    return [...new Set(fresh.flatMap((one) => hearers(one, registry)))].sort();
  }
}
