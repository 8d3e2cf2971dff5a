import type { PlatformDeps } from '#platform';
import type { LogKeys } from './log-keys.ts';

/** What the evidence module works with: the platform and the keys of the log. */
export type EvidenceDeps = Pick<PlatformDeps, 'db' | 'clock' | 'blobs'> & { readonly keys: LogKeys };
