import { causeFor } from './case-words.ts';
import { chinaTime } from './hand-in.ts';
import type { SheetRow } from './shapes.ts';

/** A sheet as its unit and control staff read it. */
export type Sheet = SheetRow & { readonly periodFrom: string; readonly periodTo: string | null; readonly round: number; readonly rung: string | null };

/** What a unit says of a finding: a cause in the platform's words, how it came, what was done, and the record that goes along. */
export interface Said {
  readonly cause: string;
  readonly explanation: string;
  readonly measures: string;
  readonly record: string;
}
type Row = readonly [models: RegExp, cause: string, explanation: string, measures: string, record: string];

/** By the model that found it, the first that fits: what goes wrong at such a device or plant, and what its operator does then. */
const BY_FINDING: readonly Row[] = [
  [/^A0[1-3]/, 'transport', '数采仪至平台的通讯中断，运维人员到场恢复后补传了数据', '更换通讯模块，加装断网告警', '数采仪通讯检修记录'],
  [/^A0[45]/, 'other', '数采仪软件升级后重新计算并上传了该时段数据，改动前后的数值正在与现场原始记录核对', '封存现场原始记录，停用重新计算功能', '数采仪操作日志'],
  [/^A06/, 'device-fault', '数采仪时钟电池失效，上传时间发生偏移', '更换时钟电池并校时，启用自动校时', '数采仪校时记录'],
  [/^A07/, 'device-fault', '数采仪的换算参数与备案不一致，上传的折算值有误', '按备案参数重新设置并复核', '数采仪参数核对记录'],
  [/^A09/, 'device-fault', '该因子分析仪故障停用，未上传数据', '修复分析仪恢复上传，停用期间按规定手工监测', '分析仪维修工单'],
  [/^A1/, 'maintenance', '分析仪多次维护、校准，该时段有效数据不足', '调整维护计划，维护时段按期标记', '分析仪维护台账'],
  [/^A/, 'device-fault', '分析仪零点漂移并超出量程，读数失真', '更换取样泵，重新校准零点和量程', '分析仪检修和校准记录'],
  [/^B06/, 'exceedance', '来水集中，处理水量超过设计能力', '启用调节池均衡进水，错峰排放', '进水调度记录'],
  [/^B08/, 'exceedance', '入炉垃圾热值偏低，炉膛温度下降，辅助燃烧器投用不及时', '投用辅助燃烧器，调整给料和配风，保持炉膛温度', '焚烧炉燃烧调整记录'],
  [/^B09/, 'exceedance', '启停过程延长，超出标准允许的时长', '修订启停规程，缩短启停时间', '启停操作票'],
  [/^C0[1237]|^C1[34]/, 'device-fault', '分析仪取样管路堵塞，读数长时间没有变化', '疏通取样管路并更换滤芯，重新校准', '分析仪检修和校准记录'],
  [/^C12/, 'process', '更换原料后排放浓度整体变化，分析仪没有改动', '保存配料单，向监控部门报备', '原料更换记录'],
  [/^C/, 'other', '正在核对现场分析仪与上传数据，尚未查明原因', '由运维单位核对原始记录', '现场数据核对记录'],
  [/^D0[15]|^D14/, 'device-fault', '取样管路接头松动漏气，测得值偏低', '紧固接头并做气密性检查', '取样管路检查记录'],
  [/^D08/, 'maintenance', '校准后修正系数录入有误，已经改回', '恢复备案系数，修改系数须两人复核', '校准和系数核对记录'],
  [/^D15/, 'treatment-fault', '治理设施去除效率下降', '检修治理设施，补加药剂', '治理设施检修记录'],
  [/^D1[236]/, 'process', '厂内集中排水，水量和水质随之变化', '错峰排放，向监控部门报备排水计划', '排水调度记录'],
  [/^D/, 'process', '该时段生产负荷调整，烟气参数随之变化', '保存运行曲线，向监控部门报备', '生产负荷运行日志'],
  [/^E05/, 'process', '因订单调整在夜间安排了生产', '夜间生产提前报备', '生产排班表'],
  [/^E06/, 'device-fault', '用电监测终端通讯故障，读数没有更新', '更换终端并核对电表底数', '用电监测终端检修记录'],
  [/^E/, 'treatment-fault', '治理设施短时停运检修，期间未及时降低生产负荷', '恢复治理设施运行，修订停机规程', '治理设施启停记录'],
  [/^F0[1-3]/, 'other', '标记人员选错了标记类别，正在核对当时的工况', '培训标记人员，标记前由当班负责人复核', '标记核对记录'],
  [/^F0[45]/, 'maintenance', '到期的校准没有按时完成，运维单位已经补做', '补做校准，建立到期提醒', '校准记录'],
  [/^F/, 'maintenance', '运维人员进站维护设备，未在规定时限内提交标记', '补充运维记录，进站维护同时提交标记', '进站运维记录'],
];
const OTHER: Row = [/^/, 'other', '已组织核查，原因正在查明', '查明后补充说明', '核查记录'];

const period = ({ periodFrom, periodTo }: Sheet): string => `${chinaTime(Date.parse(periodFrom))} 至 ${periodTo === null ? '今' : chinaTime(Date.parse(periodTo))}`;

/** The answer names what it answers; of an exceedance the cause is that of this outfall. Asked again, it adds what was missing. */
export function answerTo(sheet: Sheet): Said {
  const about = sheet.sentence.zh.split(/；|（OP/u)[0]?.replace(/。$/u, '') ?? '';
  const models = sheet.rule.split(' ');
  // An exceedance beside an anomaly is what the unit has to speak of.
  const model = models.find((one) => one.startsWith('B')) ?? models[0] ?? '';
  const known = BY_FINDING.find(([fits]) => fits.test(model));
  const [, cause, told, measures, record] = known ?? OTHER;
  const more = sheet.round === 1 ? '' : `补充：时段为${period(sheet)}，已查阅${record}，由环保负责人签字确认。`;
  if (known !== undefined || !model.startsWith('B')) return { cause, explanation: `关于“${about}”：${told}。${more}`, measures: `${measures}。`, record };
  const own = causeFor(about, sheet.unitId, sheet.outfallName);
  return { cause: 'exceedance', explanation: `“${about}”确属超标，原因是${own.cause}。${more}`, measures: `${own.done}，加密监测至稳定达标。`, record: own.record };
}

/** Lines of the record that goes along. */
export const recordLines = (sheet: Sheet, { explanation, measures }: Said): (readonly [string, string])[] => [
  ['单位', sheet.unitName], ['排放口', sheet.outfallName], ['提示的情况', sheet.sentence.zh], ['时段', period(sheet)], ['查明的原因', explanation], ['采取的措施', measures],
];
