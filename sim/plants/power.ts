import { DAY, HOUR, MINUTE, timeAt, weekdayOf, type Grid } from '../grid.ts';
import { at, ou } from '../processes.ts';
import { randomStream } from '../random.ts';
import { OFF, type Influence, type Site, type WaterPlant } from '../world.ts';

/** Share of full production power that is spent at no load. */
export const PRODUCTION_IDLE = 0.14;

/**
 * Power of every meter, kW per step. Production follows the load, treatment follows it with a
 * lag of its own; two redundant treatment lines swap every Monday at 08:00.
 */
export function makePower(
  seed: string, site: Site, grid: Grid, load: Float64Array, state: Uint8Array, flow: Float64Array, influence: Influence,
): Map<string, Float64Array> {
  const out = new Map<string, Float64Array>();
  const draw = randomStream(seed, site.id, 'power-parameters');
  const standby = draw.uniform(0.02, 0.04);
  const lag = Math.round((draw.uniform(-20, 5) * MINUTE) / grid.stepMs);
  const main = new Float64Array(grid.n);
  let line = 0;
  for (const meter of site.meters) {
    if (meter.role === 'main') continue;
    const treatment = meter.role === 'treatment';
    const noise = ou(randomStream(seed, site.id, `power-${meter.id}`), grid, treatment ? 0.03 : 0.02, treatment ? 0.7 : 0.5);
    const mine = treatment ? line++ : 0;
    const kw = new Float64Array(grid.n);
    for (let i = 0; i < grid.n; i++) {
      const k = Math.max(0, Math.min(grid.n - 1, treatment ? i - lag : i));
      const drive = driveOf(site, load, flow, k, treatment);
      const share = state[k] === OFF ? standby : treatment ? 0.3 + 0.7 * drive ** 0.8 : PRODUCTION_IDLE + (1 - PRODUCTION_IDLE) * drive;
      const duty = treatment && site.redundant && dutyLine(timeAt(grid, i)) !== mine ? standby : share;
      kw[i] = Math.max(0, meter.ratedKw * duty * (1 + at(noise, i)) * (treatment ? at(influence.treatment, i) : 1));
      if (influence.dark[i] === 1) kw[i] = 0;
      main[i] = at(main, i) + at(kw, i) * 1.04;
    }
    out.set(meter.id, kw);
  }
  for (const meter of site.meters) if (meter.role === 'main') out.set(meter.id, main);
  return out;
}

function driveOf(site: Site, load: Float64Array, flow: Float64Array, i: number, treatment: boolean): number {
  if (site.industry.key !== 'municipal' || !treatment) return Math.max(0, at(load, i));
  return Math.max(0, at(flow, i) / (site.plant as WaterPlant).flow);
}

/** Which of two redundant lines works: they change on Mondays at 08:00. */
export function dutyLine(t: number): 0 | 1 {
  // Monday 08:00 in China is Monday 00:00 UTC; 1970-01-05 was the first Monday of the epoch.
  const weeks = Math.floor((t - 4 * DAY) / (7 * DAY));
  return (weeks & 1) === 0 ? 0 : 1;
}

/** Mondays 08:00 inside the horizon: the moments of the swap. */
export function swapTimes(grid: Grid): number[] {
  const times: number[] = [];
  for (let day = grid.start; day < timeAt(grid, grid.n); day += DAY) if (weekdayOf(day) === 0) times.push(day + 8 * HOUR);
  return times;
}
