import { formatMoment } from '#documents';
import { dayOf, endOfDay, instant, startOfDay } from '#kernel';
import { asPrinted, isOwnTerm, OWN_TERM, ownProvision } from '#law';
import type { CommandOf } from '../commands/index.ts';
import { chargedWith } from '../charged-acts.ts';
import { besideText } from '../kin/siblings.ts';
import { FILING_CLOCKS } from '../clocks/open-clock.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { cited } from './letter.ts';
import { commandOf as command } from './paper-facts.ts';
import { endorsed } from '../guards/guards.ts';
import * as f from './paper-facts.ts';

/** 立案审批表 (D6): source, cause, the officers' opinion and the approver's, within the seven working days (江苏办法 第十四条). */
export function filingApproval(facts: f.PaperFacts) {
  const { before, event } = facts;
  const c = command(facts, 'APPROVE_FILING');
  return {
    source: f.sourceOf(before),
    cause: f.causeOf(facts),
    party: f.partyBlock(facts),
    facts: [f.factsOf(facts), ...namedAct(facts), ...harmOf(facts), ...besideOf(facts)].join('\n'),
    reason: before.filing?.reason ?? '符合立案条件',
    basis: [{ instrument: '生态环境行政处罚办法', article: '第十八条' }],
    receivedOn: dayOf(before.handedOverAt),
    limit: termOf(facts),
    officers: f.officers(facts),
    opinions: [
      ...proposed(facts),
      ...departmentHead(facts),
      { role: event.derived.departmentHead === true && endorsed(before) === undefined ? '负责人审批（部门负责人经授权）' : '负责人审批', opinion: c.opinion, ...f.person(event.actor, event.at) },
    ],
  };
}

/** Which cases were taken into this one, by the record of each. */
function mergedOf({ kin, papers }: PenaltyCase): string[] {
  const records = papers.filter(({ kind }) => kind === 'MERGER_RECORD');
  return kin.filter(({ relation }) => relation === 'TOOK_IN').map(({ caseNo }, i) => {
    const record = records[i];
    return `${caseNo}已并入本案一并调查${record === undefined ? '' : `（《${record.title}》${record.number}）`}。`;
  });
}

/** 承办人意见: by the officer who gave it; the other stands in the row of the officers. */
export function proposed({ before, event }: f.PaperFacts) {
  const asked = before.latest.PROPOSE_FILING;
  const by = asked?.actor ?? before.officers[0] ?? event.actor;
  return [{ role: '承办人意见', opinion: before.filing?.reason ?? '建议立案。', ...f.person(by, asked?.at ?? event.at) }];
}

/** 部门负责人意见: his own act before the approval. Where he approves himself on delegation, his approval is the one opinion he gives. */
export function departmentHead({ before }: f.PaperFacts) {
  const given = endorsed(before);
  return given === undefined ? [] : [{ role: '部门负责人意见', opinion: given.command.opinion, ...f.person(given.actor, given.at) }];
}

/** Why cases of the same outfall that lie close are other matters. */
const besideOf = ({ before, event }: f.PaperFacts): string[] => {
  const text = besideText(before, event.command.kind === 'FINISH_INVESTIGATION');
  return text === '' ? [] : [`同一排放口的相近案件：${text}。`];
};

const titleOf = (facts: f.PaperFacts, code: string | undefined): string | undefined =>
  facts.deps.law.data.codes.flatMap((list) => list.codes).find((one) => one.code === code)?.title.zh;

function namedAct(facts: f.PaperFacts): string[] {
  const title = titleOf(facts, facts.before.filing?.namedAct);
  return title === undefined ? [] : [`属于列明的情形：${title}。`];
}

function harmOf(facts: f.PaperFacts): string[] {
  const { harm = 'NONE', harmFinding = '' } = facts.before.filing ?? {};
  return harm === 'NONE' ? [] : [`${titleOf(facts, harm) ?? '有危害后果'}：${harmFinding}`];
}

/** The seven days of the region, and the national limit while it is the nearer one. */
function termOf({ before }: f.PaperFacts): string {
  const terms = FILING_CLOCKS.flatMap((clock) => before.running[clock] ?? []).toSorted((a, b) => a.dueAt - b.dueAt);
  const by = (article: string): string => `（${isOwnTerm(article) ? OWN_TERM : cited(asPrinted(article))}）`;
  return terms.map((term) => `${f.chineseDay(term.dueDay)}前${by(term.article)}`).join('；') || '期限已过';
}

/** 证据提取单 (D13): what was taken, from where, with the digest by which anyone can check it. */
export function extractRecord(facts: f.PaperFacts) {
  const { event, after, party } = facts;
  const c = command(facts, 'ATTACH_EVIDENCE');
  const sha256 = 'sha256' in c.source && c.source.sha256 !== undefined ? c.source.sha256 : undefined;
  const { checked } = event.derived;
  const [operator, assistant] = after.officers.map((o) => f.person(o, event.at));
  return {
    cause: f.causeOf(facts),
    unit: party.name,
    source: sourceText(c, f.reviewOpinions(after)),
    method: `${c.mode === 'OFFSITE' ? '非现场' : '现场'}调取并固定：${c.title}${spanOf(c)}`,
    environment: c.environment,
    startedAt: c.startedAt ?? event.at,
    endedAt: event.at,
    attendance: attendanceOf(c),
    witness: c.witness,
    logRoot: '本次提取和文书随案件步骤登记平台存证日志。',
    files: sha256 === undefined ? [] : [{ name: c.title, sha256, note: checked === undefined ? c.proves : `${c.proves}（接收时验签：${checked.sentence}）` }],
    operator: operator ?? f.person(event.actor, event.at),
    assistant: assistant ?? f.person(event.actor, event.at),
    confirmation: `证明内容：${c.proves}`,
  };
}

/** The time a log or a recording is of. */
const spanOf = ({ coversFrom, coversTo }: CommandOf<'ATTACH_EVIDENCE'>): string => (coversFrom === undefined || coversTo === undefined ? '' : `（${formatMoment(instant(coversFrom))}至${formatMoment(instant(coversTo))}的记录）`);

/** Who of the party was there; what is taken away from the party's place is taken without it. */
function attendanceOf({ partySigned, absence, mode }: CommandOf<'ATTACH_EVIDENCE'>): string {
  if (partySigned !== '') return mode === 'OFFSITE' ? `非现场提取，由${partySigned}核对并签名` : `${partySigned}到场并签名`;
  return absence !== '' ? `没有签名：${absence}` : mode === 'OFFSITE' ? '非现场提取，当事人不在提取现场' : '';
}

function sourceText(c: CommandOf<'ATTACH_EVIDENCE'>, opinions: string): string {
  switch (c.source.from) {
    case 'REVIEWED_DATA':
      return `经数据审核的平台数据${opinions === '' ? '' : `（${opinions}）`}`;
    case 'PLATFORM_DATA':
      return '信息平台存证的数据';
    case 'FILE':
      return `${c.provider}提供的文件“${c.title}”`;
    case 'RECORD':
      return c.source.note;
  }
}

/** 远程询问笔录 (D9): identity check, recording, rights told, question and answer, confirmed by the person asked. */
export function inquiryRecord(facts: f.PaperFacts) {
  const { event, party } = facts;
  const c = command(facts, 'RECORD_INQUIRY');
  const people = f.officers(facts);
  return {
    cause: f.causeOf(facts),
    startedAt: c.startedAt,
    endedAt: c.endedAt,
    platform: c.platform,
    recordingId: c.recordingId,
    identityCheck: c.identityCheck,
    asked: { name: c.asked.name, idNumber: c.asked.idNumber, role: c.asked.role, unit: party.name, phone: c.asked.phone, address: party.address },
    officers: people,
    recorder: people[1] ?? f.person(event.actor, event.at),
    rightsTold: c.rightsTold,
    dialogue: c.dialogue,
    circumstances: c.circumstances,
    serviceAddress: c.serviceAddress === '' ? party.address : c.serviceAddress,
    checkedByAsked: c.confirmedByAsked,
  };
}

/** Facts of the review that the investigation does not find, each with the reason. */
const setAsideOf = ({ observed = [] }: PenaltyCase, { setAside = [] }: CommandOf<'FINISH_INVESTIGATION'>): string[] =>
  setAside.map(({ factId, reason }) => `审核移送的事实“${observed.find((fact) => fact.factId === factId)?.told.zh ?? factId}”不予认定：${reason}`);

/** 案件调查报告 (D14): facts and evidence chain, law broken and penal law of the era that governs. */
export function investigationReport(facts: f.PaperFacts) {
  const { before } = facts;
  const c = command(facts, 'FINISH_INVESTIGATION');
  return {
    cause: f.causeOf(facts),
    origin: [`${f.sourceOf(before)}，${before.filedAt === undefined ? '' : f.chineseDay(dayOf(before.filedAt))}立案。`, ...mergedOf(before)].join('\n'),
    course: [before.mode === 'OFFSITE' ? '采用非现场方式调取数据、远程询问并固定证据。' : '采用非现场与现场结合的方式调查取证。', ...besideOf(facts), ...setAsideOf(before, c)].join('\n'),
    party: f.partyBlock(facts),
    facts: c.facts,
    evidence: f.evidenceList(facts),
    ...f.provisions(facts),
    discretion: '裁量情节见调查报告所附证据，裁量计算另表。',
    conclusion: [c.conclusion, ...(c.notFalsified === undefined ? [] : [`关于是否属于弄虚作假、以逃避监管的方式排放污染物：${c.notFalsified}`]), ...(c.unexcused === undefined ? [] : [`关于设备停运有无合法理由：${c.unexcused}`])].join('\n'),
    proposal: c.proposal,
    officers: f.officers(facts),
  };
}

/** 案件审查意见 (D15): the six points of 生态环境行政处罚办法 第三十九条. */
export function caseReviewOpinion(facts: f.PaperFacts) {
  const c = command(facts, 'PASS_CASE_REVIEW');
  const { kind: _kind, ...points } = c;
  return {
    cause: f.causeOf(facts),
    unit: facts.party.name,
    ...points,
    reviewers: [f.person(facts.event.actor, facts.event.at)],
  };
}

/** 责令改正违法行为决定书 (D16): concrete demands, term, consequence, remedies; not itself a penalty. */
export function rectificationOrder(facts: f.PaperFacts) {
  const c = command(facts, 'ORDER_RECTIFICATION');
  return {
    party: f.partyBlock(facts),
    investigated: f.investigated(facts),
    facts: f.factsOf(facts),
    evidence: f.evidenceList(facts),
    broken: f.provisions(facts).broken,
    basis: [{ instrument: '中华人民共和国行政处罚法', article: '第二十八条' }],
    demands: c.demands,
    dueOn: c.dueOn,
    consequence: [c.consequence === '' ? '逾期未改正的，将依法处理。' : c.consequence, ...dailyWarning(facts, c.consequence)].join(''),
    reportTo: '改正情况请通过企业端报送，我局优先以非现场方式核实。',
    remedies: f.remediesOf(facts),
    contact: f.contactOf(facts),
  };
}

/** Told with every order that a daily penalty can follow (行政处罚法 第二十八条; 按日连续处罚办法). */
const dailyWarning = ({ after, deps }: f.PaperFacts, said: string): string[] =>
  said.includes('按日') || chargedWith(after, deps.law, 'dailyPenalty').length === 0 ? [] : ['受到罚款处罚，被责令改正而拒不改正的，可以自责令改正之日的次日起，按照原处罚数额按日连续处罚。'];

/** Only where the region's own text says so is it named (江苏办法 第十八条). */
function offsiteFirst({ before, deps }: f.PaperFacts): string {
  const own = ownProvision(deps.law, 'rectification', before.region);
  return own === undefined ? '优先采用非现场方式核查。' : `优先采用非现场方式核查（《${own.instrument}》${own.article}）。`;
}

const METHODS = {
  DATA: '数据审查（非现场）',
  DRONE: '无人机巡查（非现场）',
  VEHICLE: '走航车巡查（非现场）',
  ONSITE: '现场检查',
} as const;

/** 整改核查表 (D37): method off-site first, otherwise with the reason (江苏办法 第十八条). */
export function rectificationCheck(facts: f.PaperFacts) {
  const c = command(facts, 'CHECK_RECTIFICATION');
  const { before, event, party } = facts;
  const reported = before.rectification === 'REPORTED' ? before.latest.REPORT_RECTIFICATION : undefined;
  return {
    unit: party.name,
    orderNumber: f.numberOf(facts, 'RECTIFICATION_ORDER'),
    demands: before.order?.demands.join('；') ?? '责令改正违法行为',
    dueOn: before.order?.dueOn ?? c.to,
    method: METHODS[c.method],
    methodReason: c.methodReason === '' ? offsiteFirst(facts) : c.methodReason,
    // From the report of the correction, up to the check itself.
    checkedFrom: reported !== undefined && dayOf(reported.at) === c.from ? reported.at : startOfDay(c.from),
    checkedTo: Math.min(endOfDay(c.to) - 1, event.at),
    findings: c.findings,
    proof: f.filesOf(before.latest.REPORT_RECTIFICATION?.command.proof ?? []),
    result: c.corrected ? '已改正' : '未改正',
    checkers: [f.person(event.actor, event.at)],
  };
}
