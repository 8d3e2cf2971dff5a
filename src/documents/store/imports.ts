import type { AccountId, AuthorityId, Instant, LeafIndex, UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { ImportReport } from '../imports/import-report.ts';

/** A file from outside as it was taken in. */
export interface ImportedFile {
  readonly importId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** As the file was called by whoever brought it; shown, never used as a path. */
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly report: ImportReport;
  readonly leaf: LeafIndex;
  readonly authorityId: AuthorityId;
  readonly unitId: UnitId | null;
  readonly importedBy: AccountId;
  readonly importedAt: Instant;
}

const COLUMNS = sql`import_id AS "importId", subject_kind AS "subjectKind", subject_id AS "subjectId", file_name AS "fileName", sha256, bytes, report, leaf,
  authority_id AS "authorityId", unit_id AS "unitId", imported_by AS "importedBy", imported_at AS "importedAt"`;

/** Held to the end of the transaction, so that one file brought twice at once becomes one record. */
export async function lockImports(tx: Tx, subjectId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`import:${subjectId}`}, 0))`.execute(tx);
}

export async function insertImport(tx: Tx, f: ImportedFile): Promise<void> {
  await sql`INSERT INTO document_import (import_id, subject_kind, subject_id, file_name, sha256, bytes, report, leaf, authority_id, unit_id, imported_by, imported_at)
    VALUES (${f.importId}, ${f.subjectKind}, ${f.subjectId}, ${f.fileName}, ${f.sha256}, ${f.bytes}, ${JSON.stringify(f.report)}::jsonb, ${f.leaf},
      ${f.authorityId}, ${f.unitId}, ${f.importedBy}, ${f.importedAt})`.execute(tx);
}

/** By digest, within one subject; undefined when it was not brought there. */
export async function findImport(db: Database | Tx, subjectId: string, sha256: string): Promise<ImportedFile | undefined> {
  const { rows } = await sql<ImportedFile>`SELECT ${COLUMNS} FROM document_import WHERE subject_id = ${subjectId} AND sha256 = ${sha256}`.execute(db);
  return rows[0];
}

/** Everything brought to a subject, oldest first. */
export async function importsOf(db: Database | Tx, subjectId: string): Promise<ImportedFile[]> {
  const { rows } = await sql<ImportedFile>`SELECT ${COLUMNS} FROM document_import WHERE subject_id = ${subjectId} ORDER BY imported_at, import_id`.execute(db);
  return rows;
}
