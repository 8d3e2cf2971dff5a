import { freezeFile, newestFrozen, type FreezeDeps } from '#archive';
import { connectCases, type CaseDeps } from '#cases';
import { recordingChannels, type Channels, type DeliveryRouteDeps } from '#delivery';
import { isPublished, type DisclosureDeps } from '#disclosure';
import { issueDocument, issuingAuthority, type DocumentDeps } from '#documents';
import { evidenceOf, type EvidenceDeps } from '#evidence';
import { deviceKeyBox, directoryOfRegister, followDeviceKeys, type DeviceDirectory } from '#ingest';
import { ok } from '#kernel';
import { loadLaw, type Law } from '#law';
import type { PlatformDeps } from '#platform';
import { followRegistry, partyOf, type LiveRegistry } from '#register';
import { connectReview, type ReviewDeps } from '#review';
import { connectSupervision, type QuotaDeps } from '#supervision';
import { freezingOf } from './export-case.ts';
import { recomputeHours } from './verify/recompute-hours.ts';

/** Everything the modules of one process need, connected: ports on one side, real modules behind them. */
export interface Domain {
  readonly platform: PlatformDeps;
  readonly law: Law;
  readonly registry: LiveRegistry;
  /** How registered devices are read, their keys included. */
  readonly devices: DeviceDirectory;
  readonly evidence: EvidenceDeps;
  readonly documents: DocumentDeps & PlatformDeps;
  readonly delivery: DeliveryRouteDeps;
  /** Ways out beside the portal; the recording ones where the deployment has connected none. */
  readonly channels: Channels;
  readonly supervision: QuotaDeps;
  readonly review: ReviewDeps;
  readonly cases: CaseDeps;
  /** Sealing the file of a case before its decision. */
  readonly freezing: FreezeDeps;
  readonly disclosure: DisclosureDeps;
  close(): void;
}

const REGISTER_LOOK_MS = 1_000;

export async function composeDomain(platform: PlatformDeps, connected: Channels = {}): Promise<Domain> {
  const law = loadLaw();
  const registry = await followRegistry(platform.db);
  const timer = setInterval(() => void registry.refresh().catch(() => undefined), REGISTER_LOOK_MS);
  timer.unref();
  const documents = { ...platform, law };
  const current = () => registry.current();
  const devices = directoryOfRegister(current, await followDeviceKeys(platform, deviceKeyBox(platform.config.dataDir)));
  const supervision = connectSupervision(documents, current);
  const evidence = { ...evidenceOf(platform), recompute: recomputeHours, published: (documentId: string) => isPublished(platform.db, documentId) };
  const freezing: FreezeDeps = freezingOf(platform, () => ({ platform, registry, devices, evidence, cases }));
  const cases: CaseDeps = {
    ...connectCases(documents, current),
    freezer: {
      freeze: (caseId) => freezeFile(freezing, caseId),
      newest: newestFrozen,
    },
  };
  return {
    platform, law, registry, devices, documents, supervision, channels: recordingChannels(connected), evidence, cases, freezing,
    delivery: deliveryOf(platform, documents, law, registry),
    review: connectReview(supervision, current, devices, platform.series),
    disclosure: { ...platform, law, registry: current, papers: publicationPapers(documents) },
    close: () => clearInterval(timer),
  };
}

/** The approval of a publication is an inner form, filed under the publication. */
export const publicationPapers = (documents: DocumentDeps): DisclosureDeps['papers'] => ({
  approval: async (tx, { publicationId, authorityId }, facts, { accountId, name }) =>
    issueDocument(tx, documents, { kind: 'PUBLICATION_APPROVAL', data: facts, subject: { kind: 'publication', id: publicationId }, authority: await issuingAuthority(tx, authorityId), preparedBy: { accountId, name } }),
});

/** The confirmation of electronic service is a document like any other; its signer is the party. */
function deliveryOf(platform: PlatformDeps, documents: DocumentDeps, law: Law, registry: LiveRegistry): DeliveryRouteDeps {
  return {
    ...documents, db: platform.db, law,
    directory: { unit: (unitId) => partyOf(registry.current(), unitId) },
    papers: {
      async confirmation(tx, unit, facts, signedBy) {
        const issued = await issueDocument(tx, documents, {
          kind: 'SERVICE_CONFIRMATION', data: { ...facts }, subject: { kind: 'unit', id: unit.unitId }, unitId: unit.unitId,
          authority: await issuingAuthority(tx, unit.authorityId), preparedBy: { accountId: signedBy as never, name: facts.signer.name },
        });
        return issued.ok ? ok({ documentId: issued.value.documentId, number: issued.value.number }) : issued;
      },
    },
  };
}
