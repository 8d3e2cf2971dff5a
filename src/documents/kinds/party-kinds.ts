import { z } from 'zod';
import * as f from '../fields.ts';
import { kind } from './document-kind.ts';
import { sampleParty } from './sample-facts.ts';

/** What the party handed in: who, when, in which matter, what it says word for word, with which attachments. Its number is the receipt. */
const schema = z.object({
  cause: f.text,
  /** Empty where no case has been opened. */
  caseNumber: f.maybe,
  party: f.party,
  /** What it does by this: the name of the step. */
  matter: f.text,
  /** The natural person who was signed in, and how. */
  submitter: f.text,
  identity: f.text,
  submittedAt: f.moment,
  /** The paper it answers, where there is one. */
  about: f.maybe,
  statements: z.array(z.object({ label: f.text, text: f.handedIn })).min(1).max(64),
  attachments: z.array(z.object({ name: f.handedIn, sha256: f.maybeSha256 })).max(60).default([]),
});

/** Handed in by the party through its portal: one layout, one sequence of receipts. */
const handedIn = (no: string, zh: string, en: string, about: string, statements: z.input<typeof schema>['statements'], more: Partial<z.input<typeof schema>> = {}) =>
  kind({
    no, zh, en, reach: 'party', sealed: false, abbreviation: '收件', template: 'party-paper.typ', schema,
    sample: {
      cause: '涉嫌超过许可排放浓度排放水污染物', caseNumber: '示例-2026-0001', party: sampleParty, matter: zh, submitter: '张演示', identity: '企业端账号登录', submittedAt: Date.UTC(2026, 2, 20, 1, 30),
      about, statements, ...more,
    },
  });

const reason = [{ label: '理由', text: '设备检修尚未完成。' }];

export const partyKinds = {
  SHEET_ANSWER: handedIn('P21', '督办反馈单', 'Answer to a supervision sheet', '示环督办〔2026〕1号', [{ label: '原因', text: '治理设施故障' }, { label: '情况说明', text: '加药泵停运，三小时后恢复。' }, { label: '措施', text: '更换加药泵。' }], { caseNumber: '' }),
  SUSPICION_STATEMENT: handedIn('P22', '对涉嫌违法事实告知的陈述申辩', 'Statement on the notice of suspicion', '示环事告〔2026〕1号', [{ label: '陈述', text: '该时段仪器正在校准。' }], { caseNumber: '' }),
  TEST_RESULT_COMMENT: handedIn('P1', '对监测（检测）结果的意见', 'Comment on a result', '示环监告〔2026〕1号', [{ label: '意见', text: '采样点位不是排放口，要求重新监测。' }]),
  PARTY_QUESTION: handedIn('P2', '当事人疑问', 'Question of the party', '', [{ label: '疑问', text: '折算所用的基准氧含量依据什么确定？' }]),
  OFFICER_RECUSAL_REQUEST: handedIn('P3', '执法人员回避申请书', 'Request for the recusal of an officer', '', reason),
  DEFENCE_STATEMENT: handedIn('P4', '陈述申辩书', 'Statement and defence', '示环罚告〔2026〕1号', [{ label: '第1点意见', text: '加药泵故障系突发，请求减轻处罚。' }, { label: '第1点意见的证据', text: '维修记录' }]),
  RIGHTS_WAIVER: handedIn('P5', '放弃权利声明', 'Waiver', '示环罚告〔2026〕1号', [{ label: '放弃的权利', text: '陈述、申辩和要求听证' }]),
  HEARING_REQUEST: handedIn('P6', '听证申请书', 'Hearing request', '示环罚告〔2026〕1号', reason),
  HEARING_WITHDRAWAL: handedIn('P7', '撤回听证申请', 'Withdrawal of the hearing request', '', reason),
  POSTPONEMENT_REQUEST: handedIn('P8', '延期听证申请书', 'Request for a later hearing', '示环听通〔2026〕1号', reason),
  RECUSAL_REQUEST: handedIn('P9', '听证主持人回避申请书', 'Request for the recusal of the host', '示环听通〔2026〕1号', reason),
  PAYMENT_VOUCHER: handedIn('P10', '缴款凭证', 'Payment voucher', '示环罚〔2026〕1号', [{ label: '缴款金额', text: '118000 元' }, { label: '票据号', text: 'demo-0001' }]),
  INSTALMENT_REQUEST: handedIn('P11', '延期（分期）缴纳罚款申请书', 'Request to pay later or in parts', '示环罚〔2026〕1号', reason),
  RECTIFICATION_REPORT: handedIn('P12', '整改报告', 'Rectification report', '示环责改〔2026〕1号', [{ label: '整改措施', text: '检修加药系统。' }], { attachments: [{ name: '检修照片.jpg', sha256: '5f'.repeat(32) }] }),
  RELEASE_REQUEST: handedIn('P13', '解除查封（扣押）申请书', 'Request for release', '示环查封〔2026〕1号', reason),
  PRODUCTION_PLAN: handedIn('P14', '限产停产整改方案', 'Correction plan', '示环限停〔2026〕1号', [{ label: '整改方案', text: '检修脱硝系统。' }]),
  PRODUCTION_COMPLETION: handedIn('P15', '整改完成报告', 'Report of completion', '示环限停〔2026〕1号', [{ label: '整改措施', text: '检修完成。' }]),
  PRODUCTION_FILING: handedIn('P16', '整改完成备案材料', 'Filing of completion', '示环限停〔2026〕1号', [{ label: '陈述', text: '已完成整改。' }]),
  DAILY_DEFENCE: handedIn('P17', '对按日连续处罚的陈述申辩、听证申请', 'Defence against the daily penalty', '示环按日告〔2026〕1号', [{ label: '陈述', text: '已在整改。' }]),
  DAILY_INSTALMENT_REQUEST: handedIn('P18', '延期（分期）缴纳按日连续处罚罚款申请书', 'Request to pay the daily penalty later or in parts', '示环按日罚〔2026〕1号', reason),
  DEMAND_STATEMENT: handedIn('P20', '对催告的陈述申辩书', 'Statement against a demand', '示环催〔2026〕1号', [{ label: '陈述', text: '罚款已于催告前缴清。' }]),
  REPAIR_REPORT: handedIn('P19', '修复完成报告', 'Report of repair', '', [{ label: '修复措施', text: '已完成替代修复。' }]),
};
