import type { FactorCode } from '#kernel';
import type { Context } from '../../contract.ts';
import { hourValues } from './hour-values.ts';

/** Signals of the process that models use; `means` of factors.csv names them. */
export type ProcessSignal = 'fuel' | 'fuel_sulphur' | 'limestone' | 'reagent' | 'intake' | 'product';

/** The channel of the same factor before treatment. */
export const inletOf = (factor: FactorCode): FactorCode => `in.${factor}` as FactorCode;

/** Everything is handled in kg/h and m³/h. */
const SCALE: Readonly<Record<string, number>> = { 't/h': 1000, 'kg/h': 1, 'm3/h': 1, 'm³/h': 1, 'L/s': 3.6, 'l/s': 3.6, 'L/h': 0.001 };

/** Hourly means of a process signal, kg/h or m³/h, while running; undefined where the register names none or nothing came. */
export function processHours(ctx: Context, signal: ProcessSignal, start: number, hours: number): Float64Array | undefined {
  const registered = ctx.reg.factors.find((f) => f.means === signal);
  if (registered === undefined || ctx.hour(registered.factor) === undefined) return undefined;
  const scale = SCALE[registered.unit] ?? 1;
  return hourValues(ctx, registered.factor, start, hours).map((v) => v * scale);
}

/** A number among the optional columns of the outfall (docs/register-files.md); undefined where it is not given. */
export function attributeNumber(ctx: Context, name: string): number | undefined {
  const value = Number(ctx.reg.attributes[name]);
  return ctx.reg.attributes[name] === undefined || ctx.reg.attributes[name] === '' || !Number.isFinite(value) ? undefined : value;
}

/** The channel the register names for a process signal, where it has sent anything. */
export function processChannel(ctx: Context, signal: ProcessSignal): FactorCode | undefined {
  const registered = ctx.reg.factors.find((f) => f.means === signal);
  return registered === undefined || ctx.hour(registered.factor) === undefined ? undefined : registered.factor;
}
