import { createHash } from 'node:crypto';
import type { Signer } from '@libpdf/core';
import { ok, type Instant, type Result } from '#kernel';
import { refuseDocument } from './errors.ts';
import { nameMark, roundSeal } from './seal-picture.ts';
import type { SealProvider, SealSigner, SealSubject } from './seal-provider.ts';
import { openForSigning, placeFields, type FieldPlan } from './signature-field.ts';
import { newId } from '#platform/ids';
import type { SealUse } from './store.ts';
import type { Slot } from './typeset.ts';

/** One signature: in which slot of the layout, by whom. The seal comes last in the list. */
export interface Signatory {
  readonly slot: string;
  readonly subject: SealSubject;
}

/** A file after all its signatures. */
export interface SignedFile {
  readonly bytes: Uint8Array;
  /** One for each signature, with the digests of the file before and after it. */
  readonly uses: readonly SealUse[];
}

/** Room for CMS with a short chain; a time stamp would need more. */
const CONTENTS_BYTES = 8192;

/**
 * Signs a laid-out document: all fields with their pictures first, then one incremental revision for each signature,
 * in the order given, so that the last one covers the whole file.
 *
 * @returns DOC-012 when the layout has no such slot
 */
export async function signDocument(
  pdf: Uint8Array,
  slots: readonly Slot[],
  signatories: readonly Signatory[],
  seals: SealProvider,
  at: Instant,
): Promise<Result<SignedFile>> {
  const plans: FieldPlan[] = [];
  for (const { slot, subject } of signatories) {
    const place = slots.find((candidate) => candidate.id === slot);
    if (place === undefined) return refuseDocument('DOC-012', { args: { slot } });
    plans.push({ slot: place, picture: pictureOf(place, subject, seals), label: `${subject.name} ${seals.legend.join(' ')}`.trim() });
  }
  let bytes = await placeFields(pdf, plans);
  const uses: SealUse[] = [];
  for (const { slot, subject } of signatories) {
    const signer = await seals.signerFor(subject);
    const before = bytes;
    bytes = await addSignature(bytes, slot, signer, seals.reason, at);
    uses.push({
      sealUseId: newId('use'), position: uses.length + 1, slot, subjectKind: subject.kind, subjectId: subject.id,
      subjectName: subject.name, certificate: sha256(signer.certificate), digestBefore: sha256(before), digestAfter: sha256(bytes),
    });
  }
  return ok({ bytes, uses });
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const pictureOf = (slot: Slot, subject: SealSubject, { legend }: SealProvider) =>
  slot.shape === 'seal'
    ? roundSeal(subject.name, legend, slot.width)
    : nameMark(subject.name, legend.length === 0 ? '电子签名' : `${legend.join(' ')}`.replace('印章', '签名'), slot.width, slot.height);

async function addSignature(pdf: Uint8Array, field: string, seal: SealSigner, reason: string, at: Instant): Promise<Uint8Array> {
  const file = await openForSigning(pdf, field);
  const signer: Signer = {
    certificate: seal.certificate,
    certificateChain: [...seal.chain],
    keyType: 'EC',
    signatureAlgorithm: 'ECDSA',
    sign: (data) => seal.sign(data),
  };
  const { bytes } = await file.sign({
    signer,
    fieldName: field,
    reason,
    signingTime: new Date(at),
    subFilter: 'ETSI.CAdES.detached',
    level: 'B-B',
    digestAlgorithm: 'SHA-256',
    estimatedSize: CONTENTS_BYTES,
  });
  return bytes;
}
