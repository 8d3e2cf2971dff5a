import { monthsBetween } from './calendar.ts';
import { DAY, type Grid } from './grid.ts';
import { at } from './processes.ts';
import { randomStream } from './random.ts';
import type { Enterprise, Label } from './world.ts';

export interface WasteRow {
  readonly month: string;
  readonly generated: number;
  readonly shipped: number;
  readonly stock: number;
  readonly production: number;
}

/**
 * Monthly hazardous-waste ledger of an enterprise (t): generation = k · production · LN(0, 0.08), stock and manifests
 * accordingly. With `cheat`, one firm in six hides part of it: a `waste_gap` (simulator.md §9, 33).
 */
export function makeWaste(seed: string, enterprise: Enterprise, grid: Grid, until: number, loads: readonly Float64Array[], cheat: boolean): { rows: WasteRow[]; labels: Label[] } {
  if (!enterprise.industry.hazardousWaste) return { rows: [], labels: [] };
  const random = randomStream(seed, enterprise.id, 'waste');
  const perMonth = random.uniform(8, 60);
  let stock = random.uniform(2, 10);
  const months = monthsBetween(grid.start, until);
  const gapFrom = cheat && random.chance(1 / 6) ? random.int(0, Math.max(0, months.length - 1)) : -1;
  const hidden = random.uniform(0.3, 0.7);
  const labels: Label[] = [];
  const rows = months.map(({ key, start }, m): WasteRow => {
    const end = months[m + 1]?.start ?? until;
    const production = meanLoad(grid, loads, start, end) * ((end - start) / (30 * DAY));
    const real = perMonth * production * Math.exp(random.normal(0, 0.08));
    const told = m === gapFrom ? real * hidden : real;
    const shipped = Math.max(0, stock + told - random.uniform(2, 12));
    stock += told - shipped;
    if (m === gapFrom) {
      labels.push({
        kind: 'waste_gap', benign: false, start, end, tier: real - told > 3 ? 1 : 2, factors: [],
        params: { missingTonnes: Number((real - told).toFixed(2)) },
      });
    }
    return { month: key, generated: told, shipped, stock, production };
  });
  return { rows, labels };
}

function meanLoad(grid: Grid, loads: readonly Float64Array[], from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (const load of loads) {
    for (let i = Math.floor((from - grid.start) / grid.stepMs); i < Math.floor((to - grid.start) / grid.stepMs); i++) {
      sum += at(load, i);
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
