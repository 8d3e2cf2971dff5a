import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { asId, isRefusal, ok, type AccountId, type Clock, type DocumentId, type Refusal, type Result, type UnitId } from '#kernel';
import type { Law } from '#law';
import type { BlobStore } from '#platform/blobs';
import type { Config } from '#platform/config';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { refuseSeal, type Approval } from './decide-seal.ts';
import { documentKinds, type DocumentKindKey } from './document-kinds.ts';
import { refuseDocument } from './errors.ts';
import { reserveNumber, type IssuingAuthority, type ReservedNumber } from './number-document.ts';
import { layOut } from './render-document.ts';
import { developmentSeals, type SealProvider } from './seal-provider.ts';
import { signDocument, type Signatory } from './sign-document.ts';
import { insertDocument, insertSealUses, lockNumber, markNumberIssued } from './store.ts';
import type { Slot } from './typeset.ts';

/** What issuing a document works with. */
export interface DocumentDeps {
  readonly clock: Clock;
  readonly blobs: BlobStore;
  /** Numbers are written as the authority's region writes them. */
  readonly law: Pick<Law, 'valueAt'>;
  readonly config: Pick<Config, 'dataDir'> & { readonly production?: boolean };
  /** The authority's own seal service; without it the development provider below the data folder. */
  readonly seals?: SealProvider;
}

/** Somebody a paper names, with the account behind the name. */
export interface Person {
  readonly accountId: AccountId;
  readonly name: string;
}

/** A document to be issued: kind, facts, authority, matter and whose approval it rests on. */
export interface DocumentOrder {
  readonly kind: DocumentKindKey;
  /** As `DocumentData<kind>`; checked against the kind's schema. */
  readonly data: unknown;
  readonly authority: IssuingAuthority;
  /** What the document belongs to, e.g. `{ kind: 'case', id }`. */
  readonly subject: { readonly kind: string; readonly id: string };
  /** The unit that may read it; left out for inner documents. */
  readonly unitId?: UnitId | null;
  readonly preparedBy: Person;
  /** Needed for kinds with a seal, which then follows by itself. */
  readonly approval?: Approval;
  /** Who signs where the document prints his name; by default the preparer and the approver, where they are named. */
  readonly signers?: readonly Person[];
  /** A number reserved before; otherwise the next one is taken now. */
  readonly numberId?: string;
}

/** An issued document: its number, and its signed bytes by digest. */
export interface IssuedDocument {
  readonly documentId: DocumentId;
  readonly number: string;
  readonly title: string;
  /** SHA-256 of the signed file, its name among the blobs. */
  readonly sha256: string;
  readonly pages: number;
  readonly pdf: Uint8Array;
}

const PLATFORM = '信息平台';
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The seal provider of this process: what the deployment connected, else the development one. */
export const sealsOf = (deps: DocumentDeps): Result<SealProvider> =>
  deps.seals === undefined
    ? developmentSeals(join(deps.config.dataDir, 'keys', 'seals'), deps.config.production === true)
    : deps.seals.kind === 'development' && deps.config.production === true
      ? refuseDocument('DOC-010')
      : ok(deps.seals);

/**
 * Makes a document inside the caller's transaction: data checked, number taken, typeset, sealed when approved, signed,
 * kept as a blob, recorded. The evidence leaf follows from the outbox event `document.issued`, because the
 * sequencer's lock must come last in a transaction and this call does not.
 *
 * @returns DOC-001/002/003/004 (content), DOC-007/008/009 (approval), DOC-010 (seal), DOC-014 (number)
 */
export async function issueDocument(tx: Tx, deps: DocumentDeps, order: DocumentOrder): Promise<Result<IssuedDocument>> {
  const now = deps.clock.now();
  const { sealed, reach } = documentKinds[order.kind];
  const noSeal = sealed ? refuseSeal(order.preparedBy.accountId, order.approval, now) : undefined;
  if (noSeal !== undefined) return noSeal;
  const seals = sealsOf(deps);
  if (isRefusal(seals)) return seals;
  const number = await numberFor(tx, deps, order);
  if (isRefusal(number)) return number;
  const people = signersOf(order);
  // What a party hands in nobody of the authority signs: the platform's mark attests the receipt.
  const head = { authority: order.authority.name, number: number.value.number, signers: people.map((p) => p.name), platform: reach === 'party' };
  const first = layOut(order.kind, order.data, head, now);
  if (isRefusal(first)) return first;
  // Nobody to sign: the platform's own mark says who issued it.
  const laidOut = first.value.slots.length > 0 ? first : layOut(order.kind, order.data, { ...head, platform: true }, now);
  if (isRefusal(laidOut)) return laidOut;
  const { pdf: unsigned, pages, slots, title } = laidOut.value;
  const signed = await signDocument(unsigned, slots, signatories(slots, people, order.authority), seals.value, now);
  if (isRefusal(signed)) return signed;
  const { bytes, uses } = signed.value;
  const sha256 = await deps.blobs.put(bytes);
  const documentId = asId<DocumentId>(newId('doc'));
  await insertDocument(tx, {
    documentId, kind: order.kind, title, number: number.value.number, authorityId: order.authority.authorityId,
    authorityName: order.authority.name, unitId: order.unitId ?? null, subjectKind: order.subject.kind, subjectId: order.subject.id,
    data: order.data, sha256, unsignedSha256: digest(unsigned), bytes: bytes.length, pages, sealed, provider: seals.value.kind,
    preparedBy: order.preparedBy.accountId, approvedBy: order.approval?.accountId ?? null, approvedAt: order.approval?.approvedAt ?? null,
    approvalRef: order.approval?.ref ?? null, issuedAt: now,
  });
  await insertSealUses(tx, documentId, uses, order.approval?.ref ?? null, now);
  await markNumberIssued(tx, number.value.numberId, documentId);
  await emit(tx, deps.clock, {
    type: 'document.issued', subject: documentId,
    payload: { documentId, kind: order.kind, number: number.value.number, sha256, subjectKind: order.subject.kind, subjectId: order.subject.id },
  });
  return ok({ documentId, number: number.value.number, title, sha256, pages, pdf: bytes });
}

async function numberFor(tx: Tx, deps: DocumentDeps, order: DocumentOrder): Promise<Result<ReservedNumber>> {
  const { numberId, kind, authority, preparedBy } = order;
  if (numberId === undefined) return ok(await reserveNumber(tx, deps, kind, authority, preparedBy.accountId));
  const row = await lockNumber(tx, numberId);
  const usable = row?.state === 'RESERVED' && row.kind === kind && row.authorityId === authority.authorityId;
  return usable ? ok({ numberId, number: row.number }) : wrongNumber(row?.number ?? numberId, row?.state ?? '不存在');
}

const wrongNumber = (number: string, state: string): Refusal => refuseDocument('DOC-014', { args: { number, state } });

function signersOf({ signers, preparedBy, approval }: DocumentOrder): readonly Person[] {
  return signers ?? [preparedBy, ...(approval === undefined ? [] : [approval])];
}

/** Slots in the order of the page; the authority's seal comes last and so covers every signature before it. */
function signatories(slots: readonly Slot[], people: readonly Person[], authority: IssuingAuthority): Signatory[] {
  const subjectOf = (slot: Slot): Signatory['subject'] => {
    if (slot.shape === 'seal') return { kind: 'authority', id: authority.authorityId, name: authority.name };
    const person = people.find((candidate) => candidate.name === slot.name);
    if (slot.id === 'platform' || person === undefined) return { kind: 'platform', id: authority.authorityId, name: PLATFORM };
    return { kind: 'person', id: person.accountId, name: person.name };
  };
  const ordered = [...slots].sort((a, b) => Number(a.shape === 'seal') - Number(b.shape === 'seal'));
  return ordered.map((slot) => ({ slot: slot.id, subject: subjectOf(slot) }));
}
