import { dayOf, isRefusal, ok, type AccountId, type Clock, type Result, type UnitId } from '#kernel';
import type { Law } from '#law';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import type { Consent } from './delivery.ts';
import { refuseDelivery } from './errors.ts';
import type { ConfirmationFacts, ConfirmationPapers, UnitDirectory, UnitFacts } from './ports.ts';
import { insertConsent, latestConsent, portalAccountOf } from './store.ts';

/** What giving consent works with. */
export interface ConsentDeps {
  readonly clock: Clock;
  readonly law: Law;
  readonly directory: UnitDirectory;
  readonly papers: ConfirmationPapers;
}

/** A unit's consent to electronic service, in its own words, with who signed. */
export interface ConsentCommand {
  readonly unitId: UnitId;
  readonly by: AccountId;
  readonly signerName: string;
  readonly signerRole: string;
  readonly documentsCovered: string;
  readonly recipient: string;
  readonly phone: string;
  readonly paperAddress: string;
}

/** Told before the party agrees; it stands in the confirmation. */
const TOLD =
  '电子送达与纸质送达具有同等法律效力；文书到达你单位在本平台的账号之日即为送达之日，与是否阅读无关；你单位可以索取纸质文书，也可以随时书面撤回同意，撤回不影响此前已完成的送达。';

/**
 * The unit agrees to electronic service and signs the confirmation; only from now on may documents of the procedure go
 * through the portal (行政处罚法 第六十一条、江苏办法 第十七条).
 *
 * @returns DLV-002 (nobody could open it), DLV-008, or what the confirmation's paper is refused for
 */
export async function giveConsent(tx: Tx, deps: ConsentDeps, command: ConsentCommand): Promise<Result<Consent>> {
  const unit = deps.directory.unit(command.unitId);
  if (unit === undefined) return refuseDelivery('DLV-008');
  const account = await portalAccountOf(tx, command.unitId);
  if (account === undefined) return refuseDelivery('DLV-002');
  const now = deps.clock.now();
  const portal = deps.law.valueAt('delivery.portalName', unit.region, dayOf(now)).value;
  const paper = await deps.papers.confirmation(tx, unit, factsOf(unit, command, portal, account, deps), command.by);
  if (isRefusal(paper)) return paper;
  const consent: Consent = {
    consentId: newId('cns'), unitId: command.unitId, act: 'GIVEN', channel: 'PORTAL', account, documentsCovered: command.documentsCovered,
    signerName: command.signerName, signerRole: command.signerRole, signedBy: command.by, documentId: paper.value.documentId,
    documentNumber: paper.value.number, at: now,
  };
  await keep(tx, deps, consent);
  return ok(consent);
}

function factsOf(unit: UnitFacts, command: ConsentCommand, portal: string, account: string, deps: ConsentDeps): ConfirmationFacts {
  const { name, creditCode, address, legalRepresentative } = unit;
  return {
    party: { name, creditCode, address, legalRepresentative },
    told: TOLD,
    consents: true,
    channels: [{ name: portal, account }],
    documentsCovered: command.documentsCovered,
    paperAddress: command.paperAddress,
    recipient: command.recipient,
    phone: command.phone,
    signer: { name: command.signerName, role: command.signerRole, date: dayOf(deps.clock.now()) },
  };
}

/** Takes the consent back for the future. What was served stays served. @returns DLV-007 without one */
export async function withdrawConsent(tx: Tx, deps: { readonly clock: Clock }, unitId: UnitId, by: AccountId): Promise<Result<Consent>> {
  const current = await latestConsent(tx, unitId);
  if (current?.act !== 'GIVEN') return refuseDelivery('DLV-007');
  const withdrawn: Consent = { ...current, consentId: newId('cns'), act: 'WITHDRAWN', signedBy: by, documentId: null, documentNumber: null, at: deps.clock.now() };
  await keep(tx, deps, withdrawn);
  return ok(withdrawn);
}

async function keep(tx: Tx, deps: { readonly clock: Clock }, consent: Consent): Promise<void> {
  await insertConsent(tx, consent);
  await emit(tx, deps.clock, {
    type: 'delivery.consent',
    subject: consent.unitId,
    payload: { consentId: consent.consentId, unitId: consent.unitId, act: consent.act, documentId: consent.documentId },
  });
}
