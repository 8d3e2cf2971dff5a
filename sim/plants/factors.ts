import type { FactorCode } from './industry.ts';

export interface FactorRow {
  readonly zh: string;
  readonly unit: string;
  /** Possible resolutions of an instrument and their weights. */
  readonly resolutions: readonly (readonly [number, number])[];
  /** Fixed instrument range where it does not follow the limit. */
  readonly span?: number;
  /** Measured by an extractive gas analyser: calibrated with gas, diluted by a leak, blown back. */
  readonly extractive: boolean;
  /** Result of a cyclic water analyser: held between samplings. */
  readonly analysed: boolean;
}

const GAS = [[0.01, 0.6], [0.1, 0.3], [1, 0.1]] as const;
const fixed = (q: number) => [[q, 1]] as const;

/** Codes and units of HJ 212-2017 as these devices use them; a00000 is sent in m³/h, as many real devices do. */
export const FACTORS = {
  a21026: { zh: '二氧化硫', unit: 'mg/m3', resolutions: GAS, extractive: true, analysed: false },
  a21002: { zh: '氮氧化物', unit: 'mg/m3', resolutions: GAS, extractive: true, analysed: false },
  a34013: { zh: '颗粒物', unit: 'mg/m3', resolutions: [[0.01, 0.7], [0.1, 0.3]], extractive: false, analysed: false },
  a21005: { zh: '一氧化碳', unit: 'mg/m3', resolutions: GAS, extractive: true, analysed: false },
  a21024: { zh: '氯化氢', unit: 'mg/m3', resolutions: GAS, extractive: true, analysed: false },
  a21001: { zh: '氨', unit: 'mg/m3', resolutions: GAS, extractive: true, analysed: false },
  a19001: { zh: '氧含量', unit: '%', resolutions: fixed(0.01), span: 25, extractive: true, analysed: false },
  a01011: { zh: '烟气流速', unit: 'm/s', resolutions: fixed(0.01), span: 40, extractive: false, analysed: false },
  a01012: { zh: '烟气温度', unit: 'degC', resolutions: fixed(0.1), span: 300, extractive: false, analysed: false },
  a01013: { zh: '烟气压力', unit: 'kPa', resolutions: fixed(0.001), span: 5, extractive: false, analysed: false },
  a01014: { zh: '烟气湿度', unit: '%', resolutions: fixed(0.01), span: 40, extractive: false, analysed: false },
  a00000: { zh: '废气流量', unit: 'm3/h', resolutions: fixed(1), extractive: false, analysed: false },
  a01901: { zh: '炉膛焚烧温度', unit: 'degC', resolutions: fixed(0.1), span: 1300, extractive: false, analysed: false },
  a01902: { zh: '炉膛DCS温度', unit: 'degC', resolutions: fixed(0.1), span: 1300, extractive: false, analysed: false },
  w00000: { zh: '污水流量', unit: 'L/s', resolutions: fixed(0.01), extractive: false, analysed: false },
  w01018: { zh: '化学需氧量', unit: 'mg/L', resolutions: [[0.01, 0.5], [0.1, 0.5]], extractive: false, analysed: true },
  w21003: { zh: '氨氮', unit: 'mg/L', resolutions: fixed(0.001), extractive: false, analysed: true },
  w21001: { zh: '总氮', unit: 'mg/L', resolutions: fixed(0.001), extractive: false, analysed: true },
  w21011: { zh: '总磷', unit: 'mg/L', resolutions: fixed(0.001), extractive: false, analysed: true },
  w20121: { zh: '总镍', unit: 'mg/L', resolutions: fixed(0.001), extractive: false, analysed: true },
  w20122: { zh: '总铜', unit: 'mg/L', resolutions: fixed(0.001), extractive: false, analysed: true },
  w20117: { zh: '六价铬', unit: 'mg/L', resolutions: fixed(0.001), extractive: false, analysed: true },
  w01001: { zh: 'pH值', unit: '1', resolutions: fixed(0.01), span: 14, extractive: false, analysed: false },
  w01010: { zh: '水温', unit: 'degC', resolutions: fixed(0.1), span: 60, extractive: false, analysed: false },
  w01014: { zh: '电导率', unit: 'uS/cm', resolutions: fixed(0.1), span: 20000, extractive: false, analysed: false },
} as const satisfies Record<FactorCode, FactorRow>;

export const factorRow = (code: FactorCode): FactorRow => FACTORS[code];

/** Auxiliary channels every outfall of the medium sends beside its pollutants. */
export const AUXILIARY = {
  gas: ['a19001', 'a01011', 'a01012', 'a01013', 'a01014', 'a00000'],
  water: ['w00000', 'w01001', 'w01010', 'w01014'],
} as const satisfies Record<'gas' | 'water', readonly FactorCode[]>;

/** Temperature of the combustion chamber: mean of its probes, and the same as the control system has it (HJ 212). */
export const FURNACE_CHANNELS = ['a01901', 'a01902'] as const satisfies readonly FactorCode[];
