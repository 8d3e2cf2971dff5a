import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendLeaves, sha256Hex } from '#evidence';
import { isRefusal, ok, type AccountId, type AuthorityId, type LeafIndex, type Result, type UnitId } from '#kernel';
import { transact, type Database } from '#platform/db';
import { newId } from '#platform/ids';
import { checkImported } from './check-imported.ts';
import { refuseDocument } from '../errors.ts';
import { sealsOf, type DocumentDeps } from '../issue-document.ts';
import { certificateBytes } from '../ofd/sm2-certificate.ts';
import { findImport, insertImport, lockImports, type ImportedFile } from '../store/imports.ts';

/** Larger recordings belong on the authority's own storage; the platform keeps their digest. */
export const MAX_IMPORT_BYTES = 64 * 1024 * 1024;

/** A paper from outside to be taken in for a matter. */
export interface ImportOrder {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly authorityId: AuthorityId;
  readonly unitId: UnitId | null;
  readonly by: AccountId;
}

/**
 * Takes in a file from outside, unchanged: kept by its digest, its signatures checked on the spot, the result kept beside
 * it and fixed as a leaf. A file whose signatures do not hold is taken in too, with the fault named: it may be the very
 * thing to be proved. The same file again for the same subject gives the first record.
 *
 * @returns DOC-018 for an empty or too large file, DOC-010 where no seal provider tells the roots
 */
export async function importFile(deps: DocumentDeps & { readonly db: Database }, order: ImportOrder): Promise<Result<ImportedFile>> {
  const { bytes, fileName, subject, authorityId, unitId, by } = order;
  if (bytes.length === 0 || bytes.length > MAX_IMPORT_BYTES) return refuseDocument('DOC-018', { args: { bytes: bytes.length } });
  const roots = trustedRoots(deps);
  if (isRefusal(roots)) return roots;
  const report = await checkImported(bytes, roots.value);
  const sha256 = await deps.blobs.put(bytes);
  return transact<Result<ImportedFile>>(deps.db, async (tx) => {
    await lockImports(tx, subject.id);
    const known = await findImport(tx, subject.id, sha256);
    if (known !== undefined) return ok(known);
    const importId = newId('imp');
    const [leaf] = await appendLeaves(tx, deps.clock, [{
      t: 'doc', ref: importId, act: 'imported', of: `${subject.kind}:${subject.id}`, sha256, format: report.format, verdict: report.verdict,
      report: sha256Hex(JSON.stringify(report)),
    }]);
    const row: ImportedFile = { importId, subjectKind: subject.kind, subjectId: subject.id, fileName, sha256, bytes: bytes.length, report, leaf: leaf as LeafIndex, authorityId, unitId, importedBy: by, importedAt: deps.clock.now() };
    await insertImport(tx, row);
    return ok(row);
  });
}

/** Roots of the authority's own seals, and those of others laid into `<dataDir>/trust` as PEM or DER files. */
export function trustedRoots(deps: DocumentDeps): Result<readonly Uint8Array[]> {
  const seals = sealsOf(deps);
  if (isRefusal(seals)) return seals;
  const folder = join(deps.config.dataDir, 'trust');
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(pem|crt|cer|der)$/i.test(name)).sort() : [];
  return ok([...seals.value.roots(), ...others.map((name) => certificateBytes(readFileSync(join(folder, name))))]);
}
