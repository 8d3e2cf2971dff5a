import { sm2Verify } from '#evidence/log';
import { readDer, readOid, TAG, type DerNode } from '../der.ts';

/** An X.509 certificate with an SM2 key. Read by hand: Node's own class checks SM2 signatures by another scheme. */
export interface Sm2Certificate {
  readonly bytes: Uint8Array;
  readonly commonName: string;
  readonly organisation: string;
  readonly serial: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** 65 bytes, uncompressed point; undefined for a key that is not on the SM2 curve. */
  readonly publicKey: Uint8Array | undefined;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly tbs: Uint8Array;
  readonly algorithm: string;
  readonly signature: Uint8Array;
  readonly ca: boolean;
}

const SM2_CURVE = '1.2.156.10197.1.301';
const SM2_WITH_SM3 = '1.2.156.10197.1.501';
const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';
const BASIC_CONSTRAINTS = '2.5.29.19';

/** @throws Error when the bytes are no certificate */
export function readCertificate(bytes: Uint8Array): Sm2Certificate {
  const [body, algorithm, signature] = readDer(bytes).children;
  const fields = body?.children.slice(body.children[0]?.tag === 0xa0 ? 1 : 0) ?? [];
  const [serial, , issuer, validity, subject, key] = fields;
  const [from, to] = validity?.children ?? [];
  if (body === undefined || signature === undefined || key === undefined || from === undefined || to === undefined) throw new Error('not a certificate');
  const [notBefore, notAfter] = [readTime(from), readTime(to)];
  if (notBefore === undefined || notAfter === undefined) throw new Error('not a certificate: validity');
  const parameter = key.children[0]?.children[1];
  const onCurve = parameter?.tag === TAG.OID && readOid(parameter) === SM2_CURVE;
  return {
    bytes, commonName: nameIn(subject, COMMON_NAME), organisation: nameIn(subject, ORGANISATION), serial: Buffer.from(serial!.content).toString('hex'),
    notBefore, notAfter, publicKey: onCurve ? key.children[1]?.content.subarray(1) : undefined, issuer: issuer!.bytes, subject: subject!.bytes,
    tbs: body.bytes, algorithm: readOid(algorithm!.children[0]!), signature: signature.content.subarray(1), ca: isCa(fields.at(-1)),
  };
}

function nameIn(name: DerNode | undefined, type: string): string {
  const value = name?.children.map((set) => set.children[0]).find((one) => one?.children[0] !== undefined && readOid(one.children[0]) === type)?.children[1];
  if (value === undefined) return '';
  return value.tag === 0x1e ? Buffer.from(value.content).swap16().toString('utf16le') : Buffer.from(value.content).toString('utf8');
}

function isCa(extensions: DerNode | undefined): boolean {
  const found = extensions?.tag === 0xa3 ? extensions.children[0]?.children.find((one) => one.children[0] !== undefined && readOid(one.children[0]) === BASIC_CONSTRAINTS) : undefined;
  const value = found?.children.at(-1);
  return value !== undefined && readDer(value.content).children[0]?.content[0] === 0xff;
}

/** UTCTime or GeneralizedTime in epoch ms; undefined for anything else. */
export function readTime(node: DerNode): number | undefined {
  if (node.tag !== TAG.UTC_TIME && node.tag !== TAG.GENERALIZED_TIME) return undefined;
  const digits = Buffer.from(node.content).toString('latin1');
  const full = node.tag === TAG.UTC_TIME ? `${Number(digits.slice(0, 2)) >= 50 ? '19' : '20'}${digits}` : digits;
  const m = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d+)?(?:Z|([+-])(\d{2})(\d{2}))?$/.exec(full);
  if (m === null) return undefined;
  const [, y, mo, d, h, mi, s, sign, oh = '0', om = '0'] = m;
  const offset = (Number(oh) * 60 + Number(om)) * 60_000 * (sign === '-' ? -1 : 1);
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)) - offset;
}

/** Does the certificate chain to one of the roots? Roots with other keys than SM2 prove nothing here. */
export function chainsTo(certificate: Sm2Certificate, roots: readonly Uint8Array[]): boolean {
  const known = roots.flatMap((root) => {
    try {
      return [readCertificate(root)];
    } catch {
      return [];
    }
  });
  let last = certificate;
  for (let step = 0; step < 5; step++) {
    if (known.some((root) => Buffer.from(root.bytes).equals(last.bytes))) return true;
    const issuer = known.find((root) => root.ca && Buffer.from(root.subject).equals(last.issuer) && signedBy(last, root));
    if (issuer === undefined) return false;
    last = issuer;
  }
  return false;
}

const signedBy = (certificate: Sm2Certificate, issuer: Sm2Certificate): boolean =>
  certificate.algorithm === SM2_WITH_SM3 && issuer.publicKey !== undefined && sm2Verify(issuer.publicKey, certificate.tbs, certificate.signature);

/** DER out of PEM or DER. */
export const certificateBytes = (file: Uint8Array): Uint8Array => {
  const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/.exec(Buffer.from(file).toString('latin1'));
  return pem?.[1] === undefined ? new Uint8Array(file) : new Uint8Array(Buffer.from(pem[1], 'base64'));
};
