import { deliveryProofFacts, type ProofContext } from '#delivery';
import { dayOf, unstopped } from '#kernel';
import { DISCRETION_FORMULAS, type DiscretionFamily, type LegalBasis, type ViolationKey } from '#law';
import type { ObservedFact } from '#review';
import { chargedActs, weighedSum } from '../charged-acts.ts';
import type { CommandOf } from '../commands/index.ts';
import { basisOfAct, REPLACED_IN } from '../discretion/choice-of-law.ts';
import { gravest } from '../discretion/computed-grades.ts';
import { factsFound, toldIn } from '../evidence/facts-found.ts';
import { mayBear } from '../evidence/fits-facts.ts';
import { dutiesOf, dutyText } from '../measures/duties.ts';
import { EARLIER_POINT } from '../discretion/earlier-decisions.ts';
import { PENALTY_WORDS, type ChargedAct, type EvidenceItem, type GradeGround, type PenaltyCase } from '../penalty-case.ts';
import { STATE_TITLES } from '../states.ts';
import { notUsed, rightsLeft, rightsText } from '../waiver.ts';
import { PERSON_ROLES } from '../kin/liable-person.ts';
import { benchmarkName, weighedText } from './benchmark-words.ts';
import { paymentOf, UNPAID } from './decision-words.ts';
import { commandOf as command } from './paper-facts.ts';
import type { PaperKind } from './paper-kinds.ts';
import { policeText } from './police-text.ts';
import * as f from './paper-facts.ts';

const formulaText = (family: DiscretionFamily): string => {
  const { zh, formula } = DISCRETION_FORMULAS[family];
  return `${zh}法：罚款 = (${formula}) × 法定上限，X = 法定下限 ÷ 法定上限`;
};

/** Points of the checklist whose items carry the facts behind a factor of discretion; those not named here stand on the report. */
const CARRIED_BY: Readonly<Record<string, readonly string[]>> = {
  EXCEED_RATIO: ['CALC', 'AUTO_DATA', 'PERMIT'], DURATION: ['CALC', 'AUTO_DATA', 'DEVICE_STATE'], FACTOR_KIND: ['AUTO_DATA', 'PERMIT'], METHOD: ['TRACE', 'AUTO_DATA', 'SITE'],
  CONSEQUENCE: ['CALC', 'CONDITION', 'AUTO_DATA'], FAULT: ['INQUIRY', 'OPERATOR'], REPAIR: ['INQUIRY', 'SITE'], REPEAT: [EARLIER_POINT],
};

/** Papers that show what was done about an order to correct, the strongest first: an inquiry made before it shows nothing of that. */
const OF_CORRECTION: readonly PaperKind[] = ['RECTIFICATION_CHECK', 'RECTIFICATION_REPORT', 'RECTIFICATION_ORDER'];

/** Facts that bear the figure of a factor: data are named as its source only where they can bear one of them. */
const FIGURES_OF: Readonly<Record<string, (facts: readonly ObservedFact[]) => readonly ObservedFact[]>> = {
  EXCEED_RATIO: (facts) => gravest(toldIn(facts, 'HOURS_OVER', 'DAY_OVER')),
  DURATION: (facts) => toldIn(facts, 'HOURS_OVER', 'DAY_OVER', 'MINUTES_OVER'),
};

/** Numbers and titles of those items, as the list of evidence numbers them; the whole of them where the facts are not kept as data. */
function carriers(state: PenaltyCase, factor: string, violation: ViolationKey): string {
  const { evidence, papers } = state;
  if (factor === 'ATTITUDE') {
    const [shown] = OF_CORRECTION.flatMap((kind) => papers.findLast((paper) => paper.kind === kind) ?? []);
    return shown === undefined ? '卷内没有责令改正和改正的文书' : `《${shown.title}》${shown.number}`;
  }
  const points = CARRIED_BY[factor] ?? [];
  const bearing = FIGURES_OF[factor]?.(factsFound(state, violation) ?? []) ?? [];
  const fits = (item: EvidenceItem): boolean => bearing.length === 0 || bearing.some((fact) => mayBear(item, fact));
  const items = evidence.flatMap((item, i) => (points.includes(item.point.split(':').at(-1) ?? '') && fits(item) ? [`证据${i + 1}（${item.title}）`] : []));
  return items.length > 0 ? items.join('、') : factor === 'REPEAT' ? '本机关案件档案查询' : '案件调查报告';
}

/** What the program found behind the grade of a factor of the main violation. */
const groundOf = ({ discretion }: PenaltyCase, factor: string, as: keyof GradeGround): string => discretion?.grounds?.[factor]?.[as] ?? '';

/** 裁量计算表: the stored run, number by number. */
export function discretionSheet(facts: f.PaperFacts) {
  const { after, deps } = facts;
  const { discretion } = after;
  if (discretion === undefined || after.violation === undefined) throw new Error('cases: discretion sheet without a run');
  const traces = [discretion.trace, ...discretion.further.map((w) => w.trace)];
  const first = after.violation;
  const keys = [first, ...discretion.further.map((w) => w.violation)];
  const total = (of: 'min' | 'max') => String(traces.reduce((sum, t) => sum + Number(t[of]), 0));
  return {
    cause: f.causeOf(facts),
    unit: facts.party.name,
    violation: keys.map((key) => deps.law.violation(key).title.zh).join('；'),
    penal: f.provisions(facts).penal,
    table: [...new Set(traces.map((t) => benchmarkName(deps.law, t)))].join('；'),
    tableVersion: [...new Set(traces.map((t) => t.tableVersion))].join('、'),
    formula: [...new Set(traces.map((t) => formulaText(t.family)))].join('；'),
    minimum: total('min'),
    maximum: total('max'),
    factors: traces.flatMap((t, n) => t.lines.map((l) => ({ ...l, violation: keys[n] ?? first }))).map((l) => ({
      name: l.zh.split('：')[0] ?? l.factor,
      circumstance: [l.zh.split('：').slice(1).join('：'), groundOf(after, l.factor, 'zh')].filter((text) => text !== '').join('。'),
      value: `${l.percent} %`,
      source: carriers(after, l.factor, l.violation),
    })),
    trace: traces.flatMap((t, n) =>
      t.steps.map((step, i) => ({
        step: traces.length > 1 ? `第${n + 1}项第${i + 1}步` : `第${i + 1}步`,
        expression: step,
        result: i === t.steps.length - 1 ? f.yuan(t.amount) : '—',
      })),
    ),
    adjustments: traces
      .flatMap((t) => (t.mitigation === undefined ? [] : [`减轻：${t.mitigation.ground}，减 ${t.mitigation.percentOff} %`]))
      .join('；'),
    amount: String(weighedSum(after)),
    sentence: discretionText(facts),
    officers: [f.person(facts.event.actor, facts.event.at)],
  };
}

function meeting(facts: f.PaperFacts, c: CommandOf<'DELIBERATE' | 'RECORD_DISCUSSION' | 'DISCUSS_DAILY_PENALTY'>) {
  const chair = f.person(facts.event.actor, facts.event.at);
  return {
    cause: f.causeOf(facts),
    unit: facts.party.name,
    heldAt: c.heldAt,
    place: c.place,
    host: chair,
    ...(c.recorder === '' ? {} : { recorder: { name: c.recorder, certificate: '', date: chair.date } }),
    members: c.members.map((m) => ({
      name: m.name,
      post: m.post,
      opinion: m.opinion,
      vote: m.agrees ? '同意' : '不同意',
    })),
    attendees: facts.after.officers.map((o) => ({ name: o.name, post: '承办人', note: '汇报案情，不参加表决' })),
    report: f.factsOf(facts),
    discussion: c.discussion,
    result: c.conclusion,
  };
}

/** 案件审议记录 (江苏办法 第十六条): before the prior notice; the officers report and do not vote. */
export const deliberationRecord = (facts: f.PaperFacts) => meeting(facts, command(facts, 'DELIBERATE'));

/** 集体讨论记录 (D22): leaders of the authority, with the reason why it is due (行政处罚法 第五十七条). */
export function collectiveDiscussion(facts: f.PaperFacts) {
  const { command: c } = facts.event;
  const minutes = c.kind === 'DISCUSS_DAILY_PENALTY' ? c : command(facts, 'RECORD_DISCUSSION');
  return { ...meeting(facts, minutes), reason: minutes.reason };
}

/** Kinds of penalty, the fine last, so that its sum follows it. */
function proposalText({ after: { proposal } }: f.PaperFacts, fined = ''): string {
  const sum = proposal?.confiscation === undefined ? '' : `人民币 ${f.yuan(proposal.confiscation)}`;
  const kinds = (proposal?.penalties ?? []).toSorted((a, b) => Number(a === 'FINE') - Number(b === 'FINE'));
  return kinds.map((kind) => `${PENALTY_WORDS[kind]}${kind === 'CONFISCATION' ? sum : kind === 'FINE' ? fined : ''}`).join('、');
}

const amountOf = ({ after }: f.PaperFacts) => {
  const amount = after.decision?.amount ?? after.proposal?.amount ?? 0;
  return amount > 0 ? { amount: String(amount) } : {};
};

/** How far the law lets the fine go. */
function benchmarkText(facts: f.PaperFacts): string {
  const { discretion } = facts.after;
  if (discretion === undefined) return '依法定幅度';
  return `法定罚款幅度 ${[discretion, ...discretion.further].map(({ trace }) => `${f.yuan(trace.min)}至 ${f.yuan(trace.max)}`).join('、')}`;
}

const provisionName = ({ instrument, article }: LegalBasis): string => `《${instrument}》${article}`;

/** Which law is applied and why, where more than one could be or an earlier paper named another. */
function choiceText({ after, event, deps }: f.PaperFacts, act: ChargedAct, basisReason: string): string {
  const reason = unstopped(basisReason);
  const basis = basisOfAct(after, deps.law, act, dayOf(event.at));
  if (basis === undefined || reason === '') return '';
  const before = after.discretion?.replaces?.find(({ violation }) => violation === act.violation);
  const old = before && deps.law.violation(act.violation).bases.find(({ id }) => id === before.basisId);
  const course = before === undefined || old === undefined ? '' : `${REPLACED_IN[before.in].zh}${provisionName(old)}，现改为`;
  return `${course}适用${provisionName(basis)}，理由：${reason}。`;
}

/** Which law was applied and why, how often the party broke it before, and the calculation. */
function discretionText(facts: f.PaperFacts): string {
  const { discretion } = facts.after;
  const acts = chargedActs(facts.after);
  if (discretion === undefined || acts.length === 0) return '综合考虑违法情节。';
  const repeated = groundOf(facts.after, 'REPEAT', 'told');
  return acts.flatMap((act, i) => {
    const weighed = i === 0 ? discretion : discretion.further.find(({ violation }) => violation === act.violation);
    return weighed === undefined ? [] : [`${choiceText(facts, act, weighed.basisReason)}${i > 0 || repeated === '' ? '' : `违法次数：${repeated}。`}${weighedText(facts.deps.law, weighed.trace)}`];
  }).join('\n');
}

/** 行政处罚事先（听证）告知书 (D17): facts, grounds, kind and sum; the hearing paragraph only where the right exists (第四十四、六十三条). */
export function priorNotice(facts: f.PaperFacts) {
  const { after } = facts;
  return {
    party: f.partyBlock(facts),
    investigated: f.investigated(facts),
    facts: f.factsOf(facts),
    evidence: f.evidenceList(facts),
    ...f.provisions(facts),
    discretion: discretionText(facts),
    benchmark: benchmarkText(facts),
    proposal: `拟作出以下行政处罚：${proposalText(facts)}`,
    ...amountOf(facts),
    transfer: policeText(facts),
    statementTerm: '收到本告知书之日起五个工作日内',
    ...(after.proposal?.hearingRight === true
      ? {
          hearing: {
            term: '收到本告知书之日起五个工作日内',
            basis: [{ instrument: '中华人民共和国行政处罚法', article: '第六十三条' }],
          },
        }
      : {}),
    contact: f.contactOf(facts),
  };
}

/** 陈述申辩复核意见 (D20): each point with its answer; the sum never rises because of a defence (第四十五条). */
export function defenceReview(facts: f.PaperFacts) {
  const c = command(facts, 'REVIEW_DEFENCE');
  const { before, after, event } = facts;
  return {
    cause: f.causeOf(facts),
    unit: facts.party.name,
    noticeNumber: f.numberOf(facts, 'PRIOR_NOTICE'),
    servedOn: before.notice?.delivery?.legalDay ?? dayOf(event.at),
    receivedOn: after.defence[0] === undefined ? '' : dayOf(after.defence[0].at),
    summary: after.defence.map((p) => p.point).join('；') || '当事人未提出意见。',
    points: answered(facts),
    conclusion: c.conclusion,
    reviewers: [f.person(event.actor, event.at)],
  };
}

const answered = ({ after }: f.PaperFacts) =>
  after.defence.flatMap((p) =>
    p.answer === undefined
      ? []
      : [{ point: p.point, evidence: p.proof, accepted: p.answer.accepted, reason: p.answer.reason }],
  );

/** Which of the cases of 行政处罚法 第五十八条 it is. */
function reviewGround({ before }: f.PaperFacts): string {
  const grounds = [
    ...(before.hearing?.outcome === 'HELD' ? ['直接关系当事人重大权益，经过听证程序'] : []),
    ...(before.proposal?.collectiveDue === true ? ['案件情况疑难复杂、处罚较重'] : []),
  ];
  return grounds.length === 0 ? '本机关规定作出处罚决定前均进行法制审核。' : `${grounds.join('；')}。`;
}

/** 法制审核意见书 (D21): passed with its seven points, or returned with the reason (第五十八条). */
export function legalReview(facts: f.PaperFacts) {
  const { command: c, actor, at } = facts.event;
  const head = {
    cause: f.causeOf(facts),
    unit: facts.party.name,
    ground: reviewGround(facts),
    reviewers: [f.person(actor, at)],
  };
  if (c.kind === 'PASS_LEGAL_REVIEW' || c.kind === 'PASS_DAILY_LEGAL_REVIEW') {
    const { kind: _kind, ...points } = c;
    const checks = (facts.event.derived.checks ?? []).map(({ zh, holds, remark, opinion }) => ({ point: zh, outcome: holds ? '符合' : '不符合', remark: opinion === undefined ? remark : `${remark}。审核人：${opinion}` }));
    return { ...head, ...points, checks };
  }
  const { reason } = c.kind === 'RETURN_DAILY_FROM_LEGAL' ? c : command(facts, 'RETURN_FROM_LEGAL');
  const open = '见结论';
  return {
    ...head,
    subject: open,
    officers: open,
    procedure: open,
    factsAndEvidence: open,
    lawAndDiscretion: open,
    documents: open,
    crime: open,
    conclusion: `退回：${reason}`,
  };
}

/** How a hearing went, by its day. */
export const HEARD = {
  HELD: (day: string) => `我局于${day}举行听证，听取了你单位的意见。`,
  ABSENT: (day: string) => `我局定于${day}举行听证，你单位无正当理由未到场，视为放弃听证权利。`,
} as const;

function defenceCourse(facts: f.PaperFacts): string {
  const { before } = facts;
  const served = before.notice?.delivery;
  const start =
    served === undefined
      ? ''
      : `我局于${f.chineseDay(served.legalDay)}送达${f.namedPaper(facts, 'PRIOR_NOTICE')}。`;
  const left = rightsLeft(before);
  const parts = [
    ...(before.hearing?.heldAt === undefined || before.hearing.outcome === undefined ? [] : [HEARD[before.hearing.outcome](f.chineseDay(dayOf(before.hearing.heldAt)))]),
    ...(left.length === 0 ? [] : [before.waived ? `你单位明示放弃${rightsText(left)}的权利。` : `你单位在法定期限内${notUsed(left)}。`]),
    ...(before.defence.length === 0 ? [] : ['你单位提出陈述申辩，我局逐项复核如下。']),
  ];
  return [start, ...parts].join('');
}

/** A unit is ordered to correct with the penalty (第二十八条): by what when, the order says, where one went out before. */
function orderedAlong(facts: f.PaperFacts): string[] {
  if (facts.party.person !== undefined) return [];
  return [facts.before.order === undefined ? '责令改正违法行为；' : `责令改正违法行为，具体要求和期限见《责令改正违法行为决定书》（${f.numberOf(facts, 'RECTIFICATION_ORDER')}）；`];
}

/** What the applied provision demands beside fine and correction; orders on production stand among the penalties already, and of the police a sentence of its own tells. */
const dutiesAlong = ({ after, event, deps }: f.PaperFacts): string[] =>
  dutiesOf(after, deps.law, event.at).filter(({ duty, met }) => duty === 'LIMIT_OR_STOP' && met !== 'DONE').map((one) => `${dutyText(one)}；`);

/** 行政处罚决定书 (D23): every element 行政处罚法 第五十九条 asks for, the course of the defence included. */
export function penaltyDecision(facts: f.PaperFacts) {
  const amount = facts.before.proposal?.amount ?? 0;
  return {
    party: f.partyBlock(facts),
    investigated: f.investigated(facts),
    facts: f.factsOf(facts),
    evidence: f.evidenceList(facts),
    ...f.provisions(facts),
    defence: defenceCourse(facts),
    points: answered(facts),
    discretion: discretionText(facts),
    decisions: [...orderedAlong(facts), ...dutiesAlong(facts), `${facts.party.person === undefined ? '' : `对${PERSON_ROLES[facts.party.person.role].zh}${facts.party.name}处以`}${proposalText(facts, amount > 0 ? `人民币 ${f.yuan(amount)}` : '')}。`],
    ...amountOf(facts),
    transfer: policeText(facts),
    ...f.fileOf(facts),
    payment: paymentOf(facts.authority).zh,
    consequence: UNPAID.zh,
    remedies: f.remediesOf(facts),
  };
}

/** Who served; what went through the portal is sent for the officer of the case. */
function serversOf({ delivered, before, event }: f.PaperFacts): ProofContext['servers'] {
  const [first, ...more] = (delivered?.servers ?? []).map((server) => f.person(server, event.at));
  return first === undefined ? [f.person(before.officers[0] ?? event.actor, event.at)] : [first, ...more];
}

/** 送达回证 (D27): which paper reached whom, how, on which legal day and, of one on paper, who signed for it. Made from the record of the delivery alone. */
export function deliveryProof(facts: f.PaperFacts) {
  const { before, event, party, delivered, deps } = facts;
  const proof = delivered && deliveryProofFacts(delivered.delivery, {
    recipient: party.name,
    portalName: deps.law.valueAt('delivery.portalName', before.region, dayOf(event.at)).value,
    consentNumber: delivered.consentNumber,
    servers: serversOf(facts),
    confirmedBy: '',
  });
  if (proof === undefined) throw new Error(`cases: ${event.command.kind} has no recorded delivery to prove`);
  return proof;
}

const OUTCOMES = { NO_PENALTY: '不予行政处罚', NOT_ESTABLISHED: '违法事实不成立' } as const;

function resultText(facts: f.PaperFacts): string {
  const { decision } = facts.before;
  if (decision === undefined) return '未作出处罚决定。';
  const overturned = decision.overturned === true ? '（该决定已被撤销）' : '';
  if (decision.outcome !== 'PENALTY') return `${OUTCOMES[decision.outcome]}。${overturned}`;
  return `${proposalText(facts, decision.amount > 0 ? ` ${f.yuan(decision.amount)}` : '')}。${overturned}`;
}

/** 结案审批表 (D38): course, result, performance, rectification, remedies, ground, as the officer proposed and the file shows them. */
export function closingApproval(facts: f.PaperFacts) {
  const { before, event, deps } = facts;
  const c = command(facts, 'APPROVE_CLOSING');
  const asked = before.latest.PROPOSE_CLOSING;
  const voucher = before.latest.REGISTER_PAYMENT?.command.voucher;
  const ground =
    deps.law.codes('closing-grounds').codes.find((g) => g.code === before.closing?.ground)?.title.zh ?? '符合结案条件';
  return {
    cause: f.causeOf(facts),
    party: f.partyBlock(facts),
    filedOn: before.filedAt === undefined ? '' : dayOf(before.filedAt),
    decisionNumber: f.decisionNumber(facts),
    decidedOn: before.decision === undefined ? '' : dayOf(before.decision.decidedAt),
    servedOn: before.decision?.delivery?.legalDay ?? '',
    course: asked?.command.course ?? '各步骤见卷内文书。',
    result: resultText(facts),
    performance: `${f.performanceText(facts)}${voucher === undefined ? '' : `缴款票据 ${voucher}。`}`,
    rectification: f.correctionText(facts),
    remedyCourse: f.remediesBy(asked?.at ?? event.at, asked?.command.remedyCourse ?? STATE_TITLES[before.remedy].zh),
    ground,
    opinions: [
      { role: '承办人意见', opinion: `${ground}，建议结案。`, ...(asked === undefined ? f.person(before.officers[0] ?? event.actor, event.at) : f.person(asked.actor, asked.at)) },
      { role: '负责人审批', opinion: c.opinion, ...f.person(event.actor, event.at) },
    ],
  };
}
