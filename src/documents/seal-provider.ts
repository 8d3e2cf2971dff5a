import { createHash, createPrivateKey, randomUUID, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '#kernel';
import { distinguishedName, issueCertificate, type Issued } from './certificate.ts';
import { refuseDocument } from './errors.ts';
import { DEVELOPMENT_LEGEND, DEVELOPMENT_REASON } from './seal-picture.ts';

/** Whose key signs: an authority's seal, a person's signature, or the platform for papers nobody signs by hand. */
export interface SealSubject {
  readonly kind: 'authority' | 'person' | 'platform';
  readonly id: string;
  readonly name: string;
}

/** A certificate that can sign: the authority's own service, or the development provider. */
export interface SealSigner {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** DER-encoded ECDSA signature with SHA-256 over the data. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/**
 * Where seals come from. An authority connects its own seal service here; without one the development provider
 * stands in and says on every paper that it has no legal force.
 */
export interface SealProvider {
  readonly kind: 'development' | 'external';
  /** Lines printed into each picture; empty for real seals. */
  readonly legend: readonly string[];
  readonly reason: string;
  /** Root certificates (DER) against which signatures are accepted. */
  roots(): readonly Uint8Array[];
  signerFor(subject: SealSubject): Promise<SealSigner>;
}

const ORGANISATION = '明鉴开发测试 无法律效力';
const ROOT_NAME = 'Mingjian development root (no legal force)';
/** Fixed, so that history loaded with recorded times can be signed as of then. */
const VALIDITY = { notBefore: Date.UTC(2015, 0, 1), notAfter: Date.UTC(2049, 11, 31) };

/**
 * Self-made certificates below `folder`, made at first use, one file of mode 0600 for each key.
 *
 * @returns DOC-010 in production: a test seal on a real decision would make it void
 */
export function developmentSeals(folder: string, production: boolean): Result<SealProvider> {
  if (production) return refuseDocument('DOC-010');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const subject = distinguishedName(ROOT_NAME, ORGANISATION);
  const root = (): Issued =>
    keep(join(folder, 'root.pem'), () => issueCertificate({ commonName: ROOT_NAME, organisation: ORGANISATION, use: 'ca', ...VALIDITY }));
  return ok({
    kind: 'development',
    legend: DEVELOPMENT_LEGEND,
    reason: DEVELOPMENT_REASON,
    roots: () => [root().certificate],
    async signerFor({ kind, id, name }) {
      const issuer = { ...root(), subject };
      const own = keep(join(folder, `${kind}-${fileName(`${id}\n${name}`)}.pem`), () =>
        issueCertificate({ commonName: `${name} [${id}]`, organisation: ORGANISATION, use: 'sign', issuer, ...VALIDITY }),
      );
      return signerOf(own, [issuer.certificate]);
    },
  });
}

const fileName = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** A signer over a key at hand; P-256 with SHA-256. */
export const signerOf = (issued: Issued, chain: readonly Uint8Array[]): SealSigner => ({
  certificate: issued.certificate,
  chain,
  sign: async (data) => new Uint8Array(sign('sha256', data, issued.key)),
});

/** Reads a key file, or makes it; of two processes that make it at once the first one wins. */
function keep(file: string, make: () => Issued): Issued {
  if (!existsSync(file)) {
    const made = make();
    const temporary = `${file}.${randomUUID()}`;
    writeFileSync(temporary, toPem(made), { mode: 0o600, flag: 'wx' });
    try {
      linkSync(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(temporary);
    }
  }
  chmodSync(file, 0o600);
  return fromPem(readFileSync(file, 'utf8'));
}

const toPem = ({ key, certificate }: Issued): string =>
  `${key.export({ type: 'pkcs8', format: 'pem' })}${new X509Certificate(certificate).toString()}`;

function fromPem(pem: string): Issued {
  const key: KeyObject = createPrivateKey(pem);
  const certificate = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----')));
  return { key, certificate: new Uint8Array(certificate.raw) };
}
