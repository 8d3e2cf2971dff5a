import { setTimeout as pause } from 'node:timers/promises';
import { checkLog, renderLogCheck } from '#evidence';
import { bodyDigests } from '#ingest';
import type { Domain } from './compose-domain.ts';

const EVERY_MS = 24 * 3_600_000;

/**
 * Walks the whole evidence log once a day, as `evidence check` does (R16): the start looks at its end only. What does not
 * match stands in the worker's log as an error with every finding; nothing is mended by itself.
 */
export function checkDaily({ platform, evidence }: Pick<Domain, 'platform' | 'evidence'>): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { log, db } = platform;
  const loop = async (): Promise<void> => {
    for (;;) {
      await pause(EVERY_MS, undefined, { signal: stopping.signal, ref: false });
      const check = await checkLog(evidence, { frameDigests: (from, to) => bodyDigests(db, from, to) });
      if (check.ok) log.info({ size: check.size }, 'the evidence log was walked: it holds');
      else log.error({ found: renderLogCheck(check) }, 'the evidence log does NOT hold: see docs/operations.md');
    }
  };
  const done = loop().catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ err: error }, 'the daily walk of the evidence log failed');
  });
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}
