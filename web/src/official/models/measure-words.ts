import type { Language } from '../../shared/i18n.tsx';

/** Words of which the names of thresholds and figures are made: `warnHours` is 警告·小时数. */
const WORDS: Readonly<Record<string, string>> = {
  '24h': '24 小时内', '30d': '30 天内', '12h': '12 小时', '6h': '6 小时', '7': '7 天内', above: '高于', achieved: '实际', after: '之后', allowance: '容许', analyser: '分析仪', back: '', band: '区间', baseline: '基线', batch: '批次', batches: '批数',
  before: '之前', below: '低于', blocks: '段数', by: '按', cap: '封顶值', chance: '偶然', change: '变化', changes: '变化数', complete: '完整', contradicted: '与标记矛盾', count: '次数', covered: '被覆盖', crossing: '跨限', crossings: '跨限次数', crowd: '聚集度',
  cut: '减产比例', cv: '变异系数', day: '日', days: '天数', declared: '声明', detail: '说明', diff: '差分', differences: '差分', differs: '不一致', dilution: '稀释份额', door: '开门', down: '向下', downward: '向下', draws: '抽样次数', earlier: '此前', equal: '相邻相等', events: '次数', every: '每隔', exceedances: '超标数',
  extra: '额外', factors: '因子数', flicker: '闪烁', flickers: '闪烁数', flow: '流量', forecast: '预测', fresh: '新近', full: '全停', furthest: '最远回溯', gaps: '缺口数', gas: '废气', grace: '宽限', h: '小时', habit: '惯常', hidden: '隐去的', high: '高值', history: '历史', hours: '小时数', how: '方式', in: '',
  joint: '多因子', kappa: '流量比 κ', kg: '（kg）', kw: '功率（kW）', lag: '相邻自相关', lag1: '相邻自相关', largest: '最大值', last: '最近', late: '迟到', learn: '学习', least: '最低值', left: '剩余', length: '长度', level: '水平', lift: '倍率', limit: '限值', live: '在线', load: '负荷', long: '长窗', longest: '最长段', look: '回看', low: '下界', margin: '余量',
  mark: '标记', marked: '已标记数', max: '上限', maxima: '日最大值', mean: '均值', median: '中位数', meter: '电表', method: '方法', min: '至少', minimum: '至少', minute: '分钟', minutes: '分钟数', missing: '缺失', moving: '波动', multiple: '倍数', near: '接近', night: '夜间', nights: '夜数', no: '无', noise: '噪声', notice: '通知', o: '基准氧', odd: '异常', of: '',
  off: '偏离', offset: '偏移', order: '单', others: '其他设备', own: '本站', p: '显著性 p', peak: '峰值', per: '每', percent: '百分比', permit: '许可量', persist: '持续', person: '人员', points: '点数', pollutant: '污染物', power: '用电', powered: '有电', predictor: '预测依据', probability: '概率', production: '生产', ramp: '升降', ratio: '比值', readings: '读数数', reaverage: '重新平均', recent: '最近', records: '条数', ref: '',
  relative: '相对', remind: '提醒', repeat: '反复', repeats: '反复次数', required: '要求', residual: '残差', results: '结果数', rewrites: '改写数', rho: '相关系数', role: '用途', rose: '升高', routine: '常规', run: '连续段', running: '运行', samples: '样本数', sd: '标准差', seconds: '秒数', seed: '种子', settle: '稳定', share: '占比', shift: '移动', shifted: '移动的', short: '短窗', shrink: '收缩', sigma: '离散', sigmas: '离散倍数', silences: '静默次数', silent: '静默',
  situ: '原位', smallest: '最小', so: '至今', far: '', spread: '离散', stale: '停滞', start: '开始', steady: '稳定', step: '步间', stop: '停运', stride: '步长', surprise: '惊异度', tail: '尾部', to: '与', treatment: '治污', trend: '趋势', true: '真实', uniform: '均匀性', up: '启动', used: '已用', usual: '惯常', valid: '有效', volume: '水量', warn: '警告', water: '废水', weeks: '周数', window: '窗口', with: '有', within: '以内', work: '工', kind: '种类', of24h: '24 小时',
};

const wordsOf = (key: string): string[] => (key.match(/\d+[hd]\b|[A-Z]?[a-z]+\d?|\d+[hd]?|[A-Z]/g) ?? [key]).map((word) => word.toLowerCase());

/** The name of a threshold or figure in the reader's language; a word that is unknown stays as it is. */
export function measureName(key: string, language: Language): string {
  const words = wordsOf(key);
  if (language === 'en') return words.join(' ');
  const said = words.map((word) => WORDS[word] ?? word).join('').replace(/^(提醒|警告|工单)/, '$1：');
  return said.replace(/基准氧2/, '基准氧');
}
