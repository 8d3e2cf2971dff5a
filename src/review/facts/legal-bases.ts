import type { CalendarDay } from '#kernel';
import type { PrecheckInput } from './precheck.ts';

interface DatedBasis {
  readonly instrument: string;
  readonly article: string;
  readonly level: PrecheckInput['bases'][number]['level'];
  readonly validFrom: string;
}

/**
 * Provisions that let facts be gathered by automatic devices (江苏办法 第十一条（四）; 行政处罚法 第四十一条 asks for law
 * or administrative regulation). Reviewed 2026-11-22.
 */
const BASES: readonly DatedBasis[] = [
  { instrument: '中华人民共和国行政处罚法', article: '第四十一条', level: 'LAW', validFrom: '2021-07-15' },
  { instrument: '排污许可管理条例', article: '第二十九条', level: 'ADMIN_REGULATION', validFrom: '2021-03-01' },
  { instrument: '中华人民共和国生态环境法典', article: '第一百八十四条', level: 'LAW', validFrom: '2026-08-15' },
  { instrument: '生态环境监测条例', article: '第二十三条、第三十五条', level: 'ADMIN_REGULATION', validFrom: '2026-01-01' },
];

/** Those in force on the day the data were produced. */
export const basesOn = (day: CalendarDay): PrecheckInput['bases'] =>
  BASES.filter((basis) => basis.validFrom <= day).map(({ instrument, article, level }) => ({ instrument, article, level }));
