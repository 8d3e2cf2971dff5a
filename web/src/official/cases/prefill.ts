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
const DAY = 24 * 3_600_000;

/** Who keeps the minutes sat there; what was said, and by whom it was agreed to, is for the minutes. */
const meeting = ({ me, page: { state } }: Given): Values => ({ recorder: state.officers.find((one) => one.accountId !== me.accountId)?.name, members: [{ accountId: me.accountId, name: me.name, post: me.roles[0]?.zh ?? '' }, {}] });

const atThePlace = ({ page: { outfallName } }: Given): Values => ({ place: outfallName });

const sampling = ({ state }: CasePage, fits: (one: CasePage['state']['samplings'][number]) => boolean): Values => ({ samplingId: state.samplings.find(fits)?.samplingId });

/** An act on the spot begins from what was approved. */
const onTheSpot = ({ page: { state, outfallName } }: Given, proposed?: string): Values => ({
  place: outfallName, ...(proposed === undefined ? {} : { things: state.latest[proposed]?.command['things'], keeper: state.latest[proposed]?.command['keeper'] }),
});

/** A proposal that still waits is made anew from what it said. */
const madeAnew = ({ page: { state, tracks } }: Given, command: string, waiting: string): Values | undefined => {
  if (!tracks.some((track) => track.state === waiting)) return undefined;
  const { kind: _, ...said } = state.latest[command]?.command ?? {};
  return said;
};

/** The end of data is exclusive: what was measured until midnight is of the day before. */
const lastMoment = (from: number, end: number): number => Math.max(from, end - 1);

/**
 * What the file already knows, filled in for the person who acts: he reads, corrects and sends, but types no fact twice.
 * What nobody has stated yet — consent, signatures, identity, times, findings, opinions — stays empty; set phrases for it
 * are offered beside its field (`phrases.ts`). Texts are drafts in Chinese because they go into Chinese papers.
 */
const DRAFTS: Readonly<Record<string, (given: Given) => Values>> = {
  PROPOSE_FILING: ({ page: { state, unitName, partner, siblings } }) => ({
    beside: siblings.filter((one) => one.close).map(({ caseNo, open }) => ({ caseNo, ...(open ? {} : { way: 'SEPARATE' }) })),
    violation: state.suggestions[0], ...(partner === null ? {} : { assistOfficerId: partner }), actStart: formatDay(state.actStart), actEnd: formatDay(lastMoment(state.actStart, state.actEnd)), facts: state.facts,
    harm: 'NONE', reason: `${unitName}涉嫌环境违法，数据审核已通过，提请立案。`,
  }),
  ATTACH_EVIDENCE: ({ page, now, point: wanted }) => {
    const point = page.evidencePoints.find((one) => (wanted === undefined ? one.required && one.items.length === 0 : one.id === wanted)) ?? page.evidencePoints[0];
    const data = page.state.evidenceRefs[0];
    const electronic = point?.kinds[0] === 'ELECTRONIC_DATA' && data !== undefined;
    return {
      title: point?.zh, point: point?.id, evidenceKind: electronic ? 'ELECTRONIC_DATA' : point?.kinds.find((kind) => kind !== 'ELECTRONIC_DATA'), mode: 'OFFSITE', obtainedOn: formatDay(now),
      provider: point?.provider, proves: point?.proves, source: electronic ? { from: 'REVIEWED_DATA', dataRef: data.dataRef } : { from: 'FILE' },
    };
  },
  RECORD_INQUIRY: ({ page }) => ({ platform: '远程询问室', asked: { phone: '' }, dialogue: [{ question: `${page.outfallName}在该时段的生产和治理情况如何？` }] }),
  RECORD_SITE_INSPECTION: atThePlace,
  RECORD_SAMPLING: (given) => ({ ...atThePlace(given), spot: given.page.outfallName, items: given.page.factorNames.join('、'), samples: [{}] }),
  RECEIVE_TEST_REPORT: ({ page, now }) => ({ ...sampling(page, (one) => one.report === undefined), receivedOn: formatDay(now) }),
  TELL_TEST_RESULT: ({ page }) => sampling(page, (one) => one.report !== undefined && one.toldBy === undefined),
  ANSWER_RESULT_COMMENT: ({ page }) => sampling(page, (one) => one.comment?.objects === true && one.comment.answer === undefined),
  FINISH_INVESTIGATION: ({ page }) => ({ facts: page.foundFacts }),
  DELIBERATE: meeting,
  RECORD_DISCUSSION: meeting,
  PASS_LEGAL_REVIEW: ({ page: { legalChecks } }) => ({ checks: legalChecks.map(({ point, holds, remark }) => ({ point, holds, remark })) }),
  REVIEW_DEFENCE: ({ page: { state } }) => ({
    answers: state.defence.filter((point) => point.answer === undefined).map((point) => ({ pointId: point.pointId })),
  }),
  GRANT_HEARING: ({ now }) => ({ heldAt: now + 20 * DAY }),
  POSTPONE_HEARING: ({ page: { state }, now }) => ({
    ground: state.latest['REQUEST_POSTPONEMENT'] === undefined ? undefined : 'PARTY_ASKED', heldAt: Math.max(now + 20 * DAY, (state.hearing?.heldAt ?? now) + 7 * DAY), place: state.hearing?.place, reason: state.latest['REQUEST_POSTPONEMENT']?.command['reason'],
  }),
  RESUME_HEARING: ({ page: { state }, now }) => ({ heldAt: now + 20 * DAY, place: state.hearing?.place }),
  /** What the party reported, where it did; else what is still owed. */
  REGISTER_PAYMENT: ({ page: { state } }) => {
    const { amount = Math.max(0, (state.decision?.amount ?? 0) - state.paid), paidOn, voucher } = state.latest['REPORT_PAYMENT']?.command ?? {};
    return { amount, paidOn, voucher };
  },
  ORDER_RECTIFICATION: ({ page }) => ({ demands: page.demands, dueOn: page.correctBy, consequence: '' }),
  CHECK_RECTIFICATION: ({ page: { state }, now }) => ({ method: 'DATA', methodReason: '', from: state.latest['REPORT_RECTIFICATION']?.command['completedOn'] ?? formatDay(now - 7 * DAY), to: formatDay(now) }),
  ADD_VIOLATION: () => ({ harm: 'NONE' }),
  SETTLE_LATER_FINDINGS: ({ page: { state, story } }) => story === null ? {} : {
    clueVersion: story.now.version, actStart: state.filing?.actStart ?? formatDay(story.handedOver.from), actEnd: formatDay(lastMoment(story.now.from, story.now.to)), facts: [state.filing?.facts ?? state.facts, story.now.claim.zh].join('\n'),
  },
  ANSWER_SUGGESTION: ({ page: { unanswered } }) => ({ suggestion: unanswered[0]?.id, answers: (unanswered[0]?.grounds ?? []).filter(({ holds }) => holds === 'UNKNOWN').map(({ zh }) => ({ ground: zh })) }),
  EXTEND_TERM_AGAIN: meeting,
  SPLIT_CASE: ({ page: { state } }) => ({ violation: state.further[0]?.violation }),
  MERGE_CASE: ({ page: { mergeTargets } }) => ({ intoCaseId: mergeTargets[0]?.caseId }),
  ANSWER_QUESTION: ({ page: { state } }) => ({ questionId: state.questions.find((one) => one.answer === undefined)?.questionId }),
  GRANT_DAILY_INSTALMENTS: ({ page: { state } }) => ({ untilDay: state.latest['REQUEST_DAILY_INSTALMENTS']?.command['untilDay'], schedule: [] }),
  HOLD_HEARING: () => ({ points: [] }),
  DEMAND_CORRECTION: ({ now }) => ({ dueOn: formatDay(now + 10 * DAY) }),
  ORDER_SUBSTITUTE: ({ now }) => ({ dueOn: formatDay(now + 20 * DAY) }),
  DECIDE_ON_SPOT: ({ page: { state, law } }) => ({ facts: state.filing?.facts ?? state.facts, basisId: law?.candidates[0]?.id }),
  GRANT_INSTALMENTS: ({ page: { state } }) => ({ untilDay: state.latest['REQUEST_INSTALMENTS']?.command['untilDay'], schedule: [] }),
  RECORD_STAY: ({ page: { state } }) => ({ by: state.remedy === 'LITIGATION' ? 'COURT' : 'RECONSIDERATION_BODY' }),
  LIFT_STAY: ({ page: { state } }) => ({ by: state.latest['RECORD_STAY']?.command['by'] }),
  ...Object.fromEntries(['ANSWER_DEMAND_STATEMENT', 'ANSWER_DAILY_DEMAND_STATEMENT', 'ANSWER_CORRECTION_STATEMENT'].map((command) => [command, ({ page: { state } }: Given) => ({ statementId: state.demandStatements.find((one) => one.answer === undefined)?.statementId })])),
  WAIVE_SURCHARGE: ({ page: { surcharge } }) => (surcharge.FINE > 0 ? { of: 'FINE', amount: surcharge.FINE } : { of: 'DAILY', amount: surcharge.DAILY }),
  RECORD_ACT_REMEDY: ({ page: { contestable } }) => ({ paperId: contestable.at(-1)?.paperId }),
  RECORD_ACT_REMEDY_OUTCOME: ({ page: { state } }) => ({ remedyId: state.actRemedies.find((one) => one.outcome === undefined)?.remedyId }),
  DECIDE_REFUND: ({ page: { refund } }) => ({ amount: refund, reason: '当事人缴纳的款项超过应缴数额。' }),
  RECORD_REFUND: ({ page: { refund } }) => ({ amount: refund }),
  ANSWER_OFFICER_RECUSAL: () => ({ excluded: [] }),
  ISSUE_DAILY_DEMAND: ({ page: { state } }) => ({ reason: `应于${state.dailyPayBy ?? ''}前缴清按日连续处罚罚款，逾期未缴。` }),
  ISSUE_DEMAND: ({ page: { state } }) => ({ reason: `应于${state.decision?.payBy ?? ''}前缴清罚款，逾期未缴。` }),
  CARRY_OUT_PRESERVATION: (given) => onTheSpot(given, 'PROPOSE_PRESERVATION'),
  CARRY_OUT_SEALING: (given) => onTheSpot(given, 'PROPOSE_SEALING'),
  PRESERVE_URGENTLY: (given) => ({ ...onTheSpot(given), reason: given.page.state.facts }),
  SEAL_URGENTLY: (given) => ({ ...onTheSpot(given), reason: given.page.state.facts, things: [{}] }),
  PROPOSE_PRESERVATION: (given) => madeAnew(given, 'PROPOSE_PRESERVATION', 'PRESERVATION_PROPOSED') ?? { reason: given.page.state.filing?.facts ?? given.page.state.facts, things: [{}] },
  PROPOSE_SEALING: (given) => madeAnew(given, 'PROPOSE_SEALING', 'SEALING_PROPOSED') ?? { reason: given.page.state.filing?.facts ?? given.page.state.facts, things: [{}] },
  ORDER_PRODUCTION: ({ page: { state } }) => ({
    measure: (['STOP_PRODUCTION', 'LIMIT_PRODUCTION'] as const).find((one) => state.proposal?.penalties.includes(one) === true), demands: state.order?.demands ?? [], reason: state.filing?.facts ?? state.facts,
  }),
  DISCUSS_DAILY_PENALTY: meeting,
  PROPOSE_TRANSFER: ({ page: { state } }) => ({ reason: state.filing?.facts ?? state.facts }),
  OPEN_DAMAGE_CLAIM: ({ page: { state } }) => ({ damage: state.filing?.facts ?? state.facts }),
  PROPOSE_CLOSING: ({ page: { state, timeline } }) => ({
    course: timeline.map((step) => `${formatDay(step.at)}${step.zh}`).join('；').slice(0, 4900), remedyCourse: state.remedy === 'NO_REMEDY' ? '当事人未申请行政复议、未提起行政诉讼。' : '',
  }),
};

/** First values of the form of an act. */
export const draftOf = (command: string, given: Given): Values => DRAFTS[command]?.(given) ?? {};
