import type { LeafIndex } from '#kernel';
import type { CompletenessClaim } from './content.ts';

/** Range leaves a package carries at most, about 100 MB: every leaf between the first and the last frame goes with it. */
export const MAX_CLAIM_LEAVES = 300_000;

/**
 * The completeness claim over frames of these devices: from the first leaf to the last. Undefined where there is
 * nothing to claim, or where the range would be too large for one package; each frame then carries a proof of its own.
 */
export function claimFor(devices: readonly string[], leaves: readonly LeafIndex[]): CompletenessClaim | undefined {
  if (devices.length === 0 || leaves.length === 0) return undefined;
  const [from, to] = leaves.reduce<[number, number]>(
    ([low, high], leaf) => [Math.min(low, leaf), Math.max(high, leaf + 1)],
    [Infinity, 0],
  );
  return to - from > MAX_CLAIM_LEAVES ? undefined : { devices, from: from as LeafIndex, to: to as LeafIndex };
}
