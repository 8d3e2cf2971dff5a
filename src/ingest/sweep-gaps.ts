import { type Clock, instant, MINUTE } from '#kernel';
import { appendLeaves, leafToken, type LeafInput } from '#evidence';
import { type Database, transact } from '#platform/db';
import { insertGaps, openPartSets } from './store/gaps.ts';

/** How long the parts of one message are waited for before the message counts as broken. */
export const PART_WAIT_MS = 10 * MINUTE;
/** How far back the sweep looks; older sets were judged by earlier sweeps. */
const LOOK_BACK_MS = 24 * 60 * MINUTE;

/**
 * Notes split messages of which parts never came, once each, with a `gap` leaf (fault:F14). The parts that did come
 * stay in the journal. Returns how many were new.
 */
export async function sweepIncompleteMessages(deps: { readonly db: Database; readonly clock: Clock }): Promise<number> {
  const now = deps.clock.now();
  const range = { from: instant(now - LOOK_BACK_MS), to: instant(now - PART_WAIT_MS) };
  const sets = await openPartSets(deps.db, range);
  if (sets.length === 0) return 0;
  return transact(deps.db, async (tx) => {
    const added = await insertGaps(tx, sets, now);
    const leaves = added.map((gap): LeafInput => ({
      t: 'gap',
      ref: leafToken(gap.gap),
      mn: leafToken(gap.mn),
      cn: leafToken(gap.cn),
      how: 'parts',
      missing: gap.missing,
      ...(gap.dataAt === null ? {} : { from: gap.dataAt }),
    }));
    await appendLeaves(tx, deps.clock, leaves);
    return added.length;
  });
}
