import type { Text } from './i18n.tsx';

export type Tier = 'REMIND' | 'WARN' | 'WORK_ORDER';

/** Colour has meaning and only meaning (each also has a word and a shape). What a region calls a tier is `useTierWords`. `hex` fills areas; text takes its ink from `theme.css`. */
export const TIERS = {
  WORK_ORDER: { zh: '工单', en: 'work order', hex: '#cf1322', shape: '■' },
  WARN: { zh: '警告', en: 'warning', hex: '#d46b08', shape: '▲' },
  REMIND: { zh: '提醒', en: 'reminder', hex: '#1677ff', shape: '●' },
} as const satisfies Record<Tier, Text & { hex: string; shape: string }>;

/** Times in the reader's words; all clocks of the product run in China Standard Time. */
export const formatTime = (ms: number | null | undefined, withYear = true): string =>
  ms === null || ms === undefined
    ? '—'
    : new Date(ms + 8 * 3_600_000).toISOString().slice(withYear ? 0 : 5, 16).replace('T', ' ');

export const formatDay = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

export const formatNumber = (value: number | null | undefined, digits = 3): string =>
  value === null || value === undefined || !Number.isFinite(value)
    ? '—'
    : new Intl.NumberFormat('zh-CN', { maximumSignificantDigits: digits + 1 }).format(value);
