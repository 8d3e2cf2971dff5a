import type { MeterId } from '#kernel';
import type { FrameView } from './facts.ts';
import type { ElectricalReading, ParameterFact } from './told-facts.ts';

/** Field information that is a parameter of measuring (HJ 212-2017 附录B, i13xxx) or the identity of the logger (2025, i2300x). */
const PARAMETERS: Readonly<Record<string, string>> = {
  i13001: 'span', i13002: 'precision', i13003: 'interval', i13004: 'digestion_temperature', i13005: 'digestion_minutes', i13007: 'intercept',
  i13008: 'slope', i13009: 'detection_limit', i23005: 'identity_1', i23006: 'identity_2', i23007: 'identity_3', i23008: 'identity_4',
};

/** Parameters that a device tells about itself (CN 3020): `PolId` names the factor of the ones that follow. */
export function parametersOf(frame: FrameView, at: number): ParameterFact[] {
  const found: ParameterFact[] = [];
  let factor = '';
  for (const group of frame.cp) {
    for (const pair of group) {
      const name = (pair[0] as string).trim();
      const value = (pair[1] ?? '').trim();
      if (name === 'PolId') factor = value;
      const parameter = name.endsWith('-Info') ? PARAMETERS[name.slice(0, -5)] : undefined;
      if (parameter !== undefined && value !== '') found.push({ kind: 'parameter', at, name: parameter, factor, value, filed: false });
    }
  }
  return found;
}

const DETAIL = /^U[abc]$|^I[abc]$|^PF$|^Ept?$|^kWh$/u;

/** Voltages, currents, power factor and counter of the meters whose power the frame gives; undefined where it gives none of them. */
export function electricalOf(
  frame: FrameView,
  at: number,
  readings: readonly { readonly meter: MeterId; readonly kw: number }[],
  meterOf: (code: string) => MeterId | undefined,
): readonly ElectricalReading[] | undefined {
  const said = new Map<MeterId, Map<string, number>>();
  for (const group of frame.cp) {
    for (const pair of group) {
      const name = (pair[0] as string).trim();
      const dash = name.lastIndexOf('-');
      if (dash <= 0 || !DETAIL.test(name.slice(dash + 1))) continue;
      const meter = meterOf(name.slice(0, dash));
      const value = Number((pair[1] ?? '').trim() || Number.NaN);
      if (meter === undefined || !Number.isFinite(value)) continue;
      const own = said.get(meter) ?? new Map<string, number>();
      said.set(meter, own.set(name.slice(dash + 1), value));
    }
  }
  if (said.size === 0) return undefined;
  return readings.filter(({ meter }) => said.has(meter)).map(({ meter, kw }) => {
    const own = said.get(meter);
    const mean = (letter: string): number => {
      const phases = [`${letter}a`, `${letter}b`, `${letter}c`].map((name) => own?.get(name) ?? Number.NaN).filter(Number.isFinite);
      return phases.length === 0 ? Number.NaN : phases.reduce((sum, v) => sum + v, 0) / phases.length;
    };
    const kwh = own?.get('Ept') ?? own?.get('Ep') ?? own?.get('kWh') ?? Number.NaN;
    return { at, meter, kw, volts: mean('U'), amperes: mean('I'), powerFactor: own?.get('PF') ?? Number.NaN, kwh };
  });
}
