import type { Language } from '../../shared/i18n.tsx';

/** Why a model could not tell and what it lacks, as the models name it, in Chinese. */
const ZH: Readonly<Record<string, string>> = {
  'no production meter': '没有生产用电计量', 'production meter': '生产用电表', 'no baseline yet': '本站基线尚未形成', 'no treatment meter': '没有治污用电计量', 'treatment meter': '治污用电表', 'no oxygen': '没有含氧量',
  'no limited factor with hour data': '没有既有限值又有小时数据的因子', 'no limited factor has hour data': '有限值的因子没有小时数据', limits: '排放限值', 'hour data': '小时数据', 'no limit registered': '没有登记限值', 'no hourly limit registered': '没有登记小时限值',
  'hourly limits': '小时限值', 'no hour data': '没有小时数据', 'no daily limit registered': '没有登记日均限值', 'daily limits': '日均限值', 'history too short': '历史数据太短', 'totals incomplete': '累计量不完整', 'too few sampling times': '采样时间太少', 'sample times': '采样时间',
  'offsets too scattered to judge': '时钟偏移太分散，无法判断', 'live frames': '实时报文', 'not enough power history': '用电历史不足', 'no step data': '没有分钟级数据', 'step data': '分钟级数据', 'no second device on the site to compare with': '同站没有第二台设备可比对',
  'door or power device': '门禁或用电设备', 'no sampling times are sent': '没有上报采样时间', 'no permitted total registered': '没有登记许可排放量', permits: '排污许可量', 'no pair of unrelated channels': '没有互不相关的通道', 'two independent channels': '两个独立通道', 'no meter': '没有电表', meters: '电表',
  'no frames in the last day': '最近一天没有报文', 'clock samples': '时钟样本', 'no flow': '没有流量', 'no flow steps': '没有流量分钟数据', 'no flow or velocity': '没有流量或流速', 'no flow or no analyser': '没有流量或分析仪', 'no door record': '没有开门记录', doors: '门禁', 'no data device seen yet': '还没有收到数采仪的数据',
  'data device': '数采仪', 'no channel registered': '没有登记监测通道', 'no analyser': '没有水质分析仪', 'water analysers': '水质分析仪', 'neither power nor stack data': '既没有用电也没有烟气数据', flow: '流量', 'load outside the learned range or not running': '负荷超出学习范围或未运行',
  'load outside the learned range or not producing': '负荷超出学习范围或未生产', 'flow steps too long to see a sampling': '流量间隔太长，看不出采样', 'steps under 30 min': '30 分钟以内的数据', 'ammonia or total nitrogen is not measured': '没有监测氨氮或总氮', 'a stop lies near or the load is falling': '临近停运或负荷正在下降',
  w00000: '废水流量', a00000: '废气流量', a01011: '烟气流速', a19001: '含氧量', w21003: '氨氮', w21001: '总氮',
};
const SPAN = /^(\d+) days of (running hours with power|running data|running hours|complete hours|power under production|power|results|data)$/;
const OF: Readonly<Record<string, string>> = {
  'running hours with power': '有用电的运行小时', 'running data': '运行数据', 'running hours': '运行小时', 'complete hours': '完整小时', 'power under production': '生产时的用电数据', power: '用电数据', results: '监测结果', data: '数据',
};

export function reasonIn(text: string, language: Language): string {
  if (language === 'en') return text;
  const span = SPAN.exec(text);
  return span ? `${span[1]} 天的${OF[span[2] ?? ''] ?? span[2]}` : (ZH[text] ?? text);
}

/** What a finding would point to in law, by the hooks the models carry (模型合同). */
const HOOKS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  H1: { zh: '超标排放', en: 'discharge over the limit' }, H2: { zh: '超总量排放', en: 'discharge over the permitted total' }, H3: { zh: '逃避监管（篡改伪造、不正常运行设施）', en: 'evading supervision (tampering, improper operation)' },
  H4: { zh: '自动监测未保证正常', en: 'automatic monitoring not kept normal' }, H5: { zh: '擅自移动改变监测设备', en: 'moving or altering monitoring equipment' }, H6: { zh: '台账、报告、公开不实或缺失', en: 'missing or false ledger, report or disclosure' },
  H7: { zh: '未落实应急减排、错峰生产', en: 'emergency or staggered-production order not carried out' }, H8: { zh: '危险废物管理', en: 'hazardous waste' }, H9: { zh: '涉嫌污染环境罪', en: 'suspected crime' }, H10: { zh: '生活垃圾焚烧厂规定', en: 'rules for incinerators' },
  H11: { zh: '数据标记规则', en: 'rules for marks' }, H12: { zh: '未从许可的排放口排放', en: 'discharge by another route than permitted' },
};

export const hookIn = (hook: string, language: Language): string => HOOKS[hook]?.[language] ?? hook;
