import { instant, type Clock, type Instant } from '#kernel';

/** The machine's own time. The only place of the product that reads it. */
export const systemClock = (): Clock => ({ now: () => instant(Date.now()) });

/**
 * The demonstration's clock (`--demo` only): the machine's time plus an offset that a person moves.
 * It never runs backward, so the order of what is recorded stays the order in which it happened.
 */
export interface DemoClock extends Clock {
  /** Milliseconds ahead of (or behind) the machine's time. */
  offset(): number;
  setOffset(ms: number): void;
}

/** A clock that starts `initialOffset` ms away from the machine's. */
export function demoClock(initialOffset: number): DemoClock {
  let offset = initialOffset;
  let last = 0;
  return {
    now(): Instant {
      last = Math.max(last, Date.now() + offset);
      return instant(last);
    },
    offset: () => offset,
    setOffset: (ms) => void (offset = ms),
  };
}
