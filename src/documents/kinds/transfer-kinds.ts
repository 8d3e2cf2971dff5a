import { z } from 'zod';
import * as f from '../fields.ts';
import { kind } from './document-kind.ts';
import { approval, sampleApproval } from './measure-kinds.ts';
import { sampleContact, sampleEvidence, sampleFacts, sampleOfficers, sampleParty, sampleRemedies } from './sample-facts.ts';

const span = z.object({ from: f.day, to: f.day, days: f.count });
const count = {
  originalNumber: f.text,
  originalAmount: f.money,
  orderNumber: f.text,
  orderServedOn: f.maybeDay,
  spans: z.array(span).min(1).max(60),
  days: f.count,
  amount: f.money,
};
const sampleCount = {
  originalNumber: '示环罚〔2026〕1号', originalAmount: '118000', orderNumber: '示环责改〔2026〕1号', orderServedOn: '2026-03-01',
  spans: [{ from: '2026-03-02', to: '2026-03-20', days: 19 }], days: 19, amount: '2242000',
};
const daily = z.object({
  party: f.party,
  investigated: f.text,
  facts: f.text,
  evidence: z.array(f.evidence).max(200).default([]),
  basis: f.provisionList,
  ...count,
  /** How the party was told and heard; a notice has none yet. */
  defence: f.maybe,
  rights: f.maybe,
  payment: f.maybe,
  remedies: f.remedies.optional(),
  file: f.frozenFile.optional(),
  contact: f.contact,
});
const sampleDaily = {
  party: sampleParty, investigated: '我局于2026年3月20日以暗查方式复查。', facts: sampleFacts, evidence: sampleEvidence,
  basis: [{ instrument: '环境保护主管部门实施按日连续处罚办法', article: '第十七条、第十九条' }], ...sampleCount, contact: sampleContact,
};

/** 移送书、函: to whom, brief, basis, decision of the head, officers, materials, receipt (D34, D35). */
const letter = z.object({
  to: f.text,
  copy: f.maybe,
  reference: f.text,
  cause: f.text,
  party: f.party,
  brief: f.text,
  basis: f.provisionList,
  decided: f.text,
  persons: z.array(z.object({ name: f.text, post: f.text, part: f.text })).max(20).default([]),
  materials: z.array(z.object({ material: f.text, /** Left out of what is a file. */ pages: f.count.optional() })).min(1).max(400),
  officers: z.array(f.person).min(2).max(4),
});
const sampleLetter = {
  to: '示范市公安局', copy: '示范市人民检察院', reference: '移1', cause: '涉嫌污染环境罪', party: sampleParty, brief: sampleFacts,
  basis: [{ instrument: '行政执法机关移送涉嫌犯罪案件的规定', article: '第三条、第五条' }], decided: '2026年3月13日经本机关负责人批准移送。',
  materials: [{ material: '案件调查报告', pages: 12 }, { material: '数据审核意见', pages: 6 }, { material: '运行台账（电子文件）' }], officers: sampleOfficers,
};

const claim = z.object({ cause: f.text, party: f.party, damage: f.text, evidence: f.text, estimate: f.maybe, officers: z.array(f.person).min(1).max(4) });

export const transferKinds = {
  TRANSFER_APPROVAL: kind({ no: 'D34', zh: '移送涉嫌犯罪案件审批表', en: 'Approval of a criminal transfer', reach: 'inner', sealed: false, abbreviation: '移审', template: 'measure-approval.typ', schema: approval, sample: { ...sampleApproval, things: [], proposal: '移送公安机关。', limit: '三日内决定，批准后二十四小时内移送' } }),
  TRANSFER_LETTER: kind({ no: 'D34', zh: '涉嫌犯罪案件移送书', en: 'Criminal transfer letter', reach: 'inner', sealed: true, abbreviation: '移', template: 'transfer-letter.typ', schema: letter, sample: sampleLetter }),
  DETENTION_APPROVAL: kind({ no: 'D35', zh: '移送适用行政拘留案件审批表', en: 'Approval of a detention transfer', reach: 'inner', sealed: false, abbreviation: '拘审', template: 'measure-approval.typ', schema: approval, sample: { ...sampleApproval, things: [], proposal: '移送公安机关适用行政拘留。', limit: '决定后三日内移送' } }),
  DETENTION_LETTER: kind({ no: 'D35', zh: '移送适用行政拘留环境违法案件函', en: 'Detention transfer letter', reach: 'inner', sealed: true, abbreviation: '拘移', template: 'transfer-letter.typ', schema: letter, sample: { ...sampleLetter, copy: '', persons: [{ name: '张演示', post: '厂长', part: '指使修改量程参数' }] } }),

  DAILY_NOTICE: kind({ no: 'D33', zh: '按日连续处罚事先（听证）告知书', en: 'Notice of a daily penalty', reach: 'outer', sealed: true, abbreviation: '按日告', template: 'd33-daily-penalty.typ', schema: daily, sample: { ...sampleDaily, rights: '收到本告知书之日起五个工作日内可以陈述、申辩，可以要求听证。' } }),
  DAILY_PENALTY: kind({ no: 'D33', zh: '按日连续处罚决定书', en: 'Daily penalty decision', reach: 'outer', sealed: true, abbreviation: '按日罚', template: 'd33-daily-penalty.typ', schema: daily, sample: { ...sampleDaily, defence: '你单位在法定期限内未提出陈述、申辩，未要求听证。', payment: '自收到本决定书之日起十五日内缴纳罚款。', remedies: sampleRemedies } }),

  DAMAGE_CLUE: kind({ no: 'D36', zh: '生态环境损害赔偿线索移送单', en: 'Damage claim sheet', reach: 'inner', sealed: false, abbreviation: '损线', template: 'damage-clue.typ', schema: claim, sample: { cause: '涉嫌超标排放水污染物', party: sampleParty, damage: '受纳水体化学需氧量升高。', evidence: '超标排放量核算表、监测报告。', estimate: '待鉴定', officers: sampleOfficers } }),
  NEGOTIATION_LETTER: kind({
    no: 'D36', zh: '生态环境损害赔偿磋商函', en: 'Letter of negotiation', reach: 'outer', sealed: true, abbreviation: '损磋', template: 'negotiation-letter.typ',
    schema: z.object({ party: f.party, facts: f.text, damage: f.text, claim: f.text, heldAt: f.moment, place: f.text, basis: f.provisionList, contact: f.contact }),
    sample: { party: sampleParty, facts: sampleFacts, damage: '损害数额经简易评估为人民币 300000 元。', claim: '请求赔偿生态环境损害 300000 元并实施替代修复。', heldAt: Date.UTC(2026, 3, 20, 1), place: '第二会议室', basis: [{ instrument: '生态环境损害赔偿管理规定', article: '' }], contact: sampleContact },
  }),
  DAMAGE_AGREEMENT: kind({
    no: 'D36', zh: '生态环境损害赔偿协议', en: 'Damage agreement', reach: 'outer', sealed: true, abbreviation: '损协', template: 'damage-agreement.typ',
    schema: z.object({ party: f.party, damage: f.text, amount: f.money, repair: f.text, dueOn: f.day, terms: f.text, signer: f.text, basis: f.maybeProvisions }),
    sample: { party: sampleParty, damage: '2026年3月2日超标排放造成受纳水体损害。', amount: '300000', repair: '在原址上游实施替代修复。', dueOn: '2027-06-30', terms: '分两期支付；逾期不履行的，申请人民法院强制执行。', signer: '张演示', basis: [{ instrument: '生态环境损害赔偿管理规定' }] },
  }),
};
