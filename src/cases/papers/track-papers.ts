import { dayOf } from '#kernel';
import { localProvisions, own } from '#law';
import type { CommandOf } from '../commands/index.ts';
import { STATE_TITLES } from '../states.ts';
import { basis, dayText, form, ground, letter, moment, signedBy } from './letter.ts';
import type { PaperKind } from './paper-kinds.ts';
import { commandOf as command } from './paper-facts.ts';
import { ENDED } from './police-text.ts';
import * as f from './paper-facts.ts';
import { goodsRows } from './transfer-file.ts';

const LINK = '环境保护行政执法与刑事司法衔接工作办法';
const DETENTION = basis('行政主管部门移送适用行政拘留环境违法案件暂行办法');
const PRODUCTION = '环境保护主管部门实施限制生产、停产整治办法';
const DAMAGE = basis('生态环境损害赔偿管理规定');

type Build = (facts: f.PaperFacts) => object;
type Row = readonly [string, string];
/** Where the region's own text says nothing of major cases, another's is followed by analogy, and the paper says so. */
const major = ({ before, deps }: f.PaperFacts, step: 'majorCase' | 'majorReport') => localProvisions(deps.law, own(step), before.region);
const approvedOn = ({ after }: f.PaperFacts, step: 'APPROVE_TRANSFER' | 'APPROVE_DETENTION'): Row => ['移送批准日期', dayText(after.latest[step] === undefined ? undefined : dayOf(after.latest[step].at))];

const TERMS = { TO_BE_CHECKED: '涉嫌犯罪线索需要查证（七日）', COMPLEX: '案情重大、疑难、复杂（三十日）' } as const;
const BODIES = { POLICE: '公安机关', PROCURATORATE: '人民检察院' } as const;
const DETAINED = { DETAINED: '决定行政拘留', NOT_DETAINED: '决定不予行政拘留', RETURNED: '退回' } as const;

type PoliceStep = CommandOf<'RECORD_POLICE_TERM' | 'RECORD_POLICE_FILED' | 'RECORD_POLICE_REFUSED' | 'RECORD_POLICE_FORWARDED' | 'RECORD_REFUSAL_UPHELD' | 'RECORD_REFUSAL_REVERSED' | 'RECORD_CONVICTION'>;

/** What the police or the court answered, in the words of the step that records it. */
function answerOf(c: PoliceStep): readonly Row[] {
  switch (c.kind) {
    case 'RECORD_POLICE_TERM':
      return [['处理情况', '需要延长审查'], ['理由', TERMS[c.need]], ['说明', c.note]];
    case 'RECORD_POLICE_FILED':
      return [['处理情况', '决定立案侦查'], ['立案日期', dayText(c.filedOn)], ['说明', c.note]];
    case 'RECORD_POLICE_REFUSED':
      return [['处理情况', '决定不予立案'], ['理由', c.reason]];
    case 'RECORD_POLICE_FORWARDED':
      return [['处理情况', '不属于受移送公安机关管辖，已转送'], ['转送机关', c.to]];
    case 'RECORD_REFUSAL_UPHELD':
      return [['处理情况', '复议、立案监督维持不予立案'], ['说明', c.note]];
    case 'RECORD_REFUSAL_REVERSED':
      return [['处理情况', '复议、立案监督后决定立案侦查'], ['立案日期', dayText(c.filedOn)], ['说明', c.note]];
    case 'RECORD_CONVICTION':
      return [['处理情况', '人民法院作出有罪判决'], ['说明', c.note]];
  }
}

/** The day on which the platform records by itself that a term ran out. */
const ranOut = (c: { readonly expiredAt: number }): Row => ['期限届满', moment(c.expiredAt)];

const CHECKS = {
  CHECK_PRODUCTION: () => '检查记录在卷。',
  RECORD_BREACH: () => '违反限制生产、停产整治决定，依法进一步处理。',
  RETURN_COMPLETION: () => '整改未完成，退回继续整改。',
  FOLLOW_UP_PRODUCTION: (c: CommandOf<'FOLLOW_UP_PRODUCTION'>) => (c.obeyed ? '解除后跟踪检查：稳定达标。' : '解除后跟踪检查：再次违法，依法进一步处理。'),
} as const;

/** Letters sealed on the strength of the step that sends them. */
export const TRACK_LETTERS: readonly PaperKind[] = ['REFUSAL_REVIEW_REQUEST'];

/** Data of the records and letters of the tracks beside the main one. */
export const trackPapers = {
  PRESERVATION_LAPSE: (facts) => form(facts, basis('中华人民共和国行政处罚法', '第五十六条').concat(basis('生态环境行政处罚办法', '第三十三条')), [
    ['登记保存决定书', f.numberOf(facts, 'PRESERVATION_ORDER')], ranOut(command(facts, 'LAPSE_PRESERVATION')),
  ], '期限内未作出处理决定，先行登记保存措施自动解除。'),
  SEALING_OVERRUN: (facts) => form(facts, basis('中华人民共和国行政强制法', '第二十五条', '第二十八条'), [
    ['查封（扣押）决定书', f.numberOf(facts, 'SEALING_ORDER')], ranOut(command(facts, 'RECORD_SEALING_OVERRUN')),
  ], '查封、扣押期限届满仍未解除，应当立即解除。'),

  SEALING_APPRAISAL_END: (facts) => {
    const { command: c } = facts.event;
    return form(facts, basis('中华人民共和国行政强制法', '第二十五条'), [
      ['检测、鉴定告知书', f.numberOf(facts, 'SEALING_APPRAISAL')],
      c.kind === 'LAPSE_APPRAISAL' ? ranOut(c) : ['检测、鉴定结果', command(facts, 'END_APPRAISAL').result],
      ['查封（扣押）期限届满', dayText((facts.after.running.T21x ?? facts.after.running.T21)?.dueDay)],
    ], '检测、鉴定期间结束，查封、扣押期限继续计算。');
  },

  PRODUCTION_CHECK: (facts) => {
    const c = facts.event.command as CommandOf<keyof typeof CHECKS>;
    return form(facts, basis(PRODUCTION, '第十九条', '第二十条'), [['限制生产（停产整治）决定书', f.numberOf(facts, 'PRODUCTION_ORDER')], ['检查日期', dayText(c.checkedOn)], ['检查情况', c.findings]], c.kind === 'FOLLOW_UP_PRODUCTION' ? CHECKS[c.kind](c) : CHECKS[c.kind]());
  },
  PRODUCTION_EXPIRY: (facts) => form(facts, basis(PRODUCTION, '第十五条', '第二十条'), [
    ['限制生产决定书', f.numberOf(facts, 'PRODUCTION_ORDER')], ranOut(command(facts, 'EXPIRE_LIMIT')),
  ], '限制生产期限届满，自动解除；此后进行跟踪检查。'),

  POLICE_ANSWER: (facts) => {
    const c = facts.event.command as PoliceStep;
    return form(facts, basis(LINK, '第九条至第十二条'), [['移送书文号', f.numberOf(facts, 'TRANSFER_LETTER')], ...answerOf(c), ['文书编号', c.reference]], '已登记。');
  },
  TWO_LAW_ENTRY: (facts) => form(facts, basis(LINK, '第三十四条'), [['移送书文号', f.numberOf(facts, 'TRANSFER_LETTER')], ['平台编号', command(facts, 'ENTER_TWO_LAW_PLATFORM').reference]], '案件信息已录入行政执法与刑事司法衔接信息共享平台。'),
  GOODS_HANDOVER: (facts) => {
    const c = command(facts, 'HAND_OVER_GOODS');
    return signedBy(['接收人'], form(facts, basis(LINK, '第十条'), [['移送书文号', f.numberOf(facts, 'TRANSFER_LETTER')], ...goodsRows(facts.before), ['移交的物品和案卷', c.goods], ['接收人', c.receivedBy], ['移交时间', moment(c.takenAt)]], '已移交公安机关并办结交接手续。'));
  },
  REFUSAL_REVIEW_REQUEST: (facts) => {
    const c = command(facts, 'ASK_REFUSAL_REVIEW');
    const sent = facts.after.latest.SEND_TRANSFER?.command;
    const refused = facts.after.latest.RECORD_POLICE_REFUSED?.command;
    const to = c.body === 'POLICE' ? sent?.to : sent?.procuratorate;
    return letter(facts, [...basis('行政执法机关移送涉嫌犯罪案件的规定', '第九条'), ...basis(LINK, '第十一条', '第十二条')], {
      to: to ?? BODIES[c.body],
      paragraphs: [`我局以${f.namedPaper(facts, 'TRANSFER_LETTER')}移送的${facts.party.name}涉嫌${facts.after.latest.PROPOSE_TRANSFER?.command.suspectedCrime ?? '犯罪'}一案，公安机关决定不予立案${refused === undefined ? '' : `（${refused.reference}）`}。我局认为依法应当立案，现${c.body === 'POLICE' ? '提请复议' : '建议依法进行立案监督'}。`],
      sections: [{ title: '不予立案的理由', text: refused?.reason ?? '/' }, { title: '事实', text: f.factsOf(facts) }, { title: '理由', text: c.reason }],
    });
  },
  TRANSFER_RETURN: (facts) => {
    const { command: c } = facts.event;
    const rows: readonly Row[] = c.kind === 'ACCEPT_REFUSAL'
      ? [['退回情形', '公安机关不予立案，本机关接受'], ['理由', c.reason]]
      : (({ outcome, reference, note }) => [['退回情形', ENDED[outcome]], ['文书编号', reference], ['说明', note]] as const)(command(facts, 'RECORD_NO_PUNISHMENT'));
    return form(facts, [...basis('中华人民共和国行政处罚法', '第二十七条'), ...basis(LINK, '第十六条', '第十七条')], [['移送书文号', f.numberOf(facts, 'TRANSFER_LETTER')], ...rows], '依法恢复行政处罚程序。');
  },
  DETENTION_REJECTION: (facts) => form(facts, DETENTION, [approvedOn(facts, 'APPROVE_DETENTION'), ['理由', command(facts, 'REJECT_DETENTION').reason]], '不移送行政拘留，理由记录在案。'),
  DETENTION_ANSWER: (facts) => {
    const c = command(facts, 'RECORD_DETENTION_ANSWER');
    return form(facts, DETENTION, [['移送函文号', f.numberOf(facts, 'DETENTION_LETTER')], approvedOn(facts, 'APPROVE_DETENTION'), ['处理结果', DETAINED[c.result]], ['文书编号', c.reference], ['说明', c.note]], '已登记。');
  },

  DAMAGE_APPRAISAL: (facts) => {
    const c = command(facts, 'APPRAISE_DAMAGE');
    return form(facts, DAMAGE, [['评估方式', c.way === 'SIMPLE' ? '简易评估' : '鉴定评估'], ['评估机构', c.institution], ['损害情况', facts.after.latest.OPEN_DAMAGE_CLAIM?.command.damage ?? ''], ['损害数额', f.yuan(c.estimate)], ['评估结论', c.findings]], '已完成损害调查和评估，可以启动磋商。');
  },
  DAMAGE_DROPPED: (facts) => form(facts, DAMAGE, [['损害情况', facts.after.latest.OPEN_DAMAGE_CLAIM?.command.damage ?? ''], ['理由', command(facts, 'DROP_DAMAGE_CLAIM').reason]], '不启动生态环境损害赔偿索赔。'),
  NEGOTIATION_RECORD: (facts) => {
    const c = command(facts, 'RECORD_NEGOTIATION');
    return signedBy(['赔偿义务人', '记录人'], form(facts, DAMAGE, [['磋商函文号', f.numberOf(facts, 'NEGOTIATION_LETTER')], ['时间、地点', `${moment(c.heldAt)}，${c.place}`], ['参加人员', c.attended === '' ? '赔偿义务人未到场' : c.attended], ['磋商情况', c.discussion]], c.conclusion));
  },
  AGREEMENT_CONFIRMATION: (facts) => {
    const c = command(facts, 'CONFIRM_AGREEMENT');
    return form(facts, [...DAMAGE, ...basis('中华人民共和国民事诉讼法', '第二百零五条')], [['赔偿协议文号', f.numberOf(facts, 'DAMAGE_AGREEMENT')], ['法院', c.court], ['裁定书文号', c.reference]], '协议经司法确认，逾期不履行的，可以申请强制执行。');
  },
  DAMAGE_SUIT: (facts) => {
    const c = command(facts, 'SUE_FOR_DAMAGE');
    return form(facts, DAMAGE, [['受诉法院', c.court], ['损害数额', f.yuan(facts.after.latest.APPRAISE_DAMAGE?.command.estimate ?? 0)], ['理由', c.reason]], '提起生态环境损害赔偿诉讼。');
  },
  DAMAGE_JUDGMENT: (facts) => {
    const c = command(facts, 'RECORD_DAMAGE_JUDGMENT');
    return form(facts, DAMAGE, [['裁判文书号', c.reference], ['裁判结果', c.granted ? '支持诉讼请求' : '驳回诉讼请求'], ['说明', c.note]], '已登记。');
  },
  REPAIR_EVALUATION: (facts) => {
    const c = command(facts, 'EVALUATE_REPAIR');
    return form(facts, DAMAGE, [['评估机构', c.institution], ['评估情况', c.findings], ['评估结论', c.passed ? '达到修复目标' : '未达到修复目标']], c.passed ? '修复效果通过评估。' : '修复未通过评估，应当继续修复。');
  },

  MAJOR_CASE_MARK: (facts) => {
    const c = command(facts, 'MARK_MAJOR_CASE');
    return form(facts, major(facts, 'majorCase'), [['情形', ground(facts, 'major-case-grounds', c.ground)], ['发生时间', moment(c.happenedAt)], ['理由', c.reason]], '认定为重大案件，按规定上报。');
  },
  MAJOR_CASE_REPORT: (facts) => {
    const c = command(facts, 'REPORT_MAJOR_CASE');
    return form(facts, major(facts, 'majorReport'), [['上报机关', c.to], ['上报内容', c.course]], '已上报。');
  },
  MAJOR_CASE_INSTRUCTION: (facts) => {
    const c = command(facts, 'RECORD_INSTRUCTION');
    return form(facts, major(facts, 'majorReport'), [['指示机关', c.from], ['指示内容', c.instruction], ['是否挂牌督办', c.listed ? '是' : '否'], ['案件所处阶段', STATE_TITLES[facts.after.main].zh]], '已登记，按指示办理。');
  },
} as const satisfies Partial<Record<PaperKind, Build>>;
