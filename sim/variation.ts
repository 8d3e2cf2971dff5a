import { randomStream } from './random.ts';

/**
 * How the plants and instruments of a province differ from the reference page, as factors on its values. Detection is
 * also judged on provinces it was not built on; 1 everywhere is the page itself.
 */
export interface Variation {
  /** Instrument noise. */
  readonly noise: number;
  /** Drift of gain and zero between calibrations. */
  readonly drift: number;
  /** Wander of emissions; still held below the level at which a healthy plant would exceed. */
  readonly spread: number;
  /** Correlation time of that wander. */
  readonly lag: number;
  /** Frequency of lost messages and outages. */
  readonly losses: number;
  /** Share of pollutant channels printed one decade coarser. */
  readonly coarse: number;
}

export const REFERENCE: Variation = { noise: 1, drift: 1, spread: 1, lag: 1, losses: 1, coarse: 0 };

/** Draws a variation: every factor between 1/(1 + width) and 1 + width, log-uniform; `width` 0 is the reference. */
export function drawVariation(seed: string | number, width: number): Variation {
  const random = randomStream(seed, 'province', 'variation');
  const factor = (): number => (1 + width) ** random.uniform(-1, 1);
  return { noise: factor(), drift: factor(), spread: factor(), lag: factor(), losses: factor(), coarse: Math.min(0.5, width * random.uniform(0, 0.5)) };
}
