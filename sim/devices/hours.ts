import type { Grid } from '../grid.ts';
import { factorRow } from '../plants/factors.ts';
import type { FactorCode } from '../plants/industry.ts';
import { at, clip } from '../processes.ts';
import type { Channel, HourChannel, Hours, Site } from '../world.ts';
import { N } from './flags.ts';
import { quantise } from './quantise.ts';

/** Conversion to reference oxygen (U19); a logger caps what division by almost nothing would give. */
export const convert = (c: number, o2: number, reference: number): number => clip((c * (21 - reference)) / Math.max(0.05, 21 - o2), 0, 9999);

/**
 * Forms hourly values as a logger does: plain mean of the steps with flag N, extremes of the same steps, totals from
 * the mean and the flow of the whole hour. The hour is N when valid steps cover 45 minutes, else the most frequent other mark.
 */
export function makeHours(site: Site, grid: Grid, channels: ReadonlyMap<FactorCode, Channel>): Hours {
  const n = Math.floor(grid.n / grid.perHour);
  const out = new Map<FactorCode, HourChannel>();
  for (const [factor, channel] of channels) out.set(factor, averages(channel, grid, n));
  const flowCode = site.medium === 'gas' ? 'a00000' : 'w00000';
  const flow = out.get(flowCode);
  const flowSteps = channels.get(flowCode);
  if (flow !== undefined && flowSteps !== undefined) totals(site, grid, n, out, flow, flowSteps);
  if (site.medium === 'gas') conversions(site, grid, n, channels, out);
  return { n, channels: out };
}

function averages(channel: Channel, grid: Grid, n: number): HourChannel {
  const { values, flags, instrument } = channel;
  const blank = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  const hour: HourChannel = {
    avg: blank(), min: blank(), max: blank(), cou: blank(), zsAvg: blank(), zsMin: blank(), zsMax: blank(), flags: new Uint8Array(n).fill(N),
  };
  const needed = Math.ceil(0.75 * grid.perHour);
  for (let h = 0; h < n; h++) {
    const from = h * grid.perHour;
    let valid = 0;
    let other = N;
    for (let i = from; i < from + grid.perHour; i++) {
      if (flags[i] === N) valid++;
      else other = flags[i] ?? N;
    }
    let sum = 0;
    let count = 0;
    let min = Infinity;
    let max = -Infinity;
    for (let i = from; i < from + grid.perHour; i++) {
      if (valid > 0 && flags[i] !== N) continue;
      const x = at(values, i);
      sum += x;
      count++;
      if (x < min) min = x;
      if (x > max) max = x;
    }
    hour.avg[h] = quantise(sum / count, instrument.resolution);
    hour.min[h] = min;
    hour.max[h] = max;
    hour.flags[h] = valid >= needed ? N : other;
  }
  return hour;
}

/** m³ of flow over each hour from every step, flagged or not: volume is volume. */
function totals(site: Site, grid: Grid, n: number, out: Map<FactorCode, HourChannel>, flow: HourChannel, steps: Channel): void {
  const seconds = grid.stepMs / 1000;
  // m³/h of dry gas, or L/s of water.
  const perStep = site.medium === 'gas' ? seconds / 3600 : seconds / 1000;
  const toKg = site.medium === 'gas' ? 1e-6 : 1e-3;
  for (let h = 0; h < n; h++) {
    let volume = 0;
    for (let i = h * grid.perHour; i < (h + 1) * grid.perHour; i++) volume += at(steps.values, i) * perStep;
    flow.cou[h] = volume;
    for (const p of site.pollutants) {
      const channel = out.get(p.factor);
      if (channel) channel.cou[h] = at(channel.avg, h) * volume * toKg;
    }
  }
}

function conversions(site: Site, grid: Grid, n: number, channels: ReadonlyMap<FactorCode, Channel>, out: Map<FactorCode, HourChannel>): void {
  const o2 = out.get('a19001');
  const o2Steps = channels.get('a19001');
  if (o2 === undefined || o2Steps === undefined || site.plant.kind !== 'gas') return;
  const reference = site.plant.o2Reference;
  for (const p of site.pollutants) {
    const hour = out.get(p.factor);
    const steps = channels.get(p.factor);
    if (hour === undefined || steps === undefined || !isConverted(p.factor)) continue;
    const q = steps.instrument.resolution;
    for (let h = 0; h < n; h++) {
      let min = Infinity;
      let max = -Infinity;
      for (let i = h * grid.perHour; i < (h + 1) * grid.perHour; i++) {
        if (hour.flags[h] === N && steps.flags[i] !== N) continue;
        const z = convert(at(steps.values, i), at(o2Steps.values, i), reference);
        if (z < min) min = z;
        if (z > max) max = z;
      }
      const avg = quantise(convert(at(hour.avg, h), at(o2.avg, h), reference), q);
      hour.zsAvg[h] = avg;
      hour.zsMin[h] = Math.min(avg, quantise(min, q));
      hour.zsMax[h] = Math.max(avg, quantise(max, q));
    }
  }
}

const isConverted = (factor: FactorCode): boolean => factor.startsWith('a') && factorRow(factor).unit === 'mg/m3';
