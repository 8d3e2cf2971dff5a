const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Between two acts: the papers are put together, and one goes to the next place. */
const PAUSE = 10 * MINUTE;

/** Half past eight of that day, China time. */
const officeOpens = (now: number): number => Math.floor((now + 8 * HOUR) / (24 * HOUR)) * 24 * HOUR + 0.5 * HOUR;

/** A time somebody spent on one act; epoch ms. */
export interface Spent {
  readonly from: number;
  readonly to: number;
}

/** What officers did when: each of them does one thing after the other, and within the hours of the office. */
export interface Agenda {
  /**
   * Minutes of this day, after `since` and over by now, that all of these officers have to themselves; undefined where there are none yet.
   * What ends `NOW` takes the last of the minutes, else the first that are free.
   */
  spend(officers: readonly string[], since: number, minutes: number, ends?: 'SOON' | 'NOW'): Spent | undefined;
}

/** @param began before it nobody remembers what he did */
export function openAgenda(now: () => number, began: number = now()): Agenda {
  const busyUntil = new Map<string, number>();
  return {
    spend: (officers, since, minutes, ends = 'SOON') => {
      const free = Math.max(since, began, officeOpens(now()), ...officers.map((officer) => busyUntil.get(officer) ?? 0)) + PAUSE;
      const from = ends === 'NOW' ? Math.max(free, now() - minutes * MINUTE) : free;
      const to = ends === 'NOW' ? now() : from + minutes * MINUTE;
      if (to > now() || from >= to) return undefined;
      for (const officer of officers) busyUntil.set(officer, to);
      return { from, to };
    },
  };
}
