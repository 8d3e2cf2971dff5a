import { CST_OFFSET, DAY, Decimal } from '#kernel';

/** Stretches for which permits state amounts. */
export type PermitPeriod = 'MONTH' | 'SEASON' | 'YEAR';

/** A permitted amount over one stretch of time, epoch ms, end exclusive. */
export interface PermitCap {
  readonly period: PermitPeriod;
  readonly start: number;
  readonly end: number;
  readonly kg: string;
}

/** Caps as registered: the year, one for each month, one for a season given as `MM-DD` to `MM-DD` (inclusive). */
export interface PermitTerms {
  readonly yearKg: string;
  readonly monthKg?: string | undefined;
  readonly season?: { readonly from: string; readonly to: string; readonly kg: string } | undefined;
}

const monthStart = (year: number, month: number): number => Date.UTC(year, month, 1) - CST_OFFSET;
const dayIn = (year: number, text: string): number => Date.UTC(year, Number(text.slice(0, 2)) - 1, Number(text.slice(3, 5))) - CST_OFFSET;

/** The season that holds `at`, or undefined outside it; one that ends before it begins runs over the turn of the year. */
function seasonAt(season: NonNullable<PermitTerms['season']>, year: number, at: number): { start: number; end: number } | undefined {
  const wraps = season.to < season.from;
  const starts = wraps ? [year - 1, year] : [year];
  for (const first of starts) {
    const start = dayIn(first, season.from);
    const end = dayIn(wraps ? first + 1 : first, season.to) + DAY;
    if (start <= at && at < end) return { start, end };
  }
  return undefined;
}

/** Caps in force at a moment (排污许可证 许可排放量: 年、月、特殊时段). */
export function capsAt(terms: PermitTerms, at: number): PermitCap[] {
  const local = new Date(at + CST_OFFSET);
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()];
  const caps: PermitCap[] = [{ period: 'YEAR', start: monthStart(year, 0), end: monthStart(year + 1, 0), kg: terms.yearKg }];
  if (terms.monthKg !== undefined) caps.push({ period: 'MONTH', start: monthStart(year, month), end: monthStart(year, month + 1), kg: terms.monthKg });
  const season = terms.season === undefined ? undefined : seasonAt(terms.season, year, at);
  if (season !== undefined && terms.season !== undefined) caps.push({ period: 'SEASON', ...season, kg: terms.season.kg });
  return caps;
}

/** How much of a permitted amount is used, kg and share. */
export interface PermitStanding {
  readonly cap: PermitCap;
  readonly usedKg: Decimal;
  readonly share: Decimal;
  /** Highest ratio of the region reached (0.8: warn the unit; 1.0: confirm, report monthly, go on site). */
  readonly reached: string | undefined;
  /** Amount at the end of the period at the pace so far. */
  readonly projectedKg: Decimal | undefined;
}

/** Where an outfall stands in one permitted amount at `now`; exactly at a ratio counts as reached. */
export function permitStanding(cap: PermitCap, usedKg: Decimal | string | number, ratios: readonly string[], now: number): PermitStanding {
  const used = new Decimal(usedKg);
  const share = used.div(cap.kg);
  const reached = [...ratios].sort((a, b) => new Decimal(b).comparedTo(a)).find((ratio) => share.gte(ratio));
  const gone = Math.min(now, cap.end) - cap.start;
  return { cap, usedKg: used, share, reached, projectedKg: gone <= 0 ? undefined : used.times(cap.end - cap.start).div(gone) };
}
