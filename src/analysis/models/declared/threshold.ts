/** Units of thresholds, in words. `1` is a plain ratio or share, `n` a count, `P` a probability. */
export const UNITS = {
  '1': { zh: '比值', en: 'ratio' },
  n: { zh: '个（次）', en: 'count' },
  P: { zh: '概率', en: 'probability' },
  sigma: { zh: '倍离散（σ）', en: 'σ' },
  ln: { zh: '自然对数', en: 'ln' },
  log10: { zh: '常用对数', en: 'log10' },
  percent: { zh: '%', en: '%' },
  s: { zh: '秒', en: 's' },
  min: { zh: '分钟', en: 'min' },
  h: { zh: '小时', en: 'h' },
  d: { zh: '天', en: 'd' },
  week: { zh: '周', en: 'weeks' },
  month: { zh: '月', en: 'months' },
  clock: { zh: '时（当地）', en: "o'clock, local" },
  weekday: { zh: '星期几（1 为周一）', en: 'weekday, Monday = 1' },
  step: { zh: '个数据间隔', en: 'steps' },
  resolution: { zh: '个分辨率', en: 'resolutions' },
  degC: { zh: '℃', en: '°C' },
  degree: { zh: '度', en: '°' },
  pH: { zh: 'pH', en: 'pH' },
  km: { zh: '公里', en: 'km' },
  'km/h': { zh: '公里/小时', en: 'km/h' },
  'm/s': { zh: '米/秒', en: 'm/s' },
  'L/s': { zh: '升/秒', en: 'L/s' },
  mm: { zh: '毫米', en: 'mm' },
  t: { zh: '吨', en: 't' },
  seed: { zh: '随机种子', en: 'seed' },
} as const;
export type Unit = keyof typeof UNITS;

/** A threshold in words: what it means in Chinese and in English, and its unit. */
export type Word = readonly [zh: string, en: string, unit: Unit];
export type Words = Readonly<Record<string, Word>>;

/** Where a threshold's default comes from. `verified`: compared with its text, or measured by us. */
export const SOURCES = {
  judgement: { zh: '工程判断，在仿真省份上调定；未经实地核实', en: 'Engineering judgement, set on simulated provinces; not verified in the field', verified: false },
  calibrated: { zh: '标定表：2 880 因子·月仿真诚实数据的 0.01、0.002 分位', en: 'Calibration table: 0.01 and 0.002 points of 2,880 factor-months of honest simulated data', verified: true },
  computing: { zh: '计算设定（种子、树数、抽样次数、频度），不是判断标准', en: 'A setting of the computation (seed, trees, draws, how often), no standard of judgement', verified: true },
  science: { zh: '化学计量或物理关系', en: 'Stoichiometry or physics', verified: true },
  'HJ 75': { zh: 'HJ 75—2017《固定污染源烟气（SO2、NOX、颗粒物）排放连续监测技术规范》，原文待核', en: 'HJ 75-2017, text to be compared', verified: false },
  'HJ 355': { zh: 'HJ 355/356—2019 水污染源在线监测系统运行与数据有效性判别技术规范，原文待核', en: 'HJ 355 and HJ 356-2019, text to be compared', verified: false },
  incineration: { zh: '《生活垃圾焚烧发电厂自动监测数据应用管理规定》（部令第10号），原文待核', en: 'Rules on automatic monitoring data of waste incineration plants (order no. 10), text to be compared', verified: false },
  'off-site guideline': { zh: '内蒙古非现场监管执法指引（公开文本）', en: 'Off-site enforcement guideline of Inner Mongolia (as published)', verified: false },
  'criminal line': { zh: '法释〔2023〕7号：非法处置危险废物三吨以上', en: 'Judicial interpretation 2023 no. 7: three tonnes of hazardous waste', verified: false },
  law: { zh: '地区判定规则（法律库）读到时以其为准，此处为未读到时的缺省', en: "The region's rules in the law files hold where they were read; this is the default without them", verified: false },
} as const;
export type Source = keyof typeof SOURCES;
