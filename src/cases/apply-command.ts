import { dayOf, instant } from '#kernel';
import type { StepEvent } from './case-event.ts';
import type { CommandOf } from './commands/index.ts';
import type { Delivery, EvidenceItem, PenaltyCase, ReviewedData } from './penalty-case.ts';

const delivery = (c: CommandOf<'RECORD_NOTICE_DELIVERED' | 'RECORD_DECISION_DELIVERED' | 'RECORD_ORDER_DELIVERED'>): Delivery => ({
  deliveryId: c.deliveryId,
  method: c.method,
  arrivedAt: instant(c.arrivedAt),
  legalDay: c.legalDay,
});

/** What a step changes beside state, clocks and papers. Commands that only move the case change nothing here. */
export function applyCommand(state: PenaltyCase, event: StepEvent): PenaltyCase {
  const { command, derived, actor, at } = event;
  switch (command.kind) {
    case 'PROPOSE_FILING':
      return { ...state, violation: command.violation, filing: command, proposedBy: actor.accountId, ...officersOf(event) };
    case 'APPROVE_FILING':
      return { ...state, filedAt: at, evidence: handedOverEvidence(state, derived.dataPoint ?? 'AUTO_DATA') };
    case 'ASSIGN_OFFICERS':
      return { ...state, ...officersOf(event) };
    case 'PROPOSE_TRANSFER':
      return { ...state, proposedBy: actor.accountId };
    case 'ATTACH_EVIDENCE':
      return withEvidence(relyOn(state, derived.passed ?? []), { ...command, itemId: `E${state.version}` });
    case 'RECORD_INQUIRY':
      return withEvidence(state, inquiryItem(command, `E${state.version}`));
    case 'SWITCH_MODE':
      return { ...state, mode: command.mode === state.mode ? state.mode : 'MIXED' };
    case 'FINISH_INVESTIGATION':
      return { ...state, report: command };
    case 'SET_DISCRETION':
      return derived.trace === undefined
        ? state
        : { ...state, discretion: { trace: derived.trace, basisId: command.basisId, basisReason: command.basisReason } };
    case 'DELIBERATE':
      return derived.proposal === undefined ? state : { ...state, proposal: derived.proposal };
    case 'SEND_NOTICE':
      return { ...restartRights(state), notice: { sentAt: at } };
    case 'RECORD_NOTICE_DELIVERED': {
      const windowEnds = event.opened.find((c) => c.clock === 'T5')?.dueAt;
      const sentAt = state.notice?.sentAt ?? at;
      return { ...state, notice: { sentAt, delivery: delivery(command), ...(windowEnds === undefined ? {} : { windowEnds }) } };
    }
    case 'SUBMIT_DEFENCE':
      return addPoints(state, command.points, event);
    case 'REQUEST_HEARING':
      return { ...addPoints(state, [{ point: command.reason, proof: '' }], event), hearing: { requestedAt: at } };
    case 'WITHDRAW_HEARING':
    case 'REFUSE_HEARING': {
      const { hearing: _ended, ...rest } = state;
      return rest;
    }
    case 'GRANT_HEARING':
      return {
        ...state,
        hearing: { requestedAt: state.hearing?.requestedAt ?? at, hostId: command.hostId, heldAt: instant(command.heldAt), place: command.place },
      };
    case 'HOLD_HEARING':
      return addPoints(state, command.points.map((point) => ({ point, proof: '听证' })), event);
    case 'WAIVE_RIGHTS':
      return { ...state, waived: true };
    case 'REVIEW_DEFENCE':
      return answerPoints(state, command);
    case 'DECIDE':
      return state.proposal === undefined
        ? state
        : { ...state, decision: { outcome: state.proposal.outcome, decidedAt: at, amount: state.proposal.amount } };
    case 'RECORD_DECISION_DELIVERED':
      return state.decision === undefined ? state : { ...state, decision: { ...state.decision, delivery: delivery(command) } };
    case 'REGISTER_PAYMENT':
      return { ...state, paid: state.paid + command.amount };
    case 'RECORD_ENFORCEMENT':
      return { ...state, paid: state.paid + command.amount };
    case 'ORDER_RECTIFICATION':
      return { ...state, order: { dueOn: command.dueOn, demands: command.demands } };
    case 'RECORD_ORDER_DELIVERED':
      return state.order === undefined ? state : { ...state, order: { ...state.order, delivery: delivery(command) } };
    case 'PROPOSE_CLOSING':
      return { ...state, closing: { ground: command.ground, proposedBy: actor.accountId } };
    case 'APPROVE_CLOSING':
      return state.closing === undefined ? state : { ...state, closing: { ...state.closing, closedAt: at } };
    case 'ARCHIVE':
      return { ...state, archiveNo: command.archiveNo };
    case 'RETURN_FILING':
    case 'REFUSE_FILING':
    case 'TRANSFER_OUT':
    case 'REVOKE_FILING':
    case 'DECLARE_INTEREST':
    case 'SUSPEND':
    case 'RESUME':
    case 'TERMINATE':
    case 'APPROVE_TRANSFER':
    case 'REJECT_TRANSFER':
    case 'SEND_TRANSFER':
    case 'ENTER_TWO_LAW_PLATFORM':
    case 'RECORD_POLICE_ANSWER':
    case 'PASS_CASE_REVIEW':
    case 'RETURN_CASE':
    case 'CLOSE_WINDOW':
    case 'PASS_LEGAL_REVIEW':
    case 'RETURN_FROM_LEGAL':
    case 'RECORD_DISCUSSION':
    case 'SEND_DECISION':
    case 'REPORT_PAYMENT':
    case 'GRANT_INSTALMENTS':
    case 'ISSUE_DEMAND':
    case 'APPLY_TO_COURT':
    case 'RETURN_CLOSING':
    case 'REPORT_RECTIFICATION':
    case 'CHECK_RECTIFICATION':
    case 'WAIVE_RECTIFICATION':
    case 'RECORD_REMEDY':
    case 'RECORD_REMEDY_OUTCOME':
      return state;
  }
}

function officersOf(event: StepEvent): Partial<PenaltyCase> {
  const assistant = event.derived.assistant;
  return { officers: assistant === undefined ? [event.actor] : [event.actor, assistant] };
}

function relyOn(state: PenaltyCase, passed: readonly ReviewedData[]): PenaltyCase {
  const known = new Set(state.evidenceRefs.map((r) => `${r.reviewId}/${r.dataRef}`));
  return { ...state, evidenceRefs: [...state.evidenceRefs, ...passed.filter((r) => !known.has(`${r.reviewId}/${r.dataRef}`))] };
}

const withEvidence = (state: PenaltyCase, item: EvidenceItem & { kind?: string }): PenaltyCase => {
  const { kind: _kind, ...plain } = item;
  return { ...state, evidence: [...state.evidence, plain] };
};

/** Nobody types a fact twice: what the review passed is evidence from the day of filing. */
function handedOverEvidence(state: PenaltyCase, point: string): EvidenceItem[] {
  const obtainedOn = state.filing?.actEnd;
  if (obtainedOn === undefined) return [...state.evidence];
  const base = { mode: 'OFFSITE' as const, obtainedOn, provider: '数据审核小组' };
  const data = state.evidenceRefs.map((ref, i): EvidenceItem => ({
    ...base,
    itemId: `H${i + 1}`,
    title: ref.title,
    evidenceKind: 'ELECTRONIC_DATA',
    point,
    proves: state.facts,
    source: { from: 'REVIEWED_DATA', reviewId: ref.reviewId, dataRef: ref.dataRef, ...(ref.sha256 === undefined ? {} : { sha256: ref.sha256 }) },
  }));
  const opinion: EvidenceItem = {
    ...base,
    itemId: 'H0',
    title: '数据审核意见',
    evidenceKind: 'DOCUMENT',
    point: 'REVIEW',
    proves: '数据经审核符合关联、真实、完整、合法的要求',
    source: { from: 'RECORD', note: state.opinionDocumentId ?? state.reviewId },
  };
  return [...state.evidence, opinion, ...data];
}

const inquiryItem = (command: CommandOf<'RECORD_INQUIRY'>, itemId: string): EvidenceItem => ({
  itemId,
  title: `远程询问笔录（${command.asked.name}）`,
  evidenceKind: 'PARTY_STATEMENT',
  point: 'INQUIRY',
  mode: 'OFFSITE',
  obtainedOn: dayOf(instant(command.startedAt)),
  provider: command.asked.name,
  proves: '当事人对违法事实、过错和改正情况的陈述',
  source: { from: 'RECORD', note: command.recordingId },
});

const addPoints = (state: PenaltyCase, points: readonly { point: string; proof: string }[], event: StepEvent): PenaltyCase => ({
  ...state,
  defence: [
    ...state.defence,
    ...points.map((p, i) => ({ pointId: `D${state.version}-${i + 1}`, point: p.point, proof: p.proof, at: event.at })),
  ],
});

/** A second notice gives the full rights again (R48). */
function restartRights(state: PenaltyCase): PenaltyCase {
  const { hearing: _old, ...rest } = state;
  return { ...rest, waived: false };
}

function answerPoints(state: PenaltyCase, command: CommandOf<'REVIEW_DEFENCE'>): PenaltyCase {
  const answers = new Map(command.answers.map((a) => [a.pointId, { accepted: a.accepted, reason: a.reason }]));
  const defence = state.defence.map((p) => {
    const answer = answers.get(p.pointId);
    return answer === undefined ? p : { ...p, answer };
  });
  const amount = state.proposal?.amount;
  const { amountCap: _before, ...rest } = state;
  // New facts may lead to a heavier sum after a new notice; the defence alone never may.
  if (command.result === 'MORE_FACTS' || amount === undefined) return { ...rest, defence };
  return { ...rest, defence, amountCap: amount };
}
