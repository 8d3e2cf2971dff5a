import { dayOfYear, HOUR, hourOfDay, timeAt, type Grid } from './grid.ts';
import { ou } from './processes.ts';
import { randomStream } from './random.ts';

export interface Weather {
  /** °C per step. */
  readonly temp: Float64Array;
  /** mm/h per step. */
  readonly rain: Float64Array;
}

/**
 * Weather of one county: outfalls of a county share it, those of another have other rain and other warm
 * days. The province is small enough for one climate, so the mean, the year and the day are drawn once for all.
 */
export function makeWeather(seed: string, county: string, grid: Grid): Weather {
  const draw = randomStream(seed, 'province', 'weather-parameters');
  const mean = draw.uniform(9, 17);
  const year = draw.uniform(12, 16);
  const day = draw.uniform(3, 5);
  const temp = ou(randomStream(seed, county, 'weather-temperature'), grid, 2.5, 36);
  for (let i = 0; i < grid.n; i++) {
    const t = timeAt(grid, i);
    temp[i] =
      (temp[i] ?? 0) +
      mean -
      year * Math.cos((2 * Math.PI * (dayOfYear(t) - 18)) / 365) +
      day * Math.cos((2 * Math.PI * (hourOfDay(t) - 15)) / 24);
  }
  return { temp, rain: makeRain(seed, county, grid) };
}

/** The weather of every county of a province, each made once. */
export function provinceWeather(seed: string | number, grid: Grid): (county: string) => Weather {
  const made = new Map<string, Weather>();
  return (county) => {
    const weather = made.get(county) ?? makeWeather(String(seed), county, grid);
    made.set(county, weather);
    return weather;
  };
}

function makeRain(seed: string, county: string, grid: Grid): Float64Array {
  const random = randomStream(seed, county, 'weather-rain');
  // Steps of one shower draw from a stream of their own, so that the showers do not depend on the step length.
  const texture = randomStream(seed, county, 'weather-rain-texture');
  const rain = new Float64Array(grid.n);
  const end = timeAt(grid, grid.n);
  for (let t = grid.start + random.exponential(72 * HOUR); t < end; t += random.exponential(72 * HOUR)) {
    const length = random.gamma(1.5, 7) * HOUR;
    const intensity = random.gamma(0.9, 1.6);
    const first = Math.max(0, Math.floor((t - grid.start) / grid.stepMs));
    for (let i = first; i < grid.n && timeAt(grid, i) < t + length; i++) {
      rain[i] = intensity * Math.exp(texture.normal(-0.125, 0.5));
    }
    t += length;
  }
  return rain;
}
