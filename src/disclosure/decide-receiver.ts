import type { AuthorityId, UnitId } from '#kernel';

/** What of the register a report may name. */
export interface Nameable {
  readonly units: readonly { readonly unit: UnitId; readonly name: string; readonly county: string }[];
  readonly outfalls: readonly { readonly unit: UnitId; readonly outfall: string }[];
}

/**
 * Whose enforcement handles a report of the public: the authority of the outfall it names, else of the unit, else of the
 * county. Where it names nothing registered, or things of several authorities, it goes to the province's, which
 * sees all below it.
 */
export function receiverOf(words: string, { units, outfalls }: Nameable, authorityOf: (unit: UnitId) => AuthorityId | undefined, province: AuthorityId | undefined): AuthorityId | undefined {
  const names = (text: string): boolean => text.length > 1 && words.includes(text);
  const named = [outfalls.filter((one) => names(one.outfall)), units.filter((one) => names(one.name)), units.filter((one) => names(one.county))].find((some) => some.length > 0) ?? [];
  const [only, ...others] = new Set(named.map((one) => authorityOf(one.unit)));
  return others.length > 0 ? province : (only ?? province);
}
