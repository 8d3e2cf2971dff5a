import { z } from 'zod';
import type { Bilingual } from './provenance.ts';

/**
 * Steps for which the regions have articles of their own. A basis names the step (`own`); which article stands behind it is the
 * `provisions` of the region's profile, so that a region's text is cited by its own file and by nothing else.
 */
export const PROVISIONS = {
  warning: { zh: '自动研判、预警和督办', en: 'the platform finds, warns and asks the unit' },
  recheck: { zh: '复核企业反馈', en: "the unit's answer is held against the records" },
  evidenceFirst: { zh: '疑似造假先取证', en: 'suspected falsification goes to enforcement before the unit hears of it' },
  analysis: { zh: '人员研判', en: 'people analyse what the platform found' },
  list: { zh: '形成线索清单', en: 'the list of suspected violations' },
  patrol: { zh: '巡查发现', en: 'what a patrol finds' },
  duties: { zh: '研判与审核分开', en: 'who found or analysed does not review' },
  invited: { zh: '其他部门参与', en: 'other departments take part' },
  signing: { zh: '审核分人签署', en: 'the tracks of a review and its conclusion are several people\'s' },
  review: { zh: '数据审核', en: 'review of the data' },
  reviewData: { zh: '审核监管数据', en: 'review of monitoring data' },
  reviewVideo: { zh: '审核监控视频', en: 'review of video' },
  reviewPlatform: { zh: '审核信息平台', en: 'review of the platform' },
  reviewBasis: { zh: '审核法律依据', en: 'review of the legal basis' },
  reviewOther: { zh: '审核其他事项', en: 'review of other matters' },
  evidence: { zh: '未经审核不作证据', en: 'data without a passed review are no evidence' },
  handover: { zh: '移送执法部门', en: 'handover to enforcement' },
  signIn: { zh: '执法部门接收', en: 'enforcement takes it in' },
  notice: { zh: '告知单位', en: 'the party is told, may look and may speak' },
  consultation: { zh: '联合会商', en: 'joint consultation' },
  jointInspection: { zh: '联合检查', en: 'joint inspection' },
  filing: { zh: '立案', en: 'filing' },
  collection: { zh: '采集和固定证据', en: 'gathering evidence, off-site first' },
  onsite: { zh: '转入现场执法', en: 'going to the place' },
  deviceActs: { zh: '未保证设备正常运行的行为', en: 'acts by which monitoring equipment is not kept as it should be' },
  restraint: { zh: '审慎采取强制措施', en: 'sealing and stops with restraint' },
  deliberation: { zh: '案件审议', en: 'deliberation' },
  questions: { zh: '答复当事人疑问', en: "answering the party's questions" },
  service: { zh: '电子送达', en: 'electronic service' },
  seal: { zh: '审批生成电子签章', en: 'the seal follows the approval' },
  rectification: { zh: '核实整改', en: 'checking the correction' },
  closing: { zh: '结案归档', en: 'closing and filing away' },
  majorCase: { zh: '重大案件办理', en: 'taking up a major case' },
  majorReport: { zh: '重大案件上报和督办', en: 'reporting a major case upward' },
} as const satisfies Record<string, Bilingual>;
/** A step of which a region's text may have an article. */
export type ProvisionKey = keyof typeof PROVISIONS;

const KEYS = Object.keys(PROVISIONS) as [ProvisionKey, ...ProvisionKey[]];

/** The articles of a region's text by step; a step its text does not speak of is left out. */
export const provisionsSchema = z.partialRecord(z.enum(KEYS), z.string().min(1));

const MARK = '@';

/** The region's own article for a step, as a part of a basis: `${own('evidence')}；行政处罚法 第四十一条`. */
export const own = (key: ProvisionKey): string => `${MARK}${key}`;

/** The step that a part of a basis names; undefined for one that names a text. */
export const stepIn = (part: string): ProvisionKey | undefined => KEYS.find((key) => part === own(key));
