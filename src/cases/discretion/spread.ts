/** Spread of fines of like cases, in whole yuan; quartiles by linear interpolation between neighbours. */
export interface Spread {
  readonly n: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

/** @param amounts fines in yuan, any order; undefined when there is none to compare with */
export function spreadOf(amounts: readonly number[]): Spread | undefined {
  const sorted = [...amounts].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return undefined;
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? min;
    const above = sorted[Math.ceil(place)] ?? max;
    return Math.round(below + (above - below) * (place - Math.floor(place)));
  };
  return { n: sorted.length, min, q1: at(0.25), median: at(0.5), q3: at(0.75), max };
}
