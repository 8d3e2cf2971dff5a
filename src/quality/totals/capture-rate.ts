import { CST_OFFSET, Decimal } from '#kernel';

/**
 * Valid share of the hours in which the source ran (HJ 75 §12.1.3): (hours − invalid − stopped) ÷ (hours − stopped).
 * Undefined when it stood still all the time.
 */
export function captureRate(hours: number, invalid: number, stopped: number): Decimal | undefined {
  const due = hours - stopped;
  return due <= 0 ? undefined : new Decimal(due - invalid).div(due);
}

/** Start of the local quarter of `at` and of the next one, epoch ms. */
export function quarterOf(at: number): { readonly start: number; readonly end: number } {
  const local = new Date(at + CST_OFFSET);
  const first = Math.floor(local.getUTCMonth() / 3) * 3;
  return { start: Date.UTC(local.getUTCFullYear(), first, 1) - CST_OFFSET, end: Date.UTC(local.getUTCFullYear(), first + 3, 1) - CST_OFFSET };
}

/**
 * Share of a water day's values received. The hour of the standard-sample check may be missing: the share is told as it
 * is, and the day counts as complete where the region says so.
 */
export function dayReception(received: number, due: number, missedForCheck: boolean, checkHourCounts: boolean): { readonly share: Decimal; readonly complete: boolean } {
  const complete = received >= due || (checkHourCounts && missedForCheck && received === due - 1);
  return { share: new Decimal(received).div(due), complete };
}
