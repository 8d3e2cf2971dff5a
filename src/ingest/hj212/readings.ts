import type { Group } from './encode.ts';

/** All that was sent of one factor, by suffix: `{ factor: 'w01018', Rtd: '27.3', Flag: 'N' }`. Values as sent. */
export type Reading = { factor: string } & { [suffix: string]: string };

/**
 * The data area by factor. A factor named twice with the same suffix gives two readings: one device log holds a flow
 * rate and a meter count under one name, and neither may hide the other. Names without suffix (DataTime, PolId …)
 * are no readings.
 */
export function readingsOf(cp: readonly Group[]): Reading[] {
  const readings: Reading[] = [];
  const byFactor = new Map<string, Reading>();
  let current: Reading | undefined;
  for (const group of cp) {
    for (const pair of group) {
      const name = pair[0];
      const dash = name.indexOf('-');
      if (dash <= 0) continue;
      const factor = trim(name.slice(0, dash));
      const suffix = suffixOf(name, dash);
      if (current === undefined || current.factor !== factor) current = byFactor.get(factor);
      if (current === undefined || current[suffix] !== undefined) {
        current = { factor };
        readings.push(current);
        byFactor.set(factor, current);
      }
      current[suffix] = trim(pair[1] ?? '');
    }
  }
  return readings;
}

const trim = (text: string): string =>
  text.length > 0 && (text.charCodeAt(0) <= 0x20 || text.charCodeAt(text.length - 1) <= 0x20) ? text.trim() : text;

/** Hostile suffixes must not reach the object's own machinery or hide the factor. */
function suffixOf(name: string, dash: number): string {
  const suffix = trim(name.slice(dash + 1));
  return suffix === 'factor' || suffix in Object.prototype ? `-${suffix}` : suffix;
}

/** Value of a plain name of the data area, e.g. `SystemTime`; first occurrence, trimmed. */
export function plainValue(cp: readonly Group[], name: string): string | undefined {
  for (const group of cp) for (const pair of group) if (trim(pair[0]) === name) return trim(pair[1] ?? '');
  return undefined;
}
