import { lagShare, at, ou } from '../processes.ts';
import type { Grid } from '../grid.ts';
import { randomStream } from '../random.ts';
import type { Weather } from '../weather.ts';
import { OFF, RUN, SHUT, START, type GasPlant, type Influence, type Site } from '../world.ts';
import type { FactorCode } from './industry.ts';
import { rampProgress } from './gas.ts';

/** Waste must burn at no less than this for two seconds (GB 18485-2014); judged on five-minute means (部令第10号). */
export const FURNACE_LIMIT = 850;
/** Burners lift the chamber above the limit before the first waste falls, and hold it until the last has burnt: shares of the ramps. */
const HEATED_BY = 0.75;
const HELD_UNTIL = 0.35;

/**
 * Adds the temperature of the combustion chamber to the truth of an incinerator: a wander that a healthy furnace keeps
 * well above 850 °C, less with low load and much air; burners on the ramps, cooling while it stands. A cold fire burns
 * badly: carbon monoxide rises with it.
 */
export function addFurnace(
  values: Map<FactorCode, Float64Array>, seed: string, site: Site, plant: GasPlant, grid: Grid, weather: Weather,
  load: Float64Array, state: Uint8Array, influence: Influence,
): void {
  if (plant.furnace === undefined) return;
  const stream = (purpose: string) => randomStream(seed, site.id, purpose);
  const usual = plant.furnace;
  // Five and a half deviations above the line: an honest furnace does not cross it by itself.
  const slow = ou(stream('furnace'), grid, Math.min(14, (usual - FURNACE_LIMIT) / 5.5), 1.2);
  const fast = ou(stream('furnace-fast'), grid, 2.5, 0.2);
  const control = ou(stream('furnace-control'), grid, 3, 0.5);
  const offset = stream('furnace-parameters').uniform(-6, 6);
  const progress = rampProgress(state);
  const o2 = values.get('a19001') ?? new Float64Array(grid.n);
  const co = values.get('a21005');
  const chamber = new Float64Array(grid.n);
  let heat = usual;
  for (let i = 0; i < grid.n; i++) {
    const s = state[i];
    const cold = at(weather.temp, i) + 5;
    const share = s === START ? Math.min(1, at(progress, i) / HEATED_BY) : s === SHUT ? Math.min(1, at(progress, i) / HELD_UNTIL) : 1;
    heat += ((s === OFF ? cold : cold + (usual - cold) * share) - heat) * lagShare(grid, s === OFF ? 12 : 0.5);
    const fire = s === RUN ? 60 * (at(load, i) - 0.96) - 6 * (at(o2, i) - plant.o2) + at(slow, i) : 0;
    chamber[i] = heat + (s === OFF ? 0 : fire + at(fast, i) + at(influence.furnace, i));
    control[i] = at(chamber, i) + at(control, i) + (s === OFF ? 0 : offset);
    if (s === RUN && co !== undefined && at(chamber, i) < FURNACE_LIMIT) co[i] = at(co, i) * Math.exp(Math.min(1, (FURNACE_LIMIT - at(chamber, i)) / 60));
  }
  values.set('a01901', chamber).set('a01902', control);
}
