import { HOUR, type FactorCode } from '#kernel';

export interface Mass {
  kg: number;
  hours: number;
}

/** Mass is added as whole 0.1 g: a sum of doubles would depend on the order in which hours arrive. */
const UNITS = 10_000;
const yearOf = (at: number): number => new Date(at + 8 * HOUR).getUTCFullYear();
const newYear = (year: number): number => Date.UTC(year, 0, 1) - 8 * HOUR;
const NO_YEAR = { from: Number.NaN, to: Number.NaN, masses: new Map<FactorCode, Mass>() };

/** What was emitted of each factor in each year (local), from the totals of valid hours: more than a window of days can give back. */
export class YearMasses {
  readonly #mass = new Map<string, Mass>();
  /** Masses of the year that was last added to. */
  #year: { readonly from: number; readonly to: number; readonly masses: Map<FactorCode, Mass> } = NO_YEAR;

  /** Counts the mass of one hour, or takes it back (`-1`). */
  add(factor: FactorCode, start: number, kg: number, hours: 1 | -1 = 1): void {
    const mass = this.#of(factor, start);
    mass.kg = (Math.round(mass.kg * UNITS) + hours * Math.round(kg * UNITS)) / UNITS;
    mass.hours += hours;
  }

  /** The factor's sum of the year of `start`. */
  #of(factor: FactorCode, start: number): Mass {
    if (!(start >= this.#year.from && start < this.#year.to)) {
      const year = yearOf(start);
      this.#year = { from: newYear(year), to: newYear(year + 1), masses: new Map() };
    }
    let mass = this.#year.masses.get(factor);
    if (mass === undefined) {
      const key = `${factor} ${yearOf(start)}`;
      mass = this.#mass.get(key) ?? { kg: 0, hours: 0 };
      this.#mass.set(key, mass);
      this.#year.masses.set(factor, mass);
    }
    return mass;
  }

  /** Since 1 January or `activeSince`, whichever is later. */
  accumulated(factor: FactorCode, now: number, activeSince: number): Mass & { missing: number; from: number } {
    const from = Math.max(newYear(yearOf(now)), activeSince);
    const mass = this.#mass.get(`${factor} ${yearOf(now)}`) ?? { kg: 0, hours: 0 };
    return { ...mass, from, missing: Math.max(0, Math.floor((now - from) / HOUR) - mass.hours) };
  }

  get all(): readonly (readonly [string, Mass])[] {
    return [...this.#mass].map(([key, mass]) => [key, { ...mass }] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  restore(masses: readonly (readonly [string, Mass])[]): void {
    this.#mass.clear();
    this.#year = NO_YEAR;
    for (const [key, mass] of masses) this.#mass.set(key, { ...mass });
  }
}
