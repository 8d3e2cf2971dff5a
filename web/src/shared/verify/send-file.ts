import { problemOf } from '../api.ts';
import { reach } from '../ask.ts';

/** Status and line of the package check (`mingjian verify` prints the same). */
export interface PackageReport {
  readonly exit: 0 | 1 | 2 | 3;
  readonly package: { readonly name: string; readonly kind: string; readonly manifestSha256: string } | null;
  readonly head: { readonly origin: string; readonly size: string } | null;
  readonly lines: readonly {
    readonly check: string; readonly status: 'holds' | 'fails' | 'cannot-tell' | 'not-claimed'; readonly zh: string; readonly en: string;
    readonly problems: readonly { readonly where: string; readonly zh: string; readonly en: string }[];
  }[];
}

export interface PaperReport {
  readonly accepted: boolean;
  readonly sha256: string;
  /** Where the log names this very file; null where it does not. */
  readonly log: { readonly index: number; readonly knownAt: string; readonly sealedAt: string | null } | null;
  readonly signatures: readonly { readonly field: string; readonly signer: string; readonly reason: string; readonly signedAt?: number; readonly coversWholeFile: boolean; readonly certificate?: { readonly issuer: string; readonly from: number; readonly to: number }; readonly problems: readonly string[] }[];
  readonly explained: readonly { readonly code: string; readonly zh: string; readonly en: string }[];
}

/** Sends a file's bytes as they are; the typed `call` speaks JSON only. @throws Problem when the platform refuses */
async function send<T>(path: string, type: string, file: Blob): Promise<T> {
  const response = await reach(path, { method: 'POST', headers: { 'content-type': type }, body: file });
  if (!response.ok) throw await problemOf(response);
  return response.json() as Promise<T>;
}

export const sendPackage = (file: Blob): Promise<PackageReport> => send('/api/public/evidence/verify', 'application/zip', file);
export const sendPaper = (file: Blob): Promise<PaperReport> => send('/api/public/documents/check', 'application/pdf', file);
