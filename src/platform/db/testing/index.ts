import { inject } from 'vitest';
import pg from 'pg';
import { newId } from '#platform/ids';
import { openDatabase, type Database } from '../database.ts';

export interface TestDatabase {
  readonly db: Database;
  /** Login role (the owner): for tests that show what the application role may not do, or that play the database owner. */
  readonly url: string;
  drop(): Promise<void>;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A fresh, migrated database on the real server. Call in `beforeAll`, drop in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = newId('t');
  await onServer(`CREATE DATABASE ${name} TEMPLATE template_mingjian STRATEGY FILE_COPY`);
  const url = inject('postgresUrl').replace(/\/[^/]*$/, `/${name}`);
  const db = openDatabase(url, { max: 8 });
  return {
    db,
    url,
    async drop() {
      await db.destroy();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
export { largeTables, planFaults, statementsOf, type Statement } from './plans.ts';
