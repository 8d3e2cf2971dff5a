import { answerTo, caseReview, defencePoint, dialogueOf } from './case-words.ts';
import { chooseBasis, chooseGrades, weighExemptions } from './grades.ts';
import { accountOf, inWordsOf } from './accounts.ts';
import { meansOf } from './alteration.ts';
import { chinaTime, type HandedIn } from './hand-in.ts';
import { MANAGER, personOf, type UnitPerson } from './persons.ts';
import { casesOf, chinaDay, type CasePage, type MeansOfAct } from './shapes.ts';

export type Body = Readonly<Record<string, unknown>>;

const HOUR = 3_600_000;

/** Who of the cast takes each step of a case, and a well-formed body for it from what the page shows. */
export interface CaseAct {
  readonly who: string;
  readonly body: (page: CasePage, now: number) => Body;
}

const UNIT = 'unit';

/** Of the office, not of the case: keeps the minutes of meetings. */
const RECORDER = '温如言';

/** The leaders at the table, each on what he has to answer for in this case. */
function leadersOf(page: CasePage): readonly Body[] {
  const { state, cause, outfallName, law } = page;
  if (isCleared(page)) return [
    { name: '魏司南', post: '局长', opinion: `${outfallName}数据异常，${state.evidence.length}项证据不能证明人为干预，同意。`, agrees: true },
    { name: '卫守诚', post: '副局长', opinion: '没有查明违法行为，不涉及处罚和裁量，同意。', agrees: true },
    { name: '陶望舒', post: '副局长', opinion: '同意认定违法事实不成立，并告知当事人。', agrees: true },
  ];
  const spared = law?.exemptions.find(({ id }) => id === weighExemptions(page).followed);
  const sum = state.proposal?.amount ?? state.discretion?.trace.amount ?? 0;
  const attitude = law?.table?.factors.find(({ id }) => id === 'ATTITUDE');
  const grade = state.discretion?.trace.lines.find(({ factor }) => factor === 'ATTITUDE')?.grade;
  const corrected = attitude?.grades.find(({ id }) => id === grade)?.title.zh;
  return [
    { name: '魏司南', post: '局长', opinion: `${outfallName}${cause.zh}，${state.evidence.length}项证据与查明的事实相符，同意。`, agrees: true },
    { name: '卫守诚', post: '副局长', opinion: spared === undefined ? `裁量各档与案卷事实一致，按表计算${sum}元，同意。` : `符合“${spared.zh}”的各项条件，不计罚款，同意不予行政处罚。`, agrees: true },
    { name: '陶望舒', post: '副局长', opinion: corrected === undefined ? '当事人的权利已经保障，同意。' : `改正方面认定为“${corrected}”有案卷依据，同意。`, agrees: true },
  ];
}

/** What is said about an act, by its kind: asked and answered, put right, looked at again. */
interface Told {
  /** In each case one of these. */
  readonly state: readonly [string, ...string[]];
  readonly done: string;
  readonly measures: string;
  readonly found: string;
}

const EXCEEDED: Told = {
  state: ['治理设施出力不足，自动监测设备正常，未作标记。', '治理设施当时没有开足，设备正常，没有需要标记的情况。'], done: '已经检修并恢复，之后的数据达标。',
  measures: '已检修治理设施、增加药剂投加量并安排专人值守，近期均值全部达标。', found: '调取自动监测数据，核查时段内均值均未超过限值，治理设施用电正常。',
};
/** An amount that is used up: only what is discharged no more corrects it. */
const OVER_AMOUNT: Told = {
  state: ['全年产量安排前松后紧，没有按月分解许可排放量，发现时已经用完。', '负荷一直较高，许可排放量没有按月核对，超过以后才发现。'], done: '已经压减生产负荷，按日核对排放量。',
  measures: '已压减生产负荷，按日核对累计排放量，建立许可排放量月度控制和预警制度。', found: '调取排放量核算，核查时段内累计排放量没有再增加，或者已在许可排放量以内。',
};
/** What was done, how it is undone, and what shows that: by the act the investigation found. */
const ACTS: Readonly<Record<MeansOfAct, readonly [did: string, undone: string, shown: string]>> = {
  PARAM_CHANGED: ['自动监测设备的参数被改动过', '恢复备案参数，重新校准、比对', '调取参数和操作日志，核查时段内参数与备案一致，数据连续，校准合格'],
  RECORD_FORGED: ['数据采集传输仪里的程序被改动过，上传的不是实测值', '清除改动的程序，恢复按实测值上传', '比对分析仪示值与原始报文，核查时段内一致，数据连续'],
  SAMPLING_INTERFERED: ['采样管路被动过，进设备的不是真实样品', '拆除采样管路上的装置，恢复正常采样并比对', '调取站房视频和比对记录，核查时段内采样正常，数据连续'],
  MARK_FALSE: ['标记与实际不符，当时生产没有停', '撤销不实标记，按规范重新标记', '调取标记和用电记录，核查时段内标记与实际工况一致'],
  DEVICE_MOVED: ['自动监测设备被拆动过，没有报经同意', '将设备恢复到原来的位置和状态，重新调试、比对', '调取站房视频和比对记录，核查时段内设备在原位运行，数据连续'],
  TREATMENT_STOPPED: ['治理设施停过，生产没有停', '恢复治理设施正常运行', '调取用电和治理设施运行记录，核查时段内设施连续正常运行'],
  HIDDEN_OUTLET: ['接了没有经过监测的管道', '拆除旁路管道，全部废水、废气经监测的排放口排放', '调取流量和视频记录，核查时段内没有旁路排放'],
};
/** What was done, in the words of who had it done or saw it. */
export function didWhat(state: CasePage['state']): string | undefined {
  const means = meansOf(state);
  return means === undefined ? undefined : ACTS[means][0];
}

function falsified(state: CasePage['state']): Told {
  const means = meansOf(state);
  if (means === undefined)
    return { state: ['设备没有人动过，数据异常的原因还不清楚。', '没有安排人动过设备，为什么异常还在查。', '问过运维单位，都说没有动过设备，原因不清楚。'], done: '已经通知运维单位检查设备。', measures: '已检查设备，完善异常数据的报告制度。', found: '调取自动监测数据，核查时段内数据正常。' };
  const [did, undone, shown] = ACTS[means];
  const since = state.latest['RECORD_SITE_INSPECTION'] === undefined ? '' : '现场检查以后，';
  return { state: [accountOf(state, means, did)], done: `${since}已经${undone}。`, measures: `已${undone}，并留存操作记录。`, found: `${shown}。` };
}
const NEGLECTED: Told = {
  state: ['设施没有按规定运行，当时没有及时报告。', '设施出了故障，边修边生产，没有报告。', '当班的人没有按规程开设施，我们也没有报告。'], done: '已经恢复运行并补充台账。',
  measures: '已恢复设施正常运行，完善台账和报告制度。', found: '调取自动监测数据和用电记录，核查时段内设施连续正常运行，台账完整。',
};
const UNREPORTED: Told = {
  state: ['数据异常没有及时发现，没有标记，也没有报告和检修。'], done: '已经检查、校准设备并补报情况。',
  measures: '已检修、校准自动监测设备，建立异常数据巡查和报告制度。', found: '调取自动监测数据和标记，核查时段内数据正常，校准合格。',
};
const DEVICE_DOWN: Told = {
  state: ['自动监测设备没有正常运行，也没有向生态环境部门报告故障。', '数据采集传输仪离线以后没有报告，也没有作标记。', '站房停过电，来电以后设备没有自己恢复，没有人去看，也没有报告。'], done: '已经修复并恢复联网。',
  measures: '已检修、校准自动监测设备，落实运维责任。', found: '调取联网记录和校准记录，核查时段内设备正常运行，数据连续。',
};
/** Of what was not done by the standard, by what the facts tell of it. */
const NOT_BY_SPEC: readonly (readonly [tells: RegExp, state: string, done: string])[] = [
  [/手工监测结果/u, '对手工监测报告没有异议。自动监测设备的示值确实偏离手工监测结果，平时没有按规范定期比对，偏离了没有发现，也没有校准。', '已经重新校准，并请监测机构重新比对，结果在允许误差以内。'],
  [/未作规定的校准/u, '运维计划没有落实，到期的校准、校验没有做。', '已经补做校准、校验，排定了以后的日期。'],
  [/次校准、校验不合格/u, '校准、校验不合格以后没有检修，设备继续按正常数据上传。', '已经检修设备并重新校准，合格后恢复上传。'],
  [/没有按规定采样/u, '采样单元出了故障，没有按规定采样，设备仍在上传数据。', '已经修复采样单元，按规定间隔采样。'],
];
const notBySpec = ({ observed = [], facts }: CasePage['state']): Told => {
  const told = observed.map(({ told: { zh } }) => zh).join('；') || facts;
  const [, state, done] = NOT_BY_SPEC.find(([tells]) => tells.test(told)) ?? [undefined, '没有严格按监测技术规范运行和维护设备。', '已经按监测技术规范整改。'];
  return { state: [state], done, measures: '已按监测技术规范校准、校验和比对自动监测设备，落实运维责任。', found: '调取校准、校验和比对记录，核查时段内各项在技术规范允许范围以内，数据连续。' };
};
const NOT_LIMITED: Told = {
  state: ['接到停限产要求后没有减到规定的负荷。', '接到通知时手上的订单已经排满，没有减下来。', '通知转到车间晚了，减产没有做到位。'], done: '已经按要求减产。',
  measures: '已落实停限产措施，明确责任人和操作步骤。', found: '调取用电记录，核查时段内生产负荷符合要求。',
};
const BURNT_COLD: Told = {
  state: ['入炉垃圾含水率高，助燃没有及时投用，炉膛温度多次低于850℃。', '给料不均，炉膛温度掉下来以后助燃投得晚。', '一次风温偏低，当班没有及时调整，温度多次低于850℃。'], done: '已经投用助燃，调整给料和配风，炉膛温度恢复正常。',
  measures: '已检修助燃系统，加强入炉垃圾堆酵和配风调整，校核热电偶测点。', found: '调取炉膛温度自动监测数据，核查时段内5分钟均值没有低于850℃。',
};
const TOLD: Readonly<Record<string, Told>> = {
  AIR_EXCEED: EXCEEDED, WATER_EXCEED: EXCEEDED, PERMIT_EXCEED: EXCEEDED, DEVICE_ABNORMAL_NOT_REPORTED: UNREPORTED, DEVICE_NOT_RUNNING: DEVICE_DOWN,
  SPECIAL_PERIOD_NOT_LIMITED: NOT_LIMITED, POP_MEASURES_NOT_TAKEN: BURNT_COLD,
};
const FALSIFICATIONS = ['DATA_TAMPER_DISCHARGE', 'DATA_FALSIFY_UNIT', 'DATA_FALSIFY_AGENCY', 'DEVICE_MOVED_DAMAGED'];
const isOverAmount = ({ observed = [] }: CasePage['state']): boolean => observed.some(({ figures }) => figures?.kind === 'AMOUNT_OVER');
function toldOf(state: CasePage['state']): Told {
  const { violation = '' } = state;
  if (violation === 'MONITORING_NOT_BY_SPEC') return notBySpec(state);
  if (violation.endsWith('_EXCEED') && isOverAmount(state)) return OVER_AMOUNT;
  return FALSIFICATIONS.includes(violation) ? falsified(state) : (TOLD[violation] ?? NEGLECTED);
}
/** What whoever is asked says of it. */
const stateOf = (state: CasePage['state']): string => inWordsOf(state, 'state', toldOf(state).state);
/** Found that nothing was done, or at least nothing that can be shown. */
const isCleared = ({ state }: CasePage): boolean => state.report?.outcome === 'NOT_ESTABLISHED';

/** Who speaks for the party: its manager for the environment, or the person the case is against. */
export const speakerOf = ({ state }: Pick<CasePage, 'state'>): UnitPerson => (state.person === undefined ? personOf(state.unitId, MANAGER, state.region) : { phone: '', ...state.person });

/** The grounds of the pre-check for a crime one by one (法释〔2023〕7号 第一条), and what was done with it. */
function crimeOf({ proposals, state }: CasePage): string {
  const refused = state.latest['RECORD_POLICE_REFUSED'];
  if (refused !== undefined) return `已移送公安机关，公安机关不予立案（${String(refused.command['reference'])}），依法恢复行政处罚程序。`;
  const asked = proposals.find(({ command }) => command === 'PROPOSE_TRANSFER');
  if (asked === undefined) return '已核对法释〔2023〕7号第一条：案卷没有指向所列情形的事实，未发现涉嫌犯罪。';
  const SAID = { YES: '符合', NO: '不符合', UNKNOWN: '案卷没有证据证明' } as const;
  const cases = casesOf(asked.grounds).map((together) => `${together[0]?.of === undefined ? '' : `${together[0].of.zh}：`}${together.map(({ zh, holds }) => `${zh}——${SAID[holds]}`).join('，')}`);
  return `已按${asked.article}逐项核对：${cases.join('；')}。没有一种情形的各项都有证据证明，现有证据不能认定涉嫌犯罪；以后查明的，再行移送。`;
}

/**
 * Why the first suggestion that waits is not followed: a measure is spared; of a ground for not punishing the file's grades speak against the first condition
 * that a person judges; of a case whose conditions all seem to hold the last is the one not proved.
 */
function answered(page: CasePage): Body {
  const [open] = page.unanswered;
  const spared = open !== undefined && open.id !== 'PROPOSE_TRANSFER' && page.proposals.some(({ command }) => command === open.id);
  const grounds = open?.grounds ?? [];
  const isExemption = open?.kind === 'EXEMPTION';
  const unproved = casesOf(grounds).flatMap((together) => {
    const open = together.filter(({ holds }) => holds === 'UNKNOWN');
    return open.length > 0 || isExemption || together.some(({ holds }) => holds === 'NO') ? open : together.slice(-1);
  });
  const why = isCleared(page) ? '没有认定违法行为，不涉及不予处罚的情形' : weighExemptions(page, open?.id).why;
  return {
    suggestion: open?.id ?? '', reason: open?.id === 'PROPOSE_TRANSFER' ? crimeOf(page) : spared ? (page.state.rectification === 'NOT_CORRECTED' ? '核查未改正的情况已在裁量中从重考虑，许可排放量按核算期核算，不另采取该项措施。' : '违法行为已经停止并改正，罚款和责令改正足以纠正，不另采取该项措施。') : why === '' ? '逐项核对案卷，条件没有全部查实，不采纳该项提示。' : `${why}。`,
    answers: unproved.map(({ zh }, i) => ({ ground: zh, holds: spared || (isExemption && i > 0 && !isCleared(page)) })),
  };
}

/** Each grade with its reason, and each ground for not punishing with the answer to it: what the minutes keep. */
function discussed(page: CasePage): string {
  const chosen = chooseGrades(page);
  const title = (factor: string, grade: string): string => {
    const found = page.law?.table?.factors.find(({ id }) => id === factor);
    return `${found?.title.zh ?? factor}“${found?.grades.find(({ id }) => id === grade)?.title.zh ?? grade}”`;
  };
  const lines = (page.state.discretion?.trace.lines ?? []).map(({ factor, grade }) => `${title(factor, grade)}：${chosen.find((one) => one.factor === factor && one.grade === grade)?.why ?? '见裁量计算表'}`);
  const { why } = weighExemptions(page);
  return `逐项审议事实、证据、程序和法律适用。裁量情节：${lines.join('；')}。${why === '' ? '' : `不予处罚的情形：${why}。`}`;
}

/** What the file leaves to the reviewer's own look, and how he looked. */
const LOOKED_UP: Readonly<Record<string, string>> = {
  PARTY: '已对照登记信息和营业执照核对当事人类型，处罚对象正确。',
  LAW: '已对照公布的条文原文和有效期核对，所引条、款、项与原文一致，行为和决定时均有效。',
  DISCRETION: '已对照本机关公布的裁量规定核对各档和幅度，数额在法定幅度以内。',
};
const lookedUp = ({ legalChecks = [] }: Pick<CasePage, 'legalChecks'>): Body[] =>
  legalChecks.flatMap(({ point, holds }) => (holds || LOOKED_UP[point] === undefined ? [] : [{ point, holds: true, remark: LOOKED_UP[point] }]));

/** What was told to the party before the decision: where nobody is punished, nothing was. */
function procedureOf({ state }: CasePage): string {
  if (state.proposal?.outcome !== 'PENALTY') return '不作处罚，依法不需要事先告知；立案、调查、审查、审议依次进行。';
  return `事先告知书已经送达，${state.defence.length === 0 ? '当事人没有提出陈述申辩' : `当事人的${state.defence.length}点意见已逐条复核`}。`;
}

/** The end of data is exclusive: what was measured until midnight is of the day before. */
export const lastDay = ({ actStart, actEnd }: Pick<CasePage['state'], 'actStart' | 'actEnd'>): string => chinaDay(Math.max(actStart, actEnd - 1));

/** Acts of one kind no further apart than this go on from one another. */
const GOES_ON_DAYS = 1;
const daysApart = (a: readonly [string, string], b: readonly [string, string]): number => Math.max(0, Date.parse(a[0]) - Date.parse(b[1]), Date.parse(b[0]) - Date.parse(a[1])) / 86_400_000;

/** The same act going on belongs into the open case; another act, one days apart, or one whose case is past its investigation, stands by itself and says why. */
function besideOf({ state, siblings }: CasePage): Body[] {
  const own = state.suggestions[0] ?? 'AIR_EXCEED';
  const [from, to] = [chinaDay(state.actStart), lastDay(state)];
  return siblings.filter(({ close }) => close).map(({ caseNo, violation, open, stateZh, actStart, actEnd, overlaps }) => {
    const apart = daysApart([from, to], [actStart, actEnd]);
    const times = `该案行为时间为${actStart}至${actEnd}，本案行为时间为${from}至${to}`;
    if (violation !== own) return { caseNo, way: 'SEPARATE', reason: `该案是另一种行为，违反的规定、构成要件和证据与本案不同；${times}；分别查明、分别裁量。` };
    if (open && (overlaps || apart <= GOES_ON_DAYS)) return { caseNo, way: 'JOIN', reason: `同一排放口同一种行为，${times}，${overlaps ? '时间重叠' : '前后相续'}，一并查明更为适当。` };
    return { caseNo, way: 'SEPARATE', reason: `该案现为“${stateZh}”；${times}${apart > GOES_ON_DAYS ? `，两者相隔${apart}日，是另一次行为` : ''}；本案事实未在该案中认定和处罚，另行查处。` };
  });
}

/** The case that deals with the same act already and is past its investigation: this one is not filed. */
export const handledIn = ({ state, siblings }: CasePage): string | undefined =>
  siblings.find(({ overlaps, open, violation }) => overlaps && !open && violation === (state.suggestions[0] ?? 'AIR_EXCEED'))?.caseNo;

/** The first words of what an investigation lacks that has not found the act. */
const NOT_FOUND = /^“.+”的查明：/;

/** Is an act charged that nobody has found yet? */
export const lacksAct = ({ next }: Pick<CasePage, 'next'>): boolean =>
  next.some(({ command, missing }) => command === 'FINISH_INVESTIGATION' && missing.some((text) => NOT_FOUND.test(text)));

/** What was taken in after the order was made is not ordered to be put right yet. */
export const lacksOrder = ({ next }: Pick<CasePage, 'next'>): boolean =>
  next.some(({ command, missing }) => command === 'FINISH_INVESTIGATION' && missing.some((text) => text.startsWith('对并入的违法事实责令改正')));

const FALSIFYING = ['DATA_TAMPER_DISCHARGE', 'DATA_FALSIFY_UNIT', 'DATA_FALSIFY_AGENCY'];
/** Where the facts handed over also look like falsification and less is charged: what was looked at for it, and that it showed nobody's act. */
function notFalsified({ state }: CasePage): Body {
  if (FALSIFYING.includes(state.violation ?? '')) return {};
  const named = [...state.suggestions, ...(state.observed ?? []).flatMap(({ supports = [] }) => supports)];
  if (!named.some((key) => FALSIFYING.includes(key))) return {};
  const looked = state.evidence.flatMap(({ title }) => (/参数|日志|工况|运行|检修|运维|现场|询问/u.test(title) ? [`“${title}”`] : []));
  return { notFalsified: `数据审核指出的数值异常是线索。已核对${[...new Set(looked)].join('、')}，没有发现修改参数、篡改或者伪造记录、干扰采样、虚假标记的痕迹，被询问人也没有陈述此类行为；数值异常本身不能证明人为行为，现有证据不能认定弄虚作假或者逃避监管，按已经查明的行为处理。以后查明的，另行处理。` };
}
/** Of a device that did not run: what the party says of its duty to report and mend. */
const unexcused = ({ state }: CasePage): Body => state.violation !== 'DEVICE_NOT_RUNNING' ? {} : {
  unexcused: '停运起止以审核认定的时段为准。卷内没有当事人在规定时限内报告故障、标记数据或者申请停用的记录；被询问人承认没有报告，也没有在规定时限内标记，没有提出停电、不可抗力等理由，停运没有合法理由。',
};
const finished = (page: CasePage): Body => ({ ...reported(page), ...notFalsified(page), ...unexcused(page) });
const reported = ({ state, foundFacts }: CasePage): Body => ({
  facts: foundFacts, conclusion: '违法事实成立，证据之间相互印证。', proposal: state.person === undefined ? '建议责令改正，并依法处以罚款。' : `建议对${state.person.name}依法处以罚款。`,
});

/** Steps of the main track in their ordinary order, each with its person. */
export const CASE_ACTS: Readonly<Record<string, CaseAct>> = {
  PROPOSE_FILING: { who: 'officer', body: (page) => ({
    violation: page.state.suggestions[0] ?? 'AIR_EXCEED', assistOfficerId: 'demo-officer2', actStart: chinaDay(page.state.actStart), actEnd: lastDay(page.state),
    facts: page.state.facts, reason: '数据审核意见认定的事实符合立案条件，建议立案调查。',
    conditions: { initialProof: true, punishable: true, jurisdiction: true, withinLimitation: true }, beside: besideOf(page),
  }) },
  REFUSE_FILING: { who: 'enforcement', body: (page) => ({ ground: 'HANDLED', reason: `同一排放口的同一行为已由${handledIn(page)}处理，依照行政处罚法第二十九条不再立案。` }) },
  MERGE_CASE: { who: 'enforcement', body: () => ({}) },
  APPROVE_FILING: { who: 'enforcement', body: () => ({ opinion: '符合立案条件，同意立案。' }) },
  RECORD_INQUIRY: { who: 'officer2', body: (page, now) => ({
    startedAt: now - HOUR, endedAt: now - HOUR / 2, platform: '远程询问室', recordingId: `rec-${page.state.caseId.slice(-8)}`, identityCheck: '人证比对一致，出示执法证件',
    asked: askedOf(speakerOf(page)), rightsTold: '已告知申请回避、如实陈述和核对笔录的权利义务。',
    dialogue: dialogueOf(page, { done: toldOf(page.state).done, state: stateOf(page.state) }),
    confirmedByAsked: '笔录已核对，与陈述一致。',
  }) },
  FINISH_INVESTIGATION: { who: 'officer', body: (page) => lacksAct(page)
    ? { outcome: 'NOT_ESTABLISHED', facts: page.foundFacts, conclusion: '数据异常，但经现场检查、询问和调取记录，没有查明人为干预的行为，现有证据不能认定违法事实成立。', proposal: '建议认定违法事实不成立，督促当事人检查设备。' }
    : finished(page) },
  PASS_CASE_REVIEW: { who: 'case-reviewer', body: (page) => ({
    ...caseReview(page),
    ...(isCleared(page) ? { facts: '没有查明违法行为。', evidence: '现有证据不能证明人为干预。', lawAndDiscretion: '不涉及裁量。', conclusion: '同意调查终结，提交审议。' } : {}),
  }) },
  SET_DISCRETION: { who: 'officer', body: (page) => ({
    ...chooseBasis(page), grades: Object.fromEntries(chooseGrades(page).map(({ factor, grade }) => [factor, grade])),
  }) },
  SETTLE_LATER_FINDINGS: { who: 'officer', body: ({ story }) => ({
    way: 'LEAVE_OUT', clueVersion: story?.now.version ?? 1, reason: `${story?.standing?.zh ?? '移送以后没有新增事实'}。`,
  }) },
  ANSWER_SUGGESTION: { who: 'officer', body: answered },
  DELIBERATE: { who: 'head', body: (page, now) => {
    const { followed } = weighExemptions(page);
    const meeting = { recorder: RECORDER, heldAt: now, place: '第一会议室', members: leadersOf(page) };
    const nothing = '逐项审议调查情况：数据异常不能证明人为干预，没有查明违法行为。';
    if (isCleared(page)) return { ...meeting, discussion: nothing, outcome: 'NOT_ESTABLISHED', conclusion: '拟认定违法事实不成立。', penalties: [] };
    const minutes = { ...meeting, discussion: discussed(page) };
    const limits = page.duties.some(({ duty }) => duty === 'LIMIT_OR_STOP');
    return followed === undefined
      ? { ...minutes, outcome: 'PENALTY', conclusion: `拟作出罚款${limits ? '、责令限制生产' : ''}的行政处罚。`, penalties: limits ? ['FINE', 'LIMIT_PRODUCTION'] : ['FINE'] }
      : { ...minutes, outcome: 'NO_PENALTY', conclusion: '违法行为轻微并及时改正，没有造成危害后果，拟不予行政处罚，并进行教育。', penalties: [], exemptionId: followed };
  } },
  TELL_SUSPICION: { who: 'officer', body: () => ({}) },
  SEND_NOTICE: { who: 'head', body: () => ({}) },
  CLOSE_WINDOW: { who: 'officer', body: () => ({}) },
  REVIEW_DEFENCE: { who: 'case-reviewer', body: (page) => ({
    answers: page.state.defence.filter((d) => d.answer === undefined).map((d) => ({ pointId: d.pointId, accepted: false, reason: answerTo(page) })),
    result: 'UPHELD', conclusion: `当事人的意见不足以改变事实和裁量，维持拟处罚款 ${page.state.proposal?.amount ?? 0} 元的意见。`,
  }) },
  PASS_LEGAL_REVIEW: { who: 'legal', body: (page) => {
    const { state, unitName } = page;
    return {
      subject: `当事人${unitName}，行为地在本机关辖区。`, officers: `承办人${state.officers.map(({ name }) => name).join('、')}，未参与本案审核和决定。`,
      procedure: procedureOf(page),
      factsAndEvidence: isCleared(page) ? `按${page.cause.zh}立案，${state.evidence.length}项证据逐项核对，不能证明违法行为。` : `${page.cause.zh}，行为时间${chinaDay(state.actStart)}至${lastDay(state)}，${state.evidence.length}项证据逐项核对。`,
      lawAndDiscretion: isCleared(page) ? '没有认定违法行为，不涉及处罚依据和裁量。' : `条文、行为时间和裁量各档逐项核对，见审核要点。${page.duties.map(({ provision, words, how }) => `${provision}规定的“${words}”：${how}。`).join('')}`,
      documents: `卷内文书${state.papers.length}件，编号、日期前后一致。`, crime: crimeOf(page), conclusion: '审核要点已逐项核对，同意提请决定。', checks: lookedUp(page),
    };
  } },
  RECORD_DISCUSSION: { who: 'head', body: (page, now) => ({
    recorder: RECORDER, heldAt: now, place: '第一会议室', members: leadersOf(page),
    reason: page.duties.some(({ duty, met }) => duty === 'LIMIT_OR_STOP' && met === 'DONE') ? '拟责令限制生产，属于较重的行政处罚。' : `拟处罚款${page.state.proposal?.amount ?? 0}元，达到集体讨论的数额或者情节复杂。`,
    discussion: discussed(page), agreed: true, conclusion: '一致同意拟处罚意见。',
  }) },
  DECIDE: { who: 'head', body: (page) => ({ opinion: isCleared(page) ? '同意，认定违法事实不成立。' : page.state.proposal?.outcome === 'NO_PENALTY' ? '同意，不予行政处罚。' : '同意，作出行政处罚决定。' }) },
  ORDER_RECTIFICATION: { who: 'head', body: ({ demands, correctBy }) => ({ demands, dueOn: correctBy }) },
  SEND_DECISION: { who: 'officer', body: () => ({}) },
  REPORT_PAYMENT: { who: UNIT, body: ({ state }, now) => ({ amount: owed(state), paidOn: chinaDay(now), voucher: `JK-${state.caseNo}` }) },
  REGISTER_PAYMENT: { who: 'finance', body: ({ state }, now) => ({ amount: owed(state), paidOn: chinaDay(now), voucher: `JK-${state.caseNo}` }) },
  REPORT_RECTIFICATION: { who: UNIT, body: ({ state }, now) => ({ measures: toldOf(state).measures, completedOn: chinaDay(now) }) },
  CHECK_RECTIFICATION: { who: 'officer2', body: ({ state, amounts = [] }, now) => {
    const growing = amounts.filter(({ goesOn }) => goesOn).map(({ factor, before, after, permitted }) => `${factor.zh}累计排放量由 ${before} kg 增至 ${after} kg，许可排放量 ${permitted} kg`);
    const found = growing.length === 0 ? toldOf(state).found : `调取排放量核算，核查时段内${growing.join('；')}，仍在超过许可排放量排放，没有改正。`;
    return { method: 'DATA', from: correctedOn(state) ?? chinaDay(now), to: chinaDay(now), findings: found, corrected: growing.length === 0 };
  } },
  PROPOSE_CLOSING: { who: 'officer', body: ({ state }) => ({
    ...(state.decision?.outcome === 'NOT_ESTABLISHED' ? { ground: 'NOT_ESTABLISHED', course: '没有查明违法行为，决定认定违法事实不成立并告知当事人。' }
      : state.decision?.outcome === 'NO_PENALTY' ? { ground: 'NO_PENALTY', course: '决定不予处罚并进行了教育，改正经非现场核查合格。' }
      : { ground: 'PERFORMED', course: `决定书送达后当事人缴纳罚款${state.person === undefined ? '，改正经非现场核查合格' : ''}。` }), remedyCourse: '当事人未申请行政复议，未提起行政诉讼。',
  }) },
  APPROVE_CLOSING: { who: 'head', body: () => ({ opinion: '同意结案。' }) },
};

/** The day from which the correction was reported to be complete. */
const correctedOn = ({ latest }: CasePage['state']): string | undefined => latest['REPORT_RECTIFICATION']?.command['completedOn'] as string | undefined;

const owed = (state: CasePage['state']): number => Math.max(1, (state.decision?.amount ?? 1) - state.paid);

/** Login of the person; the party's own acts are taken by the unit concerned. */
export const personFor = (act: CaseAct, unitId: string): string => (act.who === UNIT ? `unit-${unitId.toLowerCase()}` : act.who);

const askedOf = ({ name, post, idNumber, phone }: UnitPerson): Body => ({ name, role: post, idNumber, phone });

/** What a party says to a notice, by what it is accused of. */
export const defenceOf = (page: CasePage): Body => ({ kind: 'SUBMIT_DEFENCE', points: [defencePoint(page)] });

/** Is anything of what the notice offered still unused? */
export const mayWaive = ({ state }: Pick<CasePage, 'state'>): boolean => state.defence.length === 0 || state.proposal?.hearingRight === true;

/** The paper by which the unit lets its manager sign for it. */
export const authorisationFile = ({ state, unitName }: Pick<CasePage, 'state' | 'unitName'>, now: number): HandedIn => {
  const { name, post, idNumber } = personOf(state.unitId, MANAGER, state.region);
  return {
    title: '授权委托书', as: 'pdf',
    lines: [['委托单位', `${unitName}（盖章，法定代表人签名）`], ['受委托人', `${name}（${post}）`], ['居民身份证号码（虚构）', idNumber], ['案号', state.caseNo], ['委托权限', '就本案行政处罚事先告知接收文书，代为陈述、申辩，放弃陈述、申辩和要求听证的权利'], ['委托日期', chinaTime(now)]],
  };
};
/** The manager gives up what is left, with the authorisation he handed in. */
export const waiverOf = ({ state }: Pick<CasePage, 'state'>, authorisation: Body): Body => ({
  kind: 'WAIVE_RIGHTS', signer: personOf(state.unitId, MANAGER).name, statement: `已收到并阅知告知书，对案件${state.caseNo}拟处罚款${state.proposal?.amount ?? 0}元没有异议。`, proof: [authorisation],
});

/** What the unit hands in with its report that it has corrected. */
export const correctionFile = (page: CasePage, now: number): HandedIn => ({
  title: '改正情况报告', as: 'pdf',
  lines: [
    ['单位', page.unitName], ['排放口', page.outfallName], ['完成时间', chinaTime(now)], ['改正措施', toldOf(page.state).measures], ['逐项对照', page.demands.join('；')], ['报告人', `${personOf(page.state.unitId, MANAGER).name}（${MANAGER}）`],
  ],
});
