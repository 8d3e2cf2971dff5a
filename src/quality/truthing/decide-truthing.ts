import { dayOf, endOfDay, ok, type AuthorityId, type CalendarDay, type Instant, type OutfallId, type Result, type UnitId } from '#kernel';
import { refuse } from '../errors.ts';

export const HOLDERS = ['UNIT', 'OPERATOR'] as const;
export const SOURCES = ['OUTFALL', 'CLUE', 'CHECK'] as const;
export const TASK_STATES = ['OPEN', 'ANSWERED', 'CLOSED', 'WITHDRAWN'] as const;
export const TASK_ACTS = ['RAISE', 'ANSWER', 'SEND_BACK', 'CLOSE', 'WITHDRAW'] as const;
export type TaskState = (typeof TASK_STATES)[number];
export type TaskAct = (typeof TASK_ACTS)[number];

/** A task of putting data right (数据归真) as it stands now. */
export interface TruthingTask {
  readonly taskId: string;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly outfall: OutfallId;
  /** Who has to put it right: the unit, or its operator (运维单位) as well. */
  readonly holder: (typeof HOLDERS)[number];
  /** What gave cause: the outfall's data as such, a clue, or a quality-control check that was not passed. */
  readonly source: (typeof SOURCES)[number];
  /** Clue id, or name of the check; empty for `OUTFALL`. */
  readonly ref: string;
  readonly what: string;
  readonly state: TaskState;
  /** 1, and one more each time it was sent back. */
  readonly round: number;
  readonly dueAt: Instant;
  readonly article: string;
  readonly raisedAt: Instant;
}

/** What an official does with a task; sending back names the day for the next answer. */
export type CheckCommand = { readonly act: 'CLOSE' | 'WITHDRAW' } | { readonly act: 'SEND_BACK'; readonly day: CalendarDay };
export type TaskCommand = { readonly act: 'ANSWER' } | CheckCommand;

const FROM: Readonly<Record<TaskCommand['act'], readonly TaskState[]>> = {
  ANSWER: ['OPEN'], SEND_BACK: ['ANSWERED'], CLOSE: ['ANSWERED'], WITHDRAW: ['OPEN', 'ANSWERED'],
};
const TO: Readonly<Record<TaskCommand['act'], TaskState>> = { ANSWER: 'ANSWERED', SEND_BACK: 'OPEN', CLOSE: 'CLOSED', WITHDRAW: 'WITHDRAWN' };

/** End of the day named for an answer; a day that is over cannot be one (QUALITY-013). */
export function dueOn(day: CalendarDay, now: Instant): Result<Instant> {
  return day < dayOf(now) ? refuse('QUALITY-013', { field: 'day' }) : ok(endOfDay(day));
}

/** Not answered although the day is over. An answer that waits for its check is not late. */
export const isOverdue = (task: Pick<TruthingTask, 'state' | 'dueAt'>, now: Instant): boolean => task.state === 'OPEN' && now >= task.dueAt;

/**
 * The task after an act: answered, sent back for another round with another day, closed, or withdrawn. A late answer is taken; that
 * it was late stays with it. QUALITY-012 the state does not allow it, 013 the new day is over. Pure.
 */
export function decideTask(task: TruthingTask, command: TaskCommand, now: Instant): Result<TruthingTask> {
  if (!FROM[command.act].includes(task.state)) return refuse('QUALITY-012');
  const next = { ...task, state: TO[command.act] };
  if (command.act !== 'SEND_BACK') return ok(next);
  const due = dueOn(command.day, now);
  return due.ok ? ok({ ...next, round: task.round + 1, dueAt: due.value }) : due;
}
