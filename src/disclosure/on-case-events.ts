import { asId, type CaseId, type RegionKey } from '#kernel';
import type { Handler } from '#platform/outbox';
import { preparePublication, type DisclosureDeps } from './prepare-publication.ts';
import { openWithdrawal } from './publish-decision.ts';

/** What disclosure does when ⑥ decides, or when a remedy ends. */
export const disclosureHandlers: readonly Handler<DisclosureDeps>[] = [
  {
    on: 'case.decided',
    name: 'disclosure.prepare',
    async handle(deps, tx, event) {
      await preparePublication(tx, deps, event.payload);
      const { supersedes, region } = event.payload as { supersedes?: string | null; region: string };
      if (typeof supersedes === 'string') await openWithdrawal(tx, deps, asId<CaseId>(supersedes), asId<RegionKey>(region));
    },
  },
  {
    on: 'case.remedy_decided',
    name: 'disclosure.open-withdrawal',
    handle: (deps, tx, event) => openWithdrawal(tx, deps, asId<CaseId>(event.subject)),
  },
];
