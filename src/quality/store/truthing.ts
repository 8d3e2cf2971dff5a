import { visibleRows, type Visibility } from '#access';
import type { AccountId, Instant } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { TaskAct, TruthingTask } from '../truthing/decide-truthing.ts';

export interface Material {
  readonly name: string;
  readonly sha256: string;
}

/** One act of a task, as the ledger keeps it. */
export interface TaskEvent {
  readonly taskId: string;
  readonly act: TaskAct;
  readonly at: Instant;
  readonly byId: AccountId;
  readonly byName: string;
  readonly text: string;
  readonly materials: readonly Material[];
  /** The day an act set, as its end; null for acts that set none. */
  readonly dueAt: Instant | null;
  readonly late: boolean;
}

const COLUMNS = sql`t.task_id AS "taskId", t.unit_id AS "unitId", t.authority_id AS "authorityId", t.outfall, t.holder, t.source, t.ref, t.what, t.state, t.round,
  t.due_at AS "dueAt", t.article, t.raised_at AS "raisedAt"`;

export async function insertTask(tx: Tx, t: TruthingTask): Promise<void> {
  await sql`INSERT INTO data_truthing (task_id, unit_id, authority_id, outfall, holder, source, ref, what, state, round, due_at, article, raised_at)
    VALUES (${t.taskId}, ${t.unitId}, ${t.authorityId}, ${t.outfall}, ${t.holder}, ${t.source}, ${t.ref}, ${t.what}, ${t.state}, ${t.round}, ${t.dueAt}, ${t.article}, ${t.raisedAt})`.execute(tx);
}

export async function updateTask(tx: Tx, t: TruthingTask): Promise<void> {
  await sql`UPDATE data_truthing SET state = ${t.state}, round = ${t.round}, due_at = ${t.dueAt} WHERE task_id = ${t.taskId}`.execute(tx);
}

export async function insertTaskEvent(tx: Tx, e: TaskEvent): Promise<void> {
  await sql`INSERT INTO data_truthing_event (task_id, act, at, by_id, by_name, text, materials, due_at, late)
    VALUES (${e.taskId}, ${e.act}, ${e.at}, ${e.byId}, ${e.byName}, ${e.text}, ${JSON.stringify(e.materials)}::jsonb, ${e.dueAt}, ${e.late})`.execute(tx);
}

/** A task of putting data right by its id, locked where asked; undefined where there is none. */
export async function findTask(db: Tx | Database, taskId: string, forUpdate = false): Promise<TruthingTask | undefined> {
  const { rows } = await sql<TruthingTask>`SELECT ${COLUMNS} FROM data_truthing t WHERE t.task_id = ${taskId} ${forUpdate ? sql`FOR UPDATE` : sql``}`.execute(db);
  return rows[0];
}

/** Everything that was done in these tasks, in order. */
export async function eventsOf(db: Tx | Database, taskIds: readonly string[]): Promise<TaskEvent[]> {
  const { rows } = await sql<TaskEvent>`SELECT task_id AS "taskId", act, at, by_id AS "byId", by_name AS "byName", text, materials, due_at AS "dueAt", late
    FROM data_truthing_event WHERE task_id = ANY(${[...taskIds]}) ORDER BY seq`.execute(db);
  return rows;
}

export interface TaskFilter extends PageAsked {
  readonly unit?: string | undefined;
  readonly outfall?: string | undefined;
  readonly ref?: string | undefined;
  readonly openOnly?: boolean | undefined;
}

/** The nearest day first means the largest of its negatives. */
const ORDER: ListOrder = {
  table: sql`data_truthing t`, id: sql`t.task_id`,
  keys: [sql`(t.state IN ('OPEN', 'ANSWERED'))`, sql`coalesce(CASE WHEN t.state IN ('OPEN', 'ANSWERED') THEN -t.due_at END, -9e15::bigint)`, sql`t.raised_at`],
};

/** Tasks a person may see: those that run first, the nearest day first, then the newest. */
export async function listTasks(db: Database, visibility: Visibility, filter: TaskFilter): Promise<PageOf<TruthingTask>> {
  const { rows } = await sql<TruthingTask>`SELECT ${COLUMNS} FROM data_truthing t
    WHERE ${visibleRows(visibility, { unit: 't.unit_id', authority: 't.authority_id', outfall: 't.outfall' })}
      AND ${filter.unit === undefined ? sql`true` : sql`t.unit_id = ${filter.unit}`}
      AND ${filter.outfall === undefined ? sql`true` : sql`t.outfall = ${filter.outfall}`}
      AND ${filter.ref === undefined ? sql`true` : sql`t.ref = ${filter.ref}`}
      AND ${filter.openOnly === true ? sql`t.state IN ('OPEN', 'ANSWERED')` : sql`true`}
      AND ${behindCursor(ORDER, filter)} ${inListOrder(ORDER, filter)}`.execute(db);
  return pageOf(rows, filter, (row) => row.taskId);
}
