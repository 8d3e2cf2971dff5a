import { isRefusal } from '#kernel';
import { Kysely, PostgresDialect, type LogConfig, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './tables.gen.ts';

/** Every table, as generated from the migrations. */
export type Tables = DB;
/** A pool of connections, outside any transaction. */
export type Database = Kysely<Tables>;
/** An open transaction. */
export type Tx = Transaction<Tables>;

const INT8 = 20;
const DATE = 1082;
const INT8_ARRAY = 1016;

// Times are epoch milliseconds and counters stay below 2^53, so bigint is safe as a number; legal days stay text.
pg.types.setTypeParser(INT8, (text) => Number(text));
pg.types.setTypeParser(DATE, (text) => text);
pg.types.setTypeParser(INT8_ARRAY as never, (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(Number));

/** How a pool is opened. */
export interface OpenOptions {
  /** Connections at most; the gateway has a pool of its own (fault:F10). */
  readonly max?: number;
  /** Role to work as; `undefined` keeps the login role (migrations). */
  readonly role?: string | undefined;
  readonly applicationName?: string;
  /** Told of every statement that was sent, e.g. by a test that asks for its plan. */
  readonly log?: LogConfig;
}

/** Opens a pool that works as the application role, which owns no table and cannot change a ledger. */
export function openDatabase(url: string, options: OpenOptions = {}): Database {
  const { max = 10, role = 'mingjian_app', applicationName = 'mingjian' } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    idleTimeoutMillis: 30_000,
    ...(role === undefined || role === '' ? {} : { options: `-c role=${role}` }),
  });
  // A pool emits errors of idle connections (the server went away); the next query reports them to its caller.
  pool.on('error', () => undefined);
  // The same while a connection is lent out and between two queries: without a listener it would end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), ...(options.log === undefined ? {} : { log: options.log }) });
}

class RolledBack {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** What an open transaction still has to do before its commit. */
const endings = new WeakMap<Tx, (() => Promise<void>)[]>();

/**
 * Runs `work` when everything else of the transaction is done, right before the commit: for what takes a lock that
 * everybody needs (docs/decisions/0009). Not run when the transaction is refused or fails. Throws outside `transact`.
 */
export function beforeCommit(tx: Tx, work: () => Promise<void>): void {
  const ends = endings.get(tx);
  if (ends === undefined) throw new Error('the transaction was not opened by transact(): nobody would do what waits for its end');
  ends.push(work);
}

/**
 * One use case, one transaction. Commits what `work` did, unless it throws or returns a Refusal:
 * then nothing is changed and the refusal is returned.
 */
export async function transact<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute(async (tx) => {
      const ends: (() => Promise<void>)[] = [];
      endings.set(tx, ends);
      const result = await work(tx);
      if (isRefusal(result)) throw new RolledBack(result);
      for (const end of ends) await end();
      return result;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.value as T;
    throw error;
  }
}
