import { Decimal as Base } from 'decimal.js';

/** Decimal arithmetic for everything with legal effect: limits, means that are judged, money. */
export const Decimal = Base.clone({ precision: 34, rounding: Base.ROUND_HALF_EVEN });
export type Decimal = InstanceType<typeof Decimal>;

/** GB/T 8170 rounding (四舍六入五成双) to a number of decimals. */
export const roundHalfEven = (value: Decimal | number | string, decimals: number): Decimal =>
  new Decimal(value).toDecimalPlaces(decimals, Base.ROUND_HALF_EVEN);

/** Decimals a text shows: `0.50` → 2. Used because a limit is compared at its own precision. */
export const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;
