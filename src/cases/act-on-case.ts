import { platformActor, type Actor } from '#access';
import { appendLeaves, digestOf, type Json, type LeafInput } from '#evidence';
import { asId, isRefusal, ok, type CaseId, type DocumentId, type LeafIndex, type Refusal, type Result } from '#kernel';
import type { Bilingual } from '#law';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import type { StepEvent } from './case-event.ts';
import { causeOf, chargedKeys } from './charged-acts.ts';
import { checkActor } from './check-actor.ts';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import { drawUpPapers, type DrawnPaper } from './papers/draw-up-papers.ts';
import { decisionPaper } from './papers/paper-facts.ts';
import { refuse } from './errors.ts';
import { digestOfEvent } from './event-digest.ts';
import { applyEvent, foldCase } from './fold.ts';
import { foreseeStep } from './views/foresee-step.ts';
import { openKin, takenIn } from './kin/open-kin.ts';
import { keepClocks } from './clocks/keep-clocks.ts';
import type { CaseActor, PenaltyCase } from './penalty-case.ts';
import type { CaseDeps } from './ports.ts';
import { stateOn } from './states.ts';
import { takenAtOnce } from './measures/states.ts';
import * as store from './store/case-store.ts';
import { transitionOf } from './transitions/transitions.ts';
import { isShownToUnit } from './views/unit-page.ts';

/**
 * Takes one step on a case: one transaction with event, projection, papers, clocks, delivery, outbox and, last, the
 * evidence leaves. A refusal changes nothing.
 *
 * @param expectedVersion version of the case the person saw; a repeated or late act is then refused (CASE-007)
 * @returns the case after the step; CASE-… and ACCESS-… refusals, and those of documents and delivery
 */
export async function actOnCase(
  deps: CaseDeps,
  actor: Actor,
  caseId: CaseId,
  command: CaseCommand,
  expectedVersion?: number,
): Promise<Result<PenaltyCase>> {
  const unsealed = await freezeFirst(deps, actor, caseId, command);
  if (unsealed !== undefined) return unsealed;
  const done = await transact<Result<Stepped & { readonly indexes: readonly LeafIndex[] }>>(deps.db, async (tx) => {
    const result = await actInside(tx, deps, actor, caseId, command, expectedVersion);
    if (!result.ok) return result;
    return ok({ ...result.value, indexes: await appendLeaves(tx, deps.clock, result.value.leaves) });
  });
  if (!done.ok) return done;
  await rememberLeaves(deps, done.value, done.value.indexes);
  return ok(done.value.state);
}

/**
 * A decision is signed on a frozen file: it is made here, before the step's own transaction, by whoever may take the step.
 * Whatever else is wrong with the step is told by the step itself.
 */
async function freezeFirst(deps: CaseDeps, actor: Actor, caseId: CaseId, command: CaseCommand): Promise<Refusal | undefined> {
  const row = transitionOf(command.kind);
  if (!row.guards.includes('FILE_FROZEN')) return undefined;
  const events = await store.eventsOf(deps.db, caseId);
  const state = events.length === 0 ? undefined : foldCase(events);
  if (state === undefined || !row.from.includes(stateOn(state, row.track)) || checkActor(state, row, actor) !== undefined) return undefined;
  const frozen = await deps.freezer.freeze(caseId);
  return isRefusal(frozen) ? frozen : undefined;
}

/**
 * Notes which leaf each step became, after the commit: the sequencer's lock must not wait for it. A crash in between
 * loses only this short cut; the leaf itself names case and step.
 */
export async function rememberLeaves(
  deps: Pick<CaseDeps, 'db'>,
  { state, leaves }: Stepped,
  indexes: readonly LeafIndex[],
): Promise<void> {
  const own = leaves.flatMap((leaf, i) => (leaf['ref'] === state.caseId ? [{ seq: Number(leaf['seq']), index: indexes[i] }] : []));
  const noted = own.flatMap(({ seq, index }) => (index === undefined ? [] : [{ seq, index }]));
  await store.insertLeafIndexes(deps.db, state.caseId, noted.map((one) => one.seq), noted.map((one) => one.index));
}

/** The case after a command, and the leaves its transaction still has to write. */
export interface Stepped {
  readonly state: PenaltyCase;
  readonly leaves: readonly LeafInput[];
}

/** The same inside a transaction another module began (archive, delivery handler); the caller appends the leaves last. */
export async function actInside(
  tx: Tx,
  deps: CaseDeps,
  actor: Actor,
  caseId: CaseId,
  command: CaseCommand,
  expectedVersion?: number,
): Promise<Result<Stepped>> {
  if (!(await store.lockCase(tx, caseId))) return refuse('CASE-001');
  const state = foldCase(await store.eventsOf(tx, caseId));
  if (expectedVersion !== undefined && expectedVersion !== state.version) return refuse('CASE-007');
  return takeStep(tx, deps, state, actor, command);
}

async function takeStep(
  tx: Tx,
  deps: CaseDeps,
  state: PenaltyCase,
  actor: Actor,
  command: CaseCommand,
  brought: readonly DrawnPaper[] = [],
): Promise<Result<Stepped>> {
  const decided = await foreseeStep(tx, deps, state, actor, command);
  if (!decided.ok) return decided;
  const draft = applyEvent(state, { ...decided.value, papers: brought.map(({ ref }) => ref) });
  const papers = await drawUpPapers(tx, deps, state, draft, decided.value);
  if (!papers.ok) return papers;
  const all = [...brought, ...papers.value];
  const event: StepEvent = { ...decided.value, papers: all.map(({ ref }) => ref) };
  const after = applyEvent(state, event);
  await keep(tx, deps, state, after, event, all);
  const here: Stepped = { state: after, leaves: [leafOf(after, event), ...(await openKin(tx, deps, state, event))] };
  if (command.kind === 'MERGE_CASE') return takeInto(tx, deps, after, command, event.actor, here);
  const posted = await postWhatIsOwed(tx, deps, after, event);
  if (!posted.ok) return posted;
  return posted.value === undefined
    ? ok(here)
    : ok({ state: posted.value.state, leaves: [...here.leaves, ...posted.value.leaves] });
}

/** The case that goes on takes in what this one held, in the same transaction. */
async function takeInto(tx: Tx, deps: CaseDeps, from: PenaltyCase, command: CommandOf<'MERGE_CASE'>, by: CaseActor, here: Stepped): Promise<Result<Stepped>> {
  const taken = await takenIn(tx, deps.law, from, command, by);
  if (!taken.ok) return taken;
  const stepped = await takeStep(tx, deps, taken.value.into, platformActor(from.region), taken.value.step, taken.value.papers);
  return stepped.ok ? ok({ state: here.state, leaves: [...here.leaves, ...stepped.value.leaves] }) : stepped;
}

/** Events other modules wait for. */
const EMITTED: Readonly<Partial<Record<CommandKind, string>>> = {
  APPROVE_FILING: 'case.filed',
  REFUSE_FILING: 'case.not_filed',
  TRANSFER_OUT: 'case.transferred',
  SEND_NOTICE: 'case.notice_sent',
  DECIDE: 'case.decided',
  RECORD_DECISION_DELIVERED: 'case.decision_delivered',
  RECORD_REMEDY_OUTCOME: 'case.remedy_decided',
  APPROVE_CLOSING: 'case.closed',
  ARCHIVE: 'case.archived',
};

async function keep(
  tx: Tx,
  deps: CaseDeps,
  before: PenaltyCase,
  after: PenaltyCase,
  event: StepEvent,
  papers: readonly DrawnPaper[],
): Promise<void> {
  const { at } = event;
  await store.appendEvent(tx, after.caseId, after.version, event);
  for (const { ref, data } of papers) await store.insertPaper(tx, after.caseId, after.version, ref, data, at);
  const known = new Set(before.evidence.map((e) => e.itemId));
  for (const item of after.evidence.filter((e) => !known.has(e.itemId)))
    await store.insertEvidence(tx, after.caseId, item, at);
  if (event.derived.trace !== undefined)
    await store.insertDiscretionRun(tx, newId('dsc'), after, event, deps.law.digest);
  await store.projectCase(tx, after, isShownToUnit(after), at);
  if (after.excluded !== before.excluded) await store.projectExcludedPeriods(tx, after);
  await keepClocks(tx, before.running, after, event, at);
  const type = EMITTED[event.command.kind];
  if (type !== undefined) await emit(tx, deps.clock, { type, subject: after.caseId, payload: announcement(after) });
  // Whatever is added while the decision waits to be signed makes a new edition of the file it will rest on.
  if (after.main === 'DECISION_READY') await emit(tx, deps.clock, { type: 'case.decision_ready', subject: after.caseId, payload: announcement(after) });
}

/** What other modules may know of a case: ids, days and sums, no file content. */
function announcement(state: PenaltyCase) {
  const decision = decisionPaper(state);
  return {
    caseId: state.caseId,
    caseNo: state.caseNo,
    clueId: state.clueId,
    reviewId: state.reviewId,
    unitId: state.unitId,
    outfallId: state.outfallId ?? null,
    authorityId: state.authorityId,
    region: state.region,
    violation: state.violation ?? null,
    state: state.main,
    outcome: state.decision?.outcome ?? null,
    amount: state.decision?.amount ?? null,
    decidedAt: state.decision?.decidedAt ?? null,
    documentId: decision?.documentId ?? null,
    documentNumber: decision?.number ?? null,
    /** The archived case whose decision this one takes the place of. */
    supersedes: state.openedFrom?.relation === 'REOPENS' ? state.openedFrom.caseId : null,
  };
}

/** The leaf commits to the whole event by digest; at the decision also to the file it stood on (行政诉讼法 第三十四条). */
function leafOf(after: PenaltyCase, event: StepEvent): LeafInput {
  const digest = digestOfEvent(event);
  const made = event.papers.map((p) => p.sha256);
  const base = {
    t: 'case' as const,
    ref: after.caseId,
    seq: after.version,
    step: event.command.kind,
    from: event.from,
    to: event.to,
    actor: event.actor.accountId,
    ...(event.actor.behalf === undefined ? {} : { behalf: event.actor.behalf.accountId }),
    papers: made,
    digest,
  };
  const { frozen } = event.derived;
  const pkg = frozen === undefined ? {} : { pkg: frozen.manifestSha256, pkgLeaf: frozen.leaf };
  if (event.command.kind !== 'DECIDE') return { ...base, ...pkg };
  const file = { papers: after.papers.map((p) => p.sha256), evidence: after.evidence.map((e) => e.itemId) };
  return { ...base, ...pkg, file: digestOf(JSON.parse(JSON.stringify({ file, items: after.evidence })) as Json) };
}

/** Handed over at the place, a release of what nobody had sealed yet, the end of what the party was never told of: nothing goes into the post. */
const nothingToPost = (state: PenaltyCase, { command, from }: StepEvent): boolean =>
  (command.kind === 'DROP_DAILY_PENALTY' && state.latest.SEND_DAILY_NOTICE === undefined) ||
  ('orderHandedTo' in command && command.orderHandedTo !== '') || ((command.kind === 'REJECT_SEALING' || command.kind === 'REJECT_PRESERVATION') && !takenAtOnce(from));

/** The case as it is known when the paper goes out. */
function aboutOf({ law }: Pick<CaseDeps, 'law'>, state: PenaltyCase): Bilingual {
  const cause = causeOf(law, chargedKeys(state));
  return { zh: `案件 ${state.caseNo} ${cause.zh}`.trim(), en: `case ${state.caseNo} ${cause.en}`.trim() };
}

/** Electronic delivery arrives at once: the step of arrival then follows in the same transaction. */
async function postWhatIsOwed(
  tx: Tx,
  deps: CaseDeps,
  state: PenaltyCase,
  event: StepEvent,
): Promise<Result<Stepped | undefined>> {
  const posting = transitionOf(event.command.kind).posts;
  if (posting === undefined || nothingToPost(state, event)) return ok(undefined);
  const paper = state.papers.findLast((p) => posting.papers.includes(p.kind));
  if (paper === undefined) throw new Error(`cases: ${event.command.kind} has no paper to send`);
  const documentId = paper.documentId ?? asId<DocumentId>(paper.paperId);
  const { number, title, sha256 } = paper;
  const { unitId, caseId, authorityId, region } = state;
  const sent = await deps.post.deliver(tx, {
    document: { documentId, number, title, sha256 },
    unitId,
    caseId,
    authorityId,
    region,
    about: aboutOf(deps, state),
    by: event.actor.accountId,
    mustConfirm: posting.confirmed === true,
  });
  if (!sent.ok) return sent;
  const { deliveryId, method, arrived } = sent.value;
  if (arrived === null) return ok(undefined);
  const facts = { deliveryId, method, arrivedAt: arrived.at, legalDay: arrived.legalDay, paperId: paper.paperId };
  return takeStep(tx, deps, state, platformActor(state.region), { kind: posting.onArrival, ...facts });
}
