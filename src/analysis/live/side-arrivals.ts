import { readSideRecords } from '#ingest';
import type { Database } from '#platform/db';
import type { Arrival } from '#quality';
import { doorArrivals, powerArrivals } from './register-arrivals.ts';
import type { OutfallSetup } from '../setup.ts';

/** Doors and meter readings before `to` that came as files (the same fact told by a frame is one record). */
export async function sideArrivals(db: Database, setup: OutfallSetup, to: number): Promise<Arrival[]> {
  const range = { from: 0, to };
  const doors = await readSideRecords(db, 'DOOR', [setup.outfall.outfall], range);
  const power = await readSideRecords(db, 'POWER', setup.facts.meters.map((meter) => meter.meter), range);
  return [
    ...doors.flatMap((door) => doorArrivals({
      openedAt: door.startAt, closedAt: door.endAt ?? Number.NaN, method: door.value['method'] ?? '', person: door.value['person'] ?? '',
    })),
    ...powerArrivals(power.map((row) => ({ at: row.startAt, meter: row.subject as never, kw: Number(row.value['kw']) })), setup.facts.powerStepMs),
  ];
}
