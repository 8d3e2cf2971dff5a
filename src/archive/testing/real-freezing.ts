import type { CaseDeps } from '#cases';
import { buildPackage, type EvidenceDeps, type PackageContent, type PackageKind } from '#evidence';
import { directoryOf } from '#ingest';
import { asId, isRefusal, ok, type CaseId, type LeafIndex, type Result } from '#kernel';
import { freezeFile, newestFrozen, type FreezeDeps } from '../freeze-file.ts';
import { packageContentOf } from '../package-content.ts';
import { frozenEditions } from '../store/frozen-files.ts';

export interface RealFreezing<D> {
  /** The given dependencies with real packages behind their freezer. */
  readonly deps: D;
  readonly freezing: FreezeDeps;
  contentOf(caseId: CaseId, kind: PackageKind): Promise<Result<PackageContent>>;
}

/** The papers with bytes among the blobs, as issued ones have: here their data. */
export const keptPapers = (papers: CaseDeps['papers'], blobs: EvidenceDeps['blobs']): CaseDeps['papers'] => ({
  ...papers,
  issue: async (tx, order) => {
    const issued = await papers.issue(tx, order);
    return issued.ok ? ok({ ...issued.value, sha256: await blobs.put(Buffer.from(JSON.stringify(order.data))) }) : issued;
  },
});

/** Freezing as the platform does it, over a case that a test walks: packages are built, checked, fixed in the log and kept. */
export function withRealFreezing<D extends CaseDeps>(plain: D, evidence: EvidenceDeps): RealFreezing<D> {
  const { db, clock, blobs } = evidence;
  async function contentOf(caseId: CaseId, kind: PackageKind): Promise<Result<PackageContent>> {
    const content = await packageContentOf({ ...plain, blobs, devices: directoryOf([]) }, caseId, kind);
    if (isRefusal(content)) return content;
    const earlier = kind === 'notice' ? [] : await frozenEditions(db, caseId);
    return ok({ ...content.value, earlier: earlier.map(({ name, manifest }) => ({ name, manifest })), cites: earlier.map(({ leaf }) => asId<LeafIndex>(leaf)) });
  }
  const freezing: FreezeDeps = {
    db, clock, blobs, log: plain.log,
    async build(caseId) {
      const content = await contentOf(caseId, 'decision');
      if (isRefusal(content)) return content;
      const built = await buildPackage(evidence, content.value);
      return isRefusal(built) ? built : ok({ built: built.value, version: content.value.seq });
    },
  };
  const deps = Object.assign(plain, { papers: keptPapers(plain.papers, blobs), freezer: { freeze: (caseId: CaseId) => freezeFile(freezing, caseId), newest: newestFrozen } });
  return { deps, freezing, contentOf };
}
