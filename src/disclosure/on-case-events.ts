import { asId, type CaseId } from '#kernel';
import type { Handler } from '#platform/outbox';
import { preparePublication, type DisclosureDeps } from './prepare-publication.ts';
import { openWithdrawal } from './publish-decision.ts';

/** What disclosure does when ⑥ decides, or when a remedy ends. */
export const disclosureHandlers: readonly Handler<DisclosureDeps>[] = [
  { on: 'case.decided', name: 'disclosure.prepare', handle: (deps, tx, event) => preparePublication(tx, deps, event.payload) },
  {
    on: 'case.remedy_decided',
    name: 'disclosure.open-withdrawal',
    handle: (deps, tx, event) => openWithdrawal(tx, deps, asId<CaseId>(event.subject)),
  },
];
