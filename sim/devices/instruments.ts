import { DAY, endOf, floorDay, HOUR, indexAt, MINUTE, timeAt, weekdayOf, type Grid } from '../grid.ts';
import { at, clip } from '../processes.ts';
import { randomStream } from '../random.ts';
import { samplingSteps } from '../plants/water.ts';
import { factorRow } from '../plants/factors.ts';
import type { FactorCode } from '../plants/industry.ts';
import { OFF, type Channel, type Instrument, type Ledger, type Site, type Truth, type WaterPlant } from '../world.ts';
import { C, F, N } from './flags.ts';

export interface Readings {
  readonly channels: Map<FactorCode, Channel>;
  readonly sampled: Float64Array;
}

/** What the instruments make of the truth: noise, drift, calibrations, blow-back, cycles. */
export function readInstruments(seed: string, site: Site, grid: Grid, truth: Truth, ledger: Ledger, ideal: boolean): Readings {
  const channels = new Map<FactorCode, Channel>();
  const sampled = new Float64Array(grid.n).fill(Number.NaN);
  for (const instrument of site.instruments) {
    const source = truth.values.get(instrument.factor) ?? new Float64Array(grid.n);
    const flags = new Uint8Array(grid.n).fill(N);
    const analysed = factorRow(instrument.factor).analysed;
    const values = analysed
      ? analyse(seed, site, grid, instrument, source, truth.flow, sampled)
      : Float64Array.from(source);
    channels.set(instrument.factor, { instrument, values, flags });
  }
  if (site.medium === 'gas') {
    // Drift is reset by calibrations also in an ideal run; only their flags are left out there.
    const calibrations = planCalibrations(seed, site, grid);
    for (const channel of channels.values()) if (channel.instrument.pollutant) addNoise(seed, site, grid, channel, calibrations);
    if (!ideal) {
      blowBack(seed, site, grid, channels, truth.state);
      calibrate(grid, channels, calibrations, ledger);
    }
  } else if (!ideal) standardChecks(seed, site, grid, channels, ledger);
  for (const channel of channels.values()) {
    for (let i = 0; i < grid.n; i++) if (truth.state[i] === OFF) channel.flags[i] = F;
  }
  return { channels, sampled };
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every 7 ± 1 days, on a weekday between 9 and 16 h, 40–70 minutes. */
export function planCalibrations(seed: string, site: Site, grid: Grid): Span[] {
  const random = randomStream(seed, site.id, 'calibration');
  const spans: Span[] = [];
  let day = floorDay(grid.start) + random.int(0, 6) * DAY;
  while (day < endOf(grid)) {
    while (weekdayOf(day) >= 5) day += DAY;
    const length = random.uniform(40, 70) * MINUTE;
    const start = day + random.uniform(9, 16) * HOUR - length;
    spans.push({ start: Math.max(start, day + 9 * HOUR), end: Math.max(start, day + 9 * HOUR) + length });
    day += random.int(6, 8) * DAY;
  }
  return spans;
}

/** Noise, and a drift of gain and zero that grows from each calibration to the next. */
function addNoise(seed: string, site: Site, grid: Grid, channel: Channel, calibrations: readonly Span[]): void {
  const { factor, span, noise } = channel.instrument;
  const random = randomStream(seed, site.id, `noise-${factor}`);
  const drift = randomStream(seed, site.id, `drift-${factor}`);
  const extractive = factorRow(factor).extractive;
  let since = grid.start;
  let next = 0;
  let gain = drift.normal(0, 0.01 * site.variation.drift);
  let zero = drift.normal(0, 0.006 * span * site.variation.drift);
  for (let i = 0; i < grid.n; i++) {
    const t = timeAt(grid, i);
    const calibration = calibrations[next];
    if (calibration !== undefined && t >= calibration.end) {
      since = calibration.end;
      next++;
      gain = drift.normal(0, 0.01 * site.variation.drift);
      zero = drift.normal(0, 0.006 * span * site.variation.drift);
    }
    const grown = extractive ? (t - since) / (168 * HOUR) : 0;
    const x = at(channel.values, i) * (1 + gain * grown) + (at(channel.values, i) > 0 ? zero * grown : 0) + random.normal(0, noise);
    channel.values[i] = clip(x, 0, span);
  }
}

/** One step every 4–8 h in which the probe is blown clean and draws air. */
function blowBack(seed: string, site: Site, grid: Grid, channels: Map<FactorCode, Channel>, state: Uint8Array): void {
  const random = randomStream(seed, site.id, 'blow-back');
  for (let t = grid.start + random.uniform(0, 8) * HOUR; t < endOf(grid); t += random.uniform(4, 8) * HOUR) {
    const i = indexAt(grid, t);
    const keep = random.uniform(0.8, 1);
    const air = random.uniform(0, 0.15);
    if (state[i] === OFF) continue;
    for (const [factor, { values }] of channels) {
      if (factor === 'a19001') values[i] = at(values, i) + air * (20.9 - at(values, i));
      else if (factorRow(factor).extractive) values[i] = at(values, i) * keep;
    }
  }
}

function calibrate(grid: Grid, channels: Map<FactorCode, Channel>, spans: readonly Span[], ledger: Ledger): void {
  const gaseous = [...channels.values()].filter((c) => factorRow(c.instrument.factor).extractive);
  for (const span of spans) {
    const from = indexAt(grid, span.start);
    const to = Math.max(from + 1, Math.ceil((span.end - grid.start) / grid.stepMs));
    for (const { instrument, values, flags } of gaseous) {
      for (let i = from; i < Math.min(to, grid.n); i++) {
        const zeroGas = i - from < (to - from) / 2;
        values[i] = zeroGas ? 0.002 * instrument.span : 0.8 * instrument.span;
        flags[i] = C;
      }
    }
    const factors = gaseous.map((c) => c.instrument.factor);
    ledger.calibrations.push({ ...span, kind: 'gas', factors });
    ledger.maintenance.push({ ...span, what: 'calibration', factors });
    ledger.labels.push({ kind: 'calibration', benign: true, ...span, tier: null, factors, params: {} });
  }
}

/** Results of a cyclic analyser: truth at the sampling minute × (1 + N(0, 1.5 %)), held until the next. */
function analyse(
  seed: string, site: Site, grid: Grid, instrument: Instrument, source: Float64Array, flow: Float64Array,
  sampled: Float64Array,
): Float64Array {
  const random = randomStream(seed, site.id, `analyser-${instrument.factor}`);
  const out = new Float64Array(grid.n);
  const least = 0.02 * (site.plant as WaterPlant).flow;
  let value = at(source, 0);
  let from = 0;
  let time = timeAt(grid, 0);
  for (const step of [...samplingSteps(site, grid), grid.n]) {
    for (let i = from; i < step; i++) {
      out[i] = value;
      sampled[i] = time;
    }
    if (step < grid.n) {
      const error = random.normal(0, 0.015);
      // Nothing is sampled from a dry channel: the last result stays (held_result).
      if (at(flow, step) > least) {
        value = clip(at(source, step) * (1 + error), 0, instrument.span || Infinity);
        time = timeAt(grid, step) + ((site.sampleMinute * MINUTE) % grid.stepMs);
      }
      from = step;
    }
  }
  return out;
}

/** The daily check with a standard solution at 02:00: flag C for the hour. */
function standardChecks(seed: string, site: Site, grid: Grid, channels: Map<FactorCode, Channel>, ledger: Ledger): void {
  const random = randomStream(seed, site.id, 'standard-check');
  const analysed = [...channels.values()].filter((c) => factorRow(c.instrument.factor).analysed);
  if (analysed.length === 0) return;
  for (let day = grid.start; day < endOf(grid); day += DAY) {
    const from = indexAt(grid, day + 2 * HOUR);
    for (const { instrument, values, flags } of analysed) {
      const shown = 0.5 * instrument.span * (1 + random.normal(0, 0.02));
      for (let i = from; i < Math.min(from + grid.perHour, grid.n); i++) {
        values[i] = shown;
        flags[i] = C;
      }
    }
    const factors = analysed.map((c) => c.instrument.factor);
    const span = { start: day + 2 * HOUR, end: day + 3 * HOUR };
    ledger.calibrations.push({ ...span, kind: 'standard_check', factors });
    ledger.labels.push({ kind: 'standard_check', benign: true, ...span, tier: null, factors, params: {} });
  }
}
