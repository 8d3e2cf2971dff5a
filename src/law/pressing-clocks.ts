import { dayOf, type Instant, type RegionKey } from '#kernel';
import { CLOCK_IDS, type ClockId } from './clock-ids.ts';
import type { Law } from './law.ts';

/**
 * Which clocks press in a region at a moment, by what their end means there: those before whose end nothing may be done never do
 * (`without`), and a right that lapsed or a thing the law deems done is no broken duty (`lapsing`).
 */
export function pressingClocks(law: Law, region: RegionKey, now: Instant): { readonly without: readonly ClockId[]; readonly lapsing: readonly ClockId[]; readonly now: Instant } {
  const effectOf = (id: ClockId) => law.clock(id, region, dayOf(now)).effect;
  return { without: CLOCK_IDS.filter((id) => effectOf(id) === 'EARLIEST'), lapsing: CLOCK_IDS.filter((id) => effectOf(id) !== 'OVERDUE'), now };
}
