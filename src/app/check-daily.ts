import { checkLog, renderLogCheck } from '#evidence';
import { bodyDigests, sealedFrames } from '#ingest';
import { DAY, type Clock } from '#kernel';
import { systemClock } from '#platform/clock';
import { readSetting, writeSetting } from '#platform/settings';
import type { Domain } from './compose-domain.ts';

/** Setting: when the last walk over the evidence log ended, by the machine's own clock, so that a start does not put it off. */
const WALKED = 'evidence.walkedAt';

/**
 * Walks the whole evidence log as `evidence check` does, once a day: the start looks at its end only. What does not
 * match stands in the worker's log as an error with every finding; nothing is mended by itself.
 *
 * @returns whether a day had passed since the last walk
 */
export async function checkDaily({ platform: { log, db }, evidence }: { readonly platform: Pick<Domain['platform'], 'log' | 'db'>; readonly evidence: Domain['evidence'] }, clock: Clock = systemClock()): Promise<boolean> {
  const walkedAt = await readSetting<number>(db, WALKED);
  if (walkedAt !== undefined && clock.now() - walkedAt < DAY) return false;
  const check = await checkLog(evidence, { frameDigests: (from, to) => bodyDigests(db, from, to), sealedFrames: sealedFrames(db) });
  if (check.ok) log.info({ size: check.size }, 'the evidence log was walked: it holds');
  else log.error({ found: renderLogCheck(check) }, 'the evidence log does NOT hold: see docs/operations.md');
  await writeSetting(db, WALKED, clock.now());
  return true;
}
