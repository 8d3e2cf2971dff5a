import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { bits, der, integer, octets, oid, sequence, TAG, time, utf8 } from './der.ts';

/** An X.509 certificate of the development authority with its key (P-256, ECDSA with SHA-256). */
export interface Issued {
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
}

export interface CertificateRequest {
  readonly commonName: string;
  readonly organisation: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** `ca` may issue certificates, `sign` may only sign documents (non-repudiation). */
  readonly use: 'ca' | 'sign';
  /** Absent for the self-signed root. */
  readonly issuer?: Issued & { readonly subject: Uint8Array };
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const KEY_CERT_SIGN_CRL_SIGN = Uint8Array.of(0x06);
const SIGNATURE_AND_NON_REPUDIATION = Uint8Array.of(0xc0);

export const distinguishedName = (commonName: string, organisation: string): Uint8Array =>
  sequence(attribute('2.5.4.6', der(0x13, new TextEncoder().encode('CN'))), attribute('2.5.4.10', utf8(organisation)), attribute('2.5.4.3', utf8(commonName)));

const attribute = (type: string, value: Uint8Array): Uint8Array => der(TAG.SET, sequence(oid(type), value));
const extension = (type: string, critical: boolean, value: Uint8Array): Uint8Array =>
  sequence(oid(type), ...(critical ? [der(TAG.BOOLEAN, Uint8Array.of(0xff))] : []), octets(value));

/** Makes a key pair and its certificate; self-signed without an issuer. */
export function issueCertificate(request: CertificateRequest): Issued {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const subject = distinguishedName(request.commonName, request.organisation);
  const { issuer } = request;
  const ca = request.use === 'ca';
  const keyId = createHash('sha1').update(spki).digest().subarray(0, 20);
  const usage = ca ? bits(KEY_CERT_SIGN_CRL_SIGN, 1) : bits(SIGNATURE_AND_NON_REPUDIATION, 6);
  const toBeSigned = sequence(
    der(0xa0, integer(Uint8Array.of(2))),
    integer(Uint8Array.of(0x4d, ...randomBytes(15))),
    ECDSA_SHA256,
    issuer?.subject ?? subject,
    sequence(time(request.notBefore), time(request.notAfter)),
    subject,
    spki,
    der(
      0xa3,
      sequence(
        extension('2.5.29.19', true, sequence(...(ca ? [der(TAG.BOOLEAN, Uint8Array.of(0xff))] : []))),
        extension('2.5.29.15', true, usage),
        extension('2.5.29.14', false, octets(keyId)),
      ),
    ),
  );
  const signature = sign('sha256', toBeSigned, issuer?.key ?? privateKey);
  return { certificate: sequence(toBeSigned, ECDSA_SHA256, bits(signature)), key: privateKey };
}
