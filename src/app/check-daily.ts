import { checkLog, renderLogCheck } from '#evidence';
import { bodyDigests, sealedFrames } from '#ingest';
import type { Domain } from './compose-domain.ts';

/**
 * Walks the whole evidence log as `evidence check` does, once a day: the start looks at its end only. What does not
 * match stands in the worker's log as an error with every finding; nothing is mended by itself.
 */
export async function checkDaily({ platform: { log, db }, evidence }: Pick<Domain, 'platform' | 'evidence'>): Promise<void> {
  const check = await checkLog(evidence, { frameDigests: (from, to) => bodyDigests(db, from, to), sealedFrames: sealedFrames(db) });
  if (check.ok) log.info({ size: check.size }, 'the evidence log was walked: it holds');
  else log.error({ found: renderLogCheck(check) }, 'the evidence log does NOT hold: see docs/operations.md');
}
