import { join } from 'node:path';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { readMigrations } from '../db/migrate.ts';
import type { ColumnTable } from './native.ts';
import { readColumns, type ReadingRoom } from './read-columns.ts';

/** The series store: ClickHouse's dialect over HTTP, embedded or a cluster. It holds copies and can be rebuilt (docs/decisions/0012). */
export interface Series {
  /** Rows of a SELECT; `{name:Type}` parameters are bound by the server, never pasted into the text. */
  query<T>(statement: string, parameters?: Record<string, unknown>): Promise<T[]>;
  /** A SELECT read column by column into typed arrays, for history by the million (see `readNative` for the types), in a thread of its own; they lie in `room` where one is given. */
  columns(statement: string, parameters?: Record<string, unknown>, signal?: AbortSignal, room?: ReadingRoom): Promise<ColumnTable>;
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
  return wrap(client, url, database);
}

function wrap(client: ClickHouseClient, url: string, database: string): Series {
  return {
    database,
    async query<T>(statement: string, parameters: Record<string, unknown> = {}): Promise<T[]> {
      const result = await client.query({ query: statement, query_params: parameters, format: 'JSONEachRow' });
      return result.json<T>();
    },
    columns: (statement, parameters = {}, signal, room) => readColumns({ url, database }, `${statement} FORMAT Native`, parameters, signal, room),
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
