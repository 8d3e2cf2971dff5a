import type { CalendarDay, FactorCode } from '#kernel';
import type { Law, StandardLimit } from '#law';
import type { StandardRow } from '../registry.ts';

/** A limit of the library, and where it came from: the starter set of `law/limits` or an imported file. */
export interface LibraryRow extends StandardRow {
  readonly origin: 'STARTER' | 'IMPORTED';
}

/** `point` of a standard's row and `role` of an outfall: the outlet of a workshop. */
export const WORKSHOP = 'workshop';

const PERIODS = { HOUR: 'hour', DAY: 'day', INSTANT: 'instant' } as const;

const ofLaw = (limit: StandardLimit): StandardRow => ({
  standard: limit.standard, industry: limit.trades.join('|'), industryZh: limit.industry.zh, class: limit.class ?? '', factor: limit.factor as FactorCode, factorZh: limit.factorZh,
  limit: limit.value, unit: limit.unit, period: PERIODS[limit.period], basis: limit.basis, side: limit.bound === 'MIN' ? 'lower' : 'upper',
  referenceOxygen: limit.referenceOxygen === undefined ? undefined : Number(limit.referenceOxygen), validFrom: limit.validFrom, validTo: limit.validTo, source: limit.source,
  article: limit.article, attributes: { industry_en: limit.industry.en, ...(limit.point === undefined ? {} : { point: WORKSHOP }) },
});

const subjectOf = (row: StandardRow): string => [codeOf(row.standard), row.factor, row.period, row.side].join(' ');

/** A code without what printers vary: `GB13223—2011` is `GB 13223-2011`. */
export const codeOf = (text: string): string => text.toUpperCase().replace(/[—–－]/g, '-').replace(/[\s《》]/g, '');

/**
 * The library of emission standards: the law's starter set and what was imported, by code, factor and first day. What
 * was imported of a standard's factor and mean stands in the place of the starter set's.
 */
export function libraryOf(law: Law, imported: readonly StandardRow[]): readonly LibraryRow[] {
  const known = new Set(imported.map(subjectOf));
  const rows = [
    ...law.data.limits.map(ofLaw).filter((row) => !known.has(subjectOf(row))).map((row): LibraryRow => ({ ...row, origin: 'STARTER' })),
    ...imported.map((row): LibraryRow => ({ ...row, origin: 'IMPORTED' })),
  ];
  return rows.sort((a, b) => a.standard.localeCompare(b.standard) || a.factor.localeCompare(b.factor) || a.validFrom.localeCompare(b.validFrom));
}

/** Does a limit of a standard hold on the day? Both ends included. */
export const standardHoldsOn = (row: Pick<StandardRow, 'validFrom' | 'validTo'>, day: CalendarDay): boolean =>
  row.validFrom <= day && (row.validTo === undefined || day <= row.validTo);
