import { chinaDay, daysLater, type CasePage, type DiscretionFactor, type EvidencePoint } from './shapes.ts';

export type Body = Readonly<Record<string, unknown>>;

const HOUR = 3_600_000;

/** Who of the cast takes each step of a case, and a well-formed body for it from what the page shows. */
export interface CaseAct {
  readonly who: string;
  readonly body: (page: CasePage, now: number) => Body;
}

const UNIT = 'unit';

const LEADERS = [
  { name: '魏司南', post: '局长', opinion: '事实清楚、证据充分，同意。', agrees: true },
  { name: '卫守诚', post: '副局长', opinion: '同意。', agrees: true },
  { name: '梁执中', post: '支队长', opinion: '同意承办意见。', agrees: true },
];

/** The grade each factor gets where the file itself decides none. */
const GRADE: Readonly<Record<string, string>> = {
  EXCEED_RATIO: 'LT_05', FACTOR_KIND: 'COMMON', REPEAT: 'FIRST', FAULT: 'NEGLIGENT', ATTITUDE: 'OPEN', REPAIR: 'NONE',
};
/** By which means, in the words of the facts: marks, parameters or records, or the sampling itself. */
const methodOf = (facts: string): string => (/采样|稀释|探头|装置|门/.test(facts) ? 'DEVICE' : /标记/.test(facts) ? 'MARK' : 'PARAM');
const gradeOf = (factor: DiscretionFactor, facts: string): string => {
  const wanted = factor.id === 'METHOD' ? methodOf(facts) : GRADE[factor.id];
  return factor.grades.find((g) => g.id === wanted)?.id ?? factor.grades[0]?.id ?? '';
};

/** Steps of the main track in their ordinary order, each with its person. */
export const CASE_ACTS: Readonly<Record<string, CaseAct>> = {
  PROPOSE_FILING: { who: 'officer', body: ({ state }) => ({
    violation: state.suggestions[0] ?? 'AIR_EXCEED', assistOfficerId: 'demo-officer2', actStart: chinaDay(state.actStart), actEnd: chinaDay(state.actEnd),
    facts: state.facts, reason: '数据审核意见认定的事实符合立案条件，建议立案调查。',
    conditions: { initialProof: true, punishable: true, jurisdiction: true, withinLimitation: true },
  }) },
  APPROVE_FILING: { who: 'enforcement', body: () => ({ opinion: '符合立案条件，同意立案。' }) },
  RECORD_INQUIRY: { who: 'officer2', body: ({ state, unitName }, now) => ({
    startedAt: now - HOUR, endedAt: now - HOUR / 2, platform: '远程询问室', recordingId: `rec-${state.caseId.slice(-8)}`, identityCheck: '人证比对一致，出示执法证件',
    asked: { name: '单位负责人', role: '环保负责人', phone: '' }, rightsTold: '已告知申请回避、如实陈述和核对笔录的权利义务。',
    dialogue: [
      { question: `${unitName}在该时段的生产是否正常？`, answer: '生产线正常运行，负荷与平时相同。' },
      { question: '治理设施和自动监测设备当时的状态如何？', answer: '治理设施出力不足，自动监测设备正常，未作标记。' },
      { question: '采取了什么措施？', answer: '已经检修并恢复，之后的数据达标。' },
    ],
    confirmedByAsked: '笔录已核对，与陈述一致。',
  }) },
  FINISH_INVESTIGATION: { who: 'officer', body: ({ state }) => ({ facts: state.facts, conclusion: '违法事实成立，证据之间相互印证。', proposal: '建议责令改正，并依法处以罚款。' }) },
  PASS_CASE_REVIEW: { who: 'case-reviewer', body: () => ({
    jurisdiction: '属于本机关管辖。', facts: '事实清楚，时间、地点、因子、数值齐全。', evidence: '证据充分，电子数据均经审核。', procedure: '两名执法人员持证办理，程序合法。',
    limitation: '在追责时效以内。', lawAndDiscretion: '适用法律正确，裁量情节已列明。', conclusion: '同意调查终结，进入裁量。',
  }) },
  SET_DISCRETION: { who: 'officer', body: ({ law, state }) => ({
    basisId: law?.lighter ?? law?.candidates[0]?.id ?? '',
    basisReason: law?.choiceRequired === true ? `${law.reason.split('，')[0]}；比较罚款幅度后适用${law.lighter === null ? '行为时的规定' : '处罚较轻的规定'}。` : '',
    grades: Object.fromEntries((law?.table?.factors ?? []).map((factor) => [factor.id, law?.computed.find((one) => one.factor === factor.id)?.grade ?? gradeOf(factor, state.facts)])),
  }) },
  DELIBERATE: { who: 'head', body: ({ state }, now) => ({ recorder: state.officers[0]?.name ?? '',
    outcome: 'PENALTY', heldAt: now, place: '第一会议室', members: LEADERS, discussion: '逐项审议事实、证据、程序、法律适用和裁量。', conclusion: '拟作出罚款的行政处罚。', penalties: ['FINE'],
  }) },
  SEND_NOTICE: { who: 'head', body: () => ({}) },
  CLOSE_WINDOW: { who: 'officer', body: () => ({}) },
  REVIEW_DEFENCE: { who: 'case-reviewer', body: ({ state }) => ({
    answers: state.defence.filter((d) => d.answer === undefined).map((d) => ({ pointId: d.pointId, accepted: false, reason: '该理由不影响违法事实的成立，情节已在裁量中考虑。' })),
    result: 'UPHELD', conclusion: '维持拟处罚意见。',
  }) },
  PASS_LEGAL_REVIEW: { who: 'legal', body: () => ({
    subject: '主体合法。', officers: '执法人员具备资格。', procedure: '程序合法，权利已经告知。', factsAndEvidence: '事实清楚，证据合法充分。', lawAndDiscretion: '适用法律准确，裁量适当。',
    documents: '文书完备规范。', crime: '未发现涉嫌犯罪。', conclusion: '同意。',
  }) },
  RECORD_DISCUSSION: { who: 'head', body: ({ state }, now) => ({ recorder: state.officers[0]?.name ?? '',
    heldAt: now, place: '第一会议室', members: LEADERS, reason: '情节复杂或者数额较大。', discussion: '集体讨论案件处理意见。', agreed: true, conclusion: '一致同意拟处罚意见。',
  }) },
  DECIDE: { who: 'head', body: () => ({ opinion: '同意，作出行政处罚决定。' }) },
  ORDER_RECTIFICATION: { who: 'head', body: (_page, now) => ({ demands: ['立即停止超标排放', '检修治理设施，确保稳定达标', '在期限内通过企业端报送改正情况'], dueOn: daysLater(now, 30) }) },
  SEND_DECISION: { who: 'officer', body: () => ({}) },
  REPORT_PAYMENT: { who: UNIT, body: ({ state }, now) => ({ amount: owed(state), paidOn: chinaDay(now), voucher: `JK-${state.caseNo}` }) },
  REGISTER_PAYMENT: { who: 'finance', body: ({ state }, now) => ({ amount: owed(state), paidOn: chinaDay(now), voucher: `JK-${state.caseNo}` }) },
  REPORT_RECTIFICATION: { who: UNIT, body: (_page, now) => ({ measures: '已检修治理设施、增加药剂投加量并安排专人值守，近期小时均值全部达标。', completedOn: chinaDay(now) }) },
  CHECK_RECTIFICATION: { who: 'officer2', body: (_page, now) => ({
    method: 'DATA', from: daysLater(now, -2), to: chinaDay(now), findings: '调取自动监测数据，核查时段内小时均值均未超过限值，治理设施用电正常。', corrected: true,
  }) },
  PROPOSE_CLOSING: { who: 'officer', body: () => ({ ground: 'PERFORMED', course: '决定书送达后当事人按期缴纳罚款，整改经非现场核查合格。', remedyCourse: '当事人未申请行政复议，未提起行政诉讼。' }) },
  APPROVE_CLOSING: { who: 'head', body: () => ({ opinion: '同意结案。' }) },
};

const owed = (state: CasePage['state']): number => Math.max(1, (state.decision?.amount ?? 1) - state.paid);

/** Login of the person; the party's own acts are taken by the unit concerned. */
export const personFor = (act: CaseAct, unitId: string): string => (act.who === UNIT ? `unit-${unitId.toLowerCase()}` : act.who);

const toAttach = (page: CasePage, point: EvidencePoint, now: number, sha256: string, mode: string, title: string, proves: string): Body => ({
  kind: 'ATTACH_EVIDENCE', title, evidenceKind: point.kinds.find((kind) => kind !== 'ELECTRONIC_DATA') ?? 'DOCUMENT', point: point.id, mode,
  obtainedOn: chinaDay(now), provider: page.unitName, proves, source: { from: 'FILE', fileName: `${title}.pdf`, sha256 },
});

/** Items for the required points that are still empty; an inquiry is recorded, not attached. */
export const missingEvidence = (page: CasePage, sha256: string, now: number): Body[] =>
  page.evidencePoints
    .filter((point) => point.required && point.items.length === 0 && point.id !== 'INQUIRY')
    .map((point) => toAttach(page, point, now, sha256, 'OFFSITE', point.zh, `${point.zh}与本案事实相符。`));

/** Does the region send its officers to the place, and were they not there yet? */
export const wantsSiteRecord = (page: CasePage): boolean =>
  page.next.some(({ command, missing }) => command === 'FINISH_INVESTIGATION' && missing.some((text) => text.startsWith('现场检查')));

/** What they bring home; it goes to the last point that takes such a record, else to one that takes papers: reviewed data stand for themselves. */
export function siteRecord(page: CasePage, sha256: string, now: number): Body[] {
  if (!wantsSiteRecord(page)) return [];
  const takes = (kind: string) => page.evidencePoints.filter(({ kinds }) => kinds.includes(kind)).at(-1);
  const [kind, point] = [['SITE_RECORD', takes('SITE_RECORD')] as const, ['DOCUMENT', takes('DOCUMENT')] as const].find(([, found]) => found !== undefined) ?? [];
  return point === undefined ? [] : [{ ...toAttach(page, point, now, sha256, 'ONSITE', '现场检查（勘察）笔录', '现场情况与自动监测数据反映的事实相符。'), evidenceKind: kind }];
}

export const DEFENCE = { kind: 'SUBMIT_DEFENCE', points: [{ point: '超标系设备突发故障所致，发现后立即检修，请求从轻处理。', proof: '检修记录' }] } as const;
export const WAIVER = { kind: 'WAIVE_RIGHTS', signer: '单位负责人', statement: '已知悉事先告知书的全部内容，自愿放弃陈述、申辩和要求听证的权利。' } as const;
