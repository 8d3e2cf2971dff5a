import { Decimal } from '#kernel';

/** Above this oxygen content a converted value is computed and flagged, but never judged. */
export const OXYGEN_GUARD = 19;
/** Oxygen in air, % by volume. */
export const AIR_OXYGEN = 21;

/** U19: zs = c·(21 − O2ref)/(21 − O2), dry concentration at reference oxygen. NaN where the formula breaks down. */
export const toReferenceOxygen = (c: number, o2: number, o2Ref: number): number =>
  o2 >= 20.9 || o2 < 0 ? Number.NaN : (c * (AIR_OXYGEN - o2Ref)) / (AIR_OXYGEN - o2);

/** U19 in decimal, for verdicts. Undefined where the formula breaks down. */
export function toReferenceOxygenDecimal(c: number, o2: number, o2Ref: number): Decimal | undefined {
  if (!(o2 >= 0 && o2 < 20.9) || !Number.isFinite(c)) return undefined;
  return new Decimal(c).mul(new Decimal(AIR_OXYGEN).minus(o2Ref)).div(new Decimal(AIR_OXYGEN).minus(o2));
}

/** The reference oxygen that turns `c` into `zs` at this oxygen content: solves U19 for O2ref. */
export const impliedReferenceOxygen = (c: number, zs: number, o2: number): number =>
  c > 0 && o2 < 20.9 ? AIR_OXYGEN - (zs / c) * (AIR_OXYGEN - o2) : Number.NaN;
