import type { FactorCode } from '#kernel';

/** What a channel is, as far as models care. */
export interface FactorInfo {
  readonly zh: string;
  readonly en: string;
  readonly kind: 'pollutant' | 'process';
  /** Channels with the same word come from one instrument: they prove each other less. */
  readonly instrument: string;
  /** Gas drawn out of the stack, as opposed to measured in it. */
  readonly extractive: boolean;
}

const info = (zh: string, en: string, kind: FactorInfo['kind'], instrument: string, extractive = false): FactorInfo => ({
  zh, en, kind, instrument, extractive,
});

/** Codes of HJ 524 / HJ 525 that the models name; others are shown by their code. */
const TABLE: Readonly<Record<string, FactorInfo>> = {
  a21026: info('二氧化硫', 'SO2', 'pollutant', 'gas', true),
  a21002: info('氮氧化物', 'NOx', 'pollutant', 'gas', true),
  a34013: info('颗粒物', 'particulates', 'pollutant', 'dust'),
  a21005: info('一氧化碳', 'CO', 'pollutant', 'gas', true),
  a21024: info('氯化氢', 'HCl', 'pollutant', 'gas', true),
  a21001: info('氨', 'NH3', 'pollutant', 'gas', true),
  a24088: info('非甲烷总烃', 'NMHC', 'pollutant', 'voc', true),
  a19001: info('氧含量', 'O2', 'process', 'gas', true),
  a05001: info('二氧化碳', 'CO2', 'process', 'gas', true),
  a01011: info('烟气流速', 'velocity', 'process', 'flow'),
  a01012: info('烟气温度', 'flue temperature', 'process', 'temperature'),
  a01013: info('烟气压力', 'flue pressure', 'process', 'flow'),
  a01901: info('炉膛焚烧温度', 'furnace temperature', 'process', 'furnace'),
  a01902: info('炉膛 DCS 温度', 'furnace temperature of the control system', 'process', 'dcs'),
  a01014: info('烟气湿度', 'moisture', 'process', 'moisture'),
  a00000: info('烟气流量', 'gas flow', 'process', 'flow'),
  w00000: info('废水流量', 'water flow', 'process', 'flow'),
  w01001: info('pH 值', 'pH', 'process', 'ph'),
  w01010: info('水温', 'water temperature', 'process', 'temperature'),
  w01014: info('电导率', 'conductivity', 'process', 'conductivity'),
  w01018: info('化学需氧量', 'COD', 'pollutant', 'cod'),
  w01019: info('高锰酸盐指数', 'permanganate index', 'pollutant', 'codmn'),
  w21003: info('氨氮', 'NH3-N', 'pollutant', 'nh3n'),
  w21011: info('总磷', 'TP', 'pollutant', 'tp'),
  w21001: info('总氮', 'TN', 'pollutant', 'tn'),
  w20117: info('六价铬', 'Cr(VI)', 'pollutant', 'cr6'),
  w20121: info('总镍', 'Ni', 'pollutant', 'ni'),
  w20122: info('总铜', 'Cu', 'pollutant', 'cu'),
};

/** Codes with a name. */
export const KNOWN_FACTORS: readonly string[] = Object.keys(TABLE);

export const O2 = 'a19001' as FactorCode;
export const DUST = 'a34013' as FactorCode;
export const FLUE_TEMPERATURE = 'a01012' as FactorCode;
export const GAS_FLOW = 'a00000' as FactorCode;
export const WATER_FLOW = 'w00000' as FactorCode;

/** Unknown codes count as pollutants of an instrument of their own when they are limited or look like one (a2…, a3…, w2…). */
export const factorInfo = (code: string): FactorInfo =>
  TABLE[code] ?? info(code, code, /^(a[23]|w2)/u.test(code) ? 'pollutant' : 'process', code, code.startsWith('a2'));

export const isPollutant = (code: string): boolean => factorInfo(code).kind === 'pollutant';

/** A water analyser works in cycles and holds its result between them. */
export const isAnalyser = (code: string): boolean => code.startsWith('w') && isPollutant(code);

export const flowOf = (type: 'gas' | 'water'): FactorCode => (type === 'gas' ? GAS_FLOW : WATER_FLOW);
