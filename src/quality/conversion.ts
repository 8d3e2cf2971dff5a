import { Decimal } from '#kernel';

/** Above this oxygen content a converted value is computed and flagged but never judged. %vol. */
export const O2_GUARD = 19;
/** HJ 212-2025: "conversion could not be computed"; no value in any mean, total or comparison. */
export const CONVERSION_SENTINEL = 9999.99;
const O2_IN_AIR = 21;

/** A converted value and whether it may be judged. */
export interface Conversion {
  /** mg/m³ at reference oxygen; undefined where the formula has no meaning (O₂ ≥ 21 % or below 0). */
  readonly value: Decimal | undefined;
  /** Set when the result must not be judged. */
  readonly unreliable: 'O2_ABOVE_GUARD' | 'O2_IMPOSSIBLE' | undefined;
}

/**
 * C × (21 − O₂ref)/(21 − O₂), dry standard state (HJ 75 附录A). All arguments as sent, concentrations in mg/m³,
 * oxygen in %vol.
 */
export function convertToReference(c: Decimal | string | number, o2: Decimal | string | number, o2Ref: Decimal | string | number): Conversion {
  const oxygen = new Decimal(o2);
  if (oxygen.lt(0) || oxygen.gte(O2_IN_AIR)) return { value: undefined, unreliable: 'O2_IMPOSSIBLE' };
  const value = new Decimal(c).times(new Decimal(O2_IN_AIR).minus(o2Ref)).div(new Decimal(O2_IN_AIR).minus(oxygen));
  return { value, unreliable: oxygen.gt(O2_GUARD) ? 'O2_ABOVE_GUARD' : undefined };
}

/** Excess-air factor 21/(21 − O₂). */
export const excessAir = (o2: Decimal | string | number): Decimal => new Decimal(O2_IN_AIR).div(new Decimal(O2_IN_AIR).minus(o2));

/** ppm → mg/m³ at 273.15 K, 101.325 kPa; `molarMass` in g/mol (NOx counts as NO₂: 46). */
export const ppmToMgM3 = (ppm: Decimal | string | number, molarMass: number): Decimal => new Decimal(ppm).times(molarMass).div('22.4');

/** What the flow formula needs; units in the names. */
export interface FlueState {
  readonly areaM2: number;
  readonly velocity: number;
  /** ℃ */
  readonly temperature: number;
  /** Pa */
  readonly atmosphere: number;
  /** Pa, gauge */
  readonly pressure: number;
  /** 0–1 */
  readonly moisture: number;
}

/** Actual and dry standard flow in m³/h (HJ 75 附录A). */
export function flueFlow(s: FlueState): { readonly actual: Decimal; readonly dryStandard: Decimal } {
  const actual = new Decimal(3600).times(s.areaM2).times(s.velocity);
  const temperature = new Decimal(273).div(new Decimal(273).plus(s.temperature));
  const pressure = new Decimal(s.atmosphere).plus(s.pressure).div(101325);
  return { actual, dryStandard: actual.times(temperature).times(pressure).times(new Decimal(1).minus(s.moisture)) };
}

/** kg in one hour from the *measured* (never the converted) concentration in mg/m³ and dry standard m³/h. */
export const hourlyMassKg = (c: Decimal | number | string, flow: Decimal | number | string): Decimal => new Decimal(c).times(flow).times('1e-6');
