import { eventsOf, leavesOf, type FrozenFile } from '#cases';
import type { BuiltPackage } from '#evidence';
import { asId, isRefusal, ok, type CaseId, type Clock, type Result } from '#kernel';
import type { BlobStore } from '#platform/blobs';
import { transact, type Database, type Tx } from '#platform/db';
import type { Logger } from '#platform/log';
import type { Handler } from '#platform/outbox';
import { frozenEditions, insertFrozen, lockFreezing, type FrozenEdition } from './store/frozen-files.ts';

/** What freezing a case file before a decision works with. */
export interface FreezeDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly blobs: BlobStore;
  /** The `decision` edition of the case as it stands, and the version of the case it holds. */
  build(caseId: CaseId): Promise<Result<{ readonly built: BuiltPackage; readonly version: number }>>;
}

const faceOf = ({ version, name, manifestSha256, leaf }: FrozenEdition): FrozenFile => ({ version, name, manifestSha256, leaf });

/**
 * The frozen file of a case at its present version: found, or made, checked by the verifier, fixed as a leaf under a
 * signed head, and kept. What lay frozen before stays as it is and is listed in the new one as an earlier edition.
 *
 * @returns refusals of the package (EVID-007…011), ARCH-001 when there is no such case
 */
export async function freezeFile(deps: FreezeDeps, caseId: CaseId): Promise<Result<FrozenFile>> {
  return transact<Result<FrozenFile>>(deps.db, async (tx) => {
    await lockFreezing(tx, caseId);
    const present = (await eventsOf(tx, caseId)).length;
    const known = (await frozenEditions(tx, caseId)).find((edition) => edition.version === present);
    if (known !== undefined) return ok(faceOf(known));
    const made = await deps.build(caseId);
    if (isRefusal(made)) return made;
    const { built, version } = made.value;
    const { name, manifestSha256, manifest, leaf, zip } = built;
    const edition: FrozenEdition = {
      version, name, manifestSha256, manifest, leaf, zipSha256: await deps.blobs.put(zip), bytes: zip.length, frozenAt: deps.clock.now(),
    };
    await insertFrozen(tx, caseId, edition);
    return ok(faceOf(edition));
  });
}

/** The newest frozen file of a case; undefined when none was made. */
export async function newestFrozen(db: Database | Tx, caseId: CaseId): Promise<FrozenFile | undefined> {
  const edition = (await frozenEditions(db, caseId)).at(-1);
  return edition === undefined ? undefined : faceOf(edition);
}

/** The file is frozen as soon as a decision can be signed, so that whoever signs can read it first. */
export const archiveHandlers: readonly Handler<FreezeDeps>[] = [
  {
    on: 'case.decision_ready',
    name: 'archive.freeze-file',
    async handle(deps, tx, event) {
      const caseId = asId<CaseId>(event.subject);
      const steps = (await eventsOf(tx, caseId)).length;
      // The last step's leaf is noted just after its commit; a file without it would prove less. The signing freezes anyhow.
      if (!(await leavesOf(tx, caseId)).has(steps)) return;
      const frozen = await freezeFile(deps, caseId);
      if (isRefusal(frozen)) deps.log.error({ caseId, code: frozen.code, en: frozen.en }, 'the file could not be frozen; the decision will be refused');
    },
  },
];
