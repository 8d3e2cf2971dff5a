import { z } from 'zod';
import * as f from '../fields.ts';
import { kind, ownTitle } from './document-kind.ts';
import {
  sampleContact, sampleEvidence, sampleFacts, sampleOfficers, sampleOpinions, sampleParty, sampleProvision, sampleRemedies,
} from './sample-facts.ts';

const thing = z.object({ item: f.text, model: f.maybe, serial: f.maybe, quantity: f.text, place: f.text, relation: f.text });
const things = z.array(thing).min(1).max(100);

const sampleThings = [
  { item: '自动监测设备工控机', model: 'IPC-610', serial: 'SN0001', quantity: '1台', place: '废水总排口站房', relation: '存有被修改的量程参数与操作日志' },
  { item: '加药泵控制柜', model: 'GM-0025', serial: '', quantity: '1台', place: '废水处理间', relation: '不正常运行的污染防治设施' },
];

/** 审批表: why, what, on what law; the opinions of those who ask and of the head who decides (D12, D31, D34, D35). */
export const approval = z.object({
  cause: f.text,
  party: f.party,
  facts: f.text,
  basis: f.provisionList,
  reason: f.text,
  proposal: f.text,
  things: z.array(thing).max(100).default([]),
  /** Necessity, lighter means, whom it touches besides; a stroke where the measure asks for none. */
  proportion: f.maybe,
  limit: f.text,
  opinions: f.opinions,
});
export const sampleApproval = {
  cause: '涉嫌以逃避监管的方式排放水污染物', party: sampleParty, facts: sampleFacts, basis: [sampleProvision],
  reason: '篡改、伪造自动监测数据，不正常运行污染防治设施。', proposal: '查封下列设施、设备三十日。', things: sampleThings,
  proportion: '不查封将继续违法排放；责令改正后仍未停止；不影响基本民生和生产安全。', limit: '三十日', opinions: sampleOpinions,
};

/** 决定书、通知书: an order to the party with reason, things, term, duties, remedies (行政强制法 第二十四条). */
const order = z.object({
  title: f.maybe,
  party: f.party,
  investigated: f.text,
  facts: f.text,
  evidence: z.array(f.evidence).max(200).default([]),
  /** Which situation of the law it is. */
  reason: f.maybe,
  basis: f.provisionList,
  decisions: z.array(f.text).min(1).max(20),
  things: z.array(thing).max(100).default([]),
  term: f.text,
  duties: z.array(f.text).max(20).default([]),
  remedies: f.remedies.optional(),
  contact: f.contact,
});
const sampleOrder = {
  party: sampleParty, investigated: '我局于2026年3月9日对你单位涉嫌环境违法一案立案调查。', facts: sampleFacts, evidence: sampleEvidence,
  reason: '上述行为属于以逃避监管的方式违法排放污染物的情形。', basis: [{ instrument: '中华人民共和国行政强制法', article: '第二十三条' }], decisions: ['查封下列设施、设备，存放于原地。'], things: sampleThings,
  term: '自2026年3月12日起至2026年4月11日止', duties: ['妥善保管被查封的设施、设备，不得擅自启用、损毁、转移。'], remedies: sampleRemedies, contact: sampleContact,
};

/** 清单: what was kept, sealed or seized, signed by party or witness and two officers. */
const list = z.object({ party: f.party, things, keeper: f.text, seals: f.maybe, takenAt: f.moment, signedBy: f.text, witness: f.maybe, signature: f.maybe, officers: z.array(f.person).min(2).max(4) });
const sampleList = { party: sampleParty, things: sampleThings, keeper: '当事人就地保管', seals: '封1、封2', takenAt: Date.UTC(2026, 2, 12, 2), signedBy: '张演示', witness: '', signature: '当事人（张演示）核对无误后签名。', officers: sampleOfficers };

/** 现场笔录 of an act of force (行政强制法 第十八条). */
const record = z.object({
  cause: f.text,
  unit: f.text,
  startedAt: f.moment,
  endedAt: f.moment,
  place: f.text,
  present: f.text,
  witness: f.maybe,
  officers: z.array(f.person).min(2).max(4),
  toldRights: f.text,
  course: f.text,
  statement: f.text,
  recordingId: f.text,
  /** Who signed; where the party refused or was not there, why and who bears witness. */
  signature: f.maybe,
});
const sampleRecord = {
  cause: '涉嫌以逃避监管的方式排放水污染物', unit: sampleParty.name, startedAt: Date.UTC(2026, 2, 12, 1), endedAt: Date.UTC(2026, 2, 12, 3), place: '废水总排口站房',
  present: '法定代表人张演示到场', officers: sampleOfficers, toldRights: '出示执法证件，当场告知理由、依据和依法享有的权利、救济途径。', course: '对清单所列设施、设备张贴封条并拍照录像。',
  statement: '当事人表示已知晓，无异议。', recordingId: 'cam_2026_0012',
  signature: '当事人（张演示）核对无误后签名。',
};

export const measureKinds = {
  PRESERVATION_APPROVAL: kind({ no: 'D12', zh: '先行登记保存证据审批表', en: 'Approval of evidence preservation', reach: 'inner', sealed: false, abbreviation: '登审', template: 'measure-approval.typ', schema: approval, sample: { ...sampleApproval, proposal: '先行登记保存下列证据。', limit: '七个工作日内处理' } }),
  PRESERVATION_ORDER: kind({ no: 'D12', zh: '先行登记保存证据决定书', en: 'Evidence preservation order', reach: 'outer', sealed: true, abbreviation: '登存', template: 'measure-order.typ', schema: order, sample: { ...sampleOrder, decisions: ['对下列证据先行登记保存。'] } }),
  PRESERVATION_LIST: kind({ no: 'D12', zh: '先行登记保存证据清单', en: 'List of preserved evidence', reach: 'outer', sealed: false, abbreviation: '登清', template: 'measure-list.typ', schema: list, sample: sampleList }),
  PRESERVATION_RECORD: kind({ no: 'D12', zh: '先行登记保存现场笔录', en: 'Record of evidence preservation', reach: 'outer', sealed: false, abbreviation: '登笔', template: 'measure-record.typ', schema: record, sample: sampleRecord }),

  SEALING_APPROVAL: kind({ no: 'D31', zh: '查封、扣押审批表', en: 'Approval of sealing or seizure', reach: 'inner', sealed: false, abbreviation: '封审', template: 'measure-approval.typ', schema: approval, sample: sampleApproval }),
  SEALING_ORDER: kind({ no: 'D31', zh: '查封（扣押）决定书', titled: ownTitle('查封（扣押）决定书'), en: 'Sealing or seizure order', reach: 'outer', sealed: true, abbreviation: '查封', template: 'measure-order.typ', schema: order, sample: { ...sampleOrder, title: '查封决定书' } }),
  SEALING_LIST: kind({ no: 'D31', zh: '查封（扣押）物品清单', en: 'List of sealed or seized objects', reach: 'outer', sealed: false, abbreviation: '封清', template: 'measure-list.typ', schema: list, sample: sampleList }),
  SEALING_RECORD: kind({ no: 'D31', zh: '查封（扣押）现场笔录', en: 'Record of sealing or seizure', reach: 'outer', sealed: false, abbreviation: '封笔', template: 'measure-record.typ', schema: record, sample: sampleRecord }),
  SEALING_EXTENSION: kind({ no: 'D31', zh: '查封（扣押）延期通知书', titled: ownTitle('查封（扣押）延期通知书'), en: 'Extension of sealing or seizure', reach: 'outer', sealed: true, abbreviation: '封延', template: 'measure-order.typ', schema: order, sample: { ...sampleOrder, title: '延长查封期限通知书', decisions: ['因案情复杂，延长查封期限。'] } }),
  SEALING_RELEASE: kind({ no: 'D31', zh: '解除查封（扣押）决定书', titled: ownTitle('解除查封（扣押）决定书'), en: 'Release of sealing or seizure', reach: 'outer', sealed: true, abbreviation: '解封', template: 'measure-order.typ', schema: order, sample: { ...sampleOrder, title: '解除查封决定书', decisions: ['解除查封，退还下列设施、设备。'], term: '自本决定送达之日起解除' } }),

  PRODUCTION_ORDER: kind({ no: 'D32', zh: '责令限制生产（停产整治）决定书', titled: ownTitle('责令限制生产（停产整治）决定书'), en: 'Order to limit or stop production', reach: 'outer', sealed: true, abbreviation: '限停', template: 'measure-order.typ', schema: order, sample: { ...sampleOrder, title: '责令限制生产决定书', decisions: ['责令限制生产三个月，生产负荷不超过六成。'], things: [], term: '三个月' } }),
  PRODUCTION_EXTENSION: kind({ no: 'D32', zh: '延长限制生产期限通知书', en: 'Extension of a production limit', reach: 'outer', sealed: true, abbreviation: '限延', template: 'measure-order.typ', schema: order, sample: { ...sampleOrder, decisions: ['延长限制生产期限三个月。'], things: [], term: '三个月' } }),
};
