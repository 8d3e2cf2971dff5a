import { DAY, dayOf, Decimal, instant, ok, toMinuteText, type AccountId, type AuthorityId, type ClueId, type DocumentId, type Instant, type OutfallId, type RegionKey, type Result, type UnitId } from '#kernel';
import { measuredOf, type PermitAccount, type PermitPeriod, type PermitStanding } from '#quality';
import { refuse } from '../errors.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

export interface PermittedAmount {
  readonly outfall: OutfallId;
  readonly unit: UnitId;
  readonly factor: string;
}

/** Where a permitted amount stands, from the quantities of ②; composed where register, series and law meet. */
export interface Quantities {
  /** Every outfall and factor with a permitted amount; the same array as long as the register is the same. */
  permits(): readonly PermittedAmount[];
  /** Standings by month, season and year at `to`, else at `asOf`, as known at `asOf`; ratios are those of the region (`supervision.quotaWarnRatios`). */
  standings(outfall: OutfallId, factor: string, asOf: Instant, to?: Instant): Promise<readonly PermitAccount[]>;
}

/** What warnings about permitted quantities work with. */
export interface QuotaDeps extends SupervisionDeps {
  readonly quantities: Quantities;
}

export const QUOTA_STATES = {
  WARNED: { zh: '已预警', en: 'warned' },
  TO_CONFIRM: { zh: '超许可量，待确认', en: 'over the permit, to be confirmed' },
  CONFIRMED: { zh: '确认属实，待月报', en: 'confirmed, to be reported' },
  SETTLED: { zh: '确认属实', en: 'confirmed' },
  REJECTED: { zh: '确认不属实', en: 'found untrue' },
  REPORTED: { zh: '已月报执法部门', en: 'reported to enforcement' },
} as const;
export type QuotaState = keyof typeof QUOTA_STATES;

export interface QuotaWarning {
  readonly quotaId: string;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  readonly outfall: OutfallId;
  readonly factor: string;
  readonly period: PermitPeriod;
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
  /** Ratio of the region that was reached, e.g. `0.8`. */
  readonly ratio: string;
  readonly capKg: string;
  readonly usedKg: string;
  readonly share: string;
  readonly projectedKg: string | null;
  readonly state: QuotaState;
  /** Clue of model B05 that spoke of it; null while only the daily look has found it. */
  readonly clueId: ClueId | null;
  readonly documentId: DocumentId;
  readonly documentNo: string;
  readonly deliveryId: string;
  readonly asOf: Instant;
  readonly confirmedBy: AccountId | null;
  readonly confirmedAt: Instant | null;
  readonly note: string | null;
  readonly reportId: string | null;
  readonly createdAt: Instant;
}

/** A permitted amount as it stands when somebody answers for it, kg as decimals. */
export interface QuotaAccount {
  /** Data until then count: now, or the end of the period. */
  readonly until: Instant;
  readonly capKg: string;
  /** By valid hours, what was used before connection included: this alone is over or not. */
  readonly measuredKg: string;
  /** Stands in for missing and invalid hours, manual tests included; shown, never charged. */
  readonly standInKg: string;
  /** Of what was measured. */
  readonly share: string;
  readonly over: boolean;
}

/** The account of a warned amount as it is known now; undefined where the register names no such amount any more. */
export async function accountOfQuota({ quantities, clock }: Pick<QuotaDeps, 'quantities' | 'clock'>, { outfall, factor, period, periodStart, periodEnd }: QuotaWarning): Promise<QuotaAccount | undefined> {
  const now = clock.now();
  const until = now < periodEnd ? now : periodEnd;
  const standings = await quantities.standings(outfall, factor, now, instant(until - 1));
  const account = standings.find(({ cap }) => cap.period === period && cap.start === periodStart);
  if (account === undefined) return undefined;
  const measured = measuredOf(account);
  const { kg } = account.cap;
  return { until, capKg: kg, measuredKg: measured.toString(), standInKg: account.usedKg.minus(measured).toString(), share: measured.div(kg).toString(), over: measured.gte(kg) };
}

/** Is this amount used up (超许可量), not only close to it? */
export const isOver = (ratio: string): boolean => new Decimal(ratio).gte(1);

/** A ratio that was told of in a period, and when. */
export type Told = Pick<QuotaWarning, 'ratio' | 'createdAt'>;

/** Ratio to warn of, or undefined: reached, and neither it nor a higher one was told in this period. Pure. */
export function ratioToTell(standing: Pick<PermitStanding, 'reached'>, told: readonly Pick<Told, 'ratio'>[]): string | undefined {
  const { reached } = standing;
  return reached === undefined || told.some(({ ratio }) => new Decimal(ratio).gte(reached)) ? undefined : reached;
}

/** Was the unit told of this amount today already? What passed a higher ratio since then waits for the next day. Pure. */
export const toldToday = (told: readonly Pick<Told, 'createdAt'>[], now: Instant): boolean => told.some(({ createdAt }) => dayOf(createdAt) === dayOf(now));

/** An outfall may emit so many times its pace of the period; beyond that model B05 speaks on the day it happens. */
const BURST = 4;
const MOST_DAYS = 7;

/**
 * Days after which an amount is looked at again: one, or as many as it needs at `BURST` times its pace to reach the next
 * ratio of the region, at most `MOST_DAYS`. Pure.
 */
export function daysToNextLook(standings: readonly Pick<PermitStanding, 'cap' | 'share'>[], ratios: readonly string[], asOf: Instant): number {
  const days = standings.flatMap(({ cap, share }) => {
    const pace = share.times(DAY).div(Math.max(DAY, asOf - cap.start));
    const ahead = ratios.filter((ratio) => share.lt(ratio)).map((ratio) => new Decimal(ratio).minus(share));
    return ahead.length === 0 || pace.lte(0) ? [] : [Decimal.min(...ahead).div(pace.times(BURST)).floor().toNumber()];
  });
  return Math.max(1, Math.min(MOST_DAYS, ...days));
}

const PERIODS = { YEAR: '年', MONTH: '月', SEASON: '特殊时段' } as const satisfies Record<PermitPeriod, string>;

/** 2026年 or 2026年9月, in words of the paper. */
export function periodText(period: PermitPeriod, start: Instant): string {
  const [year, month] = dayOf(start).split('-').map(Number);
  return period === 'YEAR' ? `${year}年` : period === 'MONTH' ? `${year}年${month}月` : `${year}年${month}月起的${PERIODS[period]}`;
}

const SHARE_PLACES = 1;
const [LEAST_PLACES, MOST_PLACES] = [1, 9];
/** Told to a tenth of a percent and never rounded up: 79.96 % has not reached 80 %. */
export const shareText = (share: string | Decimal): string => `${new Decimal(share).times(100).toDecimalPlaces(SHARE_PLACES, Decimal.ROUND_DOWN).toString()} %`;
export const kgText = (kg: string | Decimal, places: number): string => `${new Decimal(kg).toDecimalPlaces(places).toString()} kg`;

type Amounts = Readonly<Record<'capKg' | 'usedKg' | 'share', string | Decimal>>;

/** Decimals that amounts need so that what is printed of them gives the printed share. Pure. */
export function placesFor({ capKg, usedKg, share }: Amounts): number {
  for (let places = LEAST_PLACES; places < MOST_PLACES; places++) {
    const [cap, used] = [new Decimal(capKg).toDecimalPlaces(places), new Decimal(usedKg).toDecimalPlaces(places)];
    if (cap.gt(0) && shareText(used.div(cap)) === shareText(share)) return places;
  }
  return MOST_PLACES;
}

/** What a paper or a screen prints of an amount: permitted, used and share agree. */
export function amountTexts(of: Amounts): Readonly<Record<'permitted' | 'used' | 'share', string>> {
  const places = placesFor(of);
  return { permitted: kgText(of.capKg, places), used: kgText(of.usedKg, places), share: shareText(of.share) };
}

/** What a warning tells of an amount: permitted and used with its share, and apart from each other what valid hours measured and what stands in for missing ones. */
export function warnedTexts(standing: PermitAccount): Readonly<Record<'permitted' | 'used' | 'share' | 'measured' | 'standIn', string>> {
  const { cap, usedKg, share } = standing;
  const amounts = { capKg: cap.kg, usedKg, share };
  const [places, measured] = [placesFor(amounts), measuredOf(standing)];
  return { ...amountTexts(amounts), measured: kgText(measured, places), standIn: kgText(usedKg.minus(measured), places) };
}

/** The account as people read it: what was measured against what is permitted, and apart from it what stands in for missing hours. */
export function accountTexts({ until, capKg, measuredKg, standInKg, share }: QuotaAccount): Readonly<Record<'permitted' | 'used' | 'share' | 'standIn' | 'until', string>> {
  const amounts = { capKg, usedKg: measuredKg, share };
  return { ...amountTexts(amounts), standIn: kgText(standInKg, placesFor(amounts)), until: toMinuteText(until) };
}

/**
 * What follows a person's yes or no; a yes may be taken back until it is reported. Pure.
 *
 * @param reported the region sends what was confirmed to enforcement by the month; elsewhere the confirmation is the last word
 */
export function decideQuota(state: QuotaState, holds: boolean, reported: boolean): Result<QuotaState> {
  const held = reported ? 'CONFIRMED' : 'SETTLED';
  return state === 'TO_CONFIRM' || (state === 'CONFIRMED' && !holds) ? ok(holds ? held : 'REJECTED') : refuse('SUPV-021', { args: { state: QUOTA_STATES[state].zh, stateEn: QUOTA_STATES[state].en } });
}
