import type { Episode } from '../episode.ts';
import { counts, MERGE_GAP_MS, overlaps } from '../episode.ts';

/** A fact as the trial and what is in force saw it; one of the two where only one saw it. */
export interface ShadowPair {
  readonly inForce: Episode | undefined;
  readonly tried: Episode | undefined;
}

export interface ShadowComparison {
  readonly appears: readonly ShadowPair[];
  readonly vanishes: readonly ShadowPair[];
  readonly moves: readonly ShadowPair[];
  readonly same: number;
}

/** The same fact: a common factor, no more than six hours apart (U21). */
const isSame = (a: Episode, b: Episode): boolean =>
  a.outfall === b.outfall && overlaps(a, b, MERGE_GAP_MS) && (a.factors.length === 0 || b.factors.length === 0 || a.factors.some((factor) => b.factors.includes(factor)));

/** What the change would have made, unmade and moved while it ran beside what is in force. */
export function compareShadow(inForce: readonly Episode[], tried: readonly Episode[]): ShadowComparison {
  const [live, shadow] = [inForce.filter(counts), tried.filter(counts)];
  const pairs = shadow.map((one): ShadowPair => ({ inForce: live.find((other) => isSame(one, other)), tried: one }));
  const alone = live.filter((one) => !shadow.some((other) => isSame(one, other)));
  return {
    appears: pairs.filter((pair) => pair.inForce === undefined),
    vanishes: alone.map((one) => ({ inForce: one, tried: undefined })),
    moves: pairs.filter((pair) => pair.inForce !== undefined && pair.inForce.tier !== pair.tried?.tier),
    same: pairs.filter((pair) => pair.inForce !== undefined && pair.inForce.tier === pair.tried?.tier).length,
  };
}
