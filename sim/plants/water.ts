import { HOUR, MINUTE, timeAt, type Grid } from '../grid.ts';
import { addPulses, at, lagShare, ou } from '../processes.ts';
import { randomStream } from '../random.ts';
import { OFF, type Influence, type Site, type WaterPlant } from '../world.ts';
import type { Weather } from '../weather.ts';
import { runBy, type FactorCode } from './industry.ts';

export interface WaterTruth {
  /** L/s */
  readonly flow: Float64Array;
  readonly values: Map<FactorCode, Float64Array>;
}

/** Wastewater of one outfall: flow, pH, temperature, conductivity, concentrations in mg/L. */
export function makeWater(
  seed: string, site: Site, plant: WaterPlant, grid: Grid, weather: Weather, load: Float64Array, state: Uint8Array, influence: Influence,
): WaterTruth {
  const stream = (purpose: string) => randomStream(seed, site.id, purpose);
  const wet = wetness(grid, weather);
  const flow = makeFlow(seed, site, plant, grid, load, state, influence, wet);
  const ph = ou(stream('ph'), grid, 0.08, 4);
  const temp = ou(stream('water-temp'), grid, 0.4, 20);
  const conductivity = ou(stream('conductivity'), grid, 0.05, 8);
  const share = lagShare(grid, 90);
  let mean = at(weather.temp, 0);
  for (let i = 0; i < grid.n; i++) {
    mean += (at(weather.temp, i) - mean) * share;
    ph[i] = plant.ph + at(ph, i);
    temp[i] = 10 + 0.5 * mean + plant.warmth + at(temp, i);
    conductivity[i] = plant.conductivity * Math.exp(at(conductivity, i));
  }
  const values = new Map<FactorCode, Float64Array>([['w00000', flow], ['w01001', ph], ['w01010', temp], ['w01014', conductivity]]);
  addPollutants(values, seed, site, grid, influence, wet);
  return { flow, values };
}

/** Wetness of the catchment: dw/dt = (0.08·rain − w)/6 h. */
function wetness(grid: Grid, weather: Weather): Float64Array {
  const out = new Float64Array(grid.n);
  const share = lagShare(grid, 6);
  let w = 0;
  for (let i = 0; i < grid.n; i++) {
    w += (0.08 * at(weather.rain, i) - w) * share;
    out[i] = w;
  }
  return out;
}

function makeFlow(
  seed: string, site: Site, plant: WaterPlant, grid: Grid, load: Float64Array, state: Uint8Array, influence: Influence, wet: Float64Array,
): Float64Array {
  const row = site.industry.water;
  const e = ou(randomStream(seed, site.id, 'flow'), grid, 0.05, 1.5);
  const out = new Float64Array(grid.n);
  if (row?.mechanism === 'tank') return tankFlow(plant, grid, load, e, influence, randomStream(seed, site.id, 'tank').next());
  for (let i = 0; i < grid.n; i++) {
    const stopped = state[i] === OFF;
    const drive = row?.mechanism === 'sewage' ? at(load, i) + 1.5 * at(wet, i) : (row?.fixed ?? 0) + (row?.share ?? 1) * at(load, i);
    out[i] = Math.max(0, stopped ? 0 : plant.flow * drive * (1 + at(e, i))) + at(influence.flow, i);
  }
  return out;
}

/** Batch tank: filled by production, emptied from 70 % to 10 %; batches held back wait in the basin before it. Worked in minutes so that any step gives the same batches. */
function tankFlow(plant: WaterPlant, grid: Grid, load: Float64Array, e: Float64Array, influence: Influence, fill: number): Float64Array {
  const out = new Float64Array(grid.n);
  const minutes = grid.stepMs / MINUTE;
  let volume = plant.tank * (0.1 + 0.5 * fill);
  let pumping = false;
  for (let i = 0; i < grid.n; i++) {
    const pump = 1.15 * plant.flow * (1 + at(e, i));
    const held = influence.held[i] === 1;
    let litres = 0;
    for (let m = 0; m < minutes; m++) {
      volume += 0.8 * plant.flow * at(load, i) * 60;
      if (held) pumping = false;
      else if (!pumping && volume >= 0.7 * plant.tank) pumping = true;
      if (pumping) {
        volume -= pump * 60;
        litres += pump * 60;
        if (volume <= 0.1 * plant.tank) pumping = false;
      }
    }
    out[i] = litres / (minutes * 60) + at(influence.flow, i);
  }
  return out;
}

function addPollutants(
  values: Map<FactorCode, Float64Array>, seed: string, site: Site, grid: Grid, influence: Influence, wet: Float64Array,
): void {
  const stream = (purpose: string) => randomStream(seed, site.id, purpose);
  const common = ou(stream('common'), grid, 1, 8);
  const sewage = site.industry.water?.mechanism === 'sewage';
  for (const p of site.pollutants) {
    const slow = ou(stream(`slow-${p.factor}`), grid, 1, p.lag);
    const pulses = new Float64Array(grid.n);
    addPulses(pulses, stream(`pulse-${p.factor}`), grid, { perDay: 0.012, factor: [1.2, 1.7], fall: [2, 6] });
    const forced = influence.ln.get(p.factor);
    const base = Math.log(p.share * runBy(p));
    const own = Math.sqrt(1 - p.common * p.common);
    const out = new Float64Array(grid.n);
    for (let i = 0; i < grid.n; i++) {
      const ln = base + p.sd * (p.common * at(common, i) + own * at(slow, i)) + at(pulses, i) + (forced?.[i] ?? 0);
      out[i] = Math.exp(ln) * (sewage ? 1 - 0.25 * Math.min(1, at(wet, i)) : 1);
    }
    values.set(p.factor, out);
  }
  // Total nitrogen holds the ammonia nitrogen and some nitrate: it cannot lie below it.
  const total = values.get('w21001');
  const ammonia = values.get('w21003');
  if (total && ammonia) for (let i = 0; i < grid.n; i++) total[i] = Math.max(at(total, i), 1.2 * at(ammonia, i) + 0.8);
}

/** Steps at which the analyser draws a sample; the cycle starts at midnight. */
export function samplingSteps(site: Site, grid: Grid): number[] {
  const steps: number[] = [];
  for (let t = grid.start + site.sampleMinute * MINUTE; t < timeAt(grid, grid.n); t += site.cycleHours * HOUR) {
    steps.push(Math.floor((t - grid.start) / grid.stepMs));
  }
  return steps;
}
