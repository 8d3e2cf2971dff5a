import { z } from 'zod';
import * as f from '../fields.ts';
import { kind } from './document-kind.ts';
import { sampleContact, sampleEvidence, sampleFacts, sampleOfficers, sampleParty, sampleProvision } from './sample-facts.ts';

const observation = z.object({
  outfall: f.text, factor: f.text, period: f.text, value: f.text, limit: f.text, remark: f.maybe,
});

const alertSchema = z.object({
  party: f.party,
  /** 规则: which model raised it, in words, with version. */
  rule: f.text,
  ruleVersion: f.maybe,
  window: f.text,
  sentence: f.text,
  observations: z.array(observation).max(60).default([]),
  /** 请您做什么: checks and measures expected. */
  toDo: f.text,
  /** Where and how to answer. */
  feedback: f.text,
  feedbackDue: f.moment,
  contact: f.contact,
});

const alertSample: z.input<typeof alertSchema> = {
  party: sampleParty,
  rule: '小时超标与连续超标',
  ruleVersion: '1.0.0',
  window: '2026年3月2日8时至11时',
  sentence: '废水总排口 DW001 化学需氧量小时均值连续三小时超过许可限值。',
  observations: [
    { outfall: 'DW001 废水总排口', factor: '化学需氧量', period: '3月2日8时', value: '96.4 mg/L', limit: '80 mg/L', remark: '正常' },
    { outfall: 'DW001 废水总排口', factor: '化学需氧量', period: '3月2日9时', value: '101.7 mg/L', limit: '80 mg/L', remark: '正常' },
  ],
  toDo: '立即核查生产工况、治理设施和自动监测设备；属于设备故障或校准维护的，按规定标记并报告。',
  feedback: '请登录企业端“我的提醒”填写原因、措施并上传佐证材料。',
  feedbackDue: Date.UTC(2026, 2, 4, 4, 0),
  contact: sampleContact,
};

const alert = (zh: string, en: string, abbreviation: string) =>
  kind({
    no: 'D1', zh, en, reach: 'outer', sealed: false, abbreviation,
    template: 'd01-alert-notice.typ', schema: alertSchema, sample: alertSample,
  });

const reviewSchema = z.object({
  reviewNo: f.text,
  clueNo: f.text,
  /** What the clue is about, in words; absent in older papers, as below. */
  clueMatter: f.maybe,
  unit: f.text,
  object: f.text,
  time: f.text,
  place: f.text,
  factor: f.text,
  values: f.text,
  generation: f.text,
  marks: f.text,
  video: f.text,
  platformState: f.text,
  legalBasis: f.provisionList,
  relevance: f.text,
  authenticity: f.text,
  completeness: f.text,
  legality: f.text,
  otherMatters: f.maybe,
  /** The note of control staff that went before, where the region's gate rests on one; absent in older opinions. */
  recheckNote: f.maybe,
  conclusion: f.text,
  checks: z.array(z.object({ name: f.text, result: f.text })).max(40).default([]),
  reviewers: z.array(f.person.extend({ role: f.text })).min(1).max(8),
});

const reviewSample: z.input<typeof reviewSchema> = {
  reviewNo: 'review_2026_0001', clueNo: 'clue_01m3x7k2p9qz4t8r5w6v', clueMatter: '小时超标与连续超标', unit: sampleParty.name, object: 'DW001 废水总排口自动监测数据',
  time: '2026年3月2日8时至11时', place: '江苏省示范市开发区演示路 18 号', factor: '化学需氧量',
  values: '96.4、101.7、99.2 mg/L（许可限值 80 mg/L）',
  generation: '数采仪逐报文 CRC 校验通过，存证日志连续，无缺失；生成、采集、存储、传输规范。',
  marks: '涉事时段标记为正常（N），单位未报告故障、校准或停运。',
  video: '站房视频时间、对象、内容完整，无人员进入。',
  platformState: '平台运行正常，操作时间与对象记录完整。',
  legalBasis: [{ instrument: '排污许可管理条例', article: '第二十九条' }],
  relevance: '符合：数据与涉嫌超标事实直接相关。', authenticity: '符合：原始报文与存证根一致。',
  completeness: '符合：时段内有效小时数据齐全。', legality: '符合：设备验收、质控记录在有效期内。',
  conclusion: '经审核，涉嫌超过许可排放浓度排放水污染物，符合作为行政执法证据的要求。',
  checks: [{ name: '报文校验', result: '通过' }, { name: '存证一致', result: '通过' }],
  reviewers: [
    { role: '技术审核', name: '吴己', date: '2026-03-05' },
    { role: '法制审核', name: '郑庚', date: '2026-03-05' },
  ],
};

/** One layout, two names: which paper satisfies gate:G8 is the region's choice (`review.gatePaper`). */
const review = (zh: string, en: string, abbreviation: string) =>
  kind({
    no: 'D3', zh, en, reach: 'inner', sealed: false, abbreviation,
    template: 'd03-review-opinion.typ', schema: reviewSchema, sample: reviewSample,
  });

/** 线索移送单 and 接收单: one sheet, once as sent and once as taken (D5). */
const handoverSchema = z.object({
  clueNo: f.text,
  clueMatter: f.maybe,
  opinionNumber: f.text,
  unit: f.text,
  facts: f.text,
  basis: f.maybeProvisions,
  attachments: z.array(z.object({ name: f.text, sha256: f.maybeSha256 })).max(100).default([]),
  sender: f.text,
  sentAt: f.moment,
  dueNote: f.text,
  receiver: f.text,
  receivedAt: f.moment.optional().transform((value) => value ?? ''),
  senders: z.array(f.person).min(1).max(4),
  receivers: z.array(f.person).max(4).default([]),
});
const handover = {
  clueNo: 'clue_01m3x7k2p9qz4t8r5w6v', clueMatter: '小时超标与连续超标', opinionNumber: '示环数审〔2026〕1号', unit: sampleParty.name, facts: sampleFacts,
  basis: [{ instrument: '江苏省生态环境非现场监管执法办法（试行）', article: '第十三条' }],
  attachments: [{ name: '数据审核意见', sha256: sampleEvidence[1]!.sha256 }],
  sender: '示范市非现场数据审核小组', sentAt: Date.UTC(2026, 2, 6, 1, 30),
  dueNote: '自认定之日起3个工作日内移送', receiver: '示范市生态环境综合行政执法支队',
  senders: [{ name: '吴己', date: '2026-03-06' }],
};

export const supervisionKinds = {
  REMINDER_NOTICE: alert('预警提醒单', 'Reminder notice', '提醒'),
  WARNING_NOTICE: alert('预警警告单', 'Warning notice', '警告'),
  SUPERVISION_SHEET: alert('电子督办单', 'E-supervision sheet', '督办'),

  SUSPECTED_VIOLATION_LIST: kind({
    no: 'D2', zh: '涉嫌违法问题线索清单', en: 'List of suspected violations', reach: 'inner', sealed: false,
    abbreviation: '线索', template: 'd02-suspected-violation-list.typ',
    schema: z.object({
      listVersion: f.text,
      panel: f.text,
      period: f.text,
      clues: z
        .array(
          z.object({
            clueNo: f.text, unit: f.text, outfall: f.text, factor: f.text, period: f.text,
            rule: f.text, ruleVersion: f.text, analysis: f.text,
          }),
        )
        .min(1)
        .max(200),
      /** What this version changed against the one before, and why. */
      changes: z.array(z.object({ clueNo: f.text, clueMatter: f.maybe, change: f.text, why: f.text })).max(400).default([]),
      analysts: z.array(f.person).min(1).max(8),
      remark: f.maybe,
    }),
    sample: {
      listVersion: '第 1 版',
      panel: '示范市非现场数据研判专班',
      period: '2026年3月2日至2026年3月3日',
      clues: [
        {
          clueNo: 'clue_01m3x7k2p9qz4t8r5w6v', unit: sampleParty.name, outfall: 'DW001 废水总排口', factor: '化学需氧量',
          period: '2026年3月2日8时至11时', rule: '小时超标与连续超标', ruleVersion: '1.0.0',
          analysis: '连续三小时超限，同期用电负荷正常，数据无维护标记，不属于豁免时段。',
        },
      ],
      analysts: [{ name: '周戊', date: '2026-03-03' }],
    },
  }),

  REVIEW_OPINION: review('非现场数据审核意见', 'Data review opinion', '数审'),
  EXCEEDANCE_REVIEW_REPORT: review('超标数据审核报告', 'Exceedance data review report', '超审'),

  SUSPICION_NOTICE: kind({
    no: 'D4', zh: '涉嫌违法事实告知书', en: 'Notice of suspected violation', reach: 'outer', sealed: true,
    abbreviation: '事告', template: 'd04-suspicion-notice.typ',
    schema: z.object({
      party: f.party,
      facts: f.text,
      grounds: f.maybeProvisions,
      opinionNumber: f.text,
      /** How the unit sees the data: page and item in its portal. */
      dataAccess: f.text,
      evidence: z.array(f.evidence).max(200).default([]),
      statementWay: f.text,
      statementUntil: f.maybeDay,
      contact: f.contact,
    }),
    sample: {
      party: sampleParty, facts: sampleFacts, grounds: [sampleProvision], opinionNumber: '示环数审〔2026〕1号',
      dataAccess: '企业端“我的告知”内可查询报文原文、小时均值、标记、模型说明和存证证明。', evidence: sampleEvidence,
      statementWay: '可通过企业端提交，也可以书面、口头方式提出；平台不设置任何限制陈述、申辩的条件。',
      statementUntil: '2026-03-12', contact: sampleContact,
    },
  }),

  HANDOVER_SHEET: kind({
    no: 'D5', zh: '涉嫌违法问题线索移送单', en: 'Handover sheet', reach: 'inner', sealed: false,
    abbreviation: '移', template: 'd05-handover-sheet.typ',
    schema: handoverSchema,
    sample: { ...handover, receivers: sampleOfficers.slice(0, 1) },
  }),
  HANDOVER_RECEIPT: kind({
    no: 'D5a', zh: '移送线索接收单', en: 'Receipt of a handover', reach: 'inner', sealed: false,
    abbreviation: '接', template: 'd05-handover-sheet.typ',
    schema: handoverSchema.extend({ receivedAt: f.moment, receivers: z.array(f.person).min(1).max(4) }),
    sample: { ...handover, attachments: [{ name: '涉嫌违法问题线索移送单 示环移〔2026〕1号', sha256: sampleEvidence[1]!.sha256 }], dueNote: '自移送之日起7个工作日内决定是否立案，至2026年3月17日，签收早晚不影响', receivedAt: Date.UTC(2026, 2, 6, 3, 5), receivers: sampleOfficers.slice(0, 1) },
  }),
};
