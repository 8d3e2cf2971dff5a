import type { Command } from 'commander';

/** Adds its command to the program. What it needs is loaded only when it runs, so that `--help` answers at once. */
export type Register = (program: Command) => void;

/** The caller used the command wrongly, or the environment lacks something: one clear sentence, exit code 2. */
export class UsageError extends Error {}

/** A whole number from the command line within bounds; the message names the option. */
export function wholeNumber(option: string, min: number, max: number) {
  return (text: string): number => {
    const n = Number(text);
    if (!Number.isInteger(n) || n < min || n > max) throw new UsageError(`${option}: 应为 ${min}–${max} 的整数 expected a whole number from ${min} to ${max}, got ${text}`);
    return n;
  };
}

/** A number from the command line within bounds; the message names the option. */
export function fraction(option: string, min: number, max: number) {
  return (text: string): number => {
    const n = Number(text);
    if (text.trim() === '' || !(n >= min && n <= max)) throw new UsageError(`${option}: 应为 ${min}–${max} 的数 expected a number from ${min} to ${max}, got ${text}`);
    return n;
  };
}

/** One of a few words; the message names the option and the words. */
export function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((w) => w === text);
  if (word === undefined) throw new UsageError(`${option}: 应为 ${words.join('、')} 之一 expected one of ${words.join(', ')}, got ${text}`);
  return word;
}

/** `2026-03-12` or `2026-03-12T08:05` (China Standard Time), an RFC 3339 time, or epoch milliseconds. */
export function moment(option: string) {
  return (text: string): number => {
    if (/^\d{12,14}$/.test(text)) return Number(text);
    const zoned = /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text.includes('T') ? text : `${text}T00:00`}+08:00`;
    const ms = Date.parse(zoned);
    if (Number.isNaN(ms)) throw new UsageError(`${option}: 不是时间 not a time: ${text}`);
    return ms;
  };
}
