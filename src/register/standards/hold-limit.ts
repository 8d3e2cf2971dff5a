import { Decimal, type CalendarDay } from '#kernel';
import { limitAppliesOn } from '../build-registry.ts';
import type { LimitValue, Registry } from '../registry.ts';
import { codeOf, standardHoldsOn, WORKSHOP, type LibraryRow } from './library.ts';

export const FINDING_KINDS = ['LOOSER', 'UNKNOWN_STANDARD', 'NOT_IN_FORCE', 'UNIT_MISMATCH', 'BASIS_MISMATCH', 'WRONG_POINT'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What is wrong with a permitted limit when it is held against the standard it stands under. */
export interface StandardFinding {
  readonly kind: FindingKind;
  readonly limit: LimitValue;
  /** Code the permit names, or the code of the row it was compared with. */
  readonly standard: string;
  /** The row compared with; undefined where no row could be. */
  readonly row: LibraryRow | undefined;
}

/** Shapes of national, industry and local codes: GB 13223-2011, GB/T 31962-2015, HJ 2053-2018, DB 32/939-2020, DB11/T 1764-2020. */
const CODE = /(?:(?:GB|HJ)(?:\/T)?|DB\d{2,4}\/T?)\d+(?:\.\d+)?-\d{4}/g;

/**
 * Codes a permitted limit names: its column `standard` where it has one, else every code found in `source`, with names
 * that are no codes (环发〔2015〕164号) where the library knows them.
 */
function namedBy(limit: LimitValue, library: readonly LibraryRow[]): string[] {
  const told = limit.attributes['standard'];
  if (told !== undefined && told !== '') return [codeOf(told)];
  const text = codeOf(limit.source);
  const known = library.map((row) => codeOf(row.standard)).filter((code) => text.includes(code));
  return [...new Set([...known, ...(text.match(CODE) ?? [])])];
}

const UNITS: Readonly<Record<string, string>> = { 'MG/M³': 'MG/M3', 'MG/NM3': 'MG/M3', 'MG/NM³': 'MG/M3', 'UG/M³': 'UG/M3', 'ΜG/M3': 'UG/M3', 'ΜG/M³': 'UG/M3', 无量纲: '1', '': '1' };
const unitOf = (text: string): string => {
  const plain = text.trim().toUpperCase();
  return UNITS[plain] ?? plain;
};

const sideOf = (limit: LimitValue): 'upper' | 'lower' => (limit.attributes['side'] === 'lower' ? 'lower' : 'upper');
const tradesOf = (row: LibraryRow): string[] => row.industry.split('|').map((word) => word.trim()).filter((word) => word !== '');

/** Those that fit where any does; all of them where none does. */
const narrowed = <T>(rows: readonly T[], fits: (row: T) => boolean): readonly T[] => {
  const own = rows.filter(fits);
  return own.length > 0 ? own : rows;
};

/** Of rows of one standard, trade and class the one that began last holds: a later edition of a figure replaces the earlier. */
function newest(rows: readonly LibraryRow[]): LibraryRow[] {
  const last = new Map<string, LibraryRow>();
  for (const row of rows) {
    const key = [codeOf(row.standard), row.industry, row.industryZh, row.class, row.basis, unitOf(row.unit)].join(' ');
    const known = last.get(key);
    if (known === undefined || known.validFrom < row.validFrom) last.set(key, row);
  }
  return [...last.values()];
}

/**
 * Holds one permitted limit against the standard that applies to it on a day (NMG-2.1d: 现行国家行业排放标准中相关限值). The standard is the one
 * the permit names, amendments of it included, else those of the unit's trade. Where several classes come into question and
 * the permit does not say which (column `class`), the loosest is compared: what is looser than that is looser than all. A limit as strict or
 * stricter is in order; a limit no row of the library speaks of is not judged. A pollutant that is limited at the outlet of the workshop must be
 * registered there (`role`, of the outfall). Undefined is in order or not judged. Pure.
 */
export function holdLimit(limit: LimitValue, industry: string, library: readonly LibraryRow[], day: CalendarDay, role?: string): StandardFinding | undefined {
  const named = namedBy(limit, library);
  const ofTrade = (row: LibraryRow): boolean => tradesOf(row).length === 0 || tradesOf(row).includes(industry);
  const known = named.filter((code) => library.some((row) => codeOf(row.standard).startsWith(code)));
  const strange = named.find((code) => !known.includes(code));
  const unknown: StandardFinding | undefined = strange === undefined ? undefined : { kind: 'UNKNOWN_STANDARD', limit, standard: strange, row: undefined };
  if (unknown !== undefined && known.length === 0) return unknown;
  const standing = known.length > 0 ? library.filter((row) => known.some((code) => codeOf(row.standard).startsWith(code))) : library.filter(ofTrade);
  const inForce = standing.filter((row) => standardHoldsOn(row, day));
  if (known.length > 0 && inForce.length === 0) return { kind: 'NOT_IN_FORCE', limit, standard: standing[0]?.standard ?? '', row: standing.at(-1) };
  const about = inForce.filter((row) => row.factor === limit.factor && row.period === limit.period && row.side === sideOf(limit));
  const own = newest(narrowed(narrowed(about, ofTrade), (row) => row.class === (limit.attributes['class'] ?? '')));
  const first = own[0];
  if (first === undefined) return unknown;
  const sameUnit = own.filter((row) => unitOf(row.unit) === unitOf(limit.unit));
  if (sameUnit.length === 0) return { kind: 'UNIT_MISMATCH', limit, standard: first.standard, row: first };
  const sameBasis = sameUnit.filter((row) => row.basis === limit.basis);
  if (sameBasis.length === 0) return { kind: 'BASIS_MISMATCH', limit, standard: first.standard, row: sameUnit[0] };
  if (role !== WORKSHOP && sameBasis.every((row) => row.attributes['point'] === WORKSHOP)) return { kind: 'WRONG_POINT', limit, standard: first.standard, row: sameBasis[0] };
  const sign = sideOf(limit) === 'upper' ? 1 : -1;
  const loosest = sameBasis.reduce((a, b) => (new Decimal(b.limit).minus(a.limit).times(sign).gt(0) ? b : a));
  return new Decimal(limit.limit).minus(loosest.limit).times(sign).gt(0) ? { kind: 'LOOSER', limit, standard: loosest.standard, row: loosest } : unknown;
}

/** Every permitted limit in force on the day, held against the library; `outfalls` narrows it. In the order of the register. */
export function holdLimits(registry: Registry, library: readonly LibraryRow[], day: CalendarDay, outfalls?: ReadonlySet<string>): StandardFinding[] {
  return registry.data.limits.flatMap((limit) => {
    if (!limitAppliesOn(limit, day) || outfalls?.has(limit.outfall) === false) return [];
    const outfall = registry.outfall(limit.outfall);
    const industry = outfall === undefined ? undefined : registry.unit(outfall.unit)?.industry;
    const found = industry === undefined ? undefined : holdLimit(limit, industry, library, day, outfall?.attributes['role']);
    return found === undefined ? [] : [found];
  });
}
