import type { Visibility } from '#access';
import { type CalendarDay, dayOf, type Instant, MINUTE, type RegionKey } from '#kernel';
import { type Law, NATIONAL } from '#law';
import type { Database } from '#platform/db';
import { revisedAt, type Registry, type StoredRegistry } from '#register';
import { countHeard } from '../store/status.ts';
import { registeredMns } from './registered-mns.ts';

/**
 * How long a device may say nothing before it counts as silent, in minutes, on a day: a value of its unit's region, another
 * one for door controllers, which report on every change and every quarter of an hour (Ningxia annex 2, 六).
 */
export function silenceOf(law: Law, registry: Registry, day: CalendarDay): (mn: string) => number {
  const byRegion = new Map<string, { readonly door: number; readonly other: number }>();
  return (mn) => {
    const device = registry.deviceOf(mn)[0];
    const region = (device === undefined ? undefined : registry.unit(device.unit)?.attributes['region']) || NATIONAL;
    const minutes = byRegion.get(region) ?? law.valueAt('ingest.silentMinutes', region as RegionKey, day).value;
    byRegion.set(region, minutes);
    return device?.role === 'door' ? minutes.door : minutes.other;
  };
}

/** Whether nothing came within that time; equally long is not yet silent. */
export const isSilent = (lastAt: number, minutes: number, now: Instant): boolean => now - lastAt > minutes * MINUTE;

/** Registered devices: how many there are, how many were never heard in the time after which a device counts as silent, for how many that time still runs, and how many of the others are silent. */
export interface DeviceCount {
  readonly known: number;
  readonly never: number;
  readonly awaited: number;
  readonly silent: number;
}

/** Counts the registered devices of the units that the visibility covers. */
export async function countDevices(db: Database, law: Law, registry: StoredRegistry, now: Instant, visibility: Visibility): Promise<DeviceCount> {
  const minutes = silenceOf(law, registry, dayOf(now));
  const revised = await revisedAt(db, 'outfalls');
  const devices = registeredMns(registry).flatMap((mn) => {
    const device = registry.deviceOf(mn)[0];
    if (device === undefined) return [];
    const { unit, outfalls } = device;
    return [{ mn, unit, authority: registry.authorityOf(unit) ?? null, heardAfter: now - minutes(mn) * MINUTE, registeredAt: Math.max(0, ...outfalls.map((one) => revised.get(one) ?? 0)) }];
  });
  return countHeard(db, devices, visibility);
}
