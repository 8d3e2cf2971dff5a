import { dayOf, instant } from '#kernel';
import { appointedHearing } from '../hearings.ts';
import { basis, cited } from './letter.ts';
import { lawOf } from './measure-law.ts';
import { HEARD } from './late-papers.ts';
import { opinionsOf, restsOn } from './measure-papers.ts';
import { paymentOf, UNPAID } from './decision-words.ts';
import * as f from './paper-facts.ts';
import { enclosures } from './transfer-file.ts';

const RULE = '行政执法机关移送涉嫌犯罪案件的规定';

/** 移送涉嫌犯罪案件审批表 (D34): opinions of enforcement and of legal staff, decision of the head. */
export function transferApproval(facts: f.PaperFacts) {
  const asked = restsOn(facts, 'PROPOSE_TRANSFER');
  const legal = restsOn(facts, 'GIVE_TRANSFER_OPINION');
  const [officer, chief] = opinionsOf(facts, asked);
  return {
    cause: f.causeOf(facts),
    party: f.partyBlock(facts),
    facts: f.actsOf(facts),
    basis: [{ instrument: RULE, article: '第三条、第五条' }],
    reason: asked.command.reason,
    proposal: `以涉嫌${asked.command.suspectedCrime}移送公安机关。`,
    limit: '三日内决定，批准后二十四小时内移送',
    opinions: [
      ...(officer === undefined ? [] : [officer]),
      { role: '法制机构意见', opinion: legal.command.opinion, ...f.person(legal.actor, legal.at) },
      ...(chief === undefined ? [] : [chief]),
    ],
  };
}

/** 涉嫌犯罪案件移送书 (D34). */
export function transferLetter(facts: f.PaperFacts) {
  const c = f.commandOf(facts, 'SEND_TRANSFER');
  const approved = restsOn(facts, 'APPROVE_TRANSFER');
  return {
    to: c.to,
    copy: c.procuratorate,
    reference: c.reference,
    cause: `涉嫌${restsOn(facts, 'PROPOSE_TRANSFER').command.suspectedCrime}`,
    party: f.partyBlock(facts),
    brief: f.actsOf(facts),
    basis: [{ instrument: RULE, article: '第五条、第六条' }],
    decided: `${f.chineseDay(dayOf(approved.at))}经本机关负责人批准移送`,
    materials: enclosures(facts, c.materials),
    officers: f.officers(facts),
  };
}

/** 移送适用行政拘留案件审批表 (D35). */
export function detentionApproval(facts: f.PaperFacts) {
  const asked = restsOn(facts, 'PROPOSE_DETENTION');
  return {
    cause: f.causeOf(facts),
    party: f.partyBlock(facts),
    facts: f.actsOf(facts),
    basis: basis('行政主管部门移送适用行政拘留环境违法案件暂行办法'),
    reason: asked.command.reason,
    proposal: `依据${cited(asked.command.basis)}，将${asked.command.persons.map((p) => p.name).join('、')}移送公安机关适用行政拘留。`,
    limit: '决定后三日内移送',
    opinions: opinionsOf(facts, asked),
  };
}

/** 移送适用行政拘留环境违法案件函 (D35). */
export function detentionLetter(facts: f.PaperFacts) {
  const c = f.commandOf(facts, 'SEND_DETENTION');
  const asked = restsOn(facts, 'PROPOSE_DETENTION');
  return {
    to: c.to,
    copy: '',
    reference: c.reference,
    cause: `属于${cited(asked.command.basis)}规定的情形，尚不构成犯罪，依法应当移送适用行政拘留`,
    party: f.partyBlock(facts),
    brief: f.actsOf(facts),
    basis: basis('行政主管部门移送适用行政拘留环境违法案件暂行办法'),
    decided: `${f.chineseDay(dayOf(restsOn(facts, 'APPROVE_DETENTION').at))}经本机关负责人批准移送`,
    persons: asked.command.persons,
    materials: enclosures(facts, c.materials),
    officers: f.officers(facts),
  };
}

function dailyCount(facts: f.PaperFacts) {
  const daily = restsOn(facts, 'PROPOSE_DAILY_PENALTY').derived.daily;
  if (daily === undefined) throw new Error('cases: daily penalty without its count');
  const recheck = facts.after.latest.CHECK_RECTIFICATION?.command;
  return {
    party: f.partyBlock(facts),
    investigated: `我局${recheck === undefined ? '' : `于${f.chineseDay(recheck.from)}${recheck.to === recheck.from ? '' : `至${f.chineseDay(recheck.to)}`}`}以暗查方式复查，发现你单位拒不改正违法排放污染物行为。`,
    facts: `首次检查查明：${f.factsOf(facts)}${recheck === undefined ? '' : `\n复查查明：${recheck.findings}`}`,
    evidence: f.evidenceList(facts),
    basis: [
      ...lawOf('DAILY', facts),
      { instrument: '环境保护主管部门实施按日连续处罚办法', article: '第十二条、第十七条、第十九条' },
    ],
    originalNumber: f.numberOf(facts, 'PENALTY_DECISION'),
    originalAmount: String(daily.base),
    orderNumber: f.numberOf(facts, 'RECTIFICATION_ORDER'),
    orderServedOn: facts.before.order?.delivery?.legalDay ?? '',
    spans: daily.spans,
    days: daily.days,
    amount: String(daily.amount),
    contact: f.contactOf(facts),
  };
}

/** 按日连续处罚事先（听证）告知书 (D33). */
export const dailyNotice = (facts: f.PaperFacts) => ({
  ...dailyCount(facts),
  rights: '你单位有权陈述、申辩，也有权要求听证。请在收到本告知书之日起五个工作日内提出；逾期未提出的，视为放弃。',
});

/** How the party was told of the daily penalty that is now decided, what it said and what was answered; what belongs to an earlier round is left out. */
function dailyDefence(facts: f.PaperFacts): string {
  const { before } = facts;
  const since = before.latest.SEND_DAILY_NOTICE?.version ?? 0;
  const ofThisRound = <T extends { readonly version: number }>(step: T | undefined): T | undefined => (step !== undefined && step.version > since ? step : undefined);
  const { DEFEND_AGAINST_DAILY: defended, REQUEST_DAILY_HEARING: asked, HOLD_DAILY_HEARING: held, REVIEW_DAILY_DEFENCE: reviewed } = before.latest;
  const notice = before.papers.findLast(({ kind }) => kind === 'DAILY_NOTICE');
  const arrived = notice === undefined ? undefined : before.arrived[notice.paperId];
  const told = `我局${arrived === undefined ? '' : `于${f.chineseDay(arrived)}`}向你单位送达${f.namedPaper(facts, 'DAILY_NOTICE')}。`;
  const said = ofThisRound(defended)?.command.statement ?? ofThisRound(asked)?.command.reason;
  if (said === undefined) return `${told}你单位在法定期限内未提出陈述、申辩，未要求听证。`;
  const { heldAt } = appointedHearing(before, 'DAILY');
  const hearing = ofThisRound(held);
  const heard = hearing === undefined || heldAt === undefined ? '' : HEARD[hearing.command.attended ? 'HELD' : 'ABSENT'](f.chineseDay(dayOf(instant(heldAt))));
  return `${told}${heard}\n你单位提出：${said}。\n我局复核意见：${ofThisRound(reviewed)?.command.reason ?? '已经听取。'}`;
}

/** 按日连续处罚决定书 (D33): first check, order and service, original decision, re-check, days, sum, remedies. */
export function dailyPenalty(facts: f.PaperFacts) {
  return {
    ...dailyCount(facts),
    defence: dailyDefence(facts),
    payment: `${paymentOf(facts.authority).zh}${UNPAID.zh}`,
    remedies: f.remediesOf(facts),
    ...f.fileOf(facts),
  };
}

/** 生态环境损害赔偿线索移送单 (D36). */
export function damageClue(facts: f.PaperFacts) {
  const c = f.commandOf(facts, 'OPEN_DAMAGE_CLAIM');
  return {
    cause: f.causeOf(facts),
    party: f.partyBlock(facts),
    damage: c.damage,
    evidence: c.evidenceNote,
    estimate: '待调查、鉴定评估',
    officers: f.officers(facts),
  };
}

const BASIS = basis('生态环境损害赔偿管理规定');

/** 生态环境损害赔偿磋商函 (D36). */
export function negotiationLetter(facts: f.PaperFacts) {
  const c = f.commandOf(facts, 'INVITE_TO_NEGOTIATE');
  const { command } = restsOn(facts, 'APPRAISE_DAMAGE');
  return {
    party: f.partyBlock(facts),
    facts: f.factsOf(facts),
    damage: `经${command.institution}评估，生态环境损害数额为人民币 ${f.yuan(command.estimate)}。${command.findings}`,
    claim: c.claim,
    heldAt: c.heldAt,
    place: c.place,
    basis: BASIS,
    contact: f.contactOf(facts),
  };
}

/** 生态环境损害赔偿协议 (D36). */
export function damageAgreement(facts: f.PaperFacts) {
  const c = f.commandOf(facts, 'SIGN_AGREEMENT');
  return {
    party: f.partyBlock(facts),
    damage: facts.after.latest.OPEN_DAMAGE_CLAIM?.command.damage ?? f.factsOf(facts),
    amount: String(c.amount),
    repair: c.repair,
    dueOn: c.dueOn,
    terms: c.terms,
    signer: c.signer,
    basis: BASIS,
  };
}
