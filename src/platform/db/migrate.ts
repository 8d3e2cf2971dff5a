import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

export const MIGRATIONS = join(import.meta.dirname, '../../../db/migrations');
export const ROLES = join(import.meta.dirname, '../../../db/roles.sql');

const FILE = /^(\d{4})-[a-z0-9-]+\.sql$/;
/** Any number will do, as long as every starter takes the same lock. */
const MIGRATION_LOCK = 212_2025;

/** A numbered SQL file with the digest under which it is noted as applied. */
export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** Numbered SQL files in order. A file that is not named `NNNN-name.sql`, or a number used twice, is a defect. */
export function readMigrations(folder = MIGRATIONS): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort();
  const seen = new Map<string, string>();
  return names.map((name) => {
    const number = FILE.exec(name)?.[1];
    if (number === undefined) throw new Error(`not a migration name: ${name}`);
    const other = seen.get(number);
    if (other !== undefined) throw new Error(`migration number ${number} is used twice: ${other}, ${name}`);
    seen.set(number, name);
    const text = readFileSync(join(folder, name), 'utf8');
    return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

/**
 * Brings a database to the newest schema, forward only. Two starters meet at an advisory lock.
 * A migration whose text changed after it was applied stops the start: history is not edited.
 *
 * @param url login role that may create roles and tables; no superuser rights are needed
 * @returns names of the migrations applied now
 */
export async function migrate(url: string, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'mingjian-migrate' });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(readFileSync(ROLES, 'utf8'));
    await client.query(
      `CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_order serial)`,
    );
    const { rows } = await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM schema_migration');
    const known = new Map(rows.map((row) => [row.name, row.sha256]));
    for (const migration of migrations) {
      const before = known.get(migration.name);
      if (before === migration.sha256) continue;
      if (before !== undefined) throw new Error(`migration ${migration.name} was changed after it had been applied`);
      await applyOne(client, migration);
      applied.push(migration.name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('INSERT INTO schema_migration (name, sha256) VALUES ($1, $2)', [migration.name, migration.sha256]);
    await client.query(migration.text);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(`migration ${migration.name}: ${detail}`, { cause: error });
  }
}
