import { accountOf, type Actor } from '#access';
import { dayOf, endOfDay, instant, isRefusal, ok, startOfDay, type AccountId, type Refusal, type Result } from '#kernel';
import type { Tx } from '#platform/db';
import type { StepEvent } from '../case-event.ts';
import type { ObservedFact } from '#review';
import { chargedKeys } from '../charged-acts.ts';
import { checkActor, conflictOfNamed } from '../check-actor.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import type { ActingContext } from '../acting-context.ts';
import { decideCase } from '../decide-case.ts';
import { refuse } from '../errors.ts';
import { kinContext } from '../kin/open-kin.ts';
import type { CaseActor, PenaltyCase, ReviewedData } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { paperOf } from '../store/case-list.ts';
import { lockOfficersTime, timedRecords } from '../store/timed-records.ts';
import { amountStandings } from '../evidence/amount-standing.ts';
import { checksOnData } from '../evidence/checks-on-data.ts';
import { materialRef } from '../evidence/data-ref.ts';
import { timedRecordOf } from '../evidence/timed-records.ts';
import { transitionOf } from '../transitions/transitions.ts';
import type { GuardId } from '../guards/guard-ids.ts';
import { lookUp, suspicionTold } from './look-up.ts';

/**
 * The event a step would make of this case, with everything looked up that it names; writes nothing.
 *
 * @returns CASE-… and ACCESS-… refusals, as the step itself
 */
export async function foreseeStep(
  tx: Tx,
  deps: CaseDeps,
  state: PenaltyCase,
  actor: Actor,
  command: CaseCommand,
): Promise<Result<StepEvent>> {
  const denied = checkActor(state, transitionOf(command.kind), actor);
  if (denied !== undefined) return denied;
  const context = await contextOf(tx, deps, state, actor, command);
  if (!context.ok) return context;
  const looked = transitionOf(command.kind).guards.some((guard) => LOOKS_BESIDE.includes(guard)) ? await lookUp(tx, deps, state) : {};
  const records = await recordsBeside(tx, deps, state, command);
  return decideCase(state, namingReview(command, context.value), { ...context.value, ...looked, ...records }, deps.law, deps.clock.now());
}

/** Guards that look beside the file. */
const LOOKS_BESIDE: readonly GuardId[] = ['GRADES_FIT_FACTS', 'FILE_QUALITY', 'LEGAL_CHECKED', 'BODIES_NAMED', 'FINDINGS_UNSETTLED', 'SUGGESTION_OPEN', 'SIBLINGS_TOLD', 'JOINED_AS_SAID'];

/** What the same officers may have been doing elsewhere while what is to be recorded took place. */
async function recordsBeside(tx: Tx, { clock }: CaseDeps, state: PenaltyCase, command: CaseCommand): Promise<Pick<ActingContext, 'records'>> {
  const record = timedRecordOf(state, command);
  if (record === undefined) return {};
  await lockOfficersTime(tx, state);
  return { records: await timedRecords(tx, state, record.from, record.to, clock.now()) };
}

const asCaseActor = (actor: Actor): CaseActor => ({
  accountId: actor.accountId,
  name: actor.name,
  ...(actor.certificate === undefined ? {} : { certificate: actor.certificate }),
  ...(actor.unitId === undefined ? {} : { unitId: actor.unitId }),
  ...(actor.behalf === undefined ? {} : { behalf: { accountId: actor.behalf.accountId, name: actor.behalf.name } }),
});

/** Looks up the people and reviews the command names. */
async function contextOf(
  tx: Tx,
  deps: CaseDeps,
  state: PenaltyCase,
  actor: Actor,
  command: CaseCommand,
): Promise<Result<ActingContext>> {
  const me = asCaseActor(actor);
  switch (command.kind) {
    case 'PROPOSE_FILING':
    case 'ASSIGN_OFFICERS': {
      const assistant = await officer(tx, deps, state, command.assistOfficerId);
      if (assistant === undefined) return refuse('CASE-006', { field: 'assistOfficerId' });
      const conflict = conflictOfNamed(state, assistant.accountId, 'investigator');
      return conflict ?? ok({ actor: me, assistant, ...partyTypeOf(deps, state) });
    }
    case 'ANSWER_OFFICER_RECUSAL': {
      if (!command.accepted || command.replacementId === undefined) return ok({ actor: me });
      const assistant = await officer(tx, deps, state, command.replacementId);
      if (assistant === undefined) return refuse('CASE-006', { field: 'replacementId' });
      const conflict = conflictOfNamed(state, assistant.accountId, 'investigator');
      return conflict ?? ok({ actor: me, assistant });
    }
    case 'APPROVE_FILING':
      return ok({ actor: me, departmentHead: actor.roles.includes('enforcement-lead'), ...(await reviewsOf(tx, deps, state, command)) });
    case 'WAIVE_RIGHTS':
      return ok({ actor: me, representative: state.person?.name ?? deps.directory.unit(state.unitId)?.legalRepresentative ?? '' });
    case 'ADD_VIOLATION':
      return ok({ actor: me, ...partyTypeOf(deps, state) });
    case 'SETTLE_LATER_FINDINGS':
      return ok({ actor: me, ...(await suppliedFacts(tx, deps, state, command)) });
    case 'CHECK_RECTIFICATION':
      return ok({ actor: me, ...(await amountsBeside(deps, state, command)) });
    case 'CORRECT_PAPER':
      return ok({ actor: me, ...(await wordsOf(tx, deps, state, command)) });
    case 'GRANT_HEARING':
    case 'POSTPONE_HEARING':
    case 'ANSWER_HOST_RECUSAL':
    case 'NOTIFY_DAILY_HEARING':
    case 'POSTPONE_DAILY_HEARING':
    case 'ANSWER_DAILY_HOST_RECUSAL': {
      const conflict = command.hostId === undefined ? undefined : conflictOfNamed(state, command.hostId, 'hearing-host');
      const host = command.hostId === undefined ? undefined : await accountOf(tx, command.hostId);
      return conflict ?? ok({ actor: me, ...(host === undefined ? {} : { host: { accountId: host.accountId, name: host.name } }) });
    }
    default: {
      const file = await checkedFile(tx, deps, state, command);
      return isRefusal(file) ? file : ok({ actor: me, ...(await reviewsOf(tx, deps, state, command)), ...file, ...(await kinContext(tx, deps, state, command)) });
    }
  }
}

/** What reviews other than those the facts came from show: of the data that supplementary reviews passed and that are evidence now. */
async function suppliedFacts(tx: Tx, { reviews }: CaseDeps, state: PenaltyCase, { way }: CommandOf<'SETTLE_LATER_FINDINGS'>): Promise<Pick<ActingContext, 'supplied'>> {
  if (way === 'LEAVE_OUT') return {};
  const known = new Set([state.reviewId, ...(state.observed ?? []).map(({ reviewId }) => reviewId)]);
  const later = new Set(state.evidence.flatMap(({ source }) => (source.from === 'REVIEWED_DATA' && !known.has(source.reviewId) ? [source.reviewId] : [])));
  const supplied: ObservedFact[] = [];
  for (const reviewId of later) supplied.push(...(await reviews.facts(tx, reviewId, chargedKeys(state))));
  return { supplied };
}

/** What the amounts charged come to over the days checked, up to now; only who finds it corrected is held against them. */
async function amountsBeside(deps: CaseDeps, state: PenaltyCase, { corrected, from, to }: CommandOf<'CHECK_RECTIFICATION'>): Promise<Pick<ActingContext, 'amounts'>> {
  const now = deps.clock.now();
  return corrected && from <= to ? { amounts: await amountStandings(deps, state, startOfDay(from), instant(Math.min(endOfDay(to), now))) } : {};
}

/** Whether the words a correction calls wrong stand in the paper as it was issued. */
async function wordsOf(tx: Tx, deps: CaseDeps, state: PenaltyCase, { paperId, wrong, right }: CommandOf<'CORRECT_PAPER'>): Promise<Pick<ActingContext, 'wordsStand'>> {
  const paper = state.papers.find((p) => p.paperId === paperId);
  const kept = await paperOf(tx, state.caseId, paperId);
  return paper === undefined || kept === undefined ? {} : { wordsStand: deps.papers.correction(paper.kind, kept.data, wrong, right).length > 0 };
}

/** A file is evidence only when the platform keeps it: a digest alone proves nothing later. */
async function checkedFile(tx: Tx, deps: CaseDeps, state: PenaltyCase, command: CaseCommand): Promise<Pick<ActingContext, 'checked'> | Refusal> {
  const named = command.kind === 'ATTACH_EVIDENCE' && command.source.from === 'FILE' ? { field: 'source.sha256', sha256: command.source.sha256 }
    : command.kind === 'RECEIVE_TEST_REPORT' ? { field: 'report.sha256', sha256: command.report.sha256 } : undefined;
  if (named === undefined) return {};
  if (!deps.imports.kept(named.sha256)) return refuse('CASE-016', { field: named.field });
  const checked = await deps.imports.find(tx, state.caseId, named.sha256);
  return checked === undefined ? {} : { checked };
}

const partyTypeOf = (deps: CaseDeps, state: PenaltyCase): Pick<ActingContext, 'partyType'> => {
  const party = deps.directory.unit(state.unitId);
  return party === undefined ? {} : { partyType: party.partyType };
};

/** Acts that stand on the evidence ask again whether its review still holds (of any enforcement act). */
async function reviewsOf(
  tx: Tx,
  deps: CaseDeps,
  state: PenaltyCase,
  command: CaseCommand,
): Promise<Omit<ActingContext, 'actor'>> {
  const { guards } = transitionOf(command.kind);
  // A case is filed on what was handed over; later acts stand on what is in the file.
  const handedOver = guards.includes('DATA_REVIEW_PASSED');
  if (!['DATA_REVIEW_PASSED', 'EVIDENCE_REVIEWED', 'CHECK_REVIEWED'].some((id) => guards.includes(id as GuardId))) return {};
  const filed = handedOver ? state.evidenceRefs.map((ref) => ({ title: ref.title, source: { from: 'REVIEWED_DATA' as const, dataRef: ref.dataRef } })) : state.evidence;
  const sources = command.kind === 'ATTACH_EVIDENCE' ? [{ title: command.title, source: command.source }] : filed;
  const told = guards.includes('SUSPICION_TOLD') ? { told: await suspicionTold(tx, deps, state) } : {};
  const frozen = guards.includes('FILE_FROZEN') ? await deps.freezer.newest(tx, state.caseId) : undefined;
  const passed: ReviewedData[] = [];
  const withdrawn: string[] = [];
  for (const { title, source } of sources) {
    const dataRef = source.from === 'REVIEWED_DATA' ? source.dataRef : source.from === 'FILE' ? materialRef(source.sha256) : undefined;
    if (dataRef === undefined) continue;
    const answer = await deps.reviews.check(tx, dataRef);
    if (answer.ok) passed.push({ reviewId: answer.value.reviewId, dataRef, title });
    // A file nobody reviewed is no data of the platform, and may be evidence of another kind; one that was refused may not.
    else if (source.from === 'REVIEWED_DATA' || answer.code === 'REVIEW-021') withdrawn.push(dataRef);
  }
  for (const { dataRef } of guards.includes('CHECK_REVIEWED') ? checksOnData(state, command.kind) : []) {
    if (!(await deps.reviews.check(tx, dataRef)).ok) withdrawn.push(dataRef);
  }
  return { passed, withdrawn, ...told, ...(frozen === undefined ? {} : { frozen }) };
}

/** The officer names the data; the platform finds the review that covers them. */
function namingReview(command: CaseCommand, context: ActingContext): CaseCommand {
  if (command.kind !== 'ATTACH_EVIDENCE' || command.source.from !== 'REVIEWED_DATA') return command;
  const { source } = command;
  const found = context.passed?.find((p) => p.dataRef === source.dataRef);
  return found === undefined ? command : { ...command, source: { ...source, reviewId: found.reviewId } };
}

async function officer(
  tx: Tx,
  deps: CaseDeps,
  state: PenaltyCase,
  accountId: AccountId,
): Promise<CaseActor | undefined> {
  const found = await accountOf(tx, accountId);
  const today = dayOf(deps.clock.now());
  const certificate = found?.certificate;
  const valid =
    certificate !== null && certificate !== undefined && certificate.from <= today && today <= certificate.to;
  if (found === undefined || found.disabledAt !== null || found.authorityId !== state.authorityId || !valid)
    return undefined;
  return { accountId: found.accountId, name: found.name, certificate: certificate.number };
}
