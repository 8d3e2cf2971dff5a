import { DAY, makeGrid } from './grid.ts';
import { runBy, type FactorCode, type Industry } from './plants/industry.ts';
import { samplingSteps } from './plants/water.ts';
import { at } from './processes.ts';
import { makeProvince } from './province.ts';
import { simulateOutfall, type OutfallResult } from './simulate-outfall.ts';
import { provinceWeather } from './weather.ts';

/** Statistics by which two simulators are compared (`acceptance.test.ts`), for one outfall. */
export type Statistics = Readonly<Record<string, number>>;

/** Honest outfalls of one industry without stops, at 0.01 resolution and one-hour cycles, as the reference run was made. */
export function* idealOutfalls(seed: string, industry: Industry, outfalls: number, days: number): Generator<OutfallResult> {
  const grid = makeGrid(Date.UTC(2026, 2, 1), days, 10);
  const weatherOf = provinceWeather(seed, grid);
  const enterprises = makeProvince({ seed, outfalls, industries: [industry], resolution: 0.01, cycleHours: 1, traits: false });
  for (const { site, county } of enterprises.flatMap((e) => e.outfalls.map((o) => ({ site: o, county: e.county })))) {
    yield simulateOutfall({
      seed, site, ordinal: 0, alone: false, grid, weather: weatherOf(county), until: grid.start + days * DAY, inject: 'none', benign: false, ideal: true,
    });
  }
}

export function gasStatistics({ run, hours }: OutfallResult): Statistics {
  const out: Record<string, number> = {};
  const o2Hours = series(hours.channels.get('a19001')?.avg);
  for (const p of run.site.pollutants) {
    const hour = hours.channels.get(p.factor);
    const zs = series(hour?.zsAvg);
    const steps = series(run.channels.get(p.factor)?.values);
    const key = p.factor;
    out[`${key} zs/limit`] = mean(zs) / runBy(p);
    out[`${key} cv`] = sd(zs) / mean(zs);
    out[`${key} lag1`] = lag1(zs);
    out[`${key} diff`] = sd(steps.slice(1).map((x, i) => x - (steps[i] ?? 0))) / mean(steps);
    out[`${key} corr(c,O2)`] = correlation(series(hour?.avg), o2Hours);
    out[`${key} exceed%`] = (100 * zs.filter((z) => z > p.limit).length) / zs.length;
  }
  const load = hourly(run.truth.load, run.grid.perHour);
  const flow = series(hours.channels.get('a00000')?.avg);
  out['corr(Q,L)'] = correlation(flow, load);
  out['corr(O2,L)'] = correlation(o2Hours, load);
  out['cv Q'] = sd(flow) / mean(flow);
  out['sd O2'] = sd(o2Hours);
  out['sd T'] = sd(series(hours.channels.get('a01012')?.avg));
  out['corr(SO2,NOx)'] = correlation(series(hours.channels.get('a21026')?.zsAvg), series(hours.channels.get('a21002')?.zsAvg));
  return out;
}

/** Water: statistics of the analyser's results (one an hour), and of the hourly flow. */
export function waterStatistics({ run, hours }: OutfallResult): Statistics {
  const steps = samplingSteps(run.site, run.grid);
  const results = (factor: FactorCode): number[] => {
    const v = run.channels.get(factor)?.values;
    return v === undefined ? [] : steps.map((i) => at(v, i));
  };
  const cod = results('w01018');
  const nh3 = results('w21003');
  const third = results(run.site.industry.key === 'electroplating' ? 'w20122' : 'w21001');
  const limit = run.site.pollutants.find((p) => p.factor === 'w01018')?.limit ?? 1;
  const flow = series(hours.channels.get('w00000')?.avg);
  // A dry channel is not sampled: only new results count as a series.
  const fresh = steps.map((i) => at(run.truth.flow, i) > 0.02 * run.site.designFlow / 1.1);
  const only = (x: number[]): number[] => x.filter((_, i) => fresh[i] === true);
  return {
    'cod/limit': mean(only(cod)) / limit,
    'cod cv': sd(only(cod)) / mean(only(cod)),
    'cod lag1': lag1(cod, fresh),
    'nh3 cv': sd(only(nh3)) / mean(only(nh3)),
    'corr(cod,nh3)': correlation(only(cod), only(nh3)),
    'corr(cod,third)': correlation(only(cod), only(third)),
    'cv Q': sd(flow) / mean(flow),
    'zero flow': flow.filter((q) => q < 0.01 * mean(flow)).length / flow.length,
  };
}

/** A quantile over outfalls of every statistic. */
export function quantiles(all: readonly Statistics[], p: number): Statistics {
  const keys = [...new Set(all.flatMap((s) => Object.keys(s)))];
  return Object.fromEntries(keys.map((k) => [k, quantile(all.map((s) => s[k]).filter((x) => x !== undefined && !Number.isNaN(x)) as number[], p)]));
}

const series = (values: Float64Array | undefined): number[] => Array.from(values ?? []);
const hourly = (values: Float64Array, per: number): number[] =>
  Array.from({ length: Math.floor(values.length / per) }, (_, h) => mean(Array.from(values.slice(h * per, (h + 1) * per))));
export const mean = (x: readonly number[]): number => x.reduce((s, v) => s + v, 0) / x.length;
const quantile = (x: readonly number[], p: number): number => [...x].sort((a, b) => a - b)[Math.min(x.length - 1, Math.floor(p * x.length))] ?? Number.NaN;
const sd = (x: readonly number[]): number => {
  const m = mean(x);
  return Math.sqrt(x.reduce((s, v) => s + (v - m) ** 2, 0) / x.length);
};
const correlation = (x: readonly number[], y: readonly number[]): number => {
  const mx = mean(x);
  const my = mean(y);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const a = (x[i] ?? 0) - mx;
    const b = (y[i] ?? 0) - my;
    xy += a * b;
    xx += a * a;
    yy += b * b;
  }
  return xy / Math.sqrt(xx * yy);
};
/** Lag-1 correlation; with `fresh`, only over neighbours that are both new. */
const lag1 = (x: readonly number[], fresh?: readonly boolean[]): number => {
  if (fresh === undefined) return correlation(x.slice(0, -1), x.slice(1));
  const pairs = x.map((_, i) => i).filter((i) => i > 0 && fresh[i] === true && fresh[i - 1] === true);
  return correlation(pairs.map((i) => x[i - 1] ?? 0), pairs.map((i) => x[i] ?? 0));
};
