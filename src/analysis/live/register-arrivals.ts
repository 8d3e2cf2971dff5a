import { HOUR, MINUTE, type OutfallId } from '#kernel';
import type { Arrival, Fact } from '#quality';
import type { DoorRow, MarkRow, PowerRow, Registry, VideoRow } from '#register';
import { powerStepOf } from '../setup.ts';
import { groupBy, toldArrivals } from './told-arrivals.ts';

/** Known when it happened: the register files carry no other time for these. */
const arrival = (knownAt: number, order: string, fact: Fact): Arrival => ({ knownAt, order, facts: [fact] });

/**
 * What the register files tell of an outfall, as arrivals: a mark is known when it was submitted, a meter reading
 * when its interval is over, an opening at once and its closing when it closed. Nothing is known before it happened.
 */
export function registerArrivals(registry: Registry): (id: OutfallId, powerStepMs: number) => Arrival[] {
  const { data } = registry;
  const marks = groupBy(data.marks, (row) => row.outfall);
  const maintenance = groupBy(data.maintenance, (row) => row.outfall);
  const doors = groupBy(data.doors, (row) => row.outfall);
  const videos = groupBy(data.videos, (row) => row.outfall);
  const orders = groupBy(data.orders, (row) => row.unit);
  const power = groupBy(data.power, (row) => row.meter);
  const weather = groupBy(data.weather, (row) => row.county);
  const told = toldArrivals(registry);
  return (id, powerStepMs) => {
    const unit = registry.outfall(id)?.unit;
    const county = unit === undefined ? undefined : registry.unit(unit)?.county;
    const readings = registry.metersOf(id).flatMap((meter) => power.get(meter.meter) ?? []);
    return [
      ...(marks.get(id) ?? []).map(markArrival),
      ...(maintenance.get(id) ?? []).map(({ start, end, what, factors }) =>
        arrival(start, `maintenance ${what} ${factors.join('|')}`, { kind: 'maintenance', start, end, what, factors }),
      ),
      ...(doors.get(id) ?? []).flatMap(doorArrivals),
      ...(videos.get(id) ?? []).map((row) => videoArrival(row)),
      ...(unit === undefined ? [] : (orders.get(unit) ?? [])).map(({ start, end, requiredCut }) =>
        arrival(start, `order ${end}`, { kind: 'order', start, end, requiredCut }),
      ),
      ...[...new Set(['', county ?? ''])].flatMap((of) => weather.get(of) ?? []).map(({ at, tempC, rainMmH, county: of }) =>
        arrival(at, `weather ${of}`, { kind: 'weather', at, tempC, rainMmH, county: of }),
      ),
      ...told(id),
      ...powerArrivals(readings, powerStepMs),
    ];
  };
}

export const markArrival = ({ mark, kind, start, end, submittedAt, reason }: Omit<MarkRow, 'attributes' | 'outfall'>): Arrival =>
  arrival(submittedAt, `mark ${mark}`, { kind: 'mark', id: mark, markKind: kind, start, end, submittedAt, reason });

/** An opening is known when it happens; its closing when the door closes. */
export function doorArrivals({ openedAt, closedAt, method, person }: Pick<DoorRow, 'openedAt' | 'closedAt' | 'method' | 'person'>): Arrival[] {
  const fact = { kind: 'opening', openedAt, closedAt, method, person } as const;
  const opened = arrival(openedAt, `door ${person}`, fact);
  return closedAt > openedAt ? [opened, arrival(closedAt, `door ${person}`, fact)] : [opened];
}

/** What a camera saw is known when it is over, or when it was told. */
export const videoArrival = ({ start, end, camera, event }: Pick<VideoRow, 'start' | 'end' | 'camera' | 'event'>, toldAt = end): Arrival =>
  arrival(Math.max(end, toldAt), `video ${camera} ${event} ${start}`, { kind: 'video', start, end, camera, event });

/** A reading stands for the interval it begins and is known when that is over. */
export function powerArrivals(rows: readonly PowerRow[], stepMs: number): Arrival[] {
  const lag = Math.min(Math.max(stepMs, MINUTE), HOUR);
  return rows.map(({ at, meter, kw }) => arrival(at + lag, `power ${meter}`, { kind: 'power', at, readings: [{ meter, kw }] }));
}

/** Interval at which the meters of an outfall report in `power.csv`; undefined where the file has none of them. */
export function powerStepIn(registry: Registry): (id: OutfallId, fallback: number) => number {
  const times = groupBy(registry.data.power, (row) => row.meter);
  return (id, fallback) => {
    const meter = registry.metersOf(id).find((one) => times.has(one.meter));
    return meter === undefined ? fallback : powerStepOf((times.get(meter.meter) ?? []).map((row) => row.at), fallback);
  };
}
