import { HOUR } from '#kernel';
import type { AssessedDay } from '#quality';

/** What the record says of a day whose mean is told, as `when` of `law/narratives` reads it. */
export interface DayTold {
  /** `near`: not over the limit; `short`: no mean that stands; `only`: discharge in the valid hours alone. Absent of any other day. */
  readonly dayIs?: 'near' | 'short' | 'only';
  readonly validHours?: number;
}

const HOURS = 24;

/**
 * A day as its mean may be told: by the verdict of quality on it, as known now (HJ 75: hours of a gas day; HJ 356: share of the hours due of a water
 * day). Of water that a few hours made the mean because nothing was discharged in the others is told where the flow of each hour is on record. Pure.
 *
 * @param day undefined where quality knows nothing of it
 * @param volume m³ by hour of the day, epoch ms; empty of gas
 */
export function dayTold(day: Pick<AssessedDay, 'start' | 'verdict' | 'validHours'> | undefined, volume: ReadonlyMap<number, number>): DayTold {
  if (day?.verdict !== 'VALID') return { dayIs: 'short', validHours: day?.validHours ?? 0 };
  const { start, validHours } = day;
  const volumes = Array.from({ length: HOURS }, (_, hour) => volume.get(start + hour * HOUR) ?? Number.NaN);
  const only = validHours < HOURS && volumes.every(Number.isFinite) && volumes.filter((one) => one > 0).length === validHours;
  return { validHours, ...(only ? { dayIs: 'only' } : {}) };
}
