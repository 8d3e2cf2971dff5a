import { Decimal, decimalsOf, roundHalfEven } from '#kernel';
import { CONVERSION_SENTINEL, convertToReference, O2_GUARD } from './conversion.ts';
import { compareWithLimit } from './means.ts';
import { exempts, type ExemptionState } from './marks/mark-budget.ts';
import type { Verdict } from './verdict.ts';

/** Over what a limit is judged (内环办〔2021〕103号 二（一）: as the standard says, else hours for air and days for water). */
export type AveragingBasis = 'HOUR_MEAN' | 'DAY_MEAN' | 'DAY_FLOW_WEIGHTED' | 'INSTANT';

/**
 * On which mean a factor is judged: the one that standard or permit names; where they are silent, hourly means for air
 * and daily means for water (内蒙古指引 二(一)).
 */
export function basisOf(medium: 'gas' | 'water', named: 'hour' | 'day' | 'instant' | undefined): AveragingBasis {
  const period = named ?? (medium === 'gas' ? 'hour' : 'day');
  if (period === 'instant') return 'INSTANT';
  if (period === 'hour') return 'HOUR_MEAN';
  return medium === 'gas' ? 'DAY_MEAN' : 'DAY_FLOW_WEIGHTED';
}

/** A measured value with what is needed to bring it to reference oxygen. */
export interface ReferenceInput {
  readonly measured: number;
  /** As sent; the transport sentinel 9999.99 says that nothing could be converted. */
  readonly sent?: number;
  readonly o2: number;
  readonly o2Ref: Decimal | string | number | undefined;
  readonly oxygenGuard?: string;
  /** Some standards forbid conversion below the reference oxygen: the measured value is judged, whatever was sent as converted. */
  readonly convertWhenBelowRef?: boolean;
}

/** Why there is no value at reference oxygen, or why it is not judged. */
export type ReferenceReason = 'OK' | 'NO_VALUE' | 'SENTINEL' | 'NO_OXYGEN' | 'NO_REFERENCE' | 'O2_ABOVE_GUARD' | 'O2_IMPOSSIBLE';

/**
 * The value at reference oxygen and whether it may be judged. Above the guard it is computed and shown with its
 * reason; a sentinel is no value at all: it enters no mean, total or comparison. Only an OK value is judged.
 */
export function referenceValue(input: ReferenceInput): { readonly value: Decimal | undefined; readonly reason: ReferenceReason } {
  const { measured, sent = Number.NaN, o2, o2Ref, oxygenGuard = String(O2_GUARD), convertWhenBelowRef = true } = input;
  if (sent === CONVERSION_SENTINEL || measured === CONVERSION_SENTINEL) return { value: undefined, reason: 'SENTINEL' };
  const above = Number.isFinite(o2) && new Decimal(o2).gt(oxygenGuard);
  if (!convertWhenBelowRef && o2Ref !== undefined && Number.isFinite(measured) && Number.isFinite(o2) && new Decimal(o2).lt(o2Ref)) return { value: new Decimal(measured), reason: 'OK' };
  if (Number.isFinite(sent)) return { value: new Decimal(sent), reason: above ? 'O2_ABOVE_GUARD' : 'OK' };
  if (!Number.isFinite(measured)) return { value: undefined, reason: 'NO_VALUE' };
  if (o2Ref === undefined) return { value: undefined, reason: 'NO_REFERENCE' };
  if (!Number.isFinite(o2)) return { value: undefined, reason: 'NO_OXYGEN' };
  const { value, unreliable } = convertToReference(measured, o2, o2Ref);
  return { value, reason: unreliable === 'O2_IMPOSSIBLE' ? unreliable : above ? 'O2_ABOVE_GUARD' : 'OK' };
}

/** Limits of one factor on one basis; pH has both. Texts, compared at their own precision. */
export interface Bounds {
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** Rows of one factor and period as bounds. Two rows of pH are its lower and upper limit; elsewhere the strictest binds. */
export function boundsOf(factor: string, limits: readonly string[]): Bounds {
  const sorted = [...limits].sort((a, b) => new Decimal(a).comparedTo(b));
  if (sorted.length === 0) return {};
  if (factor === 'w01001' && sorted.length > 1) return { min: sorted[0], max: sorted[sorted.length - 1] };
  return { max: sorted[0] };
}

/** The answers about one value and its limit. */
export type ExceedanceState = 'NOT_JUDGED' | 'EXEMPT_CANDIDATE' | 'EXCEEDED' | 'COMPLIANT';

/** The answer with value, limit and multiple. */
export interface ExceedanceVerdict {
  readonly state: ExceedanceState;
  /** Why it was not judged or is exempt; OK otherwise. */
  readonly reason: string;
  readonly value: Decimal | undefined;
  /** value ÷ limit − 1 (超标倍数) of the unrounded value; for a lower limit 1 − value ÷ limit. */
  readonly multiple: Decimal | undefined;
  readonly bound: 'MAX' | 'MIN' | undefined;
  /** What an accepted instrument may be off by here, and whether the limit lies within it: shown, never subtracted. */
  readonly guard: { readonly band: Decimal; readonly limitInside: boolean } | undefined;
  /** The unit may still mark: remind only. */
  readonly provisional: boolean;
}

/** All that an exceedance depends on. */
export interface ExceedanceInput {
  readonly validity: Verdict;
  readonly validityReason: string;
  readonly value: Decimal | undefined;
  readonly valueReason?: ReferenceReason;
  readonly bounds: Bounds;
  readonly exemption?: ExemptionState | undefined;
  readonly guardBand?: Decimal | undefined;
  readonly provisional?: boolean;
}

function guardOf(input: ExceedanceInput): ExceedanceVerdict['guard'] {
  const { value, guardBand: band, bounds } = input;
  if (value === undefined || band === undefined) return undefined;
  const near = (limit: string | undefined) => limit !== undefined && value.minus(limit).abs().lte(band);
  return { band, limitInside: near(bounds.max) || near(bounds.min) };
}

/**
 * One valid value against its limit: valid, a limit there, convertible, rounded to the
 * limit's decimals, equal is compliant; an exceedance under a condition mark within its budget is a candidate for
 * exemption that a person confirms. A substituted value never comes here.
 */
export function judgeExceedance(input: ExceedanceInput): ExceedanceVerdict {
  const { value, bounds, provisional = false } = input;
  const none = (reason: string): ExceedanceVerdict => ({ state: 'NOT_JUDGED', reason, value, multiple: undefined, bound: undefined, guard: undefined, provisional });
  if (input.validity !== 'VALID') return none(input.validityReason);
  if (bounds.max === undefined && bounds.min === undefined) return none('NO_LIMIT');
  if (input.valueReason !== undefined && input.valueReason !== 'OK') return none(input.valueReason);
  if (value === undefined) return none('NO_VALUE');
  const guard = guardOf(input);
  const upper = bounds.max === undefined ? undefined : compareWithLimit(value, bounds.max);
  const under = bounds.min !== undefined && roundHalfEven(value, decimalsOf(bounds.min)).lt(bounds.min);
  const over = upper?.over === true;
  const bound = over ? 'MAX' : under ? 'MIN' : undefined;
  const multiple = over ? upper.multiple : under ? new Decimal(1).minus(value.div(bounds.min)) : upper?.multiple;
  if (bound === undefined) return { state: 'COMPLIANT', reason: 'OK', value, multiple, bound, guard, provisional };
  const exempt = exempts(input.exemption);
  return { state: exempt ? 'EXEMPT_CANDIDATE' : 'EXCEEDED', reason: exempt ? (input.exemption as string) : 'OK', value, multiple, bound, guard, provisional };
}
