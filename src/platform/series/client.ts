import { join } from 'node:path';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { readMigrations } from '../db/migrate.ts';
import type { ColumnRoom } from './column-room.ts';
import { readNative, type ColumnTable } from './native.ts';

/** The series store: ClickHouse's dialect over HTTP, embedded or a cluster. It holds copies and can be rebuilt (docs/decisions/0012). */
export interface Series {
  /** Rows of a SELECT; `{name:Type}` parameters are bound by the server, never pasted into the text. */
  query<T>(statement: string, parameters?: Record<string, unknown>): Promise<T[]>;
  /** A SELECT read column by column into typed arrays, for history by the million (see `readNative` for the types); they lie in `room` where one is given. */
  columns(statement: string, parameters?: Record<string, unknown>, signal?: AbortSignal, room?: ColumnRoom): Promise<ColumnTable>;
  insert(table: string, rows: readonly object[]): Promise<void>;
  command(statement: string): Promise<void>;
  readonly database: string;
  close(): Promise<void>;
}

/** Opens a client; it connects with the first statement. Errors reach the caller. */
export function openSeries(url: string, database = 'mingjian'): Series {
  // Its errors reach the caller; its own log would print them a second time.
  const log = { level: ClickHouseLogLevel.OFF };
  const client = createClient({ url, database, request_timeout: 120_000, max_open_connections: 4, log });
  return wrap(client, database);
}

/** Room for an answer, used again: megabytes asked for anew with each answer make V8 look through its whole heap each time. */
const rooms: Buffer[] = [];
const MOST_ROOMS = 4;
const ROOM_BYTES = 2 ** 20;
/** Longer answers are seldom; their room is given back. */
const KEPT_BYTES = 2 ** 25;

/** Reads an answer that came in pieces; what `read` returns must hold nothing of the buffer. */
async function gathered<T>(stream: AsyncIterable<unknown>, read: (answer: Buffer) => T): Promise<T> {
  let room = rooms.pop() ?? Buffer.allocUnsafeSlow(ROOM_BYTES);
  let length = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    if (length + piece.length > room.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (length + piece.length));
      room.copy(larger, 0, 0, length);
      room = larger;
    }
    piece.copy(room, length);
    length += piece.length;
  }
  const answer = read(room.subarray(0, length));
  if (rooms.length < MOST_ROOMS && room.length <= KEPT_BYTES) rooms.push(room);
  return answer;
}

function wrap(client: ClickHouseClient, database: string): Series {
  return {
    database,
    async query<T>(statement: string, parameters: Record<string, unknown> = {}): Promise<T[]> {
      const result = await client.query({ query: statement, query_params: parameters, format: 'JSONEachRow' });
      return result.json<T>();
    },
    async columns(statement, parameters = {}, signal, room) {
      const { stream } = await client.exec({ query: `${statement} FORMAT Native`, query_params: parameters, ...(signal ? { abort_signal: signal } : {}) });
      return gathered(stream, (answer) => readNative(answer, room));
    },
    async insert(table, rows) {
      if (rows.length > 0) await client.insert({ table, values: [...rows], format: 'JSONEachRow' });
    },
    async command(statement) {
      await client.command({ query: statement });
    },
    close: () => client.close(),
  };
}

export const SERIES_MIGRATIONS = join(import.meta.dirname, '../../../series/migrations');

/**
 * Creates the database and its tables; statements of a file are divided by a line `-- next`. ClickHouse has no transaction
 * over them, so nothing is noted as applied: each statement is safe to run again, and all run at every start.
 */
export async function migrateSeries(url: string, database = 'mingjian'): Promise<void> {
  const admin = openSeries(url, 'default');
  await admin.command(`CREATE DATABASE IF NOT EXISTS ${database}`);
  await admin.close();
  const series = openSeries(url, database);
  try {
    for (const { text } of readMigrations(SERIES_MIGRATIONS)) {
      for (const statement of text.split(/^-- next\s*$/m)) if (statement.trim() !== '') await series.command(statement);
    }
  } finally {
    await series.close();
  }
}
