import { toRfc3339, type Instant } from '#kernel';
import { factorInfo } from './factors.ts';

/** `11-20 03:00` in China Standard Time: short enough for one sentence, the record holds the full time. */
export const clockText = (at: number): string => toRfc3339(at as Instant).slice(5, 16).replace('T', ' ');

export const spanText = (start: number, end: number): string => `${clockText(start)}–${clockText(end)}`;

/** A number with at most `digits` decimals and no trailing zeros. */
export const num = (value: number, digits = 2): string =>
  Number.isFinite(value) ? String(Number(value.toFixed(digits))) : '—';

export const percent = (share: number, digits = 1): string => `${num(share * 100, digits)}%`;

export const namesZh = (codes: readonly string[]): string => codes.map((c) => factorInfo(c).zh).join('、');
export const namesEn = (codes: readonly string[]): string => codes.map((c) => factorInfo(c).en).join(', ');
