import type { Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Hash } from '../log/index.ts';

export interface CheckpointRow {
  readonly size: number;
  readonly root: Hash;
  /** The signed note as published. */
  readonly note: string;
  readonly madeAt: Instant;
  /** Leaf hashes after the last full tile. */
  readonly tail: Uint8Array;
}

interface Raw {
  size: number;
  root: Buffer;
  note: string;
  made_at: number;
  tail: Buffer;
}

const rowOf = (raw: Raw): CheckpointRow => ({
  size: raw.size,
  root: raw.root,
  note: raw.note,
  madeAt: raw.made_at as Instant,
  tail: raw.tail,
});

/** The newest signed head; undefined before the first. */
export async function lastCheckpoint(db: Database): Promise<CheckpointRow | undefined> {
  const raw = await db
    .selectFrom('evidence_checkpoint')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return raw === undefined ? undefined : rowOf(raw);
}

/** The first head that covers a leaf: where its time bound is tightest. */
export async function firstCheckpointOver(db: Database, leaf: number): Promise<CheckpointRow | undefined> {
  const raw = await db
    .selectFrom('evidence_checkpoint')
    .selectAll()
    .where('size', '>', leaf)
    .orderBy('size')
    .limit(1)
    .executeTakeFirst();
  return raw === undefined ? undefined : rowOf(raw);
}

/** Heads with size in (after, upTo], smallest first, at most `limit`. */
export async function checkpointsAfter(db: Database, after: number, upTo: number, limit: number): Promise<CheckpointRow[]> {
  const rows = await db
    .selectFrom('evidence_checkpoint')
    .selectAll()
    .where('size', '>', after)
    .where('size', '<=', upTo)
    .orderBy('size')
    .limit(limit)
    .execute();
  return rows.map(rowOf);
}

export async function insertCheckpoint(tx: Tx, row: CheckpointRow): Promise<void> {
  const { size, root, note, madeAt, tail } = row;
  await tx
    .insertInto('evidence_checkpoint')
    .values({ size, root: Buffer.from(root), note, made_at: madeAt, tail: Buffer.from(tail) })
    .execute();
}

const SEALER_LOCK = 6962;

/** One maker of heads at a time, in whichever process; held to the end of the transaction (fault:F21). */
export async function lockSealer(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${SEALER_LOCK})`.execute(tx);
}

export async function knownKeys(db: Database): Promise<Set<string>> {
  const rows = await db.selectFrom('evidence_key').select('vkey').execute();
  return new Set(rows.map((row) => row.vkey));
}

export async function insertKey(tx: Tx, vkey: string, leaf: number, at: Instant): Promise<void> {
  await tx.insertInto('evidence_key').values({ vkey, leaf, added_at: at }).execute();
}

export interface PackageRow {
  readonly name: string;
  readonly leaf: number;
  readonly madeAt: Instant;
}

/** The package made under this name or with this manifest. */
export async function findPackage(
  db: Database,
  name: string,
  manifestSha256: string,
): Promise<(PackageRow & { readonly manifestSha256: string }) | undefined> {
  const raw = await db
    .selectFrom('evidence_package')
    .selectAll()
    .where((where) => where.or([where('manifest_sha256', '=', manifestSha256), where('name', '=', name)]))
    .executeTakeFirst();
  return raw && { name: raw.name, leaf: raw.leaf, madeAt: raw.made_at as Instant, manifestSha256: raw.manifest_sha256 };
}

export async function insertPackage(tx: Tx, manifestSha256: string, row: PackageRow): Promise<void> {
  await tx
    .insertInto('evidence_package')
    .values({ manifest_sha256: manifestSha256, name: row.name, leaf: row.leaf, made_at: row.madeAt })
    .execute();
}

/** The newest head that was signed before a leaf was written. */
export async function lastCheckpointAt(db: Database, size: number): Promise<CheckpointRow | undefined> {
  const raw = await db
    .selectFrom('evidence_checkpoint')
    .selectAll()
    .where('size', '<=', size)
    .where('size', '>', 0)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return raw === undefined ? undefined : rowOf(raw);
}
