import { readDer, readOid, sequence, TAG, type DerNode } from '../der.ts';
import { readCertificate, readTime, type Sm2Certificate } from './sm2-certificate.ts';

/** SM2 with SM3 (GM/T 0006). */
export const SM2_WITH_SM3 = '1.2.156.10197.1.501';

/** The seal itself, as its maker signed it. */
export interface Seal {
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly validFrom: number | undefined;
  readonly validTo: number | undefined;
  /** Certificates that may use it, or their digests (GB/T 38540 certListType 2). */
  readonly users: readonly Uint8Array[];
  readonly usersAreDigests: boolean;
  readonly maker: Sm2Certificate;
  readonly algorithm: string;
  readonly signature: Uint8Array;
  /** What the maker may have signed: the seal information alone (GB/T 38540) or with certificate and algorithm (GM/T 0031). */
  readonly coverages: readonly Uint8Array[];
}

/** The value of one sealing (SES_Signature). */
export interface SealValue {
  readonly form: 'GB/T 38540' | 'GM/T 0031';
  readonly seal: Seal;
  readonly toSign: Uint8Array;
  readonly dataHash: Uint8Array;
  /** Path of the Signature.xml it was made for. */
  readonly propertyInfo: string;
  /** What the signer states, epoch ms; undefined where it is a time-stamp token. */
  readonly signedAt: number | undefined;
  readonly signer: Sm2Certificate;
  readonly algorithm: string;
  readonly signature: Uint8Array;
  readonly timeStamped: boolean;
}

const text = (node: DerNode | undefined): string => (node === undefined ? '' : Buffer.from(node.content).toString('utf8'));
const child = (node: DerNode | undefined, i: number): DerNode => {
  const found = node?.children[i];
  if (found === undefined) throw new Error('the seal value is cut short');
  return found;
};
/** Content of a bit or octet string; producers use either for digests and signatures. */
const bytesOf = (node: DerNode): Uint8Array => (node.tag === TAG.BIT_STRING ? node.content.subarray(1) : node.content);

/** @throws Error when the bytes are no seal value of either standard */
export function readSealValue(bytes: Uint8Array): SealValue {
  const root = readDer(bytes);
  if (root.bytes.length !== bytes.length) throw new Error('bytes behind the seal value');
  const toSign = child(root, 0);
  const seal = readSeal(child(toSign, 1));
  const base = { seal, toSign: toSign.bytes, dataHash: bytesOf(child(toSign, 3)), propertyInfo: text(child(toSign, 4)) };
  if (child(root, 1).tag === TAG.OCTET_STRING) {
    return {
      ...base, form: 'GB/T 38540', signedAt: readTime(child(toSign, 2)), signer: readCertificate(child(root, 1).content),
      algorithm: readOid(child(root, 2)), signature: bytesOf(child(root, 3)), timeStamped: root.children.length > 4,
    };
  }
  const time = bytesOf(child(toSign, 2));
  return {
    ...base, form: 'GM/T 0031', signedAt: timeIn(time), signer: readCertificate(child(toSign, 5).content), algorithm: readOid(child(toSign, 6)),
    signature: bytesOf(child(root, 1)), timeStamped: timeIn(time) === undefined && time.length > 40,
  };
}

function timeIn(bytes: Uint8Array): number | undefined {
  try {
    return readTime(readDer(bytes));
  } catch {
    return undefined;
  }
}

function readSeal(node: DerNode): Seal {
  const info = child(node, 0);
  const property = child(info, 2);
  // GB/T 38540 says before the list whether it holds certificates or their digests.
  const typed = child(property, 2).tag === TAG.INTEGER;
  const [list, , from, to] = property.children.slice(typed ? 3 : 2);
  const signed = child(node, 1);
  const [maker, algorithm, signature] = signed.tag === TAG.OCTET_STRING
    ? [signed, child(node, 2), child(node, 3)]
    : [child(signed, 0), child(signed, 1), child(signed, 2)];
  return {
    id: text(child(info, 1)), name: text(child(property, 1)), bytes: node.bytes,
    validFrom: from === undefined ? undefined : readTime(from), validTo: to === undefined ? undefined : readTime(to),
    users: (list?.children ?? []).map((one) => (one.tag === TAG.SEQUENCE ? bytesOf(child(one, 1)) : one.content)),
    usersAreDigests: typed && child(property, 2).content.at(-1) === 2,
    maker: readCertificate(maker.content), algorithm: readOid(algorithm), signature: bytesOf(signature),
    coverages: [info.bytes, sequence(info.bytes, maker.bytes, algorithm.bytes)],
  };
}
