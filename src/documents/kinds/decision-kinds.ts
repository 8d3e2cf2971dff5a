import { z } from 'zod';
import * as f from '../fields.ts';
import { kind } from './document-kind.ts';
import {
  sampleContact, sampleEvidence, sampleFacts, sampleParty, samplePenalProvision, sampleProvision, sampleRemedies,
} from './sample-facts.ts';

const member = z.object({ name: f.text, post: f.text, opinion: f.text, vote: f.text });
const attendee = z.object({ name: f.text, post: f.text, note: f.maybe });

const meetingSchema = z.object({
  cause: f.text,
  unit: f.text,
  heldAt: f.moment,
  place: f.text,
  host: f.person,
  /** Left for a hand to fill in where the step named none; never the host. */
  recorder: f.person.default({ name: '', certificate: '', date: '' }),
  /** Who decides; investigators may report but are not among them: who investigated has no vote. */
  members: z.array(member).min(2).max(20),
  attendees: z.array(attendee).max(20).default([]),
  report: f.text,
  discussion: f.text,
  result: f.text,
});

const meetingSample: z.input<typeof meetingSchema> = {
  cause: '涉嫌超过许可排放浓度排放水污染物', unit: sampleParty.name, heldAt: Date.UTC(2026, 2, 17, 6, 0), place: '第一会议室',
  host: { name: '陈丁', date: '2026-03-17' }, recorder: { name: '褚壬', date: '2026-03-17' },
  members: [
    { name: '陈丁', post: '局长', opinion: '事实清楚，同意。', vote: '同意' },
    { name: '卫癸', post: '副局长', opinion: '裁量适当，同意。', vote: '同意' },
    { name: '蒋子', post: '副局长', opinion: '同意。', vote: '同意' },
  ],
  attendees: [{ name: '李甲', post: '承办人', note: '汇报案情，不参加表决' }],
  report: sampleFacts, discussion: '与会人员围绕违法事实、证据、法律适用和裁量逐项发表意见。',
  result: '一致同意责令改正，拟处罚款人民币 118000 元。',
};

/** What was or will be handed to the police, a sentence each (行政处罚法 第二十七条). */
const policeWords = z.array(f.text).max(4).default([]);

export const decisionKinds = {
  DELIBERATION_RECORD: kind({
    no: 'R42', zh: '案件审议记录', en: 'Case deliberation record', reach: 'inner', sealed: false,
    abbreviation: '议', template: 'deliberation-record.typ', schema: meetingSchema, sample: meetingSample,
  }),

  COLLECTIVE_DISCUSSION: kind({
    no: 'D22', zh: '案件集体讨论记录', en: 'Collective discussion record', reach: 'inner', sealed: false,
    abbreviation: '集', template: 'd22-collective-discussion.typ',
    schema: meetingSchema.extend({ reason: f.text }),
    sample: { ...meetingSample, reason: '罚款数额较大，依法应当由行政机关负责人集体讨论决定。' },
  }),

  RECTIFICATION_ORDER: kind({
    no: 'D16', zh: '责令改正违法行为决定书', en: 'Rectification order', reach: 'outer', sealed: true,
    abbreviation: '责改', template: 'd16-rectification-order.typ',
    schema: z.object({
      party: f.party,
      investigated: f.text,
      facts: f.text,
      evidence: f.evidenceList,
      broken: f.provisionList,
      basis: f.provisionList,
      demands: z.array(f.text).min(1).max(20),
      dueOn: f.day,
      consequence: f.text,
      reportTo: f.text,
      remedies: f.remedies,
      contact: f.contact,
    }),
    sample: {
      party: sampleParty, investigated: '我局于2026年3月10日至12日以非现场方式对你单位进行了调查，发现你单位实施了以下环境违法行为：',
      facts: sampleFacts, evidence: sampleEvidence, broken: [sampleProvision], basis: [samplePenalProvision],
      demands: ['立即停止超标排放水污染物', '检修加药系统，确保污染治理设施正常运行'], dueOn: '2026-04-15',
      consequence: '逾期未改正继续排放的，我局可以依法实施按日连续处罚。', reportTo: '改正情况请通过企业端报送，我局将优先以非现场方式核实。',
      remedies: sampleRemedies, contact: sampleContact,
    },
  }),

  PRIOR_NOTICE: kind({
    no: 'D17', zh: '行政处罚事先（听证）告知书', en: 'Prior notice of penalty',
    titled: ({ hearing }) => (hearing === undefined ? '行政处罚事先告知书' : '行政处罚事先（听证）告知书'), reach: 'outer', sealed: true,
    abbreviation: '罚告', template: 'd17-prior-notice.typ',
    schema: z.object({
      party: f.party,
      investigated: f.text,
      facts: f.text,
      evidence: f.evidenceList,
      broken: f.provisionList,
      penal: f.provisionList,
      discretion: f.text,
      benchmark: f.text,
      proposal: f.text,
      amount: f.money.optional(),
      transfer: policeWords,
      statementTerm: f.text,
      /** The hearing paragraph stands only when the threshold is met, and only then the title names a hearing. */
      hearing: z.object({ term: f.text, basis: f.provisionList }).optional(),
      contact: f.contact,
    }),
    sample: {
      party: sampleParty, investigated: '我局于2026年3月9日对你单位涉嫌环境违法一案立案调查。', facts: sampleFacts, evidence: sampleEvidence,
      broken: [sampleProvision], penal: [samplePenalProvision],
      discretion: '鉴于你单位超标倍数为 0.27 倍、持续 3 小时、两年内首次违法且已主动整改，在法定罚款幅度内裁量。', benchmark: '法定罚款幅度 100000 元至 1000000 元',
      proposal: '责令改正违法行为，拟处罚款', amount: '118000', statementTerm: '收到本告知书之日起五个工作日内',
      hearing: { term: '收到本告知书之日起五个工作日内', basis: [{ instrument: '中华人民共和国行政处罚法', article: '第六十三条' }] },
      contact: sampleContact,
    },
  }),

  DEFENCE_REVIEW: kind({
    no: 'D20', zh: '陈述申辩复核意见', en: 'Review of statement and defence', reach: 'inner', sealed: false,
    abbreviation: '复核', template: 'd20-defence-review.typ',
    schema: z.object({
      cause: f.text,
      unit: f.text,
      noticeNumber: f.text,
      servedOn: f.day,
      receivedOn: f.maybeDay,
      summary: f.text,
      points: z.array(f.answeredPoint).max(60).default([]),
      conclusion: f.text,
      reviewers: z.array(f.person).min(1).max(4),
    }),
    sample: {
      cause: '涉嫌超过许可排放浓度排放水污染物', unit: sampleParty.name, noticeNumber: '示环罚告〔2026〕1号', servedOn: '2026-03-18',
      receivedOn: '2026-03-20', summary: '当事人书面陈述申辩，请求减轻处罚。',
      points: [
        { point: '加药泵故障系突发，请求免罚', evidence: '维修记录', accepted: false, reason: '未按规定报告故障，不符合不予处罚条件。' },
        { point: '已完成整改', evidence: '整改报告与在线数据', accepted: true, reason: '核查属实，裁量时已予考虑。' },
      ],
      conclusion: '维持拟处罚内容，不因陈述申辩加重处罚。', reviewers: [{ name: '冯辛', date: '2026-03-24' }],
    },
  }),

  LEGAL_REVIEW: kind({
    no: 'D21', zh: '重大执法决定法制审核意见书', en: 'Legal review opinion', reach: 'inner', sealed: false,
    abbreviation: '法审', template: 'd21-legal-review.typ',
    schema: z.object({
      cause: f.text,
      unit: f.text,
      ground: f.text,
      subject: f.text,
      officers: f.text,
      procedure: f.text,
      factsAndEvidence: f.text,
      lawAndDiscretion: f.text,
      documents: f.text,
      crime: f.text,
      checks: z.array(z.object({ point: f.text, outcome: f.text, remark: f.text })).default([]),
      conclusion: f.text,
      reviewers: z.array(f.person).min(1).max(4),
    }),
    sample: {
      cause: '涉嫌超过许可排放浓度排放水污染物', unit: sampleParty.name, ground: '案件情况疑难，负责人要求审核。',
      subject: '主体合法，属本机关权限。', officers: '两名执法人员均持有效执法证件。', procedure: '程序合法。',
      factsAndEvidence: '事实清楚，证据合法充分。', lawAndDiscretion: '适用法律准确，裁量基准运用适当。', documents: '文书完备、规范。',
      crime: '未发现涉嫌犯罪。', checks: [{ point: '条文规定的其他处理', outcome: '符合', remark: '所适用的条文没有规定应当同时作出的处理；责令改正：已改正' }],
      conclusion: '同意。', reviewers: [{ name: '沈丑', certificate: '法职 A20260001', date: '2026-03-25' }],
    },
  }),

  PENALTY_DECISION: kind({
    no: 'D23', zh: '行政处罚决定书', en: 'Penalty decision', reach: 'outer', sealed: true,
    abbreviation: '罚', template: 'd23-penalty-decision.typ',
    schema: z.object({
      party: f.party,
      investigated: f.text,
      facts: f.text,
      evidence: f.evidenceList,
      broken: f.provisionList,
      penal: f.provisionList,
      /** Course of notice, defence and hearing, and what was adopted, with reasons (说理式). */
      defence: f.text,
      points: z.array(f.answeredPoint).max(60).default([]),
      discretion: f.text,
      decisions: z.array(f.text).min(1).max(12),
      amount: f.money.optional(),
      transfer: policeWords,
      file: f.frozenFile.optional(),
      payment: f.text,
      consequence: f.text,
      remedies: f.remedies,
    }),
    sample: {
      party: sampleParty, investigated: '我局于2026年3月9日对你单位涉嫌环境违法一案立案调查，现已调查终结。', facts: sampleFacts,
      evidence: sampleEvidence, broken: [sampleProvision], penal: [samplePenalProvision],
      defence: '我局于2026年3月18日送达《行政处罚事先（听证）告知书》（示环罚告〔2026〕1号），你单位在法定期限内提出陈述申辩，未要求听证。',
      points: [{ point: '加药泵故障系突发', evidence: '', accepted: false, reason: '未按规定报告故障，不予采纳。' }],
      discretion: '你单位超标倍数为 0.27 倍、持续 3 小时、两年内首次违法且已主动整改，依照裁量表计算为 118000 元。',
      decisions: ['责令改正违法行为；', '处罚款人民币 118000 元。'], amount: '118000',
      file: { name: 'JS-QC-2026-0001_decision_24', sha256: '5f'.repeat(32), leaf: 20418 },
      payment: '自收到本决定书之日起十五日内，到指定银行或者通过电子支付系统缴纳罚款。',
      consequence: '逾期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额；逾期不申请行政复议、不提起行政诉讼又不履行的，我局将依法申请人民法院强制执行。',
      remedies: sampleRemedies,
    },
  }),
};

