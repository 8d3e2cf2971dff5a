import { quantile, sortedFinite } from '#analysis/primitives';
import type { Industry } from '#sim/plants/industry';
import { honestOutfalls } from './honest-series.ts';
import { blocksOf, STATISTICS, type Media, type Statistic } from './statistics.ts';

/** Windows per factor-month beyond the value. */
export const RATES = [0.05, 0.01, 0.002] as const;
const TRADES: Readonly<Record<'gas' | 'water', readonly Industry[]>> = {
  gas: ['coal_power', 'waste_inc', 'cement', 'sinter', 'boiler'], water: ['municipal', 'dyeing', 'chemical', 'electroplating'],
};
/** Fewer windows beyond a value than this say nothing of it. */
const LEAST_BEYOND = 1.5;

export interface CalibrationOptions {
  readonly seed: string;
  /** Outfalls of each trade, and days of each. */
  readonly outfalls: number;
  readonly days: number;
  readonly stepMin: number;
  readonly media: readonly ('gas' | 'water')[];
  readonly say?: (line: string) => void;
}

export interface CalibrationRow {
  readonly statistic: Statistic;
  readonly factorMonths: number;
  readonly windows: number;
  /** The value beyond which each rate of windows lies; undefined where there are too few to tell. */
  readonly values: readonly (number | undefined)[];
}

export interface Calibration {
  readonly rows: readonly CalibrationRow[];
  /** Longest exact repeat over the whole time, steps: median, 95 % point, largest. */
  readonly blocks: readonly [number, number, number];
}

/** Measures how far honest plants of the simulator go in each statistic. The same options give the same table. */
export function calibrate(o: CalibrationOptions): Calibration {
  const gathered = new Map<Statistic, { months: number; values: number[] }>(STATISTICS.map((one) => [one, { months: 0, values: [] }]));
  const blocks: number[] = [];
  for (const medium of o.media) {
    const wanted = STATISTICS.filter(({ media }) => measuredOn(media, medium));
    for (const industry of TRADES[medium]) {
      o.say?.(`模拟并统计 measuring ${industry}`);
      for (const outfall of honestOutfalls(o.seed, industry, o.outfalls, o.days, o.stepMin)) {
        for (const statistic of wanted) {
          const into = gathered.get(statistic) as { months: number; values: number[] };
          for (const { months, values } of statistic.of(outfall)) {
            into.months += months;
            for (const v of values) into.values.push(v);
          }
        }
        if (medium === 'gas') blocks.push(...blocksOf(outfall));
      }
    }
  }
  const sorted = sortedFinite(blocks);
  return {
    rows: [...gathered].map(([statistic, { months, values }]) => ({ statistic, factorMonths: months, windows: values.length, values: RATES.map((rate) => beyond(values, statistic.side, rate * months)) })),
    blocks: [quantile(sorted, 0.5), quantile(sorted, 0.95), sorted.at(-1) ?? Number.NaN],
  };
}

/** Power is measured on both. */
const measuredOn = (media: Media, medium: 'gas' | 'water'): boolean => media === medium || media === 'power';

/** The value beyond which `count` of the windows lie; no honest window at all beyond it where the last ones are counted out. */
function beyond(values: readonly number[], side: Statistic['side'], count: number): number | undefined {
  if (count < LEAST_BEYOND) return undefined;
  if (values.length < count) return undefined;
  const sorted = sortedFinite(values);
  const share = (count - 0.5) / (sorted.length - 1);
  return quantile(sorted, side === 'low' ? share : 1 - share);
}
