import { HOUR, timeAt, type Grid } from '../grid.ts';
import { addPulses, at, clip, lagShare, ou } from '../processes.ts';
import { randomStream } from '../random.ts';
import { OFF, RUN, SHUT, START, type GasPlant, type Influence, type Site } from '../world.ts';
import type { Weather } from '../weather.ts';
import { runBy, type FactorCode } from './industry.ts';

const KELVIN = 273.15;
const ATMOSPHERE = 101.325;

/** Dry normal flow, m³/h (U20). */
export const dryFlow = (p: GasPlant, v: number, t: number, ps: number, x: number): number =>
  (3600 * p.area * p.velocityCoefficient * v * KELVIN * (ATMOSPHERE + ps) * (1 - x / 100)) / ((KELVIN + t) * ATMOSPHERE);

/** Stack area that makes full load give the full flow. */
export const areaFor = (p: Omit<GasPlant, 'area'>): number =>
  p.flow / dryFlow({ ...p, area: 1 }, p.velocity, p.temp, -p.draught, p.moisture);

export interface GasTruth {
  readonly flow: Float64Array;
  readonly values: Map<FactorCode, Float64Array>;
}

/** Flue gas of one stack: O2, temperature, moisture, velocity, pressure, flow, dry concentrations. */
export function makeGas(
  seed: string, site: Site, plant: GasPlant, grid: Grid, weather: Weather, load: Float64Array, state: Uint8Array, influence: Influence,
): GasTruth {
  const stream = (purpose: string) => randomStream(seed, site.id, purpose);
  const o2 = ou(stream('o2'), grid, 0.3, 1);
  const temp = ou(stream('temp'), grid, 1, 2);
  const moisture = ou(stream('moisture'), grid, 0.4, 6);
  const velocity = ou(stream('velocity'), grid, 0.015, 0.5);
  const pressure = ou(stream('pressure'), grid, 0.01, 0.5);
  const flow = new Float64Array(grid.n);
  const mill = millOff(seed, site, grid);
  const idle = stream('idle');
  const progress = rampProgress(state);
  let heat = Number.NaN;
  for (let i = 0; i < grid.n; i++) {
    const l = at(load, i);
    const s = state[i];
    const ambient = at(weather.temp, i);
    const target = plant.temp - plant.tempSlope * (1 - l) + 25 * at(mill, i) + 0.05 * (ambient - 15);
    const goal = s === OFF ? ambient + 3 : target;
    heat = Number.isNaN(heat) ? goal : heat + (goal - heat) * lagShare(grid, s === OFF ? 10 : 1);
    temp[i] = at(temp, i) * (s === OFF ? 0.2 : 1) + heat;
    // Drawn at every step, so that a stop does not shift the numbers of later ones.
    const calm = [idle.normal(0, 0.05), Math.abs(idle.normal(0.25, 0.12)), idle.uniform(2, 3)] as const;
    if (s === OFF) {
      o2[i] = 20.8 + calm[0];
      velocity[i] = calm[1];
      moisture[i] = calm[2];
      pressure[i] = 0.1 * at(pressure, i);
    } else {
      const running = clip(plant.o2 + plant.o2Slope * Math.max(0, 1 - l) ** 1.3 + at(o2, i), 1, 20.9);
      o2[i] = s === RUN ? running : 20.5 + (running - 20.5) * at(progress, i);
      moisture[i] = Math.max(1, plant.moisture * (0.9 + 0.1 * l) + at(moisture, i));
      velocity[i] =
        plant.velocity * (0.1 + 0.9 * l) * ((KELVIN + at(temp, i)) / (KELVIN + plant.temp)) *
        clip((21 - plant.o2) / (21 - at(o2, i)), 0.3, 2.2) * (1 + at(velocity, i));
      pressure[i] = -plant.draught * (0.4 + 0.6 * l * l) + at(pressure, i);
    }
    flow[i] = dryFlow(plant, at(velocity, i), at(temp, i), at(pressure, i), at(moisture, i));
  }
  const values = new Map<FactorCode, Float64Array>([
    ['a19001', o2], ['a01011', velocity], ['a01012', temp], ['a01013', pressure], ['a01014', moisture], ['a00000', flow],
  ]);
  addPollutants(values, seed, site, plant, grid, load, state, influence, mill, o2);
  return { flow, values };
}

function addPollutants(
  values: Map<FactorCode, Float64Array>, seed: string, site: Site, plant: GasPlant, grid: Grid,
  load: Float64Array, state: Uint8Array, influence: Influence, mill: Float64Array, o2: Float64Array,
): void {
  const stream = (purpose: string) => randomStream(seed, site.id, purpose);
  const common = ou(stream('common'), grid, 1, 3);
  const sulphur = sulphurBatches(seed, site, grid);
  const own = Math.sqrt(1 - 0.35 * 0.35);
  for (const p of site.pollutants) {
    const slow = ou(stream(`slow-${p.factor}`), grid, 1, p.lag);
    const fast = ou(stream(`fast-${p.factor}`), grid, Math.min(0.05, 0.4 * p.sd), 0.25);
    const pulses = new Float64Array(grid.n);
    addPulses(pulses, stream(`pulse-${p.factor}`), grid, { perDay: 0.02, factor: [1.25, 2.2], fall: [0.5, 2] });
    const forced = influence.ln.get(p.factor);
    const base = Math.log(p.share * runBy(p));
    const out = new Float64Array(grid.n);
    for (let i = 0; i < grid.n; i++) {
      const s = state[i];
      if (s === OFF) continue;
      const l = at(load, i);
      let ln = base + p.sd * (0.35 * at(common, i) + own * at(slow, i)) + at(fast, i) + at(pulses, i) + (forced?.[i] ?? 0);
      if (p.factor === 'a21002') ln += Math.max(0, 0.45 - l);
      if (p.factor === 'a21026') ln += at(sulphur, i) + (site.industry.gas?.mill === undefined ? 0 : -0.3 + 0.7 * at(mill, i));
      let z = Math.exp(ln);
      if (s === START && (p.factor === 'a21026' || p.factor === 'a21002')) z *= 1 + 2 * Math.max(0, 1 - l / 0.6);
      out[i] = (z * (21 - at(o2, i))) / (21 - plant.o2Reference);
    }
    values.set(p.factor, out);
  }
}

/** 1 where the raw mill stands and the kiln gas goes past it, else 0. */
function millOff(seed: string, site: Site, grid: Grid): Float64Array {
  const out = new Float64Array(grid.n);
  const row = site.industry.gas?.mill;
  if (row === undefined) return out;
  const random = randomStream(seed, site.id, 'mill');
  let off = false;
  let until = grid.start + random.uniform(0, row.on[1]) * HOUR;
  for (let i = 0; i < grid.n; i++) {
    while (timeAt(grid, i) >= until) {
      off = !off;
      until += random.uniform(...(off ? row.off : row.on)) * HOUR;
    }
    if (off) out[i] = 1;
  }
  return out;
}

/** Log of the fuel's sulphur relative to its mean, constant within a batch. */
function sulphurBatches(seed: string, site: Site, grid: Grid): Float64Array {
  const out = new Float64Array(grid.n);
  const row = site.industry.gas?.sulphurBatches;
  if (row === undefined) return out;
  const random = randomStream(seed, site.id, 'sulphur');
  let until = grid.start;
  let value = 0;
  for (let i = 0; i < grid.n; i++) {
    while (timeAt(grid, i) >= until) {
      value = random.normal(0, row.sd);
      until += random.uniform(...row.length) * HOUR;
    }
    out[i] = value;
  }
  return out;
}

/** How far a start has come (0 → 1) or how much of the run is left in a shutdown (1 → 0). */
export function rampProgress(state: Uint8Array): Float64Array {
  const out = new Float64Array(state.length).fill(1);
  for (let i = 0; i < state.length; ) {
    const s = state[i];
    let j = i;
    while (j < state.length && state[j] === s) j++;
    for (let k = i; k < j && (s === START || s === SHUT); k++) {
      const share = (k - i + 0.5) / (j - i);
      out[k] = s === START ? share : 1 - share;
    }
    i = j;
  }
  return out;
}
