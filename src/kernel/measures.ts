import { Decimal } from './decimal.ts';

/** Units that monitoring devices send, each as [dimension, size in the dimension's own unit]. */
const MEASURES: ReadonlyMap<string, readonly [dimension: string, size: string]> = new Map([
  ['ng/m3', ['mass/volume', '1e-6']], ['ug/m3', ['mass/volume', '1e-3']], ['mg/m3', ['mass/volume', '1']], ['g/m3', ['mass/volume', '1e3']],
  ['ng/l', ['mass/volume', '1e-3']], ['ug/l', ['mass/volume', '1']], ['mg/l', ['mass/volume', '1e3']], ['g/l', ['mass/volume', '1e6']],
  ['l/s', ['volume/time', '3.6']], ['l/min', ['volume/time', '0.06']], ['m3/s', ['volume/time', '3600']], ['m3/min', ['volume/time', '60']], ['m3/h', ['volume/time', '1']],
  ['pa', ['pressure', '1']], ['hpa', ['pressure', '100']], ['kpa', ['pressure', '1e3']], ['mpa', ['pressure', '1e6']],
  ['us/cm', ['conductivity', '1']], ['ms/m', ['conductivity', '10']], ['ms/cm', ['conductivity', '1e3']],
  ['m/s', ['speed', '3.6']], ['km/h', ['speed', '1']],
]);

const measureOf = (unit: string) => MEASURES.get(unit.trim().toLowerCase().replaceAll('³', '3').replace(/[μµ]/, 'u'));

/** Whether a unit is one that values can be converted from. */
export const isMeasure = (unit: string): boolean => measureOf(unit) !== undefined;

/** Function that turns a value in one unit into another; undefined between units of different dimension or unknown ones. */
export function conversionBetween(from: string, to: string): ((value: number) => number) | undefined {
  const [a, b] = [measureOf(from), measureOf(to)];
  if (a === undefined || b === undefined || a[0] !== b[0]) return undefined;
  // Decimal, so that 35.1 µg/m³ is 0.0351 mg/m³ and nothing beside it.
  return (value) => (Number.isFinite(value) ? new Decimal(value).times(a[1]).div(b[1]).toSignificantDigits(15).toNumber() : value);
}
