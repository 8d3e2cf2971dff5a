import type { FactorCode } from '#kernel';
import type { CalibrationFact, Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { factorInfo } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { OFF, stateAt } from './parts/signal.ts';
import { DAY, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** Hours between calibrations: extractive gas analysers 7 d, dust 15 d; water: check with a standard 24 h, calibration 168 h. */
  gasHours: 168, dustHours: 360, waterCheckHours: 24, waterCalibrationHours: 168,
  /** Work of a week is done on a working day: a reminder waits until a long weekend and a holiday would have passed. */
  remindTimes: 1.6, warnTimes: 2, workOrderTimes: 4,
  /** Percent of span. */
  driftLimit: 2.5, failuresInARow: 3,
  /** Records that stop altogether are more often not uploaded than not made. */
  uploadTimes: 6, minRecords: 3, freshDays: 2,
} as const satisfies Thresholds;

type Settings = { readonly [K in keyof typeof DEFAULTS]: number };

interface Duty {
  readonly factor: FactorCode;
  readonly check: boolean;
  readonly hours: number;
  readonly records: readonly CalibrationFact[];
}

const isCheck = (c: CalibrationFact): boolean => /check|standard|标样|核查|质控/iu.test(c.what);

function dutiesOf(ctx: Context, p: Settings): Duty[] {
  const factors = [...new Set(ctx.calibrations.flatMap((c) => c.factors))].sort();
  return factors.flatMap((factor) =>
    [true, false].flatMap((check) => {
      const records = ctx.calibrations.filter((c) => c.factors.includes(factor) && isCheck(c) === check).sort((a, b) => a.end - b.end);
      if (records.length < p.minRecords) return [];
      const gas = factorInfo(factor).instrument === 'dust' ? p.dustHours : p.gasHours;
      return [{ factor, check, records, hours: ctx.reg.type === 'gas' ? gas : check ? p.waterCheckHours : p.waterCalibrationHours }];
    }),
  );
}

/** Hours since a moment in which the outfall did not stand still: nobody calibrates a cold stack. */
function workingHours(ctx: Context, since: number): number {
  let n = 0;
  for (let at = Math.ceil(since / HOUR) * HOUR; at + HOUR <= ctx.now; at += HOUR) if (stateAt(ctx, at) !== OFF) n += 1;
  return n;
}

export const failed = (c: CalibrationFact, limit: number): boolean =>
  c.passed === false || Math.abs(c.zeroDrift) > limit || Math.abs(c.spanDrift) > limit;

interface Lapse {
  readonly kind: 'late' | 'failed';
  readonly factors: readonly FactorCode[];
  readonly check: boolean;
  readonly start: number;
  readonly end: number;
  readonly tier: Tier;
  readonly amount: number;
  readonly rule: number;
}

function lateOf(ctx: Context, d: Duty, p: Settings): Lapse | undefined {
  const last = d.records.at(-1) as CalibrationFact;
  const hours = workingHours(ctx, last.end);
  const times = hours / d.hours;
  if (times > p.uploadTimes) return undefined;
  const tier = tierOf(times > p.remindTimes, times > p.warnTimes, times > p.workOrderTimes);
  return tier === undefined ? undefined : { kind: 'late', factors: [d.factor], check: d.check, start: last.end + d.hours * HOUR, end: ctx.now, tier, amount: hours, rule: d.hours };
}

function failureOf(ctx: Context, d: Duty, p: Settings): Lapse | undefined {
  const last = d.records.at(-1) as CalibrationFact;
  if (!failed(last, p.driftLimit) || ctx.now - last.end > p.freshDays * DAY) return undefined;
  const repaired = (from: number, to: number): boolean =>
    ctx.maintenance.some((m) => m.start >= from && m.start < to && !/^calib|^校准/iu.test(m.what) && (m.factors.length === 0 || m.factors.includes(d.factor)));
  if (repaired(last.start, ctx.now)) return undefined;
  let run = 1;
  for (let i = d.records.length - 2; i >= 0 && failed(d.records[i] as CalibrationFact, p.driftLimit); i--) {
    if (repaired((d.records[i] as CalibrationFact).start, (d.records[i + 1] as CalibrationFact).start)) break;
    run += 1;
  }
  const start = (d.records[d.records.length - run] as CalibrationFact).start;
  return { kind: 'failed', factors: [d.factor], check: d.check, start, end: ctx.now, tier: run >= p.failuresInARow ? 'WORK_ORDER' : 'WARN', amount: run, rule: p.driftLimit };
}

/** One lapse of several channels of one analyser is one finding. */
function together(lapses: readonly Lapse[]): Lapse[] {
  const groups = new Map<string, Lapse>();
  for (const l of lapses) {
    const key = [l.kind, l.check, l.start, l.tier].join();
    const known = groups.get(key);
    groups.set(key, known === undefined ? l : { ...known, factors: [...known.factors, ...l.factors].sort(), amount: Math.max(known.amount, l.amount) });
  }
  return [...groups.values()];
}

function findingOf(l: Lapse): Finding {
  const [zh, en] = l.check ? ['标样核查', 'check with a standard'] : ['校准', 'calibration'];
  const late = l.kind === 'late';
  return {
    factors: l.factors, start: l.start, end: l.end, tier: l.tier, score: late ? l.amount / l.rule : l.amount, stats: { kind: l.kind, amount: l.amount, rule: l.rule },
    text: late
      ? { zh: `${namesZh(l.factors)}距上次${zh}已运行 ${num(l.amount, 0)} 小时，应不超过 ${num(l.rule, 0)} 小时（自 ${spanText(l.start, l.end)} 起逾期）。`, en: `${namesEn(l.factors)} ran ${num(l.amount, 0)} h since the last ${en}; ${num(l.rule, 0)} h are allowed (overdue ${spanText(l.start, l.end)}).` }
      : { zh: `${namesZh(l.factors)}${zh}连续 ${num(l.amount, 0)} 次不合格（漂移超过量程 ${num(l.rule)}% 或记录为不通过），未见检修，数据仍按正常上报（${spanText(l.start, l.end)}）。`, en: `${namesEn(l.factors)} failed ${num(l.amount, 0)} ${en}(s) in a row (drift over ${num(l.rule)} % of span or recorded as failed) with no repair, and data went on as normal (${spanText(l.start, l.end)}).` },
    clearedBy: [{ zh: '质控记录未及时上传：调运维台账', en: 'The record was not uploaded in time: ask for the maintenance ledger' }],
  };
}

/** `model:F05` — quality control left out or failed. */
export const f05: Model = {
  id: 'F05', version: '1.0.0', title: { zh: '质控缺失或不合格', en: 'Missing or failed QC' },
  family: 'site', trigger: 'day', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H4'],
  about: {
    zh: '按质控台账：气态抽取式 7 天、颗粒物 15 天内应校准；水质仪器 24 小时标样核查、168 小时校准，停运时间不计；漂移超过量程 2.5% 或记录不通过为不合格。无台账的因子不判定。',
    en: 'From the ledger of quality control: extractive gas analysers are calibrated within 7 days, dust within 15; water analysers are checked with a standard in 24 h and calibrated in 168 h; standstill does not count. Drift over 2.5 % of span or a recorded failure fails. Factors without a ledger are not judged.',
    source: 'F05; HJ 75-2017, HJ 355-2019',
  },
  minimum: { days: 0, needs: ['calibrations'] },
  evaluate(ctx, params) {
    const p: Settings = settings(DEFAULTS, params);
    const duties = dutiesOf(ctx, p);
    if (duties.length === 0) return cannotTell('no calibration ledger', ['calibrations.csv']);
    const lapses = duties.flatMap((d) => [lateOf(ctx, d, p) ?? [], failureOf(ctx, d, p) ?? []].flat());
    return lapses.length === 0 ? notMet() : conclude(together(lapses).map(findingOf));
  },
};
