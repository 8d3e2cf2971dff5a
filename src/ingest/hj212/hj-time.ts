import { CST_OFFSET, DAY, instant, type Instant, toRfc3339 } from '#kernel';

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Digits `text[from, from + n)` as a number; NaN when one is no digit. */
function digits(text: string, from: number, n: number): number {
  let value = 0;
  for (let i = from; i < from + n; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
function epochDay(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** Nearly all frames are of one day; its start is worked out once. */
let lastDay = '';
let lastStart = 0;

/**
 * Reads the `YYYYMMDDhhmmss` at the head of a text, and `zzz` where it follows. No zone is ever sent; China Standard
 * Time is meant. Undefined when the digits are no date or time.
 */
export function parseHjTime(text: string): Instant | undefined {
  const day = text.slice(0, 8);
  if (day !== lastDay) {
    const start = startOfHjDay(day);
    if (start === undefined) return undefined;
    lastDay = day;
    lastStart = start;
  }
  const hour = digits(text, 8, 2);
  const minute = digits(text, 10, 2);
  const second = digits(text, 12, 2);
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const ms = text.length >= 17 ? digits(text, 14, 3) : 0;
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + (Number.isNaN(ms) ? 0 : ms);
  return instant(lastStart + clock);
}

function startOfHjDay(text: string): number | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 4, 2);
  const day = digits(text, 6, 2);
  if (!(year >= 1900 && month >= 1 && month <= 12 && day >= 1)) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day > (month === 2 && leap ? 29 : (LENGTHS[month - 1] as number))) return undefined;
  return epochDay(year, month, day) * DAY - CST_OFFSET;
}

/** `YYYYMMDDhhmmss` in China Standard Time. */
export const formatHjTime = (at: Instant): string => formatQn(at).slice(0, 14);

/** `YYYYMMDDhhmmsszzz`, the form of QN. */
export const formatQn = (at: Instant): string =>
  toRfc3339(at)
    .slice(0, 23)
    .replace(/[^0-9]/g, '');
