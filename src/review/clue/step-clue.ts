import { actedAs, actedFor, allAuthorities, behalfOf, conflictOf, groupAuthority, type Actor, type Duty, type PastAct } from '#access';
import { noteVerdict } from '#analysis';
import { appendLeaf } from '#evidence';
import { dayOf, endOfDay, type AuthorityId, type ClueId, type DocumentId, type Instant, type Refusal, type ReviewId } from '#kernel';
import { addWorkingDays, localBasis } from '#law';
import { closeDeadline, openDeadline } from '#platform/deadlines';
import type { Database, Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { sheetEventsOf, sheetOfClue } from '#supervision';
import type { ReviewDeps } from '../ports.ts';
import type { ClueState } from './clue-machine.ts';
import { verdictOf } from './decide-verdict.ts';
import { recusalsOf } from '../store/opinions.ts';
import { insertStep, reviewHistory, updateClue, type ClueStep, type PoolClue } from '../store/clues.ts';

export interface Step {
  readonly clue: PoolClue;
  readonly act: ClueStep['act'];
  readonly to: ClueState;
  readonly from: ClueState | null;
  readonly actor: Actor;
  readonly basis: string;
  readonly duty?: Duty | undefined;
  readonly reviewId?: ReviewId | null;
  readonly documentId?: DocumentId | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Projection and ledger row of one act on a clue, and what it says of the models. The leaf comes apart, see `sealClue`. */
export async function recordStep(tx: Tx, deps: ReviewDeps, step: Step): Promise<PoolClue> {
  const now = deps.clock.now();
  const clue: PoolClue = { ...step.clue, state: step.to, changedAt: now };
  await updateClue(tx, clue);
  await insertStep(tx, {
    eventId: newId('rev'), clueId: clue.clueId, reviewId: step.reviewId ?? null, at: now, act: step.act, from: step.from, to: step.to,
    actorId: step.actor.accountId, duty: step.duty ?? null, basis: localBasis(deps.law, step.basis, clue.region), documentId: step.documentId ?? null, detail: { ...step.detail, ...actedAs(step.actor) },
  });
  const verdict = verdictOf(step.act, step.from, step.to, step.detail ?? {});
  if (verdict !== undefined) await noteVerdict(tx, deps.clock, { clueId: clue.clueId, ...verdict });
  return clue;
}

/** The act's leaf: ids and codes only. */
export async function sealClue(tx: Tx, deps: ReviewDeps, clue: PoolClue, act: string, actor: Actor, more: Readonly<Record<string, string | number>> = {}): Promise<void> {
  await appendLeaf(tx, deps.clock, { t: 'review', ref: clue.clueId, act, state: clue.state, actor: actor.accountId, ...behalfOf(actor), ...more });
}

/** What people did about this clue in ④ and ⑤, for the separation of duties; cases lay their own acts on top. */
export async function clueHistory(db: Database | Tx, clueId: ClueId): Promise<PastAct[]> {
  const own = await reviewHistory(db, clueId);
  const sheet = await sheetOfClue(db, clueId);
  const before = sheet === undefined ? [] : await sheetEventsOf(db, sheet.sheetId);
  const rechecks = before.flatMap((e) => (e.duty === null || e.duty === '' ? [] : actedFor(e).map((accountId) => ({ accountId, duty: e.duty as Duty }))));
  const withdrawn = (await recusalsOf(db, clueId)).filter((one) => one.decision?.granted === true).map((one): PastAct => ({ accountId: one.accountId, duty: 'interested' }));
  return [...own, ...rechecks, ...withdrawn];
}

export async function refuseConflict(tx: Tx, clue: PoolClue, actor: Actor, duty: Duty | undefined): Promise<Refusal | undefined> {
  return duty === undefined ? undefined : conflictOf(await clueHistory(tx, clue.clueId), actor, duty);
}

/** Panel and review group that handle matters of an authority. */
export const groupOf = async (db: Database | Tx, authorityId: AuthorityId): Promise<AuthorityId> => groupAuthority(await allAuthorities(db), authorityId);

/** Terms the measures leave open, from the regional parameter: `panel` to list or set aside, `review` to conclude. */
export async function openOwnClock(tx: Tx, deps: ReviewDeps, clue: PoolClue, clockId: 'panel' | 'review'): Promise<void> {
  const now = deps.clock.now();
  const term = deps.law.valueAt('review.reviewWorkingDays', clue.region, dayOf(now));
  const due = addWorkingDays(deps.law.calendar, dayOf(now), term.value);
  await openDeadline(tx, {
    clockId, subjectKind: 'clue', subjectId: clue.clueId, unitId: clue.unitId, authorityId: clue.authorityId, holder: clue.groupId, article: `${term.source} ${term.article}`, dayKind: 'WORKING_DAY',
    startedAt: now, dueAt: endOfDay(due.day), provisional: due.provisional,
  });
}

export async function closeClock(tx: Tx, deps: ReviewDeps, clueId: ClueId, clockId: string, outcome: 'MET' | 'CANCELLED' = 'MET'): Promise<void> {
  await closeDeadline(tx, { clockId, subjectKind: 'clue', subjectId: clueId, closedAt: deps.clock.now(), outcome });
}

/** A statutory clock on the clue, from the law data; a day chosen within the term may shorten it. */
export async function openLawClock(tx: Tx, deps: ReviewDeps, clue: PoolClue, id: 'T2' | 'T2n' | 'T2d' | 'T2s', until?: Instant): Promise<void> {
  const due = deps.law.due(id, clue.region, deps.clock.now());
  await openDeadline(tx, {
    clockId: due.clockId, subjectKind: 'clue', subjectId: clue.clueId, unitId: clue.unitId, authorityId: clue.authorityId, holder: clue.groupId, article: due.article, dayKind: due.dayKind,
    startedAt: due.startedAt, dueAt: until === undefined || until > due.dueAt ? due.dueAt : until, provisional: due.provisional,
  });
}
