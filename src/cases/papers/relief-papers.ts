import type { PaperKind } from './paper-kinds.ts';
import { dayOf } from '#kernel';
import { OBLIGATIONS, standing, surchargeOwed } from '../recovery/obligations.ts';
import type { CommandOf } from '../commands/index.ts';
import { overpaid } from '../recovery/refund.ts';
import { CONTESTABLE_ACTS } from '../remedies/contested-acts.ts';
import { AEL, APL, basis, dayText, form, ground, letter } from './letter.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const REFUND = [...basis('中华人民共和国国家赔偿法', '第三十六条'), ...basis('罚没财物管理办法')];
const STAY = [...basis('中华人民共和国行政复议法', '第四十二条'), ...basis('中华人民共和国行政诉讼法', '第五十六条')];
const FALLEN = [...basis(APL, '第七十五条'), ...basis('中华人民共和国行政复议法', '第六十四条'), ...basis('中华人民共和国行政诉讼法', '第七十条')];
const BODIES = { AUTHORITY: '我局', RECONSIDERATION_BODY: '行政复议机关', COURT: '人民法院' } as const;

/** What is stayed: the penalty, or the act a remedy of its own is against. */
const actOf = ({ before }: f.PaperFacts, c: object): string => {
  const asked = 'remedyId' in c ? before.actRemedies.find((one) => one.remedyId === c.remedyId) : undefined;
  return asked === undefined ? '处罚决定' : `${CONTESTABLE_ACTS[asked.act].zh}（${asked.number}）`;
};

const instalmentRefusal = (key: 'FINE' | 'DAILY', kind: 'REFUSE_INSTALMENTS' | 'REFUSE_DAILY_INSTALMENTS') => (facts: f.PaperFacts) => {
  const { owed, payBy } = standing(facts.before, key);
  return letter(facts, basis(APL, '第六十六条'), {
    paragraphs: [`你单位的延期（分期）缴纳申请收悉。经审查，不同意对我局${key === 'FINE' ? f.namedDecision(facts) : f.namedPaper(facts, 'DAILY_PENALTY')}所处${OBLIGATIONS[key].zh}延期（分期）缴纳，应缴余额 ${f.yuan(owed)}仍应于${dayText(payBy)}前缴清；逾期的，每日按罚款数额的百分之三加处罚款。`],
    sections: [{ title: '理由', text: command(facts, kind).reason }],
  });
};

/** Data of refusals, refunds, stays and the recusal of an officer. */
export const reliefPapers = {
  INSTALMENT_REFUSAL: instalmentRefusal('FINE', 'REFUSE_INSTALMENTS'),
  DAILY_INSTALMENT_REFUSAL: instalmentRefusal('DAILY', 'REFUSE_DAILY_INSTALMENTS'),
  REFUND_DECISION: (facts) => {
    const c = command(facts, 'DECIDE_REFUND');
    const { fine, daily } = overpaid(facts.before);
    return letter(facts, REFUND, {
      paragraphs: ['经核算，你单位缴纳的款项超过应缴数额，我局决定退还。请提供收款账户，款项由财政部门办理退付。'],
      sections: [{ title: '理由', text: c.reason }, { title: '计算', text: `${[...(fine > 0 ? [`退还罚款 ${f.yuan(fine)}`] : []), ...(daily > 0 ? [`退还按日连续处罚罚款 ${f.yuan(daily)}`] : []), `合计 ${f.yuan(c.amount)}`].join('，')}。` }],
      amount: c.amount,
      decides: 'EITHER',
    });
  },
  REFUND_RECORD: (facts) => {
    const c = command(facts, 'RECORD_REFUND');
    return form(facts, REFUND, [['退还决定书', f.numberOf(facts, 'REFUND_DECISION')], ['退还数额', f.yuan(c.amount)], ['利息', f.yuan(c.interest)], ['退还日期', dayText(c.paidOn)], ['凭证', c.voucher]], '款项已退还当事人。');
  },
  STAY_NOTICE: (facts) => {
    const c = facts.event.command as CommandOf<'RECORD_STAY' | 'RECORD_ACT_STAY'>;
    const act = actOf(facts, c);
    return letter(facts, STAY, {
      paragraphs: [`你单位不服我局${act}申请行政复议（提起行政诉讼）。${BODIES[c.by]}决定停止执行（${c.reference}），自即日起停止执行该决定，未届满的履行期限停止计算；恢复执行的，另行通知。`],
      sections: [{ title: '情形', text: ground(facts, 'stay-grounds', c.ground) }, { title: '理由', text: c.reason }],
    });
  },
  STAY_LIFTED: (facts) => {
    const c = facts.event.command as CommandOf<'LIFT_STAY' | 'LIFT_ACT_STAY'>;
    // The terms that stood still until now, with their new last days.
    const ends = facts.event.extended.filter((term) => term.pausedAt === undefined).map((term) => dayText(term.dueDay));
    return letter(facts, STAY, {
      paragraphs: [`${BODIES[c.by]}决定恢复执行（${c.reference}），自即日起恢复执行我局${actOf(facts, c)}，履行期限继续计算${ends.length === 0 ? '' : `，至${ends[0]}届满`}。`],
      sections: [{ title: '理由', text: c.reason }],
    });
  },
  SURCHARGE_WAIVER: (facts) => {
    const c = command(facts, 'WAIVE_SURCHARGE');
    const left = surchargeOwed(facts.after, c.of, dayOf(facts.event.at));
    return letter(facts, [...basis(AEL, '第四十二条', '第四十五条'), ...basis(APL, '第七十二条')], {
      paragraphs: [`你单位逾期缴纳${OBLIGATIONS[c.of].zh}，依法加处罚款。我局决定减免加处罚款 ${f.yuan(c.amount)}，${left === 0 ? '不再另行缴纳加处罚款' : `减免后截至本决定作出之日尚应缴纳加处罚款 ${f.yuan(left)}`}。罚款本身不予减免。`],
      sections: [{ title: '情形', text: ground(facts, 'surcharge-waiver-grounds', c.ground) }, { title: '理由', text: c.reason }],
      amount: c.amount,
      decides: 'EITHER',
    });
  },
  SEALING_APPRAISAL: (facts) => {
    const c = command(facts, 'BEGIN_APPRAISAL');
    return letter(facts, basis(AEL, '第二十五条'), {
      paragraphs: [`我局对${f.namedPaper(facts, 'SEALING_ORDER')}所列物品进行检测、检验、检疫或者技术鉴定，期间自即日起至${f.chineseDay(c.untilDay)}止。该期间不计入查封、扣押期限；提前结束的，自结束之日起继续计算。检测、检验、检疫或者技术鉴定的费用由我局承担。`],
      sections: [{ title: '检测、鉴定的事项', text: c.subject }, { title: '检测、鉴定机构', text: c.institution }],
    });
  },
  PRODUCTION_ENDED: (facts) => {
    const closure = facts.before.latest.PROPOSE_CLOSURE?.command.government;
    return letter(facts, FALLEN, {
      paragraphs: [`我局${f.namedPaper(facts, 'PRODUCTION_ORDER')}已被撤销，或者所依据的行政处罚决定已被撤销、变更，限制生产、停产整治自即日起终止执行。你单位仍应当遵守排放标准和排污许可的要求。`],
      sections: [{ title: '理由', text: command(facts, 'END_PRODUCTION').reason }, ...(closure === undefined ? [] : [{ title: '停业、关闭', text: `我局报请${closure}责令停业、关闭的请示一并撤回。` }])],
    });
  },
  DETENTION_WITHDRAWAL: (facts) => {
    const c = command(facts, 'WITHDRAW_DETENTION');
    return letter(facts, FALLEN, {
      to: c.to,
      paragraphs: [`我局就${facts.party.name}一案移送你局适用行政拘留（${f.numberOf(facts, 'DETENTION_LETTER')}），所依据的${f.namedDecision(facts)}已被复议机关、人民法院撤销。现予通报并撤回移送，已经作出的处理请依法复核。`],
      sections: [{ title: '理由', text: c.reason }],
      signer: f.person(facts.event.actor, facts.event.at),
    });
  },
  OFFICER_RECUSAL_DECISION: (facts) => {
    const c = command(facts, 'ANSWER_OFFICER_RECUSAL');
    const { before, after } = facts;
    const asked = before.officers.find((o) => o.accountId === before.latest.ASK_OFFICER_RECUSAL?.command.officerId)?.name ?? '执法人员';
    const successor = after.officers.find((o) => o.accountId === c.replacementId)?.name ?? '';
    const out = before.evidence.filter((e) => c.excluded.includes(e.itemId)).map((e) => e.title);
    return letter(facts, [...basis(APL, '第四十三条'), ...basis('生态环境行政处罚办法', '第六条')], {
      paragraphs: [c.accepted ? `你单位申请${asked}回避，经审查理由成立，我局决定${asked}回避，由${successor}参加办理本案。` : `你单位申请${asked}回避，经审查理由不成立，我局决定不予回避。`],
      sections: [
        { title: '理由', text: c.reason },
        { title: '此前所做工作的效力', text: `回避决定作出前不停止调查。${c.workDone}${out.length === 0 ? '' : `下列证据不作为认定事实的依据：${out.join('；')}。`}` },
      ],
    });
  },
} as const satisfies Partial<Record<PaperKind, (facts: f.PaperFacts) => object>>;

/** Letters sealed on the strength of the step that sends them. */
export const RELIEF_LETTERS: readonly PaperKind[] = ['INSTALMENT_REFUSAL', 'DAILY_INSTALMENT_REFUSAL', 'REFUND_DECISION', 'STAY_NOTICE', 'STAY_LIFTED', 'SURCHARGE_WAIVER', 'SEALING_APPRAISAL', 'PRODUCTION_ENDED', 'DETENTION_WITHDRAWAL', 'OFFICER_RECUSAL_DECISION'];
