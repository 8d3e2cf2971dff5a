import { type Database, sql, type Tx } from '#platform/db';

/** One giving or taking of a key; `sealed` and `fingerprint` are null where a key ended without another. */
export interface DeviceKeyRow {
  readonly seq: number;
  readonly mn: string;
  readonly since: number;
  readonly sealed: string | null;
  readonly fingerprint: string | null;
  readonly givenBy: string;
  readonly givenAt: number;
}

/** Rows after a sequence number (0 for all), in the order they were given. */
export async function deviceKeysAfter(db: Database | Tx, seq: number): Promise<DeviceKeyRow[]> {
  const rows = await db.selectFrom('device_key').selectAll().where('seq', '>', seq).orderBy('seq').execute();
  return rows.map((row) => ({ ...row, givenBy: row.given_by, givenAt: row.given_at }));
}

/** The newest row of a device. */
export async function newestDeviceKey(tx: Tx, mn: string): Promise<DeviceKeyRow | undefined> {
  const row = await tx.selectFrom('device_key').selectAll().where('mn', '=', mn).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row && { ...row, givenBy: row.given_by, givenAt: row.given_at };
}

/** One key at a time is given in the whole installation, so that a reader who has seen a number has seen all before it. */
export async function lockDeviceKeys(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('device_key'))`.execute(tx);
}

export async function insertDeviceKey(tx: Tx, row: Omit<DeviceKeyRow, 'seq'>): Promise<void> {
  const { mn, since, sealed, fingerprint, givenBy, givenAt } = row;
  await tx.insertInto('device_key').values({ mn, since, sealed, fingerprint, given_by: givenBy, given_at: givenAt }).execute();
}
