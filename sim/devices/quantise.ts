import { at } from '../processes.ts';
import type { Channel } from '../world.ts';

/** Rounds to the instrument's resolution through decimal text arithmetic free of drift: 0.1 stays 0.1. */
export const quantise = (x: number, resolution: number): number => {
  const inverse = Math.round(1 / resolution);
  return Math.round(x * inverse) / inverse;
};

/** The highest value that is printed: nothing beyond the range by rounding up. */
const lastPrinted = (span: number, resolution: number): number => Math.floor(span / resolution + 1e-9) * resolution;

/** The last thing an instrument does: cut to its range and print. */
export function printChannels(channels: ReadonlyMap<string, Channel>): void {
  for (const { instrument, values } of channels.values()) {
    const lowest = instrument.factor === 'a01013' || instrument.factor === 'a01012' ? -Infinity : 0;
    const highest = instrument.span > 0 && instrument.factor !== 'a00000' && instrument.factor !== 'w00000' ? lastPrinted(instrument.span, instrument.resolution) : Infinity;
    for (let i = 0; i < values.length; i++) {
      const x = at(values, i);
      values[i] = quantise(x < lowest ? lowest : x > highest ? highest : x, instrument.resolution);
    }
  }
}
