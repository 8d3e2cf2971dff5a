import { z } from 'zod';
import * as f from '../fields.ts';
import { kind } from './document-kind.ts';
import { sampleContact, sampleParty } from './sample-facts.ts';

const talkParty = { party: sampleParty, ground: '近十二个月内第三次未按要求反馈电子督办信息' };
const quantity = z.object({ outfall: f.text, factor: f.text, period: f.text, permitted: f.text, used: f.text, share: f.text });
const sampleQuantity = { outfall: 'DA001 废气总排口', factor: '氮氧化物', period: '2026年', permitted: '12000 kg', used: '9720 kg', share: '81.0 %' };

/** Papers of control staff around the sheet: recheck, failures to answer, talk, permitted quantity (内环办〔2021〕103号). */
export const controlKinds = {
  CONTROL_RECHECK_NOTE: kind({
    no: 'R1', zh: '监控部门复核单', en: 'Recheck note of control staff', reach: 'inner', sealed: false,
    abbreviation: '监核', template: 'control-recheck-note.typ',
    schema: z.object({
      sheetNumber: f.maybe, unit: f.text, outfall: f.text, period: f.text, finding: f.text, answer: f.maybe,
      /** Each clue that lies in the sheet, with what was found in it and when; absent in older notes. */
      matters: z.array(z.object({ clueNo: f.text, factor: f.text, period: f.text, finding: f.text })).max(200).default([]),
      comparisons: z.array(z.object({ subject: f.text, result: f.text })).min(1).max(10),
      note: f.text,
      /** Why control staff find otherwise than the platform's records show; empty where they do not. */
      against: f.maybe,
      falseAnswer: z.boolean(), conclusion: f.text, dataReview: f.maybe, checkers: z.array(f.person).min(1).max(4),
    }),
    sample: {
      sheetNumber: '示环督办〔2026〕3号', unit: sampleParty.name, outfall: 'DA001 废气总排口', period: '2026年3月2日8时 至 11时',
      finding: '氮氧化物连续3小时超过许可排放浓度限值。',
      matters: [
        { clueNo: 'clue_01m3x7k2p9qz4t8r5w6v', factor: '氮氧化物', period: '2026年3月2日8时 至 11时', finding: '氮氧化物连续3小时超过许可排放浓度限值。' },
        { clueNo: 'clue_01m3x7k2p9qz4t8r5w6w', factor: '二氧化硫', period: '2026年3月2日9时 至 10时', finding: '二氧化硫1小时超过许可排放浓度限值。' },
      ],
      answer: '确属超标，正在处置：脱硝系统故障，已抢修。',
      comparisons: [{ subject: '数据标记', result: '无相关记录' }, { subject: '运维、校准记录', result: '与反馈一致' }, { subject: '生产和治理设施工况', result: '与反馈一致' }],
      note: '标记期限内未标记，治理设施用电同期下降。', falseAnswer: false, conclusion: '复核属实，移交执法', dataReview: '所列线索逐条另行出具数据审核意见。', checkers: [{ name: '陆某', date: '2026-03-03' }],
    },
  }),

  FEEDBACK_LETTER: kind({
    no: 'R2', zh: '督办反馈提示函', en: 'Letter on failing to answer', reach: 'outer', sealed: false,
    abbreviation: '督提', template: 'feedback-letter.typ',
    schema: z.object({
      party: f.party, measure: f.text, sheetNumber: f.maybe, failure: f.text, ordinal: f.text, countedSince: f.day, next: f.text, demand: f.text, basis: f.text, contact: f.contact,
    }),
    sample: {
      party: sampleParty, measure: '警示', sheetNumber: '示环督办〔2026〕3号', failure: '逾期未反馈', ordinal: '第二次', countedSince: '2025-03-03',
      next: '约谈', demand: '请立即登录企业端补充反馈，如实说明原因和措施。', basis: '内环办〔2021〕103号 三（一）', contact: sampleContact,
    },
  }),

  REGULATORY_TALK_NOTICE: kind({
    no: 'R3', zh: '约谈通知书', en: 'Notice of a regulatory talk', reach: 'outer', sealed: false,
    abbreviation: '约通', template: 'regulatory-talk-notice.typ',
    schema: z.object({ party: f.party, ground: f.text, failures: z.array(f.text).min(1).max(20), heldAt: f.moment, place: f.text, attendees: f.text, topics: f.text, basis: f.text, contact: f.contact }),
    sample: {
      ...talkParty, failures: ['2026年1月5日 逾期未反馈', '2026年2月9日 填报不规范', '2026年3月3日 逾期未反馈'], heldAt: Date.UTC(2026, 2, 9, 1, 0), place: '示范市生态环境局第一会议室',
      attendees: '主要负责人和环保负责人', topics: '电子督办信息反馈情况和改进措施', basis: '内环办〔2021〕103号 三（一）', contact: sampleContact,
    },
  }),

  REGULATORY_TALK_RECORD: kind({
    no: 'R4', zh: '约谈记录', en: 'Record of a regulatory talk', reach: 'outer', sealed: false,
    abbreviation: '约记', template: 'regulatory-talk-record.typ',
    schema: z.object({
      noticeNumber: f.maybe, unit: f.text, ground: f.text, heldAt: f.moment, place: f.text, host: f.person, recorder: f.person,
      attendees: z.array(z.object({ name: f.text, post: f.text })).min(1).max(20), said: f.text, answered: f.text, commitments: f.text,
    }),
    sample: {
      noticeNumber: '示环约通〔2026〕1号', unit: sampleParty.name, ground: talkParty.ground, heldAt: Date.UTC(2026, 2, 9, 1, 0), place: '示范市生态环境局第一会议室',
      host: { name: '梁某', date: '2026-03-09' }, recorder: { name: '周某', date: '2026-03-09' }, attendees: [{ name: '王某', post: '总经理' }],
      said: '指出三次未按要求反馈的事实，说明反馈要求。', answered: '承认值班安排不到位。', commitments: '三日内建立督办信息专人值守制度。',
    },
  }),

  QUOTA_WARNING: kind({
    no: 'R5', zh: '许可排放量预警单', en: 'Warning on the permitted quantity', reach: 'outer', sealed: false,
    abbreviation: '量警', template: 'quota-warning.typ',
    schema: z.object({ party: f.party, quantity: quantity.extend({ measured: f.text.optional(), standIn: f.text.optional() }), asOf: f.moment, exceeded: z.boolean(), forecast: f.maybe, toDo: f.text, basis: f.text, contact: f.contact }),
    sample: {
      party: sampleParty, quantity: { ...sampleQuantity, measured: '9480 kg', standIn: '240 kg' }, asOf: Date.UTC(2026, 8, 2, 1, 0), exceeded: false, forecast: '按目前排放速度，至年末约为 14600 kg。',
      toDo: '请合理安排生产和治理，确保全年排放量不超过许可排放量。', basis: '内环办〔2021〕103号 二（三）', contact: sampleContact,
    },
  }),

  OVER_QUANTITY_REPORT: kind({
    no: 'R6', zh: '超许可排放量情况月报', en: 'Monthly report on over-quantities', reach: 'inner', sealed: false,
    abbreviation: '量报', template: 'over-quantity-report.typ',
    schema: z.object({
      month: f.text, receiver: f.text, items: z.array(quantity.extend({ unit: f.text, confirmedOn: f.day, note: f.text, standIn: f.text.optional(), until: f.text.optional() })).min(1).max(200), basis: f.text, reporters: z.array(f.person).min(1).max(4),
    }),
    sample: {
      month: '2026年9月', receiver: '自治区生态环境综合行政执法总队', items: [{ ...sampleQuantity, used: '12450 kg', share: '103.8 %', standIn: '36 kg', until: '2026-10-01 09:00', unit: sampleParty.name, confirmedOn: '2026-09-20', note: '核对自动监测与补遗数据，情况属实。' }],
      basis: '内环办〔2021〕103号 二（三）', reporters: [{ name: '陆某', date: '2026-10-01' }],
    },
  }),
};
