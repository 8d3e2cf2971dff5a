import type { FactorCode, Industry } from '#sim/plants/industry';
import { DAY, HOUR, makeGrid } from '#sim/grid';
import { makeProvince } from '#sim/province';
import { simulateOutfall, type OutfallResult } from '#sim/simulate-outfall';
import { provinceWeather } from '#sim/weather';
import { RUN } from '#sim/world';

/** One pollutant of one honest outfall while it runs: NaN where the plant does not run or the value is not flagged normal. */
export interface HonestFactor {
  readonly factor: FactorCode;
  readonly limit: number;
  readonly resolution: number;
  /** Measured values: steps of flue gas, new results of a water analyser. */
  readonly steps: Float64Array;
  readonly stepMs: number;
  readonly hours: Float64Array;
  /** On the basis of the limit: converted to the reference oxygen for flue gas. */
  readonly judged: Float64Array;
}

export interface HonestOutfall {
  readonly industry: Industry;
  readonly days: number;
  readonly factors: readonly HonestFactor[];
  /** Hourly flow and mean power, kW, of running hours. */
  readonly flow: Float64Array;
  readonly production: Float64Array;
  readonly treatment: Float64Array;
}

const NORMAL = 'N'.charCodeAt(0);
const START = Date.UTC(2026, 1, 1, -8);

/** Honest outfalls of one trade as the reference page has them: stops, calibrations and losses of everyday life, no cheat and no look-alike. */
export function* honestOutfalls(seed: string, industry: Industry, outfalls: number, days: number, stepMin = 10): Generator<HonestOutfall> {
  const grid = makeGrid(START, days, stepMin);
  const weatherOf = provinceWeather(seed, grid);
  for (const { outfalls: sites, county } of makeProvince({ seed, outfalls, industries: [industry], traits: false })) {
    for (const [k, site] of sites.entries()) {
      yield honest(industry, days, simulateOutfall({
        seed, site, ordinal: k, alone: sites.length === 1, grid, weather: weatherOf(county), until: grid.start + days * DAY, inject: 'none', benign: false,
      }));
    }
  }
}

function honest(industry: Industry, days: number, { run, hours }: OutfallResult): HonestOutfall {
  const { grid, site, truth, channels } = run;
  const water = site.medium === 'water';
  const flowing = (i: number): boolean => !water || (truth.flow[i] as number) > (0.02 * site.designFlow) / 1.1;
  const running = Uint8Array.from(truth.state, (state, i) => (state === RUN && flowing(i) ? 1 : 0));
  const wholeHour = (h: number): boolean => running.subarray(h * grid.perHour, (h + 1) * grid.perHour).every((one) => one === 1);
  const hourly = (values: Float64Array | undefined, flags?: Uint8Array): Float64Array =>
    Float64Array.from({ length: hours.n }, (_, h) => (wholeHour(h) && (flags === undefined || flags[h] === NORMAL) ? (values?.[h] ?? Number.NaN) : Number.NaN));
  const factors = site.pollutants.flatMap((pollutant): HonestFactor[] => {
    const channel = channels.get(pollutant.factor);
    const hour = hours.channels.get(pollutant.factor);
    if (channel === undefined || hour === undefined) return [];
    const clean = Float64Array.from(channel.values, (v, i) => (running[i] === 1 && channel.flags[i] === NORMAL ? v : Number.NaN));
    const cycle = site.cycleHours * HOUR;
    return [{
      factor: pollutant.factor, limit: pollutant.limit, resolution: channel.instrument.resolution, hours: hourly(hour.avg, hour.flags),
      judged: hourly(water ? hour.avg : hour.zsAvg, hour.flags), ...(water ? { steps: results(clean, run.sampled, cycle / grid.stepMs), stepMs: cycle } : { steps: clean, stepMs: grid.stepMs }),
    }];
  });
  return {
    industry, days, factors, flow: hourly(hours.channels.get(water ? 'w00000' : 'a00000')?.avg),
    production: hourly(power(run, 'production')), treatment: hourly(power(run, 'treatment')),
  };
}

/** One value per cycle: the result that is new in it; NaN where none was taken. */
function results(values: Float64Array, sampled: Float64Array, perCycle: number): Float64Array {
  return Float64Array.from({ length: Math.floor(values.length / perCycle) }, (_, k) => {
    for (let i = Math.max(1, k * perCycle); i < (k + 1) * perCycle; i++) if (sampled[i] !== sampled[i - 1]) return values[i] as number;
    return Number.NaN;
  });
}

/** Hourly mean of all meters of one role together. */
function power({ site, reportedPower, grid }: OutfallResult['run'], role: 'production' | 'treatment'): Float64Array {
  const meters = site.meters.filter((meter) => meter.role === role).map(({ id }) => reportedPower.get(id) as Float64Array);
  return Float64Array.from({ length: Math.floor(grid.n / grid.perHour) }, (_, h) => {
    let sum = 0;
    for (const kw of meters) for (let i = 0; i < grid.perHour; i++) sum += kw[h * grid.perHour + i] as number;
    return sum / grid.perHour;
  });
}
