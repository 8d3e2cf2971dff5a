import { z } from 'zod';
import { formatDay } from '#documents';
import { dayOf, Decimal, instant } from '#kernel';
import { figure, type Bilingual, type Blanks } from '#law';
import type { Observation } from './observations.ts';

/** Epoch ms. */
const moment = z.number().int();
/** A decimal number as its sentence tells it. */
const told = z.string().regex(/^\d+(\.\d+)?(e-\d+)?$/);
/** What values were held against: as the register names it; the permit where `standard` is null. `converted`: 折算. */
const against = { limit: z.string(), unit: z.string(), standard: z.string().nullable(), converted: z.boolean() };

/**
 * What a fact says in figures, as data: the sentence of the fact is filled from them. Multiples are those over the limit (超标倍数, value ÷ limit − 1);
 * `each` holds every hour that counts, and is empty where not every value is at hand any more.
 */
export const figuresSchema = z.discriminatedUnion('kind', [
  /** Hours in a row over a limit; without `each` they begin with the fact. */
  z.object({ kind: z.literal('HOURS_OVER'), ...against, hours: z.number(), peak: told, multiple: told, each: z.array(z.object({ start: moment, value: told, multiple: told })) }),
  /** A day over the limit of its mean; `validHours` of it count. */
  z.object({ kind: z.literal('DAY_OVER'), ...against, mean: z.string(), multiple: told, validHours: z.number() }),
  /** Minutes in a row outside the limits of a moment. */
  z.object({ kind: z.literal('MINUTES_OVER'), minutes: z.number() }),
  /** Five-minute means of a furnace below the temperature required (℃) in one natural day, and how many are allowed. */
  z.object({ kind: z.literal('MEANS_BELOW'), count: z.number().int(), allowed: z.number().int(), limit: told, coldest: told }),
  /** More than the amount a permit allows, kg, from the day it is counted from; `missingHours` are in no amount. */
  z.object({ kind: z.literal('AMOUNT_OVER'), period: z.enum(['YEAR', 'MONTH', 'SEASON']), countedFrom: moment, used: told, permitted: told, before: told, missingHours: z.number() }),
  /** The door of the station was opened when the fact begins; values changed after it, by `change` of what they were. Absent in facts told before it was kept. */
  z.object({ kind: z.literal('DOOR_OPENED'), change: z.string().regex(/^-?\d+(\.\d+)?$/).optional() }),
  /** Values stood at this share of what is usual at the point. */
  z.object({ kind: z.literal('LEVEL_SHIFTED'), level: told }),
  /** A result measured by hand beside that of the device for the same hour; how far apart they are, and what the standard of comparison permits there at most, where known. */
  z.object({ kind: z.literal('MANUAL_COMPARED'), manual: told, automatic: told, unit: z.string(), error: told.optional(), allowed: told.optional(), comparedBy: z.string().optional() }),
  /** A parameter of the device as it was found, and as it is filed. */
  z.object({ kind: z.literal('PARAMETER'), name: z.string(), found: z.string(), filed: z.string() }),
]);
export type Figures = z.infer<typeof figuresSchema>;

const PERIODS = { YEAR: { zh: '年', en: 'yearly' }, MONTH: { zh: '月', en: 'monthly' }, SEASON: { zh: '特殊时段', en: 'special-period' } } as const;

function hoursOver({ stats, hourly, unit, standard, converted }: Observation): Figures {
  const [hours, limit, peak] = [Number(stats['hours']), String(stats['limit']), Number(stats['peak'])];
  const values = hourly.map(({ value }) => value);
  // Only where they bear the peak the finding names: values put right since then would contradict it.
  const known = values.length === hours && Math.abs(Math.max(...values) - peak) <= 1e-6 && values.every((value) => value > Number(limit));
  const times = (value: number): string => figure(new Decimal(value).div(limit).minus(1).toNumber(), 2);
  return {
    kind: 'HOURS_OVER', limit, unit, standard, converted, hours, peak: figure(peak, 3), multiple: known ? times(Math.max(...values)) : figure(Number(stats['multiple']), 2),
    each: known ? hourly.map(({ start, value }) => ({ start, value: String(value), multiple: times(value) })) : [],
  };
}

/** How the figures of a kind of finding are read; the limits, amounts and names a finding of another kind carries stand in no fact as figures. */
const READ: Readonly<Record<string, (observed: Observation) => Figures | undefined>> = {
  B01: hoursOver,
  B02: ({ stats, unit, standard, converted }) => ({
    kind: 'DAY_OVER', limit: String(stats['limit']), unit, standard, converted, mean: String(stats['dayMean']), multiple: figure(Number(stats['multiple']), 2), validHours: Number(stats['validHours']),
  }),
  B05: ({ stats, account }) => account && {
    kind: 'AMOUNT_OVER', period: account.period, countedFrom: account.from, used: figure(Number(stats['usedKg']), 3), permitted: figure(Number(stats['permitKg']), 3),
    before: figure(Number(stats['beforeKg']), 3), missingHours: Number(stats['missingHours']),
  },
  B07: ({ stats }) => ({ kind: 'MINUTES_OVER', minutes: Number(figure(Number(stats['minutes']), 0)) }),
  B08: ({ stats }) => ({ kind: 'MEANS_BELOW', count: Number(stats['count']), allowed: Number(stats['allowed']), limit: String(stats['limitC']), coldest: figure(Number(stats['coldest']), 0) }),
  F06: ({ stats: { change } }) => ({ kind: 'DOOR_OPENED', ...(typeof change === 'number' ? { change: new Decimal(change).toDecimalPlaces(2).toFixed() } : {}) }),
  D08: ({ stats }) => ({ kind: 'LEVEL_SHIFTED', level: figure(Number(stats['level']), 2) }),
  G02: ({ stats, unit }) => ({
    kind: 'MANUAL_COMPARED', manual: figure(Number(stats['manual']), 3), automatic: figure(Number(stats['automatic']), 3), unit,
    ...(stats['comparedBy'] === undefined ? {} : { error: figure(Number(stats['error']), 3), allowed: figure(Number(stats['allowed']), 3), comparedBy: String(stats['comparedBy']) }),
  }),
  F10: ({ stats }) => ({ kind: 'PARAMETER', name: String(stats['name']), found: String(stats['now']), filed: String(stats['filed']) }),
};

/** What was observed, in figures; undefined where it is told without any, or one of them is not known. */
export function figuresOf(observed: Observation): Figures | undefined {
  const read = figuresSchema.safeParse(READ[observed.model]?.(observed));
  return read.success ? read.data : undefined;
}

/** What the sentence of these figures is filled with. */
export function blanksOfFigures(figures: Figures, language: keyof Bilingual): Blanks {
  switch (figures.kind) {
    case 'HOURS_OVER':
      return { limit: figures.limit, hours: figures.hours, peak: figures.peak, multiple: figures.multiple };
    case 'DAY_OVER':
      return { limit: figures.limit, dayMean: figures.mean, multiple: figures.multiple, validHours: figures.validHours };
    case 'MINUTES_OVER':
      return { minutes: figures.minutes };
    case 'MEANS_BELOW':
      return { count: figures.count, allowed: figures.allowed, limitC: figures.limit, coldest: figures.coldest };
    case 'AMOUNT_OVER': {
      const { countedFrom, period, used, permitted, before, missingHours } = figures;
      const day = dayOf(instant(countedFrom));
      return { accountFrom: language === 'zh' ? formatDay(day) : day, accountPeriod: PERIODS[period][language], usedKg: used, permitKg: permitted, beforeKg: before, missingHours };
    }
    case 'PARAMETER':
      return { name: figures.name, now: figures.found, filed: figures.filed };
    // What the finding itself says fills these sentences.
    case 'DOOR_OPENED':
    case 'LEVEL_SHIFTED':
    case 'MANUAL_COMPARED':
      return {};
  }
}
