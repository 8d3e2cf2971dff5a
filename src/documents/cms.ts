import { createHash, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import { der, readDer, readOid, TAG, type DerNode } from './der.ts';

/** Detached CMS signature of one signer, read from a PDF (RFC 5652, ETSI EN 319 122-1). */
export interface Cms {
  readonly certificate: X509Certificate;
  readonly certificates: readonly X509Certificate[];
  /** The signed attributes name exactly this certificate (signing-certificate-v2). */
  readonly bindsCertificate: boolean;
  /** Whether the signature and the digest of `content` hold. */
  check(content: Uint8Array): 'VALID' | 'DIGEST' | 'SIGNATURE';
}

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

const DIGESTS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** @returns undefined when the bytes are no detached CMS with one signer whose certificate is inside */
export function readCms(bytes: Uint8Array): Cms | undefined {
  try {
    return parse(readDer(bytes));
  } catch {
    return undefined;
  }
}

function parse(contentInfo: DerNode): Cms | undefined {
  const [type, wrapped] = contentInfo.children;
  const signedData = wrapped?.children[0];
  if (type === undefined || readOid(type) !== OID.signedData || signedData === undefined) return undefined;
  const [, , encapsulated, ...rest] = signedData.children;
  // Content inside the container would not be the file's bytes.
  if (encapsulated === undefined || encapsulated.children.length !== 1) return undefined;
  const certificates = (rest.find((node) => node.tag === 0xa0)?.children ?? []).map((node) => new X509Certificate(node.bytes));
  const signers = rest.at(-1)?.children ?? [];
  const signer = signers[0];
  if (signers.length !== 1 || signer === undefined) return undefined;
  const [, sid, digestAlgorithm, attributes, , signature] = signer.children;
  if (sid === undefined || digestAlgorithm?.children[0] === undefined || attributes?.tag !== 0xa0 || signature === undefined) return undefined;
  const digest = DIGESTS[readOid(digestAlgorithm.children[0])];
  const certificate = certificates.find((candidate) => hasSerial(candidate, sid));
  if (digest === undefined || certificate === undefined) return undefined;
  const values = new Map(attributes.children.map((node) => [readOid(node.children[0]!), node.children[1]!.children[0]!]));
  const expected = values.get(OID.messageDigest)?.content;
  const signedBytes = der(TAG.SET, attributes.content);
  return {
    certificate,
    certificates,
    bindsCertificate: bindsCertificate(values.get(OID.signingCertificateV2), certificate),
    check(content) {
      if (!verify(digest, signedBytes, certificate.publicKey, signature.content)) return 'SIGNATURE';
      const actual = createHash(digest).update(content).digest();
      return expected !== undefined && expected.length === actual.length && timingSafeEqual(expected, actual) ? 'VALID' : 'DIGEST';
    },
  };
}

function hasSerial(certificate: X509Certificate, sid: DerNode): boolean {
  const serial = sid.children[1];
  if (serial === undefined) return false;
  return BigInt(`0x${Buffer.from(serial.content).toString('hex')}`) === BigInt(`0x${certificate.serialNumber}`);
}

/** SigningCertificateV2 → certs → ESSCertIDv2: an optional algorithm (default SHA-256), then the hash. */
function bindsCertificate(attribute: DerNode | undefined, certificate: X509Certificate): boolean {
  const id = attribute?.children[0]?.children[0];
  if (id === undefined) return false;
  const named = id.children[0]?.tag === TAG.SEQUENCE ? DIGESTS[readOid(id.children[0].children[0]!)] : 'sha256';
  const hash = id.children.find((node) => node.tag === TAG.OCTET_STRING)?.content;
  if (named === undefined || hash === undefined) return false;
  return Buffer.from(hash).equals(createHash(named).update(certificate.raw).digest());
}

const KEY_USAGE = '2.5.29.15';

/** Bits of key usage as a number (RFC 5280 4.2.1.3: bit 0 = digitalSignature, bit 1 = nonRepudiation); undefined without the extension. */
export function keyUsage(certificate: X509Certificate): number | undefined {
  const body = readDer(certificate.raw).children[0];
  const extensions = body?.children.find((node) => node.tag === 0xa3)?.children[0]?.children ?? [];
  for (const extension of extensions) {
    const [id, ...rest] = extension.children;
    if (id === undefined || readOid(id) !== KEY_USAGE) continue;
    const value = readDer(rest.at(-1)!.content);
    return value.content[1] ?? 0;
  }
  return undefined;
}
