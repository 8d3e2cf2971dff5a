import { type Clock, MINUTE } from '#kernel';
import { appendLeaves, leafToken, type LeafInput } from '#evidence';
import { type Database, transact } from '#platform/db';
import { readSetting, writeSetting } from '#platform/settings';
import { GAPS_AT_ONCE, insertGaps, openPartSets, type PartGap } from './store/gaps.ts';

/** How long the parts of one message are waited for before the message counts as broken. */
export const PART_WAIT_MS = 10 * MINUTE;
/** Under which the sweep keeps until when (known time, epoch ms) messages have been judged. */
const SWEPT = 'ingest.gaps-swept-until';

/**
 * Notes split messages of which parts never came, once each, with a `gap` leaf (fault:F14). The parts that did come
 * stay in the journal. It goes on where the last sweep ended, however long ago that was. Returns how many were new.
 */
export async function sweepIncompleteMessages(deps: { readonly db: Database; readonly clock: Clock }): Promise<number> {
  const after = (await readSetting<number>(deps.db, SWEPT)) ?? -1;
  const until = deps.clock.now() - PART_WAIT_MS;
  if (until <= after) return 0;
  let noted = 0;
  for (let found = GAPS_AT_ONCE; found === GAPS_AT_ONCE; ) {
    const sets = await openPartSets(deps.db, { after, until });
    found = sets.length;
    if (found > 0) noted += await noteGaps(deps, sets);
  }
  await writeSetting(deps.db, SWEPT, until);
  return noted;
}

async function noteGaps({ db, clock }: { readonly db: Database; readonly clock: Clock }, sets: readonly PartGap[]): Promise<number> {
  return transact(db, async (tx) => {
    const added = await insertGaps(tx, sets, clock.now());
    const leaves = added.map((gap): LeafInput => ({
      t: 'gap',
      ref: leafToken(gap.gap),
      mn: leafToken(gap.mn),
      cn: leafToken(gap.cn),
      how: 'parts',
      missing: gap.missing,
      ...(gap.dataAt === null ? {} : { from: gap.dataAt }),
    }));
    await appendLeaves(tx, clock, leaves);
    return added.length;
  });
}
