/** What a model may need before it can judge, in words of the register and of the devices. */
export const INPUTS = {
  hours: { zh: '小时数据', en: 'hourly data' },
  steps: { zh: '分钟数据', en: 'step data' },
  pollutants: { zh: '污染物数据', en: 'data of a pollutant' },
  twoChannels: { zh: '两个以上相互独立的通道', en: 'two independent channels' },
  oxygen: { zh: '氧含量', en: 'oxygen' },
  carbonDioxide: { zh: '二氧化碳', en: 'CO2' },
  flow: { zh: '流量', en: 'flow' },
  velocity: { zh: '流速', en: 'velocity' },
  flueTemperature: { zh: '烟温', en: 'flue temperature' },
  moisture: { zh: '湿度', en: 'moisture' },
  furnaceTemperature: { zh: '炉温', en: 'furnace temperature' },
  nitrogen: { zh: '氨氮与总氮', en: 'ammonia and total nitrogen' },
  inlet: { zh: '治理前通道（进口）', en: 'a channel before treatment' },
  fuel: { zh: '燃料量与含硫量', en: 'fuel and its sulphur' },
  intake: { zh: '取水量', en: 'water intake' },
  sampleTimes: { zh: '分析仪采样时间', en: 'sampling times of the analyser' },
  frames: { zh: '近一天的实时报文', en: 'live frames of the last day' },
  dataDevice: { zh: '数采仪', en: 'the logger' },
  otherDevice: { zh: '同站另一台设备（门禁或电表）', en: 'another device of the site (door or meter)' },
  meters: { zh: '电表', en: 'power meters' },
  productionMeter: { zh: '生产电表', en: 'a production meter' },
  treatmentMeter: { zh: '治污电表', en: 'a treatment meter' },
  starts: { zh: '启停', en: 'starts and stops' },
  limits: { zh: '排放限值', en: 'limits' },
  hourlyLimits: { zh: '小时限值', en: 'hourly limits' },
  dailyLimits: { zh: '日均限值', en: 'daily limits' },
  instantLimits: { zh: '瞬时限值', en: 'limits that hold at every instant' },
  permits: { zh: '许可排放量', en: 'permitted amounts' },
  designFlow: { zh: '设计或许可流量', en: 'design or permitted flow' },
  span: { zh: '量程', en: 'span' },
  history: { zh: '十天运行数据', en: 'ten days of running data' },
  mustMonitor: { zh: '应测因子清单', en: 'list of required factors' },
  markRules: { zh: '行业标记规则', en: 'mark rules of the trade' },
  marks: { zh: '工况标记', en: 'condition marks' },
  shifts: { zh: '申报班次', en: 'declared shifts' },
  doors: { zh: '门禁记录', en: 'door records' },
  videos: { zh: '视频事件', en: 'video events' },
  weather: { zh: '降雨记录', en: 'rain record' },
  samples: { zh: '手工监测结果', en: 'manual results' },
  labResults: { zh: '同一检测机构结果', en: 'results of one laboratory' },
  calibrations: { zh: '质控台账', en: 'ledger of quality control' },
  filedParameters: { zh: '备案参数', en: 'filed parameters' },
  readParameters: { zh: '读取或核查的参数', en: 'parameters read from the device' },
  waste: { zh: '危废台账', en: 'waste ledger' },
  manifests: { zh: '转移联单', en: 'manifests' },
  inspections: { zh: '检查记录', en: 'inspections' },
  surveys: { zh: '走航数据', en: 'survey passes' },
  location: { zh: '企业坐标', en: 'coordinates of the unit' },
  wind: { zh: '风向风速（不低于 0.5 米/秒）', en: 'wind of 0.5 m/s or more' },
  stations: { zh: '环境或断面站点数据', en: 'ambient or river stations' },
  travelTime: { zh: '登记的行程时间', en: 'a registered travel time' },
  peers: { zh: '同行业排放口', en: 'comparable outfalls' },
  ownDays: { zh: '本口平常日摘要', en: 'ordinary days of its own' },
} as const;
export type Input = keyof typeof INPUTS;

/** One thing needed: an input, any one of several, or so many of one. */
export type Need = Input | readonly Input[] | { readonly of: Input; readonly atLeast: number };

/** What must be there before a model may judge; with less it answers "cannot tell" and why. */
export interface Minimum {
  /** Days of data of the outfall before the first judgement; 0 where the facts themselves suffice. */
  readonly days: number;
  readonly needs: readonly Need[];
}

export interface ShownMinimum {
  readonly days: number;
  readonly needs: { readonly anyOf: { readonly input: string; readonly zh: string; readonly en: string }[]; readonly atLeast: number }[];
  /** The same as one sentence. */
  readonly zh: string;
  readonly en: string;
}

const listOf = (need: Need): { inputs: readonly Input[]; atLeast: number } =>
  typeof need === 'string' ? { inputs: [need], atLeast: 1 } : 'of' in need ? { inputs: [need.of], atLeast: need.atLeast } : { inputs: need, atLeast: 1 };

/** The declared minimum in words, for the model's page. */
export function showMinimum({ days, needs }: Minimum): ShownMinimum {
  const lists = needs.map(listOf);
  const said = (language: 'zh' | 'en'): string[] =>
    lists.map(({ inputs, atLeast }) => {
      const names = inputs.map((input) => INPUTS[input][language]).join(language === 'zh' ? '或' : ' or ');
      return atLeast === 1 ? names : language === 'zh' ? `${names}不少于 ${atLeast} 个` : `at least ${atLeast} of ${names}`;
    });
  const zh = [...said('zh'), ...(days > 0 ? [`满 ${days} 天数据`] : [])];
  const en = [...said('en'), ...(days > 0 ? [`${days} days of data`] : [])];
  return {
    days, needs: lists.map(({ inputs, atLeast }) => ({ atLeast, anyOf: inputs.map((input) => ({ input, ...INPUTS[input] })) })),
    zh: zh.length === 0 ? '无前提：有事实即可判定。' : `须有：${zh.join('、')}；不足时答“不能判定”并说明缺什么。`,
    en: en.length === 0 ? 'Nothing: a fact suffices.' : `Needs ${en.join(', ')}; with less it answers "cannot tell" and says what is missing.`,
  };
}
