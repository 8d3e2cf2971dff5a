/** A stretch of one printed level. */
export interface Run {
  /** First and last position in the given index list, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly level: number;
  /** Positions off the level by one resolution that came back at once. */
  readonly flickers: number;
}

/**
 * Maximal runs of one level in `values` at the positions `at` (increasing indexes). A single step off by one
 * resolution that returns at the next step is a flicker and does not end the run, as long as flickers stay
 * within `flickerShare` of the run: the last bit of an analogue input toggles even when its source is frozen.
 */
export function equalRuns(
  values: ArrayLike<number>,
  at: readonly number[],
  resolution: number,
  flickerShare = 0.1,
  minLength = 2,
): Run[] {
  const same = resolution / 2;
  const oneStep = resolution * 1.5;
  const runs: Run[] = [];
  const value = (k: number): number => values[at[k] as number] as number;
  let from = 0;
  while (from < at.length) {
    const level = value(from);
    let to = from;
    let flickers = 0;
    for (let k = from + 1; k < at.length; k++) {
      const off = Math.abs(value(k) - level);
      if (off < same) to = k;
      else if (off < oneStep && k + 1 < at.length && Math.abs(value(k + 1) - level) < same) {
        if (flickers + 1 > 1 + flickerShare * (k - from)) break;
        flickers++;
      } else break;
    }
    if (to - from + 1 >= minLength) {
      runs.push({ from, to, level, flickers });
      from = to + 1;
    } else from++;
  }
  return runs;
}
