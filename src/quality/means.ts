import { Decimal, decimalsOf, roundHalfEven } from '#kernel';

/** Minimum counts; a region or rule version may differ. */
export const MIN_VALID_MINUTES = 45;
/** Valid hours a daily mean of air needs (HJ 75-2017). */
export const MIN_VALID_HOURS_GAS = 20;
/** Valid share of the hours a daily mean of water needs (HJ 356-2019). */
export const MIN_VALID_SHARE_WATER = 0.75;

/** A value with the flow it is weighted by. */
export interface WeightedValue {
  readonly value: Decimal | number | string;
  /** m³ of the period; 0 = no discharge. */
  readonly volume: Decimal | number | string;
}

/** Σ(C·Q)/ΣQ. Undefined when nothing was discharged: there is no daily mean then, and not 0. */
export function flowWeightedMean(values: readonly WeightedValue[]): Decimal | undefined {
  let mass = new Decimal(0);
  let volume = new Decimal(0);
  for (const one of values) {
    mass = mass.plus(new Decimal(one.value).times(one.volume));
    volume = volume.plus(one.volume);
  }
  return volume.isZero() ? undefined : mass.div(volume);
}

/** kg from mg/L and m³. */
export const waterLoadKg = (values: readonly WeightedValue[]): Decimal =>
  values.reduce((sum, one) => sum.plus(new Decimal(one.value).times(one.volume)), new Decimal(0)).div(1000);

/** Mean of decimals; undefined where there are none. */
export const arithmeticMean = (values: readonly (Decimal | number | string)[]): Decimal | undefined =>
  values.length === 0 ? undefined : values.reduce<Decimal>((sum, value) => sum.plus(value), new Decimal(0)).div(values.length);

/**
 * Compares as the standard does: the value is rounded half-even to the limit's own decimals, and equal to the limit
 * is compliant. `multiple` = value/limit − 1 (超标倍数) from the unrounded value, undefined for a limit of 0.
 */
export function compareWithLimit(value: Decimal | number | string, limit: string): { readonly over: boolean; readonly multiple: Decimal | undefined } {
  const over = roundHalfEven(value, decimalsOf(limit)).gt(limit);
  return { over, multiple: new Decimal(limit).isZero() ? undefined : new Decimal(value).div(limit).minus(1) };
}

/** Rates of transmission and of validity and their product, as shares. */
export interface TransmissionRate {
  readonly transmission: Decimal;
  readonly valid: Decimal;
  readonly effective: Decimal;
}

/** 有效传输率 = transmission × valid; hours marked stopped are not due. Undefined when nothing was due or received. */
export function transmissionRate(due: number, received: number, valid: number): TransmissionRate | undefined {
  if (due === 0 || received === 0) return undefined;
  const transmission = new Decimal(received).div(due);
  const share = new Decimal(valid).div(received);
  return { transmission, valid: share, effective: transmission.times(share) };
}
