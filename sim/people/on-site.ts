import type { Spent } from './agenda.ts';
import { alteredAt, alteredMoment, alterationOf, type Altered } from './alteration.ts';
import { lacksAct, speakerOf, type Body } from './case-bodies.ts';
import { chinaTime } from './hand-in.ts';
import type { CasePage, MeansOfAct } from './shapes.ts';

/** What went on at an outfall of the province in a time; only who comes to the place sees it, the platform never learns it from here. */
export type Happened = (outfall: string, from: number, to: number) => readonly { readonly kind: string }[];

/** What officers see at the place, and of which act it is the trace. */
export interface Seen {
  readonly shows: MeansOfAct;
  readonly found: string;
  /** The parameter that was changed, where it was one. */
  readonly altered?: Altered;
}

const param = (found: string, altered?: Altered): Seen => ({ shows: 'PARAM_CHANGED', found, ...(altered === undefined ? {} : { altered }) });
const value = (name: string, filed: string, least: number, most: number, digits: number, unit = ''): Altered => ({ name, filed, least, most, digits, unit });
const record = (found: string): Seen => ({ shows: 'RECORD_FORGED', found });
const sampling = (found: string): Seen => ({ shows: 'SAMPLING_INTERFERED', found });
const mark = (found: string): Seen => ({ shows: 'MARK_FALSE', found });
const treatment = (found: string): Seen => ({ shows: 'TREATMENT_STOPPED', found });

/** By kind of what was done (`sim/cheats`): the trace it left. What leaves none at the station is not here. */
export const TRACES: Readonly<Record<string, Seen>> = {
  const_hold: record('数据采集传输仪内装有保持输出值的程序，日志载明该时段启用，分析仪示值变化而上传值不变'),
  tiny_noise: record('数据采集传输仪内装有在固定值上叠加微小变化的程序，日志载明该时段启用'),
  smooth_fake: record('数据采集传输仪内装有平滑输出值的程序，日志载明该时段启用，上传值与分析仪示值不一致'),
  replay: record('数据采集传输仪内存有以前时段的数据文件和循环上传的程序，日志载明该时段启用'),
  random_fill: record('数据采集传输仪内装有随机生成数据的程序，日志载明该时段启用'),
  factor_clone: record('数据采集传输仪内设置以一个因子的数值代替另一个因子上传'),
  value_rewrite: record('数据采集传输仪的操作日志载明，已上传的小时数据被人工改小后重新上传'),
  meter_fake: record('用电监控终端内装有固定读数上传的程序，日志载明该时段启用'),
  cap_clip: param('数据采集传输仪的上传量程被改小，与备案值不符', value('上传量程上限（占备案量程的比例）', '100', 30, 70, 0, '%')),
  limit_reflect: param('数据采集传输仪内设置了超过限值即折减的换算参数，与备案值不符', value('超限折减系数', '1.00', 0.55, 0.9, 2)),
  scale_down: param('分析仪斜率被改小，与备案值不符', value('斜率', '1.000', 0.45, 0.8, 3)),
  offset_down: param('分析仪截距被改为负值，与备案值不符', value('截距', '0.0', -18, -4, 1)),
  flow_coef: param('流速换算系数被改小，与备案值不符', value('流速换算系数', '1.00', 0.5, 0.8, 2)),
  clock_shift: param('数据采集传输仪的时钟被人工改动', value('时钟偏差', '0', 35, 110, 0, ' 分钟')),
  door_tamper: param('站房开门后分析仪校准系数被改动，参数修改日志和门禁记录载明同一时间，与备案值不符', value('校准系数', '1.000', 0.5, 0.85, 3)),
  air_dilution: sampling('采样管线上接有三通阀和通入空气的软管，阀上有近期操作痕迹'),
  sample_swap: sampling('采样头被置于另备的水桶中，桶内水样与排放口水样不同'),
  sample_dodge: sampling('采样器被改接为排放间歇时采样，控制线有改接痕迹'),
  stop_mark_running: mark('生产台账和用电记录载明，标记为停运的时段生产一直进行'),
  retro_mark: mark('运维台账没有所标记的故障、维护记录，操作日志载明标记系事后补作'),
  mark_abuse: mark('运维台账没有所标记的维护记录，站房视频中该时段无人维护'),
  treatment_off: treatment('治理设施运行日志载明，该时段设施被停运而生产一直进行'),
  treatment_idle: treatment('治理设施运行日志载明，该时段药剂泵、风机被调至空转'),
  bypass_flow: { shows: 'HIDDEN_OUTLET', found: '排放口上游接有未经监测的旁路管，阀门处于可开启状态' },
};

/** What is to be seen of it afterwards; nothing where nothing was done. */
export function seenAt(happened: Happened | undefined, { state }: CasePage): Seen | undefined {
  if (happened === undefined || state.outfallId === undefined) return undefined;
  return happened(state.outfallId, state.actStart, state.actEnd).map(({ kind }) => TRACES[kind]).find((seen) => seen !== undefined);
}

/** Were the officers there? */
export const wasInspected = ({ state }: CasePage): boolean => state.latest['RECORD_SITE_INSPECTION'] !== undefined;

/** Does the region send its officers to the place, and were they not there yet? */
export const wantsSiteRecord = ({ next }: Pick<CasePage, 'next'>): boolean =>
  next.some(({ command, missing }) => command === 'FINISH_INVESTIGATION' && missing.some((text) => text.startsWith('现场检查')));

/** Why officers go to the place: the data alone prove no act. */
export const TO_THE_PLACE: Body = { kind: 'SWITCH_MODE', mode: 'ONSITE', ground: 'INSUFFICIENT', reason: '自动监测数据异常，涉嫌造假，非现场证据不足以查明行为，需要现场检查设备、参数和采样管路。' };

/** What the record says of it: the parameter with its filed and its found value, or when the logs say it was done. */
const recorded = ({ state }: CasePage, { shows, found, altered }: Seen): string =>
  altered !== undefined ? `${found}；参数修改日志载明：${alterationOf(state, altered)}` : shows === 'RECORD_FORGED' ? `${found}；日志载明的启用时间为${alteredAt(state)}` : found;

/** Whether what is seen there says when it was done. */
const tellsMoment = ({ shows, altered }: Seen): boolean => altered !== undefined || shows === 'RECORD_FORGED';

const UNTOUCHED = '检查设备参数、操作日志、采样管路和站房视频，参数与备案一致，采样管路完好，没有发现人为干预的痕迹';

/** What is to be seen where no act is looked for: the place as it is on that day, which says nothing of the days of the act. */
const asFound = ({ state, outfallName }: CasePage): string =>
  `检查时${outfallName}标志牌、采样平台和自动监测站房完好，自动监测设备在运行，参数与备案一致；以上是检查当日所见，行为时间（${chinaTime(state.actStart)}至${chinaTime(state.actEnd)}）的情况另行调取同期的运行台账和经审核的数据查明`;

/** The record of the place (行政处罚法 第五十五条), of the time the officers were there: what was seen of the act, or that nothing was. */
export function siteVisit(page: CasePage, seen: Seen | undefined, { from, to }: Spent): Body {
  const { name, post } = speakerOf(page);
  return {
    kind: 'RECORD_SITE_INSPECTION', takenAt: from, endedAt: to, place: page.outfallName,
    partyPresent: true, partyName: name, partyRole: post, witness: '',
    toldRights: '已出示执法证件，告知申请回避、配合检查和陈述申辩的权利义务。', statement: '对检查情况没有异议。', recordingId: `site-${page.state.caseId.slice(-8)}`,
    production: '检查时生产线正常运行。', formalities: '持有排污许可证，自动监测设备已验收联网。', treatment: '检查时治理设施在运行。',
    found: seen !== undefined ? recorded(page, seen) : lacksAct(page) ? UNTOUCHED : asFound(page),
    ...(seen === undefined ? {} : { shows: seen.shows, ...(tellsMoment(seen) ? { actAt: alteredMoment(page.state) } : {}) }), photos: '拍照、录像取证。', signed: true, refusal: '',
  };
}
