import type { Group } from './encode.ts';
import { nameOf } from './names.ts';

/** All that was sent of one factor, by suffix: `{ factor: 'w01018', Rtd: '27.3', Flag: 'N' }`. Values as sent. */
export type Reading = { factor: string } & { [suffix: string]: string };

/**
 * The data area by factor. A factor named twice with the same suffix gives two readings: one device log holds a flow
 * rate and a meter count under one name, and neither may hide the other. Names without suffix (DataTime, PolId …)
 * are no readings. Values are trimmed, otherwise untouched.
 */
export function readingsOf(cp: readonly Group[]): Reading[] {
  const readings: Reading[] = [];
  let current: Reading | undefined;
  for (const group of cp) {
    for (const pair of group) {
      const { factor, suffix } = nameOf(pair[0]);
      if (factor === '') continue;
      if (current === undefined || current.factor !== factor) current = findLast(readings, factor);
      if (current === undefined || current[suffix] !== undefined) readings.push((current = { factor }));
      current[suffix] = trim(pair[1] ?? '');
    }
  }
  return readings;
}

/** Readings are few; the newest of a factor is the one still open. */
function findLast(readings: readonly Reading[], factor: string): Reading | undefined {
  for (let i = readings.length - 1; i >= 0; i--) if (readings[i]?.factor === factor) return readings[i];
  return undefined;
}

const trim = (text: string): string =>
  text.length > 0 && (text.charCodeAt(0) <= 0x20 || text.charCodeAt(text.length - 1) <= 0x20) ? text.trim() : text;

/** Value of a plain name of the data area, e.g. `SystemTime`; first occurrence, trimmed. */
export function plainValue(cp: readonly Group[], name: string): string | undefined {
  for (const group of cp) for (const pair of group) if (trim(pair[0]) === name) return trim(pair[1] ?? '');
  return undefined;
}
