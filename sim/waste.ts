import { monthsBetween } from './calendar.ts';
import { DAY, HOUR, isWeekend, type Grid } from './grid.ts';
import { at } from './processes.ts';
import { randomStream } from './random.ts';
import type { Enterprise, Label } from './world.ts';

/** The kind of wrong of a ledger; it belongs to an enterprise, not to an outfall's turn. */
export const WASTE_GAP = 'waste_gap';

export interface WasteRow {
  readonly month: string;
  readonly generated: number;
  readonly shipped: number;
  readonly stock: number;
  readonly production: number;
}

/** One truckload on its way to a licensed disposer. */
export interface ManifestRow {
  readonly id: string;
  readonly left: number;
  readonly arrived: number;
  /** Tonnes at the gate and at the disposer's scales. */
  readonly sent: number;
  readonly received: number;
  readonly carrier: string;
  readonly plate: string;
  readonly deviationKm: number;
  readonly stopMin: number;
  readonly silentMin: number;
  readonly storedSince: number;
}

/**
 * Monthly hazardous-waste ledger of an enterprise (t), the six months before the run included: generation = k · production · LN(0, 0.08), stock and
 * manifests accordingly. With `cheat`, one firm in six hides part of what it makes and one in eight of the others has a stock that does not close by 1–10 t, in
 * a month whose ledger is told within the run: both are a `waste_gap`.
 */
export function makeWaste(seed: string, enterprise: Enterprise, grid: Grid, until: number, loads: readonly Float64Array[], cheat: boolean): { rows: WasteRow[]; manifests: ManifestRow[]; labels: Label[] } {
  if (!enterprise.industry.hazardousWaste) return { rows: [], manifests: [], labels: [] };
  const random = randomStream(seed, enterprise.id, 'waste');
  const perMonth = random.uniform(8, 60);
  let stock = random.uniform(2, 10);
  const months = monthsBetween(grid.start, until);
  // A month is told when it is over: nothing is hidden in one that outlasts the run.
  const told = months.length > 1 ? months.length - 1 : 0;
  const earlier = earlierMonths(seed, enterprise, grid.start, perMonth, stock);
  const gapFrom = cheat && random.chance(1 / 6) && told > 0 ? random.int(0, told - 1) : -1;
  const hidden = random.uniform(0.3, 0.7);
  // From a stream of its own: who hid part of the generation before hides the same part now.
  const lost = randomStream(seed, enterprise.id, 'waste-stock');
  const lostFrom = cheat && gapFrom < 0 && told > 0 && lost.chance(1 / 8) ? lost.int(0, told - 1) : -1;
  const missing = lost.uniform(1, 10);
  const labels: Label[] = [];
  const manifests = [...earlier.manifests];
  const rows = months.map(({ key, start }, m): WasteRow => {
    const end = months[m + 1]?.start ?? until;
    const production = meanLoad(grid, loads, start, end) * ((end - start) / (30 * DAY));
    const real = perMonth * production * Math.exp(random.normal(0, 0.08));
    const generated = m === gapFrom ? real * hidden : real;
    const shipped = Math.max(0, stock + generated - random.uniform(2, 12));
    stock += generated - shipped;
    manifests.push(...truckloads(seed, enterprise, key, start, end, shipped));
    if (m === lostFrom) {
      const gone = Math.min(missing, stock);
      stock -= gone;
      labels.push({
        kind: WASTE_GAP, benign: false, start, end, tier: gone > 3 ? 1 : 2, factors: [], params: { stockGoneTonnes: Number(gone.toFixed(2)) },
      });
    }
    if (m === gapFrom) {
      labels.push({
        kind: WASTE_GAP, benign: false, start, end, tier: real - generated > 3 ? 1 : 2, factors: [],
        params: { missingTonnes: Number((real - generated).toFixed(2)) },
      });
    }
    return { month: key, generated, shipped, stock, production };
  });
  return { rows: [...earlier.rows, ...rows], manifests, labels };
}

const EARLIER_MONTHS = 6;

/** Honest months before the run, the last of which leaves the stock with which it begins: no firm starts its ledger on the day we look. */
function earlierMonths(seed: string, enterprise: Enterprise, until: number, perMonth: number, stock: number): Pick<ReturnType<typeof makeWaste>, 'rows' | 'manifests'> {
  const random = randomStream(seed, enterprise.id, 'waste-earlier');
  const all = monthsBetween(until - 31 * (EARLIER_MONTHS + 1) * DAY, until + 1);
  const manifests: ManifestRow[] = [];
  let before = stock + random.uniform(0, 6);
  const rows = all.slice(-1 - EARLIER_MONTHS, -1).map(({ key, start }, m): WasteRow => {
    const production = random.uniform(0.75, 0.95);
    const generated = perMonth * production * Math.exp(random.normal(0, 0.08));
    const left = m === EARLIER_MONTHS - 1 ? stock : Math.min(before + generated, stock + random.uniform(0, 6));
    const shipped = before + generated - left;
    manifests.push(...truckloads(seed, enterprise, key, start, start + 28 * DAY, shipped));
    before = left;
    return { month: key, generated, shipped, stock: left, production };
  });
  return { rows, manifests };
}

const LOAD_TONNES = [4, 9] as const;

/** What left in a month, in honest truckloads on working days. */
function truckloads(seed: string, enterprise: Enterprise, month: string, start: number, end: number, tonnes: number): ManifestRow[] {
  const random = randomStream(seed, enterprise.id, `manifests-${month}`);
  const days = Math.floor((end - start) / DAY);
  const out: ManifestRow[] = [];
  for (let left = tonnes, n = 1; left > 0.01 && days > 0; n++) {
    const sent = Math.min(left, random.uniform(...LOAD_TONNES));
    left -= sent;
    let day = start + random.int(0, days - 1) * DAY;
    if (isWeekend(day) && day + 2 * DAY < end) day += 2 * DAY;
    const leaves = day + random.uniform(8, 14) * HOUR;
    out.push({
      id: `${enterprise.id}-${month}-${n}`, left: leaves, arrived: leaves + random.uniform(1.2, 2.6) * HOUR, sent, received: sent * (1 + random.normal(0, 0.003)),
      carrier: '苏运危险品运输有限公司', plate: `苏A${String(random.int(10_000, 99_999))}`, deviationKm: random.uniform(0, 2), stopMin: random.uniform(0, 15), silentMin: random.uniform(0, 8),
      storedSince: leaves - random.uniform(10, 80) * DAY,
    });
  }
  return out.sort((a, b) => a.left - b.left);
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
