import { median } from '../../primitives/index.ts';
import type { DailySummary, FactorDay } from '../../contract.ts';

/** A number of a day that can be compared; `log` where ratios are what matters. */
export interface Feature {
  readonly name: 'level' | 'cv' | 'lag1' | 'tail' | 'jump' | 'kwhPerKg' | 'markShare' | 'flowShare';
  readonly factor: string;
  readonly of: (day: DailySummary) => number;
  readonly log: boolean;
}

const factorNames = ['level', 'cv', 'lag1', 'tail', 'jump'] as const;

const factorOf = (day: DailySummary, factor: string): FactorDay | undefined => day.factors.find((one) => one.factor === factor);

const logOf = (value: number): number => (value > 0 ? Math.log(value) : Number.NaN);

/** Features of the given channels, and of the outfall as a whole. */
export function featuresOf(factors: readonly string[], names: readonly (typeof factorNames)[number][] = factorNames): Feature[] {
  const ofFactors = factors.flatMap((factor) => names.map((name): Feature => {
    const log = name !== 'lag1';
    return { name, factor, log, of: (day) => { const v = factorOf(day, factor)?.[name] ?? Number.NaN; return log ? logOf(v) : v; } };
  }));
  const whole: Feature[] = [
    { name: 'kwhPerKg', factor: '', log: true, of: (day) => logOf(day.kwhPerKg) }, { name: 'markShare', factor: '', log: false, of: (day) => day.markShare },
    { name: 'flowShare', factor: '', log: true, of: (day) => logOf(day.flowShare) },
  ];
  return [...ofFactors, ...whole];
}

/** A day that says what the plant is usually like: it ran, its data came and were not marked. */
export const isOrdinary = (day: DailySummary): boolean => day.runShare >= 0.8 && day.complete >= 0.8 && day.markShare <= 0.25;

export const middle = (days: readonly DailySummary[], feature: Feature): number => median(days.map(feature.of));

/** Usual value of a channel over these days, as measured. */
export const usualOf = (days: readonly DailySummary[], factor: string): number => median(days.map((day) => factorOf(day, factor)?.median ?? Number.NaN));

/** Channels that are reported on most of the days. */
export const channelsOf = (days: readonly DailySummary[]): string[] => {
  const counts = new Map<string, number>();
  for (const day of days) for (const { factor, median: m } of day.factors) if (Number.isFinite(m)) counts.set(factor, (counts.get(factor) ?? 0) + 1);
  return [...counts].filter(([, n]) => n >= 0.7 * days.length).map(([factor]) => factor).sort();
};
