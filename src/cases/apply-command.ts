import { personsOf } from '#access';
import { dayOf, instant, type CaseId } from '#kernel';
import { takeIn, type Kin } from './kin/kin.ts';
import { REMEDY_APPLY, withDaysAgain } from './remedies/apply-remedy.ts';
import { RECOVERY_APPLY } from './recovery/apply-recovery.ts';
import { withoutSurcharge } from './recovery/refund.ts';
import type { Apply, ApplyTable } from './apply-table.ts';
import { SITE_POINT, handedOverEvidence, covered, inquiryItem, reportItem, shown, siteItem } from './evidence/evidence-items.ts';
import { readFromData } from './evidence/checks-on-data.ts';
import { observedAt } from './evidence/facts-found.ts';
import { answered, sampled, told, withSampling } from './evidence/samplings.ts';
import type { StepEvent } from './case-event.ts';
import type { CommandKind, CommandOf } from './commands/index.ts';
import type { PaperKind } from './papers/paper-kinds.ts';
import { type Delivery, type EvidenceItem, type PenaltyCase, type ReviewedData } from './penalty-case.ts';

const named = ({ brokenArticle, brokenSource }: { readonly brokenArticle?: string | undefined; readonly brokenSource?: string | undefined }) =>
  brokenArticle ? { namedProvision: { article: brokenArticle, source: brokenSource ?? '' } } : {};

const delivery = (
  c: CommandOf<'RECORD_NOTICE_DELIVERED' | 'RECORD_DECISION_DELIVERED' | 'RECORD_ORDER_DELIVERED'>,
): Delivery => ({
  deliveryId: c.deliveryId,
  method: c.method,
  arrivedAt: instant(c.arrivedAt),
  legalDay: c.legalDay,
});

/** What each step changes beside state, clocks, papers and what is remembered. */
const APPLY: ApplyTable = {
  ...RECOVERY_APPLY,
  ...REMEDY_APPLY,
  PROPOSE_FILING: (s, c, e) => ({
    ...s,
    violation: c.violation,
    filing: c,
    proposedBy: personsOf(e.actor),
    ...(e.derived.partyType === undefined ? {} : { partyType: e.derived.partyType }),
    ...officersOf(e),
  }),
  APPROVE_FILING: (s, _c, e) => ({
    ...s,
    filedAt: e.at,
    evidence: handedOverEvidence(s, e.derived.dataPoint ?? 'AUTO_DATA'),
  }),
  ASSIGN_OFFICERS: (s, _c, e) => ({ ...s, ...officersOf(e) }),
  ATTACH_EVIDENCE: (s, { title, evidenceKind, point, mode, obtainedOn, provider, proves, source, ...more }, e) =>
    withEvidence(relyOn(s, e.derived.passed ?? []), { itemId: `E${s.version}`, title, evidenceKind, point, mode, obtainedOn, provider, proves, source, ...shown(more), ...covered(more) }),
  RECORD_INQUIRY: (s, c) => withEvidence({ ...s, course: [...s.course, c] }, inquiryItem(c, `E${s.version}`)),
  RECORD_SITE_INSPECTION: (s, c, e) => withEvidence({ ...s, course: [...s.course, c] }, siteItem(c, `E${s.version}`, e.derived.dataPoint ?? SITE_POINT)),
  RECORD_SAMPLING: (s, c) => withEvidence(sampled(s, c), siteItem(c, `E${s.version}`, 'SAMPLING')),
  RECEIVE_TEST_REPORT: (s, { samplingId, reportNo, laboratory, result, exceeds, ...rest }) =>
    withEvidence(withSampling(s, samplingId, { report: { itemId: `E${s.version}`, reportNo, laboratory, result, exceeds } }), reportItem({ samplingId, reportNo, laboratory, result, exceeds, ...rest }, `E${s.version}`)),
  TELL_TEST_RESULT: (s, c, e) => told(s, c, e),
  COMMENT_ON_RESULT: (s, { samplingId, statement, objects, asksRetest }) => withSampling(s, samplingId, { comment: { statement, objects, asksRetest } }),
  ANSWER_RESULT_COMMENT: (s, c) => answered(s, c),
  RECORD_SELF_REPORT: (s, c) => ({ ...s, selfReport: c }),
  SWITCH_MODE: (s, c) => ({ ...s, mode: c.mode === s.mode ? s.mode : 'MIXED' }),
  PROPOSE_TRANSFER: (s, _c, e) => ({ ...s, proposedBy: personsOf(e.actor) }),
  FINISH_INVESTIGATION: (s, c, { derived: { reported } }) => ({ ...s, report: c, ...named(c), ...(reported === undefined ? {} : { reported }) }),
  SET_DISCRETION: (s, c, { derived: { trace, further, replaces, grounds, earlier = [] } }) =>
    trace === undefined
      ? s
      : {
          ...s,
          ...named(c),
          evidence: [...s.evidence, ...earlier.filter(({ itemId }) => !s.evidence.some((one) => one.itemId === itemId))],
          discretion: {
            trace, basisId: c.basisId, basisReason: c.basisReason, further: further ?? [],
            ...(replaces === undefined ? {} : { replaces }), ...(grounds === undefined ? {} : { grounds }),
          },
        },
  DELIBERATE: (s, _c, { derived: { proposal } }) => (proposal === undefined ? s : { ...s, proposal }),
  SEND_NOTICE: (s, _c, e) => ({ ...restartRights(s), notice: { sentAt: e.at } }),
  RECORD_NOTICE_DELIVERED: (s, c, e) => {
    const windowEnds = e.opened.find((clock) => clock.clock === 'T5')?.dueAt;
    return {
      ...s,
      notice: {
        sentAt: s.notice?.sentAt ?? e.at,
        delivery: delivery(c),
        ...(windowEnds === undefined ? {} : { windowEnds }),
      },
    };
  },
  SUBMIT_DEFENCE: (s, c, e) => addPoints(s, c.points, e),
  REQUEST_HEARING: (s, c, e) => ({
    ...addPoints(s, [{ point: c.reason, proof: '' }], e),
    hearing: { requestedAt: e.at },
  }),
  ASK_QUESTION: (s, c, e) => ({ ...s, questions: [...s.questions, { questionId: `Q${s.version}`, question: c.question, at: e.at }] }),
  ANSWER_QUESTION: (s, c) => ({
    ...s,
    questions: s.questions.map((q) => (q.questionId === c.questionId ? { ...q, answer: c.answer } : q)),
  }),
  WAIVE_RIGHTS: (s) => ({ ...s, waived: true }),
  GRANT_HEARING: (s, c, e) => ({
    ...s,
    hearing: {
      requestedAt: s.hearing?.requestedAt ?? e.at,
      hostId: c.hostId,
      heldAt: instant(c.heldAt),
      place: c.place,
    },
  }),
  POSTPONE_HEARING: (s, c, e) => movedTo(s, c, e),
  RESUME_HEARING: (s, c, e) => movedTo(s, c, e),
  ANSWER_HOST_RECUSAL: (s, c) =>
    s.hearing === undefined || c.hostId === undefined || !c.accepted ? s : { ...s, hearing: { ...s.hearing, hostId: c.hostId } },
  REFUSE_HEARING: (s) => withoutHearing(s),
  WITHDRAW_HEARING: (s) => withoutHearing(s),
  HOLD_HEARING: (s, c, e) =>
    addPoints(
      { ...s, hearing: { requestedAt: e.at, ...s.hearing, outcome: c.attended ? 'HELD' : 'ABSENT' } },
      c.attended ? c.points.map((point) => ({ point, proof: '听证' })) : [],
      e,
    ),
  REVIEW_DEFENCE: (s, c) => answerPoints(s, c),
  DECIDE: (s, _c, e) =>
    s.proposal === undefined
      ? s
      : { ...withoutSurcharge(s, 'FINE'), surcharged: 0, decision: { outcome: s.proposal.outcome, decidedAt: e.at, amount: s.proposal.amount, ...(e.derived.frozen === undefined ? {} : { file: e.derived.frozen }) } },
  RECORD_DECISION_DELIVERED: (s, c, e) => {
    const payBy = e.opened.find((clock) => clock.clock === 'T10')?.dueDay;
    const paying = payBy === undefined ? {} : { payBy };
    return s.decision === undefined ? s : { ...s, decision: { ...s.decision, delivery: delivery(c), ...paying } };
  },
  RECORD_PENALTY_CARRIED_OUT: (s, c) =>
    s.decision === undefined ? s : { ...s, decision: { ...s.decision, carriedOut: [...(s.decision.carriedOut ?? []), c.penalty] } },
  ANSWER_OFFICER_RECUSAL: (s, c, e) => (c.accepted ? recused(s, c, e) : s),
  PROPOSE_CLOSING: (s, c, e) => ({ ...s, closing: { ground: c.ground, proposedBy: personsOf(e.actor) } }),
  APPROVE_CLOSING: (s, _c, e) => (s.closing === undefined ? s : { ...s, closing: { ...s.closing, closedAt: e.at } }),
  ARCHIVE: (s, c) => ({ ...s, archiveNo: c.archiveNo }),
  // Cured and then done again: a new cycle (按日连续处罚办法 第十八条).
  ORDER_RECTIFICATION: (s, c, e) => ({
    ...s,
    ...named(c),
    order: { dueOn: c.dueOn, demands: c.demands },
    rounds: e.from === 'CORRECTED' ? [] : s.rounds,
  }),
  RECORD_ORDER_DELIVERED: (s, c) =>
    s.order === undefined
      ? s
      : { ...s, order: { ...s.order, delivery: delivery(c) }, rounds: [...s.rounds, { servedOn: c.legalDay }] },
  CHECK_RECTIFICATION: (s, c, e) => ({
    ...s,
    rounds: s.rounds.map((round, i) =>
      // A later check, after a demand, does not undo what the re-check of the order found.
      i === s.rounds.length - 1 && round.checkedOn === undefined ? { ...round, checkedOn: c.to, refused: !c.corrected || c.obstructed, ...readFromData(c, e.at) } : round,
    ),
  }),
  WITHDRAW_NOTICE: (s, c) => withdrawNotice(s, c.to),
  REOPEN_CASE: (s) => reopened(s),
  ADD_VIOLATION: (s, { violation, actStart, actEnd, facts }) => ({
    ...s,
    further: [...s.further, { violation, actStart, actEnd, facts }],
  }),
  SETTLE_LATER_FINDINGS: (s, c, e) => withLaterFindings(s, c, e),
  ANSWER_SUGGESTION: (s, { suggestion, answers, reason, provision }, e) => ({ ...s, notFollowed: { ...s.notFollowed, [suggestion]: { reason, ...(provision === undefined ? {} : { provision }), answers, by: e.actor.name, at: e.at } } }),
  RENAME_PARTY: (s, c) => ({ ...s, partyName: c.newName }),
  SPLIT_CASE: (s, c, e) => withKin({ ...s, further: s.further.filter((act) => act.violation !== c.violation) }, e.derived.opened),
  ADD_PARTY: (s, _c, e) => withKin(s, e.derived.opened),
  ADD_PERSON: (s, _c, e) => withKin(s, e.derived.opened),
  REOPEN_ARCHIVED: (s, _c, e) => withKin(s, e.derived.opened),
  MERGE_CASE: (s, _c, e) => withKin(s, e.derived.opened),
  TAKE_IN_CASE: (s, c) =>
    withKin(takeIn(s, c), { relation: 'TOOK_IN', caseId: c.fromCaseId as CaseId, caseNo: c.fromCaseNo, unitId: s.unitId }),
  DECIDE_ON_SPOT: (s, c, e) => decidedOnSpot(s, c, e),
  // What was paid on one that was revoked is still the party's, until it is paid back or counts towards the new one.
  PROPOSE_DAILY_PENALTY: ({ dailyPayBy: _before, dailyChangedTo: _changed, ...s }, _c, e) => ({ ...withoutSurcharge(s, 'DAILY'), dailyPaid: e.from === 'DAILY_PAID' || e.from === 'DAILY_UNRECOVERED' ? 0 : s.dailyPaid }),
  RECORD_DAILY_DELIVERED: (s, _c, e) => {
    const dailyPayBy = e.opened.find((clock) => clock.clock === 'T10d')?.dueDay;
    return dailyPayBy === undefined ? s : { ...s, dailyPayBy };
  },
  CARRY_OUT_PRESERVATION: (s, c) => handedOver(s, 'PRESERVATION_ORDER', c),
  CARRY_OUT_SEALING: (s, c) => handedOver(s, 'SEALING_ORDER', c),
  DECIDE_DAILY_PENALTY: (s) => {
    const last = s.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.spans.at(-1)?.to;
    return last === undefined ? s : { ...s, dailyCountedTo: last };
  },
  // The days of the decision revoked are fined no more: they may be decided anew.
  REVOKE_DAILY_PENALTY: (s) => withDaysAgain(s),
};

/** Applies what the step's command says. */
export function applyCommand(state: PenaltyCase, event: StepEvent): PenaltyCase {
  const apply = APPLY[event.command.kind] as Apply<CommandKind> | undefined;
  return apply === undefined ? state : apply(state, event.command, event);
}

const movedTo = (state: PenaltyCase, { heldAt, place, ...host }: CommandOf<'POSTPONE_HEARING' | 'RESUME_HEARING'>, event: StepEvent): PenaltyCase => ({
  ...state,
  hearing: { requestedAt: event.at, ...state.hearing, heldAt: instant(heldAt), place, ...('hostId' in host && host.hostId !== undefined ? { hostId: host.hostId } : {}) },
});

/** Findings that are taken in widen the act that was filed; left out, they only stand in the file with the reason. */
function withLaterFindings(state: PenaltyCase, { way, reason, actStart, actEnd, facts }: CommandOf<'SETTLE_LATER_FINDINGS'>, { derived, actor, at }: StepEvent): PenaltyCase {
  const { filing } = state;
  if (derived.clue === undefined) return state;
  const { observed = [] } = derived;
  const settled = {
    ...state,
    settledFindings: [...state.settledFindings, { way, reason, clue: derived.clue, by: actor.name, at, ...(observed.length === 0 ? {} : { asData: true as const }) }],
    ...(state.observed === undefined ? {} : observedAt({ ...state, observed: [...state.observed, ...observed] })),
  };
  return way === 'LEAVE_OUT' || filing === undefined || actStart === undefined || actEnd === undefined ? settled : { ...settled, filing: { ...filing, actStart, actEnd, facts } };
}

const withKin = (state: PenaltyCase, kin: Kin | undefined): PenaltyCase => (kin === undefined ? state : { ...state, kin: [...state.kin, kin] });

/** Another takes the place of who stands aside; evidence the head excluded proves nothing any more. */
function recused(state: PenaltyCase, { replacementId, excluded }: CommandOf<'ANSWER_OFFICER_RECUSAL'>, { derived }: StepEvent): PenaltyCase {
  const out = state.latest.ASK_OFFICER_RECUSAL?.command.officerId;
  const { assistant } = derived;
  if (out === undefined || assistant === undefined || replacementId === undefined) return state;
  return {
    ...state,
    officers: state.officers.map((o) => (o.accountId === out ? assistant : o)),
    evidence: state.evidence.filter((e) => !excluded.includes(e.itemId)),
    duties: [...state.duties, { accountId: out, duty: 'interested' }, { accountId: replacementId, duty: 'investigator' }],
  };
}

/** The order was taken over at the place: it has reached the party with the act itself. Files kept before this was asked handed it over with the record. */
function handedOver(state: PenaltyCase, kind: PaperKind, { orderHandedTo, partyPresent, takenAt }: CommandOf<'CARRY_OUT_PRESERVATION' | 'CARRY_OUT_SEALING'>): PenaltyCase {
  const order = state.papers.findLast((paper) => paper.kind === kind);
  if (order === undefined || !partyPresent || orderHandedTo === '') return state;
  return { ...state, arrived: { ...state.arrived, [order.paperId]: dayOf(instant(takenAt)) } };
}

function withoutHearing(state: PenaltyCase): PenaltyCase {
  const { hearing: _ended, ...rest } = state;
  return rest;
}

function officersOf(event: StepEvent): Partial<PenaltyCase> {
  const assistant = event.derived.assistant;
  return { officers: assistant === undefined ? [event.actor] : [event.actor, assistant] };
}

function relyOn(state: PenaltyCase, passed: readonly ReviewedData[]): PenaltyCase {
  const known = new Set(state.evidenceRefs.map((r) => `${r.reviewId}/${r.dataRef}`));
  return {
    ...state,
    evidenceRefs: [...state.evidenceRefs, ...passed.filter((r) => !known.has(`${r.reviewId}/${r.dataRef}`))],
  };
}

const withEvidence = (state: PenaltyCase, item: EvidenceItem & { kind?: string }): PenaltyCase => {
  const { kind: _kind, ...plain } = item;
  return { ...state, evidence: [...state.evidence, plain] };
};

const addPoints = (
  state: PenaltyCase,
  points: readonly { point: string; proof: string }[],
  event: StepEvent,
): PenaltyCase => ({
  ...state,
  defence: [
    ...state.defence,
    ...points.map((p, i) => ({ pointId: `D${state.version}-${i + 1}`, point: p.point, proof: p.proof, at: event.at })),
  ],
});

/** A notice taken back leaves no window; what the party said against it may still not make the sum heavier. */
function withdrawNotice(state: PenaltyCase, to: CommandOf<'WITHDRAW_NOTICE'>['to']): PenaltyCase {
  const { notice: _withdrawn, ...rest } = restartRights(state);
  return state.defence.length > 0 && to === 'DISCRETION' ? { ...rest, ...capOf(state) } : rest;
}

function reopened(state: PenaltyCase): PenaltyCase {
  const { closing: _closed, ...rest } = state;
  return rest;
}

/** Handed over on the spot: decision and delivery are one act (行政处罚法 第五十二条). */
function decidedOnSpot(state: PenaltyCase, command: CommandOf<'DECIDE_ON_SPOT'>, event: StepEvent): PenaltyCase {
  const amount = command.penalties.includes('FINE') ? command.amount : 0;
  const payBy = event.opened.find((clock) => clock.clock === 'T10')?.dueDay;
  const handed: Delivery = { deliveryId: `spot-${state.version}`, method: 'DIRECT', arrivedAt: event.at, legalDay: dayOf(event.at) };
  return {
    ...state,
    decision: { outcome: 'PENALTY', decidedAt: event.at, amount, delivery: handed, ...(payBy === undefined ? {} : { payBy }) },
  };
}

/** A second notice gives the full rights again. */
const restartRights = (state: PenaltyCase): PenaltyCase => ({ ...withoutHearing(state), waived: false });

function answerPoints(state: PenaltyCase, command: CommandOf<'REVIEW_DEFENCE'>): PenaltyCase {
  const answers = new Map(command.answers.map((a) => [a.pointId, { accepted: a.accepted, reason: a.reason }]));
  const defence = state.defence.map((p) => {
    const answer = answers.get(p.pointId);
    return answer === undefined ? p : { ...p, answer };
  });
  const { amountCap: _sum, kindsCap: _kinds, ...rest } = state;
  // New facts may lead to a heavier penalty after a new notice; the defence alone never may.
  return command.result === 'MORE_FACTS' ? { ...rest, defence } : { ...rest, defence, ...capOf(state) };
}

/** The most that may follow a defence: what was proposed, or what an earlier one already capped. */
function capOf({ proposal, amountCap, kindsCap }: PenaltyCase): Partial<Pick<PenaltyCase, 'amountCap' | 'kindsCap'>> {
  if (proposal === undefined) return {};
  const told = proposal.amount + (proposal.confiscation ?? 0);
  return { amountCap: Math.min(told, amountCap ?? told), kindsCap: kindsCap ?? proposal.penalties };
}
