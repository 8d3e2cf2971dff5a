import type { Dayjs } from 'dayjs';

/** The picker speaks the reader's clock; the product's clock is China's. What is typed is taken as China time. */
export const chinaTime = (day: Dayjs): string => `${day.format('YYYY-MM-DDTHH:mm')}:00+08:00`;
