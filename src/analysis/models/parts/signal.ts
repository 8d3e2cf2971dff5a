import type { FactorCode } from '#kernel';
import { flagIndex, PLANT_STATES, type Context, type Grid, type PlantState } from '../../contract.ts';
import { isAnalyser } from './factors.ts';
import { HOUR, indexAt } from './window.ts';

/** The series that carries new information: steps, or hourly results for water analysers (U06). */
export interface Signal extends Grid {
  readonly factor: FactorCode;
  readonly values: Float64Array;
  readonly flag: Uint8Array;
  readonly arrivedAt: Float64Array;
  readonly sampleTime: Float64Array | undefined;
}

export function signalOf(ctx: Context, factor: FactorCode): Signal | undefined {
  const hour = isAnalyser(factor) ? ctx.hour(factor) : undefined;
  const series = hour ?? ctx.step(factor);
  if (series === undefined) return undefined;
  const { t0, stepMs, length, avg, flag, arrivedAt } = series;
  return { factor, t0, stepMs, length, values: avg, flag, arrivedAt, sampleTime: hour?.sampleTime };
}

const state = Object.fromEntries(PLANT_STATES.map((s, i) => [s, i])) as Record<PlantState, number>;
export const RUN = state.RUN;
export const OFF = state.OFF;
export const TRANSIENT = state.TRANSIENT;
export const CONFLICT = state.CONFLICT;
export const UNKNOWN = state.UNKNOWN;

export type StateColumn = 'state' | 'byData' | 'byPower';

/** State of the plant in the hour that holds `at`; UNKNOWN outside the window. */
export function stateAt(ctx: Context, at: number, column: StateColumn = 'state'): number {
  return ctx.stateAt(at, column) ?? UNKNOWN;
}

/**
 * Running as far as known: contradictions and ramps are left out of baselines and windows (U07). For water it is
 * discharge that counts: a batch tank empties while production sleeps.
 */
export function runningAt(ctx: Context, at: number): boolean {
  const s = stateAt(ctx, at, ctx.reg.type === 'water' ? 'byData' : 'state');
  return s === RUN || s === UNKNOWN;
}

export const NORMAL = flagIndex.NORMAL;

/** Values of `[from, to)` in force, flagged normal, while running; NaN elsewhere. */
export function runValues(ctx: Context, signal: Signal, from: number, to: number): Float64Array {
  const out = new Float64Array(Math.max(0, to - from)).fill(Number.NaN);
  const { values, flag } = signal;
  forRunning(ctx, signal, Math.max(0, from), Math.min(to, signal.length), (a, b) => {
    for (let i = a; i < b; i++) if (flag[i] === NORMAL) out[i - from] = values[i] as number;
  });
  return out;
}

/** Calls back with index ranges of the grid in which the plant runs, each as long as may be: the state is looked up once per hour, not per step. */
export function forRunning(ctx: Context, grid: Grid, from: number, to: number, take: (from: number, to: number) => void): void {
  const perHour = Math.max(1, Math.round(HOUR / grid.stepMs));
  const plant = ctx.state;
  const states = ctx.reg.type === 'water' ? plant.byData : plant.state;
  let first = -1;
  for (let i = from, next = i; i < to; i = next) {
    next = Math.min(to, i - (i % perHour) + perHour);
    const h = indexAt(plant, grid.t0 + i * grid.stepMs);
    const s = h < 0 || h >= plant.length ? UNKNOWN : (states[h] as number);
    const runs = s === RUN || s === UNKNOWN;
    if (runs && first < 0) first = i;
    if (!runs && first >= 0) {
      take(first, i);
      first = -1;
    }
  }
  if (first >= 0) take(first, to);
}

export function finiteCount(values: ArrayLike<number>, from = 0, to = values.length): number {
  let n = 0;
  for (let i = from; i < to; i++) if (Number.isFinite(values[i] as number)) n++;
  return n;
}
