/** Names people write over the columns of flue gas and of waste water, as codes of HJ 524 and HJ 525. */
const GAS: Readonly<Record<string, string>> = {
  so2: 'a21026', nox: 'a21002', dust: 'a34013', pm: 'a34013', co: 'a21005', hcl: 'a21024', nh3: 'a21001', o2: 'a19001',
  velocity: 'a01011', temperature: 'a01012', pressure: 'a01013', moisture: 'a01014', flow: 'a00000',
  二氧化硫: 'a21026', 氮氧化物: 'a21002', 颗粒物: 'a34013', 烟尘: 'a34013', 一氧化碳: 'a21005', 氯化氢: 'a21024', 氨: 'a21001', 氨气: 'a21001',
  氧含量: 'a19001', 含氧量: 'a19001', 烟气含氧量: 'a19001', 氧气: 'a19001', 流速: 'a01011', 烟气流速: 'a01011', 温度: 'a01012', 烟温: 'a01012', 烟气温度: 'a01012',
  压力: 'a01013', 烟气压力: 'a01013', 湿度: 'a01014', 烟气湿度: 'a01014', 含湿量: 'a01014', 流量: 'a00000', 烟气流量: 'a00000', 标干流量: 'a00000',
};
const WATER: Readonly<Record<string, string>> = {
  cod: 'w01018', codcr: 'w01018', nh3n: 'w21003', tn: 'w21001', tp: 'w21011', ph: 'w01001', water_flow: 'w00000', water_temperature: 'w01010',
  conductivity: 'w01014', ni: 'w20121', cu: 'w20122', cr6: 'w20117', flow: 'w00000', temperature: 'w01010',
  化学需氧量: 'w01018', 氨氮: 'w21003', 总氮: 'w21001', 总磷: 'w21011', 电导率: 'w01014', 水温: 'w01010', 温度: 'w01010', 流量: 'w00000', 污水流量: 'w00000', 废水流量: 'w00000',
  总镍: 'w20121', 镍: 'w20121', 总铜: 'w20122', 铜: 'w20122', 六价铬: 'w20117',
};

/** A unit in brackets and words that say nothing of the factor; a converted value (折算) keeps its word and is no channel. */
const plain = (column: string): string => column.trim().toLowerCase().replaceAll(/[（(【[][^）)】\]]*[）)】\]]/gu, '').replaceAll(/实测|浓度|小时|平均值|均值|监测值|[\s-]/gu, '').replace(/值$/u, '');

/** Code of a column in one medium, or undefined for a column that is no channel there. */
export function channelOf(column: string, medium: 'gas' | 'water'): string | undefined {
  const name = plain(column);
  if (/^[aw]\d{5}$/u.test(name)) return name.startsWith(medium === 'gas' ? 'a' : 'w') ? name : undefined;
  return (medium === 'gas' ? GAS : WATER)[name];
}

/** Code of a name whatever the medium; a name of both is the gas one. */
export const codeOf = (column: string): string | undefined => channelOf(column, 'gas') ?? channelOf(column, 'water');
