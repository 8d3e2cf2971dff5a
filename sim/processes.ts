import type { Grid } from './grid.ts';
import { DAY, HOUR } from './grid.ts';
import type { Random } from './random.ts';

/**
 * Stationary Ornstein–Uhlenbeck process on the grid, exact on any step: x₀ ~ N(0,σ), a = e^(−Δ/τ).
 * @param tau hours
 */
export function ou(random: Random, grid: Grid, sd: number, tau: number): Float64Array {
  const out = new Float64Array(grid.n);
  const a = Math.exp(-grid.stepMs / HOUR / tau);
  const b = sd * Math.sqrt(1 - a * a);
  let x = random.normal(0, sd);
  for (let i = 0; i < grid.n; i++) {
    out[i] = x;
    x = a * x + b * random.normal();
  }
  return out;
}

/** Arrivals of a Poisson process inside the horizon, in order. @param perDay rate */
export function arrivals(random: Random, from: number, to: number, perDay: number): number[] {
  const times: number[] = [];
  if (perDay <= 0) return times;
  for (let t = from + random.exponential(DAY / perDay); t < to; t += random.exponential(DAY / perDay)) times.push(t);
  return times;
}

export interface PulseShape {
  readonly perDay: number;
  /** Range of the factor A; the log-process is lifted by ln A. */
  readonly factor: readonly [number, number];
  /** Range of the fall, hours. */
  readonly fall: readonly [number, number];
}

/** Adds pulses to a log-process in place: height ln A at arrival, exponential fall. */
export function addPulses(target: Float64Array, random: Random, grid: Grid, shape: PulseShape): void {
  const end = grid.start + grid.n * grid.stepMs;
  for (const at of arrivals(random, grid.start, end, shape.perDay)) {
    const height = Math.log(random.uniform(...shape.factor));
    const fall = random.uniform(...shape.fall) * HOUR;
    const first = Math.ceil((at - grid.start) / grid.stepMs);
    for (let i = first; i < grid.n; i++) {
      const left = height * Math.exp(-(grid.start + i * grid.stepMs - at) / fall);
      if (left < 1e-4) break;
      target[i] = (target[i] ?? 0) + left;
    }
  }
}

export const clip = (x: number, low: number, high: number): number => (x < low ? low : x > high ? high : x);

/** Share of the way a first-order lag goes in one step. @param tau hours */
export const lagShare = (grid: Grid, tau: number): number => 1 - Math.exp(-grid.stepMs / HOUR / tau);

/** Value of an array inside its bounds; the simulator's arrays all have the grid's length. */
export const at = (values: Float64Array | Uint8Array, i: number): number => values[i] ?? 0;
