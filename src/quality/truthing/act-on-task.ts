import { refusalFor, type Actor } from '#access';
import { appendLeaf, sha256Hex } from '#evidence';
import { ok, parseId, type CalendarDay, type Clock, type Instant, type OutfallId, type Result, type UnitId } from '#kernel';
import type { Law } from '#law';
import type { BlobStore } from '#platform/blobs';
import { transact, type Database, type Tx } from '#platform/db';
import { closeDeadline, openDeadline } from '#platform/deadlines';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { partyOf, type LiveRegistry, type Outfall } from '#register';
import { refuse } from '../errors.ts';
import { ruleBook } from '../rules.ts';
import { findTask, insertTask, insertTaskEvent, updateTask, type Material, type TaskEvent } from '../store/truthing.ts';
import { decideTask, dueOn, isOverdue, type CheckCommand, type TaskAct, type TaskCommand, type TruthingTask } from './decide-truthing.ts';
import { failedChecks } from './failed-checks.ts';

/** What tasks of putting data right work with. */
export interface TruthingDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly blobs: BlobStore;
  readonly law: Law;
  readonly registry: LiveRegistry;
  /** Whose a clue is, from the step that keeps clues; undefined where there is none. */
  readonly clueOwner: (clueId: string) => Promise<{ readonly unitId: UnitId; readonly outfall: OutfallId | null } | undefined>;
}

export interface RaiseCommand extends Pick<TruthingTask, 'holder' | 'source' | 'ref' | 'what'> {
  readonly outfall: string;
  /** By which day; the term of the law's own data where nobody names one. */
  readonly day: CalendarDay | null;
}

export const CLOCK = 'T1g';
export const SUBJECT = 'data-truthing';
const EVENTS = { RAISE: 'raised', ANSWER: 'answered', SEND_BACK: 'sent-back', CLOSE: 'closed', WITHDRAW: 'withdrawn' } as const satisfies Record<TaskAct, string>;

async function causeMissing(deps: TruthingDeps, outfall: Outfall, { source, ref }: RaiseCommand, now: Instant) {
  if (source === 'OUTFALL') return ref === '' ? undefined : refuse('QUALITY-014', { field: 'ref' });
  if (source === 'CLUE') {
    const clue = await deps.clueOwner(ref);
    return clue?.unitId === outfall.unit && (clue.outfall === null || clue.outfall === outfall.outfall) ? undefined : refuse('QUALITY-014', { field: 'ref' });
  }
  const registry = deps.registry.current();
  const region = partyOf(registry, outfall.unit)?.region;
  const failed = region === undefined ? [] : failedChecks(registry, outfall, ruleBook(deps.law, region), now);
  return failed.some((check) => check.ref === ref) ? undefined : refuse('QUALITY-015', { field: 'ref' });
}

/** Writes one act: where the task stands, its ledger row, its clock, its event, its leaf. Words go into the leaf as a digest. */
async function write(deps: TruthingDeps, tx: Tx, task: TruthingTask, actor: Actor, event: Pick<TaskEvent, 'act' | 'text' | 'materials' | 'late'>, now: Instant): Promise<void> {
  const { taskId, unitId } = task;
  const { act, text, materials, late } = event;
  const sets = act === 'RAISE' || act === 'SEND_BACK';
  await insertTaskEvent(tx, { taskId, act, at: now, byId: actor.accountId, byName: actor.name, text, materials, dueAt: sets ? task.dueAt : null, late });
  if (sets) await openDeadline(tx, { clockId: CLOCK, subjectKind: SUBJECT, subjectId: taskId, unitId, authorityId: task.authorityId, holder: unitId, article: task.article, startedAt: now, dueAt: task.dueAt, dayKind: 'CALENDAR_DAY' });
  else await closeDeadline(tx, { clockId: CLOCK, subjectKind: SUBJECT, subjectId: taskId, closedAt: now, outcome: act === 'WITHDRAW' ? 'CANCELLED' : 'MET' });
  await emit(tx, deps.clock, { type: `quality.truthing-${EVENTS[act]}`, subject: taskId, payload: { taskId, unitId, outfall: task.outfall, act, state: task.state, round: task.round } });
  const files = materials.map((file) => `sha256:${file.sha256}`);
  await appendLeaf(tx, deps.clock, { t: 'mark', ref: taskId, act: `truthing.${act}`, by: actor.accountId, unit: unitId, state: task.state, round: task.round, text: `sha256:${sha256Hex(text)}`, ...(files.length === 0 ? {} : { files }) });
}

/**
 * An official asks for data to be put right: what, by whom, by which day. QUALITY-001 no such outfall, 013 a day that is over, 014 and 015 the
 * cause it names is not there.
 */
export async function raiseTask(deps: TruthingDeps, actor: Actor, command: RaiseCommand): Promise<Result<TruthingTask>> {
  const registry = deps.registry.current();
  const id = parseId<OutfallId>(command.outfall);
  const outfall = id === undefined ? undefined : registry.outfall(id);
  const party = outfall && partyOf(registry, outfall.unit);
  if (outfall === undefined || party === undefined || refusalFor(actor, 'truthing.raise', party) !== undefined) return refuse('QUALITY-001', { field: 'outfall' });
  const now = deps.clock.now();
  const term = deps.law.due(CLOCK, party.region, now);
  const due = command.day === null ? ok(term.dueAt) : dueOn(command.day, now);
  if (!due.ok) return due;
  const missing = await causeMissing(deps, outfall, command, now);
  if (missing !== undefined) return missing;
  const task: TruthingTask = {
    taskId: newId('tru'), unitId: outfall.unit, authorityId: party.authorityId, outfall: outfall.outfall, holder: command.holder, source: command.source, ref: command.ref, what: command.what,
    state: 'OPEN', round: 1, dueAt: due.value, article: term.article, raisedAt: now,
  };
  return transact<Result<TruthingTask>>(deps.db, async (tx) => {
    await insertTask(tx, task);
    await write(deps, tx, task, actor, { act: 'RAISE', text: command.what, materials: [], late: false }, now);
    return ok(task);
  });
}

async function act(deps: TruthingDeps, actor: Actor, taskId: string, command: TaskCommand, words: { readonly text: string; readonly materials: readonly Material[] }): Promise<Result<TruthingTask>> {
  return transact<Result<TruthingTask>>(deps.db, async (tx) => {
    const task = await findTask(tx, taskId, true);
    const permission = command.act === 'ANSWER' ? 'truthing.answer' : 'truthing.check';
    if (task === undefined || refusalFor(actor, permission, task) !== undefined) return refuse('QUALITY-011');
    if (command.act === 'ANSWER' && task.holder === 'UNIT' && actor.unitId === undefined) return refuse('QUALITY-017');
    const now = deps.clock.now();
    const next = decideTask(task, command, now);
    if (!next.ok) return next;
    await updateTask(tx, next.value);
    await write(deps, tx, next.value, actor, { act: command.act, ...words, late: command.act === 'ANSWER' && isOverdue(task, now) }, now);
    return next;
  });
}

/** The unit, or its agent where the operator was asked, says what was put right. QUALITY-011, 012, 016 a file that did not arrive, 017 the unit itself was asked. */
export async function answerTask(deps: TruthingDeps, actor: Actor, taskId: string, words: { readonly text: string; readonly materials: readonly Material[] }): Promise<Result<TruthingTask>> {
  const missing = words.materials.find(({ sha256 }) => !deps.blobs.has(sha256));
  return missing === undefined ? act(deps, actor, taskId, { act: 'ANSWER' }, words) : refuse('QUALITY-016', { field: 'materials', args: { name: missing.name } });
}

/** An official closes it, sends it back with another day, or withdraws it. QUALITY-011, 012, 013. */
export const checkTask = (deps: TruthingDeps, actor: Actor, taskId: string, command: CheckCommand, text: string): Promise<Result<TruthingTask>> =>
  act(deps, actor, taskId, command, { text, materials: [] });
