import { formatDay } from '../../shared/tiers.ts';
import type { CasePage } from '../shapes.ts';

export type Values = Record<string, unknown>;
interface Given {
  readonly page: CasePage;
  readonly now: number;
  /** Point of proof the person set out from. */
  readonly point?: string | undefined;
  readonly me: { readonly accountId: string; readonly name: string; readonly roles: readonly { readonly zh: string }[] };
}
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const meeting = ({ now, me }: Given): Values => ({
  heldAt: now, members: [{ accountId: me.accountId, name: me.name, post: me.roles[0]?.zh ?? '', opinion: '同意。', agrees: true }, { agrees: true, opinion: '同意。' }],
});

const wholeFile = ({ state }: CasePage) => state.papers.map((paper) => ({ material: `${paper.title} ${paper.number}`, pages: paper.pages })).slice(0, 100);

/** A record of the place, with what the file knows of it. */
const atThePlace = ({ page: { outfallName }, now }: Given): Values => ({
  takenAt: now - HOUR, endedAt: now, place: outfallName, partyPresent: true, signed: true,
  toldRights: '出示执法证件，告知申请回避、陈述申辩的权利和配合检查的义务，当事人表示清楚，不申请回避。', statement: '当事人无异议。',
});

const sampling = ({ state }: CasePage, fits: (one: CasePage['state']['samplings'][number]) => boolean): Values => ({ samplingId: state.samplings.find(fits)?.samplingId });

/** An act on the spot begins from what was approved. */
const onTheSpot = ({ page: { state, outfallName }, now }: Given, proposed?: string): Values => ({
  takenAt: now - HOUR, endedAt: now, place: outfallName, toldRights: '出示执法证件，当场告知理由、依据和依法享有的权利、救济途径。',
  ...(proposed === undefined ? {} : { things: state.latest[proposed]?.command['things'], keeper: state.latest[proposed]?.command['keeper'] }),
});

/** A proposal that still waits is made anew from what it said. */
const madeAnew = ({ page: { state, tracks } }: Given, command: string, waiting: string): Values | undefined => {
  if (!tracks.some((track) => track.state === waiting)) return undefined;
  const { kind: _, ...said } = state.latest[command]?.command ?? {};
  return said;
};

const proposal = ({ page: { state } }: Given): string =>
  state.proposal === undefined ? '' : `拟罚款 ${state.proposal.amount} 元。`;

/**
 * What the file already knows, filled in for the person who acts: he reads, corrects and sends, but types no fact twice.
 * Texts are drafts in Chinese because they go into Chinese papers.
 */
const DRAFTS: Readonly<Record<string, (given: Given) => Values>> = {
  PROPOSE_FILING: ({ page: { state, unitName, partner } }) => ({
    violation: state.suggestions[0], ...(partner === null ? {} : { assistOfficerId: partner }), actStart: formatDay(state.actStart), actEnd: formatDay(state.actEnd), facts: state.facts,
    harm: 'NONE', reason: `${unitName}涉嫌环境违法，数据审核已通过，提请立案。`, conditions: { initialProof: true, punishable: true, jurisdiction: true, withinLimitation: true },
  }),
  APPROVE_FILING: () => ({ opinion: '同意立案。' }),
  ATTACH_EVIDENCE: ({ page, now, point: wanted }) => {
    const point = page.evidencePoints.find((one) => (wanted === undefined ? one.required && one.items.length === 0 : one.id === wanted)) ?? page.evidencePoints[0];
    const data = page.state.evidenceRefs[0];
    const electronic = point?.kinds[0] === 'ELECTRONIC_DATA' && data !== undefined;
    return {
      title: point?.zh, point: point?.id, evidenceKind: electronic ? 'ELECTRONIC_DATA' : point?.kinds.find((kind) => kind !== 'ELECTRONIC_DATA'), mode: 'OFFSITE', obtainedOn: formatDay(now),
      provider: page.unitName, proves: point?.zh, source: electronic ? { from: 'REVIEWED_DATA', dataRef: data.dataRef } : { from: 'FILE' },
    };
  },
  RECORD_INQUIRY: ({ page, now }) => ({
    startedAt: now - HOUR, endedAt: now - HOUR / 4, platform: '远程询问室', identityCheck: '人证比对一致', asked: { phone: '' },
    rightsTold: '已告知当事人有申请回避、陈述申辩的权利和如实回答的义务。', dialogue: [{ question: `${page.outfallName}在该时段的生产和治理情况如何？` }],
    confirmedByAsked: '以上记录我已看过，与我说的一致。',
  }),
  RECORD_SITE_INSPECTION: (given) => ({ ...atThePlace(given), found: given.page.state.filing?.facts ?? given.page.state.facts, photos: '拍照、录像，详见录音录像。' }),
  RECORD_SAMPLING: (given) => ({ ...atThePlace(given), spot: given.page.outfallName, items: given.page.state.factors.join('、'), samples: [{}] }),
  RECEIVE_TEST_REPORT: ({ page, now }) => ({ ...sampling(page, (one) => one.report === undefined), issuedOn: formatDay(now), receivedOn: formatDay(now), exceeds: false }),
  TELL_TEST_RESULT: ({ page }) => sampling(page, (one) => one.report !== undefined && one.toldBy === undefined),
  ANSWER_RESULT_COMMENT: ({ page }) => sampling(page, (one) => one.comment?.objects === true && one.comment.answer === undefined),
  FINISH_INVESTIGATION: ({ page: { state } }) => ({ facts: state.filing?.facts ?? state.facts, conclusion: '违法事实清楚，证据充分。', proposal: '建议依法处罚并责令改正。' }),
  PASS_CASE_REVIEW: () => ({
    jurisdiction: '本机关有管辖权。', facts: '事实清楚。', evidence: '证据确实、充分，电子数据已经审核。', procedure: '程序合法。', limitation: '未超过追责时效。',
    lawAndDiscretion: '适用法律正确。', conclusion: '同意调查结论，提请裁量。',
  }),
  DELIBERATE: (given) => ({ ...meeting(given), outcome: 'PENALTY', penalties: ['FINE'], complex: false, discussion: '对事实、证据、程序、法律适用和裁量逐项讨论。', conclusion: '一致同意。' }),
  RECORD_DISCUSSION: (given) => ({ ...meeting(given), reason: '符合集体讨论情形。', discussion: '逐项讨论。', agreed: true, conclusion: `同意。${proposal(given)}` }),
  REVIEW_DEFENCE: ({ page: { state } }) => ({
    answers: state.defence.filter((point) => point.answer === undefined).map((point) => ({ pointId: point.pointId, accepted: false })), result: 'UPHELD',
  }),
  PASS_LEGAL_REVIEW: () => ({
    subject: '主体合法。', officers: '执法人员具备资格。', procedure: '程序合法。', factsAndEvidence: '事实清楚、证据合法充分。', lawAndDiscretion: '适用法律正确、裁量适当。',
    documents: '文书完备规范。', crime: '未发现涉嫌犯罪。', conclusion: '同意。',
  }),
  GRANT_HEARING: ({ now }) => ({ heldAt: now + 20 * DAY }),
  POSTPONE_HEARING: ({ page: { state }, now }) => ({
    ground: state.latest['REQUEST_POSTPONEMENT'] === undefined ? undefined : 'PARTY_ASKED', heldAt: Math.max(now + 20 * DAY, (state.hearing?.heldAt ?? now) + 7 * DAY), place: state.hearing?.place, reason: state.latest['REQUEST_POSTPONEMENT']?.command['reason'],
  }),
  RESUME_HEARING: ({ page: { state }, now }) => ({ heldAt: now + 20 * DAY, place: state.hearing?.place, reason: '中止听证的情形已经消除。' }),
  DECIDE: (given) => ({ opinion: `同意。${proposal(given)}` }),
  REGISTER_PAYMENT: ({ page: { state }, now }) => ({ amount: Math.max(0, (state.decision?.amount ?? 0) - state.paid), paidOn: formatDay(now) }),
  ORDER_RECTIFICATION: ({ page }) => ({ demands: [`立即改正${page.outfallName}的违法行为，确保达标排放`], dueOn: page.correctBy, consequence: '' }),
  CHECK_RECTIFICATION: ({ now }) => ({ method: 'DATA', methodReason: '', from: formatDay(now - 7 * DAY), to: formatDay(now), corrected: true }),
  ADD_VIOLATION: ({ page: { state } }) => ({ harm: 'NONE', actStart: formatDay(state.actStart), actEnd: formatDay(state.actEnd) }),
  EXTEND_TERM_AGAIN: (given) => ({ ...meeting(given), agreed: true, discussion: '对延长办案期限的必要性进行讨论。', conclusion: '同意再延长三十日。' }),
  SPLIT_CASE: ({ page: { state } }) => ({ violation: state.further[0]?.violation }),
  MERGE_CASE: ({ page: { mergeTargets } }) => ({ intoCaseId: mergeTargets[0]?.caseId }),
  ANSWER_QUESTION: ({ page: { state } }) => ({ questionId: state.questions.find((one) => one.answer === undefined)?.questionId }),
  GRANT_DAILY_INSTALMENTS: ({ page: { state } }) => ({ untilDay: state.latest['REQUEST_DAILY_INSTALMENTS']?.command['untilDay'], reason: '申请理由成立。', schedule: [] }),
  HOLD_HEARING: () => ({ attended: true, points: [] }),
  RECORD_SUBSTITUTE: ({ now }) => ({ completedOn: formatDay(now) }),
  DEMAND_CORRECTION: ({ now }) => ({ dueOn: formatDay(now + 10 * DAY), reason: '经核查仍未改正。' }),
  ORDER_SUBSTITUTE: ({ now }) => ({ dueOn: formatDay(now + 20 * DAY), reason: '催告期满仍未改正，违法后果已经或者将造成环境污染。' }),
  DECIDE_ON_SPOT: ({ page: { state, law } }) => ({ facts: state.filing?.facts ?? state.facts, basisId: law?.candidates[0]?.id, penalties: ['WARNING'], amount: 0 }),
  GRANT_INSTALMENTS: ({ page: { state } }) => ({ untilDay: state.latest['REQUEST_INSTALMENTS']?.command['untilDay'], reason: '申请理由成立。', schedule: [] }),
  APPLY_TO_COURT: () => ({ reason: '当事人逾期不履行处罚决定，催告后仍未履行，复议、诉讼期限届满。' }),
  RECORD_STAY: ({ page: { state } }) => ({ by: state.remedy === 'LITIGATION' ? 'COURT' : 'RECONSIDERATION_BODY', ground: 'ASKED' }),
  LIFT_STAY: ({ page: { state } }) => ({ by: state.latest['RECORD_STAY']?.command['by'], reason: '停止执行的原因已经消除。' }),
  DECIDE_REFUND: ({ page: { refund } }) => ({ amount: refund, reason: '当事人缴纳的款项超过应缴数额。' }),
  RECORD_REFUND: ({ page: { refund }, now }) => ({ amount: refund, interest: 0, paidOn: formatDay(now) }),
  ANSWER_OFFICER_RECUSAL: () => ({ accepted: false, workDone: '此前依法取得的证据有效。', excluded: [] }),
  APPLY_TO_COURT_DAILY: () => ({ reason: '当事人逾期不缴纳按日连续处罚罚款，催告后仍未履行，复议、诉讼期限届满。' }),
  APPLY_TO_COURT_CORRECTION: () => ({ reason: '当事人逾期不改正违法行为，催告后仍未履行，复议、诉讼期限届满。' }),
  ISSUE_DAILY_DEMAND: ({ page: { state } }) => ({ reason: `应于${state.dailyPayBy ?? ''}前缴清按日连续处罚罚款，逾期未缴。` }),
  ISSUE_DEMAND: ({ page: { state } }) => ({ reason: `应于${state.decision?.payBy ?? ''}前缴清罚款，逾期未缴。` }),
  CARRY_OUT_PRESERVATION: (given) => onTheSpot(given, 'PROPOSE_PRESERVATION'),
  CARRY_OUT_SEALING: (given) => onTheSpot(given, 'PROPOSE_SEALING'),
  PRESERVE_URGENTLY: (given) => ({ ...onTheSpot(given), reason: given.page.state.facts }),
  SEAL_URGENTLY: (given) => ({ ...onTheSpot(given), measure: 'SEALING', reason: given.page.state.facts, things: [{}] }),
  PROPOSE_PRESERVATION: (given) => madeAnew(given, 'PROPOSE_PRESERVATION', 'PRESERVATION_PROPOSED') ?? { reason: given.page.state.filing?.facts ?? given.page.state.facts, things: [{}] },
  PROPOSE_SEALING: (given) => madeAnew(given, 'PROPOSE_SEALING', 'SEALING_PROPOSED') ?? { measure: 'SEALING', reason: given.page.state.filing?.facts ?? given.page.state.facts, things: [{}] },
  ORDER_PRODUCTION: ({ page: { state } }) => ({
    measure: state.proposal?.penalties?.includes('STOP_PRODUCTION') === true ? 'STOP_PRODUCTION' : 'LIMIT_PRODUCTION', demands: state.order?.demands ?? [], reason: state.filing?.facts ?? state.facts,
  }),
  PROPOSE_DAILY_PENALTY: () => ({ reason: '复查发现拒不改正，继续违法排放污染物。' }),
  DISCUSS_DAILY_PENALTY: (given) => ({ ...meeting(given), reason: '按日连续处罚数额较大。', discussion: '逐项讨论。', agreed: true, conclusion: '同意。' }),
  PASS_DAILY_LEGAL_REVIEW: () => ({
    subject: '主体合法。', officers: '执法人员具备资格。', procedure: '程序合法，原处罚决定在先。', factsAndEvidence: '复查事实清楚。', lawAndDiscretion: '计罚日数和基数正确。',
    documents: '文书完备规范。', crime: '未发现涉嫌犯罪。', conclusion: '同意。',
  }),
  PROPOSE_TRANSFER: ({ page: { state } }) => ({ suspectedCrime: '污染环境罪', reason: state.filing?.facts ?? state.facts }),
  SEND_TRANSFER: ({ page }) => ({ materials: wholeFile(page) }),
  SEND_DETENTION: ({ page }) => ({ materials: wholeFile(page) }),
  OPEN_DAMAGE_CLAIM: ({ page: { state } }) => ({ damage: state.filing?.facts ?? state.facts, evidenceNote: '见本案经审核的证据。' }),
  PROPOSE_CLOSING: ({ page: { state, timeline } }) => ({
    ground: 'PERFORMED', course: timeline.map((step) => `${formatDay(step.at)}${step.zh}`).join('；').slice(0, 4900), remedyCourse: state.remedy === 'NO_REMEDY' ? '当事人未申请行政复议、未提起行政诉讼。' : '',
  }),
  APPROVE_CLOSING: () => ({ opinion: '同意结案。' }),
};

/** First values of the form of an act. */
export const draftOf = (command: string, given: Given): Values => DRAFTS[command]?.(given) ?? {};
