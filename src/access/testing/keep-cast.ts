import { sql, type Database } from '#platform/db';

/** Makes the cast people of a platform that is no demonstration: a test that says so lets nobody in who is marked as of one. */
export async function keepCast(db: Database): Promise<void> {
  await sql`UPDATE access_account SET demo = false`.execute(db);
}
