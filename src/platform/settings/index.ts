import { sql, type Database, type Tx } from '#platform/db';

/** A small fact of this installation, or undefined. */
export async function readSetting<T>(db: Database | Tx, key: string): Promise<T | undefined> {
  const { rows } = await sql<{ value: T }>`SELECT value FROM setting WHERE key = ${key}`.execute(db);
  return rows[0]?.value;
}

/** Sets a value under a key, whatever it was before. */
export async function writeSetting(db: Database | Tx, key: string, value: unknown): Promise<void> {
  await sql`INSERT INTO setting (key, value) VALUES (${key}, ${JSON.stringify(value)}::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`.execute(db);
}
