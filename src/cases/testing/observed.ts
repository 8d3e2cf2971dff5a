import type { ObservedFact } from '#review';

const HOUR = 3_600_000;
/** Epoch ms of a moment of China time, e.g. `2026-09-15T02`. */
const at = (hour: string): number => Date.parse(`${hour}:00:00+08:00`);

type Figures = NonNullable<ObservedFact['figures']>;
type Over = Extract<Figures, { kind: 'HOURS_OVER' }>;

const fact = (from: number, to: number, factor: string, figures: Figures, supports: ObservedFact['supports']): ObservedFact => ({
  factId: `review-1:${factor}:${from}:${figures.kind}`, reviewId: 'review-1', supports, told: { zh: `${factor}超过限值`, en: `${factor} over the limit` },
  factors: [{ code: factor, zh: factor, en: factor }], from, to, figures, knownAt: to, calibrations: [],
});

const LIMIT = { limit: '20', unit: 'mg/m3', standard: 'GB 18485-2014', converted: true };
const EXCEED: ObservedFact['supports'] = ['AIR_EXCEED', 'WATER_EXCEED', 'PERMIT_EXCEED'];

/** A run of hours over a limit from `2026-09-15T02` on; `each`: the hours one by one, by how many after the first. */
export function runFact(factor: string, from: string, hours: number, more: Partial<Over> = {}, each: readonly number[] = []): ObservedFact {
  const listed = each.map((i) => ({ start: at(from) + i * HOUR, value: '24.5', multiple: '0.22' }));
  return fact(at(from), at(from) + Math.max(hours, (each.at(-1) ?? 0) + 1) * HOUR, factor, { kind: 'HOURS_OVER', ...LIMIT, hours, peak: '24.5', multiple: '0.22', each: listed, ...more }, EXCEED);
}

/** A day over the limit of its mean, e.g. `2026-09-16`. */
export const dayFact = (factor: string, day: string, validHours: number, multiple = '0.5'): ObservedFact =>
  fact(at(`${day}T00`), at(`${day}T00`) + 24 * HOUR, factor, { kind: 'DAY_OVER', ...LIMIT, mean: '75', multiple, validHours }, EXCEED);

/** Minutes outside the limits of a moment. */
export const minutesFact = (factor: string, from: string, minutes: number, hours: number): ObservedFact => fact(at(from), at(from) + hours * HOUR, factor, { kind: 'MINUTES_OVER', minutes }, EXCEED);

/** An amount over the permitted one, kg. */
export const amountFact = (factor: string, used: string, permitted: string): ObservedFact =>
  fact(at('2026-01-01T00'), at('2026-03-12T08'), factor, { kind: 'AMOUNT_OVER', period: 'YEAR', countedFrom: at('2026-01-01T00'), used, permitted, before: '0', missingHours: 0 }, ['PERMIT_EXCEED', 'AIR_EXCEED']);
