import { refusalFor, type Actor } from '#access';
import { asId, dayOf, endOfDay, ok, type CalendarDay, type ClueId, type DeliveryId, type Instant, type Refusal, type Result } from '#kernel';
import { addWorkingDays } from '#law';
import { transact, type Database, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { BASES } from '../clue/bases.ts';
import { missingMaterial } from '../clue/materials.ts';
import { refuseStranger } from '../members/check-member.ts';
import { refuse } from '../errors.ts';
import { noticePaper, statementPaper } from '../finding/paper-data.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue, type PoolClue } from '../store/clues.ts';
import { findNotice, insertStatement, keepNotice, type Notice, type Statement } from '../store/notices.ts';
import { drafterOf } from '../finding/review-drafter.ts';
import { findReview, type Review } from '../store/reviews.ts';
import { closeClock, openLawClock, recordStep, sealClue } from '../clue/step-clue.ts';

/** Days a unit is asked to state within; the measures set none, and a later statement is heard all the same. */
const STATE_WORKING_DAYS = 5;

/** Tells the unit of the suspicion (D4): facts, where it sees the data, how to state. Receipt is to be confirmed (第十三条). */
export async function notifyUnit(deps: ReviewDeps, actor: Actor, clueId: ClueId): Promise<Result<Notice>> {
  return transact<Result<Notice>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    const notice = await findNotice(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const no = await refuseIssuer(tx, deps, clue, actor);
    if (no !== undefined) return no;
    const review = clue.reviewId === null ? undefined : await findReview(tx, clue.reviewId);
    const unit = deps.directory.unit(clue.unitId);
    if (notice === undefined || review === undefined) return refuse('REVIEW-011', { missing: ['审核通过的审核意见'] });
    if (notice.state === 'SENT' || notice.state === 'CONFIRMED') return refuse('REVIEW-030');
    if (unit === undefined) return refuse('REVIEW-050');
    const now = deps.clock.now();
    const until = addWorkingDays(deps.law.calendar, dayOf(now), STATE_WORKING_DAYS).day;
    const made = await deps.papers.make(tx, {
      ...noticePaper(deps, clue, unit, review, dayOf(now), until), subject: { kind: 'clue', id: clueId }, unitId: clue.unitId, authorityId: clue.groupId,
      preparedBy: await drafterOf(tx, review), approvedBy: actor,
    });
    if (!made.ok) return made;
    const paper = made.value;
    const posted = await deps.papers.send(tx, {
      paper, unitId: clue.unitId, authorityId: clue.groupId, region: clue.region, title: '涉嫌违法事实告知书', confirm: true,
      subject: { kind: 'clue', id: clueId }, by: actor.accountId, about: { zh: review.factsZh ?? clue.sentenceZh, en: review.factsEn ?? clue.sentenceEn },
    });
    if (!posted.ok) return posted;
    const sent = posted.value;
    if (sent.arrivedAt !== null) await endNoticeClocks(tx, deps, clueId);
    const next: Notice = {
      ...notice, state: 'SENT', documentId: paper.documentId, documentNo: paper.number, deliveryId: sent.deliveryId, sentAt: now,
      arrivedAt: sent.arrivedAt, stateUntil: until, changedAt: now,
    };
    await keepNotice(tx, next);
    const after = await recordStep(tx, deps, {
      clue, act: 'notify', to: clue.state, from: clue.state, actor, basis: BASES.notice, reviewId: review.reviewId, documentId: paper.documentId,
    });
    await emit(tx, deps.clock, { type: 'notice.sent', subject: clueId, payload: { clueId, unit: clue.unitId, documentId: paper.documentId, deliveryId: sent.deliveryId } });
    await sealClue(tx, deps, after, 'notify', actor, { document: paper.documentId, sha256: paper.sha256 });
    return ok(next);
  });
}

/** Violations in which evidence may vanish when the party is told first. */
const FALSIFICATION: readonly string[] = ['DATA_TAMPER_DISCHARGE', 'DATA_FALSIFY_UNIT', 'DATA_FALSIFY_AGENCY', 'DEVICE_MOVED_DAMAGED'];

/** The notice runs by one of two clocks: the ordinary one, or that of a deferral. */
async function endNoticeClocks(tx: Tx, deps: ReviewDeps, clueId: ClueId): Promise<void> {
  await closeClock(tx, deps, clueId, 'T2n');
  await closeClock(tx, deps, clueId, 'T2d');
}

/** Who issues the notice is the region's choice: the lead of the body that reviewed, or the head of enforcement. */
export async function refuseIssuer(tx: Database | Tx, deps: ReviewDeps, clue: PoolClue, actor: Actor): Promise<Refusal | undefined> {
  const no = refusalFor(actor, 'review.notify', clue);
  if (no !== undefined) return no;
  const issuer = deps.law.valueAt('review.noticeIssuer', clue.region, dayOf(deps.clock.now()));
  if (issuer.value === 'REVIEW_GROUP') return refuseStranger(tx, deps, clue, clue.body, actor, 'lead');
  return actor.roles.includes('enforcement-lead') ? undefined : refuse('REVIEW-035', { basis: `${issuer.source} ${issuer.article}` });
}

/** May the notice wait at all: where the region allows it, and only for falsification. Undefined when it may. */
export function refuseDeferral(deps: ReviewDeps, clue: PoolClue, review: Pick<Review, 'violations'> | undefined): Refusal | undefined {
  if (!deps.law.valueAt('review.noticeMayBeDeferred', clue.region, dayOf(deps.clock.now())).value) return refuse('REVIEW-033');
  return review?.violations.some((key) => FALSIFICATION.includes(key)) === true ? undefined : refuse('REVIEW-036');
}

/** Puts the notice off so that evidence can be fixed first: for falsification, with a reason, to a day, by a clock of its own. */
export async function deferNotice(deps: ReviewDeps, actor: Actor, clueId: ClueId, until: CalendarDay, reason: string): Promise<Result<Notice>> {
  return transact<Result<Notice>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    const notice = await findNotice(tx, clueId, true);
    if (clue === undefined || notice === undefined) return refuse('REVIEW-001');
    const no = await refuseIssuer(tx, deps, clue, actor);
    if (no !== undefined) return no;
    if (notice.state !== 'DUE') return refuse('REVIEW-030');
    if (reason.trim().length < 5) return refuse('REVIEW-004', { field: 'reason' });
    const review = clue.reviewId === null ? undefined : await findReview(tx, clue.reviewId);
    const never = refuseDeferral(deps, clue, review);
    if (never !== undefined) return never;
    const now = deps.clock.now();
    const last = deps.law.due('T2d', clue.region, now).dueDay;
    if (until > last || until < dayOf(now)) return refuse('REVIEW-034', { args: { day: last }, field: 'until' });
    const next: Notice = { ...notice, state: 'DEFERRED', deferReason: reason.trim(), deferUntil: until, changedAt: now };
    await keepNotice(tx, next);
    await closeClock(tx, deps, clueId, 'T2n', 'CANCELLED');
    await openLawClock(tx, deps, clue, 'T2d', endOfDay(until));
    const after = await recordStep(tx, deps, {
      clue, act: 'defer', to: clue.state, from: clue.state, actor, basis: BASES.notice, detail: { reason: reason.trim(), note: reason.trim(), until },
    });
    await emit(tx, deps.clock, { type: 'suspicion_notice.deferred', subject: clueId, payload: { clueId, unit: clue.unitId, until } });
    await sealClue(tx, deps, after, 'defer', actor, { until });
    return ok(next);
  });
}

/** The unit says that it has the notice. Arrival alone is not enough under article 13. */
export async function confirmNotice(deps: ReviewDeps, actor: Actor, clueId: ClueId): Promise<Result<Notice>> {
  return transact<Result<Notice>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    const notice = await findNotice(tx, clueId, true);
    if (clue === undefined || notice === undefined || notice.sentAt === null) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'review.notice-confirm', clue);
    if (no !== undefined) return no;
    if (notice.state === 'CONFIRMED') return refuse('REVIEW-032');
    if (notice.deliveryId === null) return refuse('REVIEW-031');
    const now = deps.clock.now();
    const next: Notice = { ...notice, state: 'CONFIRMED', confirmedAt: now, changedAt: now };
    await keepNotice(tx, next);
    await endNoticeClocks(tx, deps, clueId);
    const confirmed = await deps.papers.confirm(tx, notice.deliveryId, actor.accountId);
    if (!confirmed.ok) return confirmed;
    const after = await recordStep(tx, deps, { clue, act: 'confirm', to: clue.state, from: clue.state, actor, basis: BASES.notice, documentId: notice.documentId });
    await emit(tx, deps.clock, { type: 'notice.confirmed', subject: clueId, payload: { clueId, unit: clue.unitId, at: now } });
    await sealClue(tx, deps, after, 'confirm', actor);
    return ok(next);
  });
}

export interface StatementCommand {
  readonly kind: Statement['kind'];
  readonly text: string;
  readonly materials: Statement['materials'];
}

/** Query, statement or plea of the unit; open from the notice on, in every state, without end (gate:G10). */
export async function stateOnNotice(deps: ReviewDeps, actor: Actor, clueId: ClueId, command: StatementCommand): Promise<Result<Statement>> {
  return transact<Result<Statement>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    const notice = await findNotice(tx, clueId);
    if (clue === undefined || notice === undefined || notice.sentAt === null) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'review.notice-state', clue);
    if (no !== undefined) return no;
    if (command.text.trim() === '') return refuse('REVIEW-004', { field: 'text' });
    const missing = missingMaterial(deps.blobs, command.materials);
    if (missing !== undefined) return missing;
    const statement: Statement = {
      statementId: newId('stm'), clueId, accountId: actor.accountId, kind: command.kind, text: command.text.trim(), materials: command.materials, at: deps.clock.now(),
    };
    const unit = deps.directory.unit(clue.unitId);
    if (unit === undefined) return refuse('REVIEW-050');
    const paper = await deps.papers.make(tx, {
      ...statementPaper(clue, unit, notice, statement, actor.name), subject: { kind: 'clue', id: clueId }, unitId: clue.unitId, authorityId: clue.groupId, preparedBy: actor,
    });
    if (!paper.ok) return paper;
    await insertStatement(tx, statement);
    const after = await recordStep(tx, deps, {
      clue, act: 'state', to: clue.state, from: clue.state, actor, basis: BASES.notice, documentId: paper.value.documentId, detail: { statementId: statement.statementId, kind: command.kind },
    });
    await emit(tx, deps.clock, { type: 'notice.statement', subject: clueId, payload: { clueId, unit: clue.unitId, statementId: statement.statementId, kind: command.kind } });
    await sealClue(tx, deps, after, 'state', actor, { statement: statement.statementId });
    return ok(statement);
  });
}

/** The notice, in whatever delivery of it, arrived by another way than the portal (by hand, by post): its clock ends at arrival, not at dispatch. */
export async function noteNoticeArrival(
  tx: Tx, deps: ReviewDeps, clueId: ClueId, { documentId, deliveryId, arrivedAt }: { readonly documentId: string; readonly deliveryId: string; readonly arrivedAt: Instant },
): Promise<void> {
  const notice = await findNotice(tx, clueId, true);
  if (notice === undefined || notice.arrivedAt !== null || notice.documentId !== documentId) return;
  await keepNotice(tx, { ...notice, deliveryId: asId<DeliveryId>(deliveryId), arrivedAt, changedAt: deps.clock.now() });
  await endNoticeClocks(tx, deps, clueId);
}
