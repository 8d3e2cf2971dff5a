import { round, type Episode, type KindTable } from '../event.ts';
import { floorDay, MINUTE, timeAt } from '../grid.ts';
import { FURNACE_LIMIT } from '../plants/furnace.ts';
import type { Run, Site } from '../world.ts';
import { values } from './reading.ts';

export const hasFurnace = (site: Site): boolean => site.plant.kind === 'gas' && site.plant.furnace !== undefined;

/** How far the chamber must fall to lie at a temperature, °C (negative). */
export const fallTo = (site: Site, temperature: number): number => temperature - (site.plant.kind === 'gas' ? (site.plant.furnace ?? temperature) : temperature);

/** Most five-minute means (or means of a longer step) below the limit that one natural day of the event shows as sent, and the coldest of them. */
export function lowMeans(e: Episode, run: Run): { most: number; coldest: number } {
  const shown = values(run, 'a01901');
  const width = Math.max(1, Math.round((5 * MINUTE) / run.grid.stepMs));
  const days = new Map<number, number>();
  let coldest = Infinity;
  for (let i = e.from - (e.from % width); i + width <= run.grid.n && i < e.to; i += width) {
    const mean = shown.subarray(i, i + width).reduce((sum, x) => sum + x, 0) / width;
    if (mean >= FURNACE_LIMIT) continue;
    const day = floorDay(timeAt(run.grid, i));
    days.set(day, (days.get(day) ?? 0) + 1);
    coldest = Math.min(coldest, mean);
  }
  return { most: Math.max(0, ...days.values()), coldest };
}

/** Family "furnace": waste burnt too cold for dioxin to be destroyed, without a mark that says why (model:B08). */
export const FURNACE_CHEATS = {
  furnace_cold: {
    media: ['gas'], eligible: hasFurnace, hours: [0.5, 6], rate: 5,
    tier: (e) => (Number(e.params['lowMeans']) > 5 ? 1 : Number(e.params['lowMeans']) >= 3 ? 2 : 3),
    influence: (e, before) => {
      e.factors = ['a01901'];
      const fall = fallTo(e.site, e.random.uniform(780, 825));
      for (let i = e.from; i < Math.min(e.to, e.grid.n); i++) before.influence.furnace[i] = fall;
    },
    forge: (e, run) => {
      const { most, coldest } = lowMeans(e, run);
      Object.assign(e.params, { lowMeans: most, coldest: round(coldest) });
      if (most === 0) e.void = true;
    },
  },
} as const satisfies KindTable;
