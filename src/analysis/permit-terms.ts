import type { FactorCode } from '#kernel';
import type { PermitTerms } from '#quality';
import type { PermitTotal } from '#register';

/** What a permit allows of one pollutant, kg; `year` where the row names one. */
export interface PermittedTotal {
  readonly factor: FactorCode;
  readonly annualKg: number;
  readonly usedBeforeStartKg: number;
  readonly year?: string | undefined;
  /** Month and season beside the year; the year alone where it is left out. */
  readonly terms?: PermitTerms;
}

/** The heating season of most of the north; a permit that means another names its days in `season_from` and `season_to`. */
const WINTER = { from: '11-15', to: '03-15' } as const;

const capOf = (attributes: Readonly<Record<string, string>>, column: string): string | undefined => attributes[column]?.trim() || undefined;

/** What a permit allows, from `permits.csv`: `annual_kg`, and where given `month_cap_kg` and `winter_cap_kg` (docs/register-files.md). */
export function termsOf({ annualKg, attributes }: PermitTotal): PermitTerms {
  const winterKg = capOf(attributes, 'winter_cap_kg');
  const days = { from: capOf(attributes, 'season_from') ?? WINTER.from, to: capOf(attributes, 'season_to') ?? WINTER.to };
  return { yearKg: String(annualKg), monthKg: capOf(attributes, 'month_cap_kg'), season: winterKg === undefined ? undefined : { ...days, kg: winterKg } };
}

/** The rows that hold in a year: those that name it, else those that name none. */
export function permitsIn(permits: readonly PermittedTotal[], year: number): readonly PermittedTotal[] {
  const named = new Set(permits.filter((permit) => permit.year === String(year)).map((permit) => permit.factor));
  return permits.filter((permit) => (named.has(permit.factor) ? permit.year === String(year) : permit.year === undefined));
}
