import { modelCatalogue } from '#analysis';
import { CHEATS } from '#sim/cheats/cheats';
import { LOOKALIKES } from '#sim/benign/lookalikes';
import { WASTE_GAP } from '#sim/waste';
import { isFound, matches, type Label } from './rule.ts';
import { judgeProvince, type Judged, type ScoreOptions } from './score-province.ts';
import { tally } from './tally.ts';

/**
 * Three of the four tests that every model owes (null, positive, benign), on six small simulated provinces. The fourth
 * (property) and what the simulator cannot show are tests beside the models.
 */

/**
 * Which models see which manipulation first; a model must find some of its kinds. Two are shown on data made by hand alone: numbers drawn at random
 * have even last digits, and what the terminal digit (C04) sees is typing; an event of chosen gaps has ten of them at most, where A11 asks for twelve.
 */
export const FIRST_LINE: Readonly<Record<string, readonly string[]>> = {
  const_hold: ['C01'], tiny_noise: ['C02', 'C11'], smooth_fake: ['C03', 'C10'], cap_clip: ['C07', 'C14'], limit_reflect: ['C06', 'B04'],
  scale_down: ['D08', 'C12'], offset_down: ['D08', 'C12'], replay: ['C08'], random_fill: ['C11'], air_dilution: ['D01'], o2_down: ['D02'],
  flow_coef: ['D04', 'D05'], factor_clone: ['C15'], treatment_off: ['E01'], treatment_idle: ['E03'], stop_mark_running: ['F03'],
  retro_mark: ['F02'], mark_abuse: ['F01'], strategic_gap: ['A01'], sample_swap: ['D14'], sample_dodge: ['D11'],
  night_batch: ['D12'], bypass_flow: ['D13'], exceed_sustained: ['B01', 'B02'], exceed_total: ['B05'],
  emergency_ignore: ['E04'], off_hours: ['E05'], value_rewrite: ['A05'], clock_shift: ['A06'], species_order: ['D10'],
  meter_fake: ['E06'], door_tamper: ['F06', 'F07'], waste_gap: ['G04'], furnace_cold: ['B08'], dry_discharge: ['D16'],
};

/** Look-alikes of everyday life, which come by themselves and are not planned. */
const EVERYDAY = ['real_shutdown', 'holiday_stop', 'calibration', 'standard_check', 'comms_outage', 'rain_dilution', 'near_zero_coarse', 'held_result', 'redundant_swap'];

type Province = Omit<ScoreOptions, 'threads' | 'say' | 'stepMin' | 'paramShift'> & { readonly stepMin?: number };

/** Twice as many dischargers of batches as elsewhere: four kinds of cheating are theirs alone. */
const FOR_EVERY_KIND = ['coal_power', 'waste_inc', 'cement', 'electroplating', 'sinter', 'boiler', 'municipal', 'electroplating', 'dyeing', 'chemical', 'electroplating'] as const;

/** At their longest and after a clean month or two, for models that need weeks of it or a long history. */
const LONG_EVENTS = [{ kind: 'smooth_fake', at: 40, hours: 72 }, { kind: 'cap_clip', at: 65, hours: 288 }];

/** A whole day over the limit, for the model of daily means. */
const WHOLE_DAYS = [{ kind: 'exceed_sustained', at: 10, hours: 40 }];

/**
 * Honest plants; plants with every look-alike in turn; plants with every cheat in turn; a year of waste ledgers; long events; days of effluent over
 * the limit. Seeds with which every kind comes. Of a province with `models` these alone judge.
 */
const PROVINCES = {
  null: { seed: 'test-null', outfalls: 18, days: 40, inject: 'none', benign: false },
  benign: { seed: 'test-b10', outfalls: 18, days: 60, inject: { inTurn: Object.keys(LOOKALIKES) }, benign: true },
  positive: { seed: 'test-p32', outfalls: 22, days: 60, inject: { inTurn: Object.keys(CHEATS) }, benign: false, industries: FOR_EVERY_KIND },
  long: { seed: 'test-long', outfalls: 8, days: 110, inject: LONG_EVENTS, benign: false, industries: ['coal_power', 'waste_inc', 'cement', 'sinter', 'boiler'], models: ['C10', 'C14'] },
  waste: { seed: 'test-w2', outfalls: 10, days: 400, stepMin: 60, inject: { inTurn: [WASTE_GAP] }, benign: false, industries: ['chemical', 'electroplating', 'waste_inc', 'cement'], models: ['G04'] },
  days: { seed: 'test-days', outfalls: 4, days: 16, inject: WHOLE_DAYS, benign: false, industries: ['municipal', 'dyeing'], models: ['B02'] },
} as const satisfies Record<string, Province>;

/** Chance of one factor-month to show a false window, at tier 3 and at tiers ≤ 2; an outfall has some three factors. */
const FALSE_PER_FACTOR_MONTH = { reminder: 0.01, warning: 0.002 };
const FACTORS_OF_AN_OUTFALL = 3;
const SURE = 0.99;

/** Most findings that 99 of 100 runs of this length would show at this rate (Poisson). */
export function mostFalse(perFactorMonth: number, outfallMonths: number): number {
  const mean = perFactorMonth * FACTORS_OF_AN_OUTFALL * outfallMonths;
  let term = Math.exp(-mean);
  let sum = term;
  let k = 0;
  for (; sum < SURE; sum += term) term *= mean / ++k;
  return k;
}

/** What the provinces said of one model. */
export interface ProvinceTests {
  /** The version that was judged. */
  readonly version: string;
  /** Findings on honest plants that no event explains, and how many the false rate of the method allows. */
  readonly null: { readonly outfallMonths: number; readonly false: number; readonly allowed: number; readonly warned: number; readonly warnedAllowed: number };
  /** Kinds of cheating it stands in the first line for: events found, of how many. */
  readonly positive: Readonly<Record<string, readonly [found: number, of: number]>>;
  /** Warnings and work orders on plants with every look-alike. */
  readonly benign: { readonly lookAlikes: number; readonly warned: number; readonly warnedAllowed: number };
}

export interface ProvinceRun {
  readonly models: Readonly<Record<string, ProvinceTests>>;
  /** Events of each kind that one model of its first line found, of how many. */
  readonly kinds: Readonly<Record<string, readonly [found: number, of: number]>>;
  /** Look-alikes that came, with their number. */
  readonly lookAlikes: Readonly<Record<string, number>>;
  /** Kinds and look-alikes that were to come and did not. */
  readonly missing: readonly string[];
}

const found = (judged: Judged, label: Label, models: readonly string[]): boolean => {
  const alarms = judged.alarms.filter((alarm) => models.includes(alarm.model) && label.outfalls.includes(alarm.outfall));
  return isFound(label, alarms.filter((alarm) => matches(alarm, label)));
};

const foundOf = (provinces: readonly Judged[], kind: string, models: readonly string[]): readonly [number, number] => {
  const events = provinces.flatMap((judged) => judged.labels.filter((label) => label.kind === kind).map((label) => ({ judged, label })));
  return [events.filter(({ judged, label }) => found(judged, label, models)).length, events.length];
};

/** Findings that no event and no look-alike explains, by model, and how many of them warn or more. */
function falseOnes(judged: Judged): { readonly months: number; readonly of: (model: string) => { readonly all: number; readonly warned: number } } {
  const scored = tally(judged, () => 0);
  const wrong = scored.pieces.filter((piece) => piece.verdict === 'false');
  return {
    months: scored.outfallMonths,
    of: (model) => {
      const own = wrong.filter(({ piece }) => piece.alarm.model === model);
      return { all: own.length, warned: own.filter(({ piece }) => piece.alarm.tier < 3).length };
    },
  };
}

/** Simulates and judges the provinces one after the other; some four minutes of processor time. */
export async function runProvinces(say: (line: string) => void): Promise<ProvinceRun> {
  const judge = async (province: Province): Promise<Judged> => judgeProvince({ stepMin: 10, paramShift: 0, threads: 1, say, ...province }, false);
  const honest = falseOnes(await judge(PROVINCES.null));
  const alike = await judge(PROVINCES.benign);
  const quiet = falseOnes(alike);
  const cheated = [await judge(PROVINCES.positive), await judge(PROVINCES.waste)];
  // What only some models judged counts for these alone.
  const own: { readonly models: readonly string[]; readonly judged: Judged }[] = [];
  for (const province of [PROVINCES.long, PROVINCES.days]) own.push({ models: province.models, judged: await judge(province) });
  const provincesOf = (model: string): readonly Judged[] => [...cheated, ...own.filter(({ models }) => models.includes(model)).map(({ judged }) => judged)];
  const count = Object.fromEntries([...Map.groupBy(alike.labels.filter((label) => label.benign), (label) => label.kind)].map(([kind, all]) => [kind, all.length]));
  const kinds = Object.fromEntries(Object.entries(FIRST_LINE).map(([kind, models]) => [kind, foundOf(cheated, kind, models)]));
  const models = Object.fromEntries(modelCatalogue.map(({ id, version }): [string, ProvinceTests] => {
    const [said, warned] = [honest.of(id), quiet.of(id).warned];
    const own = Object.entries(FIRST_LINE).filter(([, line]) => line.includes(id));
    return [id, {
      version,
      null: {
        outfallMonths: Number(honest.months.toFixed(1)), false: said.all, allowed: mostFalse(FALSE_PER_FACTOR_MONTH.reminder, honest.months),
        warned: said.warned, warnedAllowed: mostFalse(FALSE_PER_FACTOR_MONTH.warning, honest.months),
      },
      positive: Object.fromEntries(own.map(([kind]) => [kind, foundOf(provincesOf(id), kind, [id])] as const).filter(([, [, of]]) => of > 0)),
      benign: { lookAlikes: Object.values(count).reduce((sum, n) => sum + n, 0), warned, warnedAllowed: mostFalse(FALSE_PER_FACTOR_MONTH.warning, quiet.months) },
    }];
  }));
  const missing = [
    ...Object.entries(kinds).filter(([, [, of]]) => of === 0).map(([kind]) => kind),
    ...[...Object.keys(LOOKALIKES), ...EVERYDAY].filter((kind) => (count[kind] ?? 0) === 0),
  ];
  return { models, kinds, lookAlikes: count, missing };
}
