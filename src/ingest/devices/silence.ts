import { type CalendarDay, dayOf, type Instant, MINUTE, type RegionKey } from '#kernel';
import { type Law, NATIONAL } from '#law';
import type { Database } from '#platform/db';
import type { Registry } from '#register';
import { readStatus } from '../store/status.ts';

/**
 * How long a device may say nothing before it counts as silent, in minutes: a value of its unit's region, another one for
 * door controllers, which report on every change and every quarter of an hour (Ningxia annex 2, 六).
 */
export function silentAfter(law: Law, registry: Registry, mn: string, day: CalendarDay): number {
  const device = registry.deviceOf(mn)[0];
  const region = (device === undefined ? undefined : registry.unit(device.unit)?.attributes['region']) || NATIONAL;
  const { door, other } = law.valueAt('ingest.silentMinutes', region as RegionKey, day).value;
  return device?.role === 'door' ? door : other;
}

/** Whether nothing came within that time; equally long is not yet silent. */
export const isSilent = (lastAt: number, minutes: number, now: Instant): boolean => now - lastAt > minutes * MINUTE;

/** Devices heard so far, and how many of them are silent. */
export async function countDevices(db: Database, law: Law, registry: Registry, now: Instant): Promise<{ known: number; silent: number }> {
  const day = dayOf(now);
  const rows = await readStatus(db, '', 2_000);
  return { known: rows.length, silent: rows.filter(({ mn, lastAt }) => isSilent(lastAt, silentAfter(law, registry, mn, day), now)).length };
}
