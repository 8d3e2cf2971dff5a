import type { FrozenFile } from '#cases';
import type { CaseId, Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';

/** A frozen edition of a case file as stored: what was before the decider, fixed by its manifest. */
export interface FrozenEdition extends FrozenFile {
  /** `manifest-sha256.txt` of the package. */
  readonly manifest: string;
  /** The package among the blobs, and its size in bytes. */
  readonly zipSha256: string;
  readonly bytes: number;
  readonly frozenAt: Instant;
}

/** Held to the end of the transaction: of two who freeze one case at once, the second finds what the first made. */
export async function lockFreezing(tx: Tx, caseId: CaseId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`freeze:${caseId}`}, 0))`.execute(tx);
}

export async function insertFrozen(tx: Tx, caseId: CaseId, e: FrozenEdition): Promise<void> {
  await sql`INSERT INTO archive_frozen_file (case_id, version, name, manifest_sha256, manifest, leaf, zip_sha256, bytes, frozen_at)
    VALUES (${caseId}, ${e.version}, ${e.name}, ${e.manifestSha256}, ${e.manifest}, ${e.leaf}, ${e.zipSha256}, ${e.bytes}, ${e.frozenAt})`.execute(tx);
}

/** Every frozen file of a case, oldest first. */
export async function frozenEditions(db: Database | Tx, caseId: CaseId): Promise<FrozenEdition[]> {
  const { rows } = await sql<FrozenEdition>`SELECT version, name, manifest_sha256 AS "manifestSha256", manifest, leaf, zip_sha256 AS "zipSha256", bytes,
      frozen_at AS "frozenAt" FROM archive_frozen_file WHERE case_id = ${caseId} ORDER BY version`.execute(db);
  return rows;
}
