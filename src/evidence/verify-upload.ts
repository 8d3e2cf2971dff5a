import { ok, type Result } from '#kernel';
import type { EvidenceDeps } from './deps.ts';
import { refuse } from './errors.ts';
import { policyText } from './leaf-badge.ts';
import { verifyPackage, type VerifyReport } from './verify/index.ts';

/** Packages of the public check; larger ones are checked with the offline verifier. */
export const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;

let busy = false;

/**
 * Checks an uploaded package under this log's own keys, for the public page. One at a time: a check holds a core for
 * seconds, and the page has no sign-in (EVID-012). Who does not trust this server uses the offline verifier.
 */
export async function verifyUpload(deps: Pick<EvidenceDeps, 'keys' | 'recompute'>, zip: Uint8Array): Promise<Result<VerifyReport>> {
  if (busy) return refuse('EVID-012');
  busy = true;
  try {
    return ok(await verifyPackage(zip, { policy: policyText(deps), ...(deps.recompute === undefined ? {} : { recompute: deps.recompute }) }));
  } finally {
    busy = false;
  }
}
