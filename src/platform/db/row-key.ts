import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** Settings that row policies read. What none of them names does not exist for the application role, nor for the owner. */
export type RowKey = 'mingjian.person' | 'mingjian.session' | 'mingjian.report';

/** Opens every row: for the few statements that are about all of them. */
export const EVERY_ROW = '*';

/**
 * Does `work` with the rows of one key in sight: of one person, one session, one report. A statement that forgets its
 * WHERE reaches no further. The setting ends with `work`, at the latest with the transaction; one begins where none is open.
 */
export async function withRows<T>(db: Database | Tx, key: RowKey, value: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const open = async (tx: Tx): Promise<void> => void (await sql`SELECT set_config(${key}, ${value}, true)`.execute(tx));
  if (!db.isTransaction) {
    return db.transaction().execute(async (tx) => {
      await open(tx);
      return work(tx);
    });
  }
  const tx = db as Tx;
  await open(tx);
  try {
    return await work(tx);
  } finally {
    // After a failed statement the transaction takes no other, and ends with its settings.
    await sql`SELECT set_config(${key}, '', true)`.execute(tx).catch(() => undefined);
  }
}
