import type { Clock } from '#kernel';
import { sql, transact, type Database, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { BINDS_AUTHORITY, presses, type Pressing } from './urgency.ts';

/** By what a term is counted. */
export type DayKind = 'WORKING_DAY' | 'CALENDAR_DAY' | 'HOUR' | 'MONTH' | 'YEAR';
/** Where a deadline stands; OVERDUE_MET was kept, but late. */
export type DeadlineState = 'OPEN' | 'PAUSED' | 'MET' | 'OVERDUE_MET' | 'CANCELLED';

/** A deadline to be opened: clock, article, start, end and who holds it. */
export interface NewDeadline {
  /** Clock of `law/deadlines`, e.g. `T3a`. */
  readonly clockId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Whose matter it measures: lists of running clocks are asked for by it. */
  readonly unitId: string;
  readonly authorityId: string;
  /** Who has to act: a role or a unit id. */
  readonly holder: string;
  readonly article: string;
  readonly dayKind: DayKind;
  readonly startedAt: number;
  readonly dueAt: number;
  /** The calendar of the last year touched is not yet published. */
  readonly provisional?: boolean;
}

/** A deadline as stored. */
export interface Deadline extends Required<NewDeadline> {
  readonly deadlineId: string;
  readonly state: DeadlineState;
  readonly pausedAt: number | null;
  readonly pauseReason: string | null;
  readonly closedAt: number | null;
  readonly overdue: boolean;
}

type Key = Pick<NewDeadline, 'clockId' | 'subjectKind' | 'subjectId'>;

/** Starts a clock. A second open clock of the same kind on the same subject is a defect of the caller. */
export async function openDeadline(tx: Tx, deadline: NewDeadline): Promise<string> {
  const deadlineId = newId('ddl');
  await tx
    .insertInto('deadline')
    .values({
      deadline_id: deadlineId,
      clock_id: deadline.clockId,
      subject_kind: deadline.subjectKind,
      subject_id: deadline.subjectId,
      unit_id: deadline.unitId,
      authority_id: deadline.authorityId,
      holder: deadline.holder,
      article: deadline.article,
      day_kind: deadline.dayKind,
      started_at: deadline.startedAt,
      due_at: deadline.dueAt,
      provisional: deadline.provisional ?? false,
    })
    .execute();
  return deadlineId;
}

/** Ends a clock; one that ran out before is kept as met too late. Closing a clock that does not run changes nothing. */
export async function closeDeadline(tx: Tx, key: Key & { closedAt: number; outcome?: 'MET' | 'CANCELLED' }): Promise<void> {
  const outcome = key.outcome ?? 'MET';
  await sql`UPDATE deadline SET closed_at = ${key.closedAt},
      state = CASE WHEN ${outcome}::text = 'CANCELLED' THEN 'CANCELLED' WHEN ${key.closedAt}::bigint > due_at THEN 'OVERDUE_MET' ELSE 'MET' END
    WHERE clock_id = ${key.clockId} AND subject_kind = ${key.subjectKind} AND subject_id = ${key.subjectId}
      AND state IN ('OPEN', 'PAUSED')`.execute(tx);
}

/** Stops a clock for an excluded period (hearing, test, suspension), with the reason. */
export async function pauseDeadline(tx: Tx, key: Key & { at: number; reason: string }): Promise<void> {
  await sql`UPDATE deadline SET state = 'PAUSED', paused_at = ${key.at}, pause_reason = ${key.reason}
    WHERE clock_id = ${key.clockId} AND subject_kind = ${key.subjectKind} AND subject_id = ${key.subjectId} AND state = 'OPEN'`.execute(tx);
}

/** Goes on until `dueAt`: by what kind of day the time that stood still is given back, the caller knows from the law. */
export async function resumeDeadline(tx: Tx, key: Key & { at: number; dueAt: number }): Promise<void> {
  await sql`UPDATE deadline SET state = 'OPEN', due_at = ${key.dueAt},
      paused_ms = paused_ms + (${key.at}::bigint - paused_at), paused_at = NULL, pause_reason = NULL
    WHERE clock_id = ${key.clockId} AND subject_kind = ${key.subjectKind} AND subject_id = ${key.subjectId} AND state = 'PAUSED'`.execute(tx);
}

/** Moves the due moment of a running clock, e.g. an approved extension. */
export async function extendDeadline(tx: Tx, key: Key & { dueAt: number; article: string }): Promise<void> {
  await sql`UPDATE deadline SET due_at = ${key.dueAt}, article = article || ' · ' || ${key.article}, overdue_raised_at = NULL
    WHERE clock_id = ${key.clockId} AND subject_kind = ${key.subjectKind} AND subject_id = ${key.subjectId} AND state IN ('OPEN', 'PAUSED')`.execute(tx);
}

const COLUMNS = sql`deadline_id AS "deadlineId", clock_id AS "clockId", subject_kind AS "subjectKind", subject_id AS "subjectId",
  unit_id AS "unitId", authority_id AS "authorityId",
  holder, article, day_kind AS "dayKind", started_at AS "startedAt", due_at AS "dueAt", provisional, state,
  paused_at AS "pausedAt", pause_reason AS "pauseReason", closed_at AS "closedAt",
  (overdue_raised_at IS NOT NULL OR state = 'OVERDUE_MET') AS overdue`;

/** All clocks of a subject, the running ones first, then by due moment. */
export async function deadlinesOf(db: Database | Tx, subjectKind: string, subjectId: string): Promise<Deadline[]> {
  const { rows } = await sql<Deadline>`SELECT ${COLUMNS} FROM deadline
    WHERE subject_kind = ${subjectKind} AND subject_id = ${subjectId}
    ORDER BY (state IN ('OPEN', 'PAUSED')) DESC, due_at`.execute(db);
  return rows;
}

/** Which running clocks are looked for. */
export interface RunningFilter extends Pressing {
  /** Of whom: a condition over `subject_kind`, `unit_id` and `authority_id`. */
  readonly visible: ReturnType<typeof sql<boolean>>;
}

/** Running clocks by due moment, for "what is at risk". */
export async function openDeadlines(db: Database, { visible, without }: RunningFilter, limit: number): Promise<Deadline[]> {
  const { rows } = await sql<Deadline>`SELECT ${COLUMNS} FROM deadline
    WHERE state IN ('OPEN', 'PAUSED') AND ${visible} AND clock_id <> ALL(${[...without]}::text[])
    ORDER BY due_at, deadline_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** How many clocks run, and how many of them ran out before `now` and broke a duty. */
export async function countDeadlines(db: Database, { visible, without, lapsing, now }: RunningFilter): Promise<{ running: number; late: number }> {
  const { rows } = await sql<{ running: number; late: number }>`SELECT count(*)::int AS running, (count(*) FILTER (WHERE state = 'OPEN' AND due_at < ${now} AND clock_id <> ALL(${[...lapsing]}::text[])))::int AS late FROM deadline
    WHERE state IN ('OPEN', 'PAUSED') AND ${visible} AND clock_id <> ALL(${[...without]}::text[])`.execute(db);
  return rows[0] ?? { running: 0, late: 0 };
}

/** The clock of each subject that presses most, for lists, the authority's own before the party's; where none presses, the one that ends first. */
export async function nearestDeadlines(db: Database, { visible, ...pressing }: RunningFilter, subjectKind: string, ids: readonly string[]): Promise<Map<string, Deadline>> {
  const { rows } = await sql<Deadline>`SELECT DISTINCT ON (subject_id) ${COLUMNS} FROM deadline
    WHERE state IN ('OPEN', 'PAUSED') AND subject_kind = ${subjectKind} AND subject_id = ANY(${[...ids]}::text[]) AND ${visible} AND clock_id <> ALL(${[...pressing.without]}::text[])
    ORDER BY subject_id, ${presses(pressing)} DESC, ${BINDS_AUTHORITY} DESC, due_at, deadline_id`.execute(db);
  return new Map(rows.map((row) => [row.subjectId, row]));
}

/** Raises `deadline.overdue` for each clock that has run out, once, however often and by however many it is called. */
export async function sweepDeadlines(deps: { db: Database; clock: Clock }): Promise<number> {
  const now = deps.clock.now();
  return transact(deps.db, async (tx) => {
    const { rows } = await sql<Deadline>`UPDATE deadline SET overdue_raised_at = ${now}
      WHERE deadline_id = ANY(ARRAY(SELECT deadline_id FROM deadline
        WHERE state = 'OPEN' AND overdue_raised_at IS NULL AND due_at < ${now} ORDER BY due_at LIMIT 500 FOR UPDATE SKIP LOCKED))
      RETURNING ${COLUMNS}`.execute(tx);
    for (const row of rows) {
      await emit(tx, deps.clock, { type: 'deadline.overdue', subject: `${row.subjectKind}:${row.subjectId}`, payload: row });
    }
    return rows.length;
  });
}
