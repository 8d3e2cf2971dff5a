import { HOUR, type Grid } from '../grid.ts';
import { at, lagShare, ou } from '../processes.ts';
import { randomStream, type Random } from '../random.ts';
import type { Weather } from '../weather.ts';
import type { Influence, Site, WaterPlant } from '../world.ts';
import type { FactorCode, IndustryRow } from './industry.ts';
import type { WaterTruth } from './water.ts';

/** A yard that drains: `catchment` of a stormwater outlet's plant. */
export interface Catchment {
  /** m² that rain runs off from. */
  readonly area: number;
  /** Hours the water takes through the pipes. */
  readonly lag: number;
  /** mm that puddles keep before anything runs. */
  readonly puddles: number;
}

/** Below this a drain's meter shows nothing, L/s. */
const LEAST_FLOW = 0.02;
const RUNOFF_SHARE = 0.7;

/** The stormwater outlet of a unit as a row: no production of its own, no pollutant analyser, no stops. */
export const drainRow = (industry: IndustryRow): IndustryRow => ({
  ...industry, outfallZh: '雨水排放口', hazardousWaste: false, standard: 'GB 8978-1996',
  load: { base: 0, wander: { sd: 0, tau: 1 }, clip: [0, 0] }, stops: { perYear: 0, off: [0, 0] },
  water: { flow: [0, 0], mechanism: 'drain', fixed: 0, share: 0, ph: [6.4, 7.4], conductivity: [80, 180] },
  pollutants: [],
});

export function drainPlant(random: Random, row: IndustryRow): WaterPlant {
  const area = random.uniform(0.8, 6) * 1e4;
  return {
    kind: 'water', ph: random.uniform(...(row.water?.ph ?? [7, 7])), conductivity: random.uniform(...(row.water?.conductivity ?? [100, 100])),
    warmth: random.uniform(0, 3), tank: 0,
    // What a strong shower of 20 mm/h brings.
    flow: Number(((RUNOFF_SHARE * area * 20) / 3600).toPrecision(3)),
    catchment: { area, lag: random.uniform(0.3, 0.8), puddles: random.uniform(1, 2.5) },
  };
}

/** A drain: dry in dry weather, running with rain once the puddles are full, and with what an event lets into it. */
export function makeDrain(seed: string, site: Site, plant: WaterPlant, catchment: Catchment, grid: Grid, weather: Weather, influence: Influence): WaterTruth {
  const stream = (purpose: string) => randomStream(seed, site.id, purpose);
  const ph = ou(stream('ph'), grid, 0.08, 4);
  const temp = ou(stream('water-temp'), grid, 0.4, 20);
  const conductivity = ou(stream('conductivity'), grid, 0.1, 4);
  const flow = new Float64Array(grid.n);
  const hours = grid.stepMs / HOUR;
  const drying = lagShare(grid, 24);
  let wet = 0;
  let pipe = 0;
  for (let i = 0; i < grid.n; i++) {
    wet += at(weather.rain, i) * hours - wet * drying;
    const excess = Math.max(0, wet - catchment.puddles);
    wet -= excess;
    pipe += ((RUNOFF_SHARE * catchment.area * excess) / hours / 3600 - pipe) * lagShare(grid, catchment.lag);
    flow[i] = (pipe < LEAST_FLOW ? 0 : pipe) + at(influence.flow, i);
    ph[i] = plant.ph + at(ph, i);
    temp[i] = 4 + 0.7 * at(weather.temp, i) + plant.warmth + at(temp, i);
    conductivity[i] = plant.conductivity * Math.exp(at(conductivity, i));
  }
  const values = new Map<FactorCode, Float64Array>([['w00000', flow], ['w01001', ph], ['w01010', temp], ['w01014', conductivity]]);
  return { flow, values };
}

/** No drop in the day before nor meanwhile, and no storm still running off: weather in which a drain must be dry. */
export function isDryWeather(weather: Weather, grid: Grid, from: number, to: number): boolean {
  const day = 24 * grid.perHour;
  let storm = 0;
  for (let i = Math.max(0, from - 3 * day); i < Math.min(to, grid.n); i++) {
    const rain = at(weather.rain, i);
    if (rain > 0 && i >= from - day) return false;
    storm += (rain * grid.stepMs) / HOUR;
  }
  return storm < 20;
}
