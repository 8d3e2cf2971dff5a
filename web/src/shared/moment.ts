import type { Dayjs } from 'dayjs';
import { useDemoClock } from './demo.tsx';

/** The moment it is on the platform: the demonstration's clock where there is one, the browser's elsewhere. */
export function useNow(): number {
  const { data } = useDemoClock();
  return msOf(data?.now) ?? performance.timeOrigin + performance.now();
}

/** Milliseconds of an RFC 3339 text; NaN-free: an absent time stays absent. */
export const msOf = (text: string | null | undefined): number | null => (text === null || text === undefined ? null : Date.parse(text));

/** The picker speaks the reader's clock; the product's clock is China's. What is typed is taken as China time. */
export const chinaTime = (day: Dayjs): string => `${day.format('YYYY-MM-DDTHH:mm')}:00+08:00`;
