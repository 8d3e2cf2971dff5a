import { dayOf } from '#kernel';
import type { PaperKind } from './paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { statementsOn } from '../recovery/demand-statements.ts';
import { obligation, obligationOfStep, standing, surchargeBy, surchargeOwed, type ObligationKey } from '../recovery/obligations.ts';
import { AEL, APL, basis, dayText, form, letter } from './letter.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const REMEDY_COURSE: Partial<Record<PenaltyCase['remedy'], string>> = {
  NO_REMEDY: '被申请人在法定期限内未申请行政复议，未提起行政诉讼。',
  UPHELD: '经行政复议、行政诉讼，决定被维持。',
};

/** The decision the party has not obeyed. */
const decisionOf = ({ before }: f.PaperFacts, key: ObligationKey) => before.papers.findLast((p) => obligation(key).decisions.includes(p.kind));
const numberOf = (facts: f.PaperFacts, key: ObligationKey): string => decisionOf(facts, key)?.number ?? '—';
const named = (facts: f.PaperFacts, key: ObligationKey): string => `《${decisionOf(facts, key)?.title ?? '决定书'}》（${numberOf(facts, key)}）`;

const said = (facts: f.PaperFacts, word: 'reason' | 'lateReason' | 'court' | 'note' | 'reference'): string => {
  const value = (facts.event.command as Partial<Record<string, unknown>>)[word];
  return typeof value === 'string' ? value : '';
};

/** What the party may do on receiving a demand, in every one of them. */
export const RIGHT = '你单位收到本催告书后有权进行陈述和申辩，可以在企业端提出。我局将充分听取，记录、复核并书面答复；提出的事实、理由或者证据成立的，予以采纳（《中华人民共和国行政强制法》第三十六条）。';

/** What the file holds of the party's words on the demand, each with its answer. */
function heard({ before }: f.PaperFacts, key: ObligationKey): string {
  const said = statementsOn(before, key);
  if (said.length === 0) return '被申请人收到催告书后未提出陈述、申辩。';
  return said.map((one, i) => `${i + 1}. 被申请人于${f.chineseDay(dayOf(one.at))}陈述、申辩：${one.statement} 申请人复核后答复：${one.answer === undefined ? '/' : `${one.answer.accepted ? '予以采纳' : '不予采纳'}，${one.answer.reason}`}`).join('\n');
}

const demandAnswer = (facts: f.PaperFacts) => {
  const c = facts.event.command as Extract<typeof facts.event.command, { statementId: string }>;
  const key = obligationOfStep(c.kind);
  const asked = facts.before.demandStatements.find((one) => one.statementId === c.statementId);
  return letter(facts, basis(AEL, '第三十六条'), {
    paragraphs: [`你单位对我局${f.namedPaper(facts, obligation(key).papers.demand)}的陈述、申辩收悉。经复核，${c.accepted ? '所提事实、理由成立，予以采纳，该催告不再执行。' : '所提事实、理由不成立，不予采纳，仍应当按催告书履行。'}`],
    sections: [{ title: '陈述申辩', text: `${asked?.statement ?? '/'}${asked === undefined || asked.proof === '' ? '' : `（证据：${asked.proof}）`}` }, { title: '复核情况和理由', text: c.reason }],
  });
};

const overdueRecord = (key: ObligationKey) => (facts: f.PaperFacts) => {
  const { payBy, owed } = standing(facts.before, key);
  return form(facts, basis(APL, '第七十二条'), [['决定书文号', numberOf(facts, key)], ['应缴日', dayText(payBy)], ['未缴余额', f.yuan(owed)]], '缴款期限届满未缴清，自次日起每日按罚款数额的百分之三加处罚款，加处罚款不超出罚款数额。');
};

const demandNotice = (key: ObligationKey) => (facts: f.PaperFacts) => {
  const { owed } = standing(facts.before, key);
  const late = surchargeBy(facts.before, key, dayOf(facts.event.at));
  return letter(facts, basis(AEL, '第五十四条').concat(basis(APL, '第七十二条')), {
    title: '督促履行义务催告书',
    paragraphs: [`我局作出的${named(facts, key)}已于${dayText(standing(facts.before, key).servedOn)}送达你单位并生效，你单位逾期未履行。请自收到本催告书之日起十个工作日内缴清${obligation(key).zh}及加处罚款；逾期仍不履行的，我局将依法申请人民法院强制执行。`],
    sections: [
      { title: '理由', text: said(facts, 'reason') },
      { title: '履行方式', text: `到${facts.authority.payee.zh}缴纳。` },
      { title: '加处罚款', text: `截至本催告书作出之日为 ${f.yuan(late)}，此后每日按罚款数额的百分之三计算，不超出罚款数额。` },
      { title: '陈述申辩', text: RIGHT },
    ],
    amount: owed,
  });
};

/** 强制执行申请书 (D30; 行政强制法 第五十五条). */
const courtApplication = (key: ObligationKey) => (facts: f.PaperFacts) => {
  const { before, event } = facts;
  const { sum, paid, owed, payBy, servedOn } = standing(before, key);
  const demand = before.papers.findLast((p) => p.kind === obligation(key).papers.demand);
  const late = key === 'CORRECTION' ? 0 : surchargeOwed(before, key, dayOf(event.at));
  const waived = key === 'CORRECTION' ? 0 : (before.waivedSurcharge[key] ?? 0);
  const money = sum > 0;
  return letter(facts, basis(AEL, '第五十三条', '第五十四条', '第五十五条').concat(money ? basis(APL, '第七十二条') : basis(APL, '第二十八条')), {
    title: '强制执行申请书',
    to: said(facts, 'court'),
    partyAs: '被申请人',
    paragraphs: [`申请人${facts.authority.name}对被申请人${facts.party.name}作出的${named(facts, key)}已经生效，被申请人逾期不履行，现申请强制执行。`],
    sections: [
      { title: '申请人', text: `${facts.authority.name}，地址：${facts.authority.address}，联系电话：${facts.authority.phone}，负责人：${event.actor.name}。` },
      { title: '申请事项', text: money ? `强制执行${obligation(key).zh}余额 ${f.yuan(owed)}和截至申请之日的加处罚款 ${f.yuan(late)}。` : `强制执行责令改正决定：${before.order?.demands.join('；') ?? ''}。` },
      { title: '事实和理由', text: `${f.factsOf(facts)}\n${said(facts, 'reason')}` },
      { title: '决定的送达和救济', text: `决定书于${dayText(servedOn)}送达，${money ? `应缴日为${dayText(payBy)}` : `改正期限至${dayText(before.order?.dueOn)}`}。${REMEDY_COURSE[before.remedy] ?? '复议、诉讼期限已经届满。'}${said(facts, 'lateReason') === '' ? '' : `申请逾三个月的理由：${said(facts, 'lateReason')}`}` },
      { title: '当事人的意见及催告情况', text: `${f.namedPaper(facts, obligation(key).papers.demand)}于${dayText(demand === undefined ? undefined : before.arrived[demand.paperId])}送达，满十个工作日仍未履行。${heard(facts, key)}` },
      { title: '执行标的', text: money ? `${obligation(key).zh} ${f.yuan(sum)}，已缴 ${f.yuan(paid)}。${waived === 0 ? '' : `加处罚款已减免 ${f.yuan(waived)}。`}` : '责令改正决定载明的改正义务。' },
      { title: '附件', text: '决定书及作出决定的事实、理由和依据；送达回证；催告书及其送达回证。' },
    ],
    amount: Number((owed + late).toFixed(2)),
    signer: f.person(event.actor, event.at),
  });
};

const ENFORCED: Readonly<Partial<Record<string, string>>> = {
  FULL: '强制执行完毕。',
  PART: '部分执行到位，其余由人民法院继续执行。',
  TERMINATED: '人民法院已终结执行，未执行到位的部分没有可供执行的财产。',
};

const enforcementRecord = (key: ObligationKey) => (facts: f.PaperFacts) => {
  const { command: c } = facts.event;
  const { sum, paid } = standing(facts.before, key);
  const amount = 'amount' in c && typeof c.amount === 'number' ? c.amount : 0;
  const money: [string, string][] = sum > 0 ? [['执行到位', `${f.yuan(amount)}（此前已缴 ${f.yuan(paid)}，${obligation(key).zh} ${f.yuan(sum)}）`]] : [];
  return form(facts, basis(AEL, '第五十三条'), [['决定书文号', numberOf(facts, key)], ['强制执行申请书', f.numberOf(facts, obligation(key).papers.application)], ['法院案号', said(facts, 'reference')], ...money, ['执行情况', said(facts, 'note')]], ENFORCED['outcome' in c ? c.outcome : 'FULL'] ?? '');
};

/** Data of the papers by which a sum or an order that was not obeyed is recovered: one builder per paper, whatever is owed. */
export const recoveryPapers = {
  OVERDUE_RECORD: overdueRecord('FINE'),
  DEMAND_NOTICE: demandNotice('FINE'),
  COURT_APPLICATION: courtApplication('FINE'),
  DEMAND_ANSWER: demandAnswer,
  ENFORCEMENT_RECORD: enforcementRecord('FINE'),
  DAILY_OVERDUE_RECORD: overdueRecord('DAILY'),
  DAILY_DEMAND_NOTICE: demandNotice('DAILY'),
  DAILY_COURT_APPLICATION: courtApplication('DAILY'),
  DAILY_ENFORCEMENT_RECORD: enforcementRecord('DAILY'),
  CORRECTION_COURT_APPLICATION: courtApplication('CORRECTION'),
  CORRECTION_ENFORCEMENT_RECORD: enforcementRecord('CORRECTION'),
  DAILY_REVOCATION: (facts) =>
    letter(facts, basis(APL, '第七十五条'), {
      paragraphs: [`我局决定撤销对你单位作出的${named(facts, 'DAILY')}，已缴的罚款依法退还。`],
      sections: [{ title: '理由', text: command(facts, 'REVOKE_DAILY_PENALTY').reason }],
      decides: 'EITHER',
    }),
} as const satisfies Partial<Record<PaperKind, (facts: f.PaperFacts) => object>>;

/** Letters sealed on the strength of the step that sends them. */
export const RECOVERY_LETTERS: readonly PaperKind[] = ['DEMAND_NOTICE', 'DEMAND_ANSWER', 'COURT_APPLICATION', 'DAILY_DEMAND_NOTICE', 'DAILY_COURT_APPLICATION', 'DAILY_REVOCATION', 'CORRECTION_COURT_APPLICATION'];
