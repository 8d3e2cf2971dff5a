import { DAY, type Clock } from '#kernel';
import { sql, transact, type Database, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { Logger } from '#platform/log';

/** Something that happened, told to later steps in the transaction of the act. */
export interface OutboxEvent {
  readonly type: string;
  /** What it is about, e.g. a clue id: events of one subject are handled in order. */
  readonly subject: string;
  readonly payload: unknown;
}

/** The same as it lies in the outbox; `occurredAt` in epoch ms. */
export interface StoredEvent extends OutboxEvent {
  readonly seq: number;
  readonly occurredAt: number;
}

/** A later step's reaction to an earlier step's event. Runs in a transaction of its own and has exactly one effect. */
export interface Handler<Deps> {
  readonly on: string;
  readonly name: string;
  handle(deps: Deps, tx: Tx, event: StoredEvent): Promise<void>;
}

/** Writes the event in the transaction of the act itself: both happen or neither. */
export async function emit(tx: Tx, clock: Clock, event: OutboxEvent): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      event_id: newId('evt'),
      type: event.type,
      subject: event.subject,
      payload: JSON.stringify(event.payload),
      occurred_at: clock.now(),
    })
    .execute();
}

const RETRY_BASE_MS = 2_000;
const RETRY_MAX_MS = 10 * 60_000;

interface Due {
  seq: number;
  type: string;
  subject: string;
  payload: unknown;
  occurred_at: number;
}

/** Of an event `o`: the handler that the expression names has not handled it. */
const notHandledBy = (handler: ReturnType<typeof sql>) => sql`NOT EXISTS (SELECT FROM outbox_handled h WHERE h.handler = ${handler} AND h.seq = o.seq)`;

/** Events of this handler not yet handled, oldest first; a subject whose older event failed waits for it. */
async function dueFor(db: Database, handler: Handler<never>, now: number, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    SELECT o.seq, o.type, o.subject, o.payload, o.occurred_at
    FROM outbox o
    WHERE o.type = ${handler.on} AND o.seq > coalesce((SELECT m.seq FROM outbox_mark m WHERE m.handler = ${handler.name}), 0)
      AND ${notHandledBy(sql`${handler.name}`)}
      AND NOT EXISTS (
        SELECT FROM outbox_failure f JOIN outbox e ON e.seq = f.seq
        WHERE f.handler = ${handler.name} AND e.subject = o.subject AND f.seq <= o.seq AND f.next_at > ${now})
    ORDER BY o.seq LIMIT ${limit}`.execute(db);
  return rows;
}

/**
 * Gives waiting events to their handlers once. A handler that throws is tried again with growing pauses and holds back
 * later events of the same subject only.
 *
 * @returns number of events handled
 */
export async function drainOutbox<Deps extends { db: Database; clock: Clock; log: Logger }>(
  deps: Deps,
  handlers: readonly Handler<Deps>[],
  limit = 200,
): Promise<number> {
  let handled = 0;
  for (const handler of handlers) {
    const stuck = new Set<string>();
    for (const row of await dueFor(deps.db, handler as Handler<never>, deps.clock.now(), limit)) {
      if (stuck.has(row.subject)) continue;
      if (await handleOne(deps, handler, row)) handled++;
      else stuck.add(row.subject);
    }
  }
  return handled;
}

async function handleOne<Deps extends { db: Database; clock: Clock; log: Logger }>(
  deps: Deps,
  handler: Handler<Deps>,
  row: Due,
): Promise<boolean> {
  const event: StoredEvent = { ...row, occurredAt: row.occurred_at };
  try {
    return await transact(deps.db, async (tx) => {
      const claimed = await sql`INSERT INTO outbox_handled (handler, seq, handled_at)
        VALUES (${handler.name}, ${row.seq}, ${deps.clock.now()}) ON CONFLICT DO NOTHING`.execute(tx);
      if (claimed.numAffectedRows === 0n) return false;
      await sql`DELETE FROM outbox_failure WHERE handler = ${handler.name} AND seq = ${row.seq}`.execute(tx);
      await handler.handle(deps, tx, event);
      return true;
    });
  } catch (error) {
    await recordFailure(deps, handler.name, row.seq, error);
    return false;
  }
}

async function recordFailure(
  deps: { db: Database; clock: Clock; log: Logger },
  handler: string,
  seq: number,
  error: unknown,
): Promise<void> {
  deps.log.error({ err: error, handler, seq }, 'an event could not be handled; it will be tried again');
  const text = error instanceof Error ? error.message : String(error);
  const now = deps.clock.now();
  await sql`INSERT INTO outbox_failure (handler, seq, attempts, last_error, next_at)
    VALUES (${handler}, ${seq}, 1, ${text}, ${now + RETRY_BASE_MS})
    ON CONFLICT (handler, seq) DO UPDATE SET attempts = outbox_failure.attempts + 1, last_error = excluded.last_error,
      next_at = ${now} + least(${RETRY_MAX_MS}, ${RETRY_BASE_MS} * (2 ^ least(outbox_failure.attempts, 12))::bigint)`.execute(deps.db);
}

/**
 * Raises for each handler the mark below which it has nothing left to do, so that looking for its work does not grow with the
 * years. The mark stays a day behind: an event may still be on its way in a transaction that began before a later one ended.
 */
export async function raiseMarks({ db, clock }: { db: Database; clock: Clock }, handlers: readonly Pick<Handler<never>, 'on' | 'name'>[]): Promise<void> {
  await sql`INSERT INTO outbox_mark (handler, seq)
    SELECT t.handler, done.seq
    FROM unnest(${handlers.map(({ on }) => on)}::text[], ${handlers.map(({ name }) => name)}::text[]) AS t(type, handler)
    LEFT JOIN outbox_mark m USING (handler)
    CROSS JOIN LATERAL (
      SELECT min(o.seq) AS seq FROM outbox o WHERE o.type = t.type AND o.seq > coalesce(m.seq, 0)
        AND ${notHandledBy(sql`t.handler`)}) AS open
    CROSS JOIN LATERAL (
      SELECT max(o.seq) AS seq FROM outbox o WHERE o.type = t.type AND o.seq > coalesce(m.seq, 0) AND o.occurred_at < ${clock.now() - DAY}
        AND (open.seq IS NULL OR o.seq < open.seq)) AS done
    WHERE done.seq IS NOT NULL
    ON CONFLICT (handler) DO UPDATE SET seq = greatest(outbox_mark.seq, excluded.seq)`.execute(db);
}

/** How many events wait for one of these handlers, and how many failed and are tried again. */
export async function outboxState(db: Database, handlers: readonly Pick<Handler<never>, 'on' | 'name'>[]): Promise<{ waiting: number; failed: number }> {
  const { rows } = await sql<{ waiting: number; failed: number }>`
    SELECT (SELECT count(*) FROM outbox o JOIN unnest(${handlers.map(({ on }) => on)}::text[], ${handlers.map(({ name }) => name)}::text[]) AS t(type, handler)
              USING (type) LEFT JOIN outbox_mark m USING (handler) WHERE o.seq > coalesce(m.seq, 0) AND ${notHandledBy(sql`t.handler`)}) AS waiting,
      (SELECT count(*) FROM outbox_failure) AS failed`.execute(db);
  return rows[0] ?? { waiting: 0, failed: 0 };
}
