/**
 * U06: indexes of the intervals that carry a new result. A water analyser repeats its last result in every frame
 * until the next one; counting the copies would make honest holding look like a frozen channel.
 *
 * @param sampleTime when the sample behind each interval was taken, ms, NaN where not sent
 * @param cycleHours registered cycle, the fallback where no sample time is sent
 */
export function newInformation(
  values: ArrayLike<number>,
  sampleTime: ArrayLike<number>,
  stepMs: number,
  cycleHours: number | undefined,
  from = 0,
  to = values.length,
): number[] {
  const every = Math.max(1, Math.round(((cycleHours ?? 0) * 3_600_000) / stepMs));
  const out: number[] = [];
  let last = Number.NaN;
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i] as number)) continue;
    const sampled = sampleTime[i] as number;
    if (Number.isFinite(sampled)) {
      if (sampled === last) continue;
      last = sampled;
      out.push(i);
    } else if (out.length === 0 || i - (out[out.length - 1] as number) >= every) out.push(i);
  }
  return out;
}
