import type { OutfallId } from '#kernel';
import type { DailySummary } from '../peers/peers.ts';

/** A summary that says nothing but who, when and one number. */
export const summaryOf = (outfall: OutfallId, at: number, runShare: number, more: Partial<DailySummary> = {}): DailySummary => ({
  outfall, at, runShare, factors: [], markShare: 0, complete: 1, flowShare: Number.NaN, kwhPerKg: Number.NaN, treatmentShare: Number.NaN,
  oxygen: Number.NaN, visits: [], tickets: [], samplings: [], labs: [], ...more,
});
