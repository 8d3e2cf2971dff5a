import { dayOf, yearOf } from '#kernel';
import type { PlatformDeps } from '#platform';
import { loadLogKeys, type LogKeys } from './log-keys.ts';
import type { Recompute } from './verify/index.ts';

/** What the evidence module works with: the platform and the keys of the log. */
export type EvidenceDeps = Pick<PlatformDeps, 'db' | 'clock' | 'blobs'> & {
  readonly keys: LogKeys;
  /** Computes again what packages claim from frames; given by whoever composes the platform. */
  readonly recompute?: Recompute;
  /** Whether the public may read a document, by its id; given by whoever composes the platform. Left out: none. */
  readonly published?: (documentId: string) => Promise<boolean>;
};

/**
 * The evidence log of this platform: its keys lie in `<dataDir>/keys`, made on first use with the origin
 * `<domain>/evidence/<year>a`. Throws when the key files are readable by others.
 */
export function evidenceOf<P extends Pick<PlatformDeps, 'db' | 'clock' | 'blobs' | 'config'>>(
  platform: P,
  domain = process.env['MINGJIAN_DOMAIN'] ?? 'mingjian.local',
): P & EvidenceDeps {
  const origin = `${domain}/evidence/${yearOf(dayOf(platform.clock.now()))}a`;
  return { ...platform, keys: loadLogKeys(platform.config.dataDir, origin) };
}
