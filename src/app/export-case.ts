import { packageContentOf } from '#archive';
import { caseIdByNo } from '#cases';
import { buildPackage, type BuiltPackage, type PackageKind } from '#evidence';
import { directoryOfRegister } from '#ingest';
import { asId, isRefusal, type CaseId, type Result } from '#kernel';
import type { Domain } from './compose-domain.ts';

/**
 * The evidence package of a case: its content from the archive, frozen, fixed as a leaf and checked by the verifier before
 * it is given out. Needs a key of the log; a head over the newest leaves is signed when there is none yet.
 *
 * @param caseNo number of the case or its id
 * @returns ARCH-001 when there is no such case, EVID-007…011 when content and leaves disagree
 */
export async function exportCase(domain: Domain, caseNo: string, kind: PackageKind = 'court'): Promise<Result<BuiltPackage>> {
  const devices = directoryOfRegister(() => domain.registry.current());
  const caseId = asId<CaseId>((await caseIdByNo(domain.platform.db, caseNo)) ?? caseNo);
  const content = await packageContentOf({ ...domain.cases, blobs: domain.platform.blobs, devices }, caseId, kind);
  return isRefusal(content) ? content : buildPackage(domain.evidence, content.value);
}
