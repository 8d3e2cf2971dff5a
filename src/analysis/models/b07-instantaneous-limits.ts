import { decimalsOf, Decimal, roundHalfEven, type FactorCode } from '#kernel';
import { markDeadlineMs } from '#quality';
import { overlaps } from '../primitives/index.ts';
import { flagIndex, type Context, type Finding, type Limit, type Model, type StepSeries, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, marksOf, suppress } from './parts/explanations.ts';
import { WATER_FLOW } from './parts/factors.ts';
import { exceeds } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, RUN, stateAt } from './parts/signal.ts';
import { clampedIndex, endedAt, HOUR, indexAt, MINUTE, timeAt } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindMinutes: 30, warnMinutes: 120, workOrderMinutes: 360,
  /** Extreme pH: strong acid or alkali needs no long time. */
  acid: 4, alkali: 11, extremeMinutes: 30,
  /** Around electrode cleaning and checks nothing is judged. */
  cleaningMinutes: 30,
  /** Gaps and single values inside, this long, do not end a run. */
  bridgeMinutes: 20,
  lookBackHours: 30,
} as const satisfies Thresholds;

const PH = 'w01001';

interface Band {
  readonly factor: FactorCode;
  readonly lower: string | undefined;
  readonly upper: string | undefined;
  readonly unit: string;
}

/** Instant limits of one factor as a band. Two rows without a side are its two ends; one row for pH is the end it lies on. */
function bandsOf(ctx: Context): readonly Band[] {
  const instant = ctx.reg.limits.filter((l) => l.period === 'instant');
  return [...new Set(instant.map((l) => l.factor))].map((factor) => {
    const own = instant.filter((l) => l.factor === factor).sort((a, b) => Number(a.limit) - Number(b.limit));
    const isLower = (l: Limit, i: number): boolean => l.side === 'lower' || (factor === PH && (own.length > 1 ? i === 0 : Number(l.limit) < 7));
    const upper = own.filter((l, i) => !isLower(l, i));
    const lower = own.filter((l, i) => isLower(l, i));
    return { factor, lower: lower.at(-1)?.limit, upper: upper[0]?.limit, unit: own[0]?.unit ?? '' };
  });
}

const outside = (v: number, band: Band): boolean =>
  (band.upper !== undefined && exceeds(v, band.upper)) ||
  (band.lower !== undefined && v < Number(band.lower) && roundHalfEven(v, decimalsOf(band.lower)).lessThan(new Decimal(band.lower)));

/** Water moves past the sensor: an electrode in a dry flume shows anything. */
function discharging(ctx: Context, flow: StepSeries, at: number): boolean {
  const v = flow.avg[clampedIndex(flow, at)] as number;
  return v > 0 && stateAt(ctx, at, 'byData') === RUN;
}

/** Steps near a flagged check or filed work on the sensor. */
function cleaned(ctx: Context, series: StepSeries, factor: FactorCode, i: number, p: typeof DEFAULTS): boolean {
  const reach = Math.ceil((p.cleaningMinutes * MINUTE) / series.stepMs);
  for (let k = Math.max(0, i - reach); k <= Math.min(series.length - 1, i + reach); k++) {
    const flag = series.flag[k];
    if (flag === flagIndex.CALIBRATION || flag === flagIndex.MAINTENANCE || flag === flagIndex.FAULT) return true;
  }
  const at = timeAt(series, i);
  const near = p.cleaningMinutes * MINUTE;
  return ctx.maintenance.some((m) => at >= m.start - near && at < m.end + near && (m.factors.length === 0 || m.factors.includes(factor)));
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  readonly extremeMinutes: number;
  readonly worst: number;
}

/** Steps of the look-back, or as much around a stretch that is judged again. */
function stepsToJudge({ now, again }: Context, series: StepSeries, p: typeof DEFAULTS): { readonly from: number; readonly to: number } {
  const ended = endedAt(series, now);
  const back = p.lookBackHours * HOUR;
  return again === undefined
    ? { from: Math.max(0, ended - Math.round(back / series.stepMs)), to: ended }
    : { from: clampedIndex(series, again.start - back), to: Math.min(ended, clampedIndex(series, again.end + back)) };
}

/** In an hour out of control: its flag says nothing against it, quality does. What a mark covers is found and kept with that reason. */
function disowned(ctx: Context, factor: FactorCode, at: number): boolean {
  const hours = ctx.hour(factor);
  const i = hours === undefined ? -1 : indexAt(hours, at);
  if (hours === undefined || i < 0 || i >= hours.length || hours.valid[i] !== 0 || hours.flag[i] !== NORMAL || !Number.isFinite(hours.avg[i])) return false;
  const hour = { start: timeAt(hours, i), end: timeAt(hours, i + 1) };
  return !marksOf(ctx, 'MONITORING').some((mark) => overlaps(mark, hour));
}

/** Runs outside the band in the look-back; intervals that are not judged neither count nor end a run for a while. */
function runsOf(ctx: Context, series: StepSeries, flow: StepSeries, band: Band, p: typeof DEFAULTS): Run[] {
  const { from, to } = stepsToJudge(ctx, series, p);
  const step = series.stepMs / MINUTE;
  const bridge = p.bridgeMinutes / step;
  const runs: Run[] = [];
  let run: Run | undefined;
  for (let i = from; i < to; i++) {
    const v = series.avg[i] as number;
    if (run !== undefined && i - run.to > bridge) {
      runs.push(run);
      run = undefined;
    }
    if (series.flag[i] !== NORMAL || !Number.isFinite(v) || !outside(v, band)) continue;
    if (disowned(ctx, band.factor, timeAt(series, i)) || !discharging(ctx, flow, timeAt(series, i)) || cleaned(ctx, series, band.factor, i, p)) continue;
    const extreme = band.factor === PH && (v < p.acid || v > p.alkali) ? step : 0;
    const middle = (Number(band.lower ?? band.upper) + Number(band.upper ?? band.lower)) / 2;
    const worst: number = run === undefined || Math.abs(v - middle) > Math.abs(run.worst - middle) ? v : run.worst;
    run = { from: run?.from ?? i, to: i + 1, minutes: (run?.minutes ?? 0) + step, extremeMinutes: (run?.extremeMinutes ?? 0) + extreme, worst };
  }
  return run === undefined ? runs : [...runs, run];
}

const concerned = ({ again }: Context, series: StepSeries, run: Run, p: typeof DEFAULTS): boolean =>
  again === undefined || (timeAt(series, run.from) <= again.end + p.bridgeMinutes * MINUTE && timeAt(series, run.to) >= again.start - p.bridgeMinutes * MINUTE);

function findingOf(ctx: Context, series: StepSeries, band: Band, run: Run, p: typeof DEFAULTS): Finding {
  const tier: Tier =
    run.minutes >= p.workOrderMinutes || run.extremeMinutes >= p.extremeMinutes
      ? 'WORK_ORDER'
      : run.minutes >= p.warnMinutes ? 'WARN' : 'REMIND';
  const start = timeAt(series, run.from);
  const end = timeAt(series, run.to);
  const range = `${band.lower ?? ''}–${band.upper ?? ''}`;
  return {
    factors: [band.factor], start, end, tier, score: run.minutes / p.remindMinutes,
    stats: { minutes: run.minutes, worst: run.worst, lower: band.lower ?? '', upper: band.upper ?? '', extremeMinutes: run.extremeMinutes },
    text: {
      zh: `排放期间${namesZh([band.factor])}在 ${spanText(start, end)} 有 ${num(run.minutes)} 分钟超出瞬时限值 ${range}${band.unit === '1' ? '' : ` ${band.unit}`}，最不利值 ${num(run.worst)}。`,
      en: `${namesEn([band.factor])} was outside its instantaneous limits ${range} for ${num(run.minutes)} min while discharging (${spanText(start, end)}), at worst ${num(run.worst)}.`,
    },
    clearedBy: [
      { zh: '电极清洗、校准未打标记', en: 'Electrode cleaning or a check without its flag' },
      { zh: '明渠无水、电极干燥', en: 'No water at the electrode' },
    ],
    provisional: ctx.now < markDeadlineMs(start, ctx.reg.rules?.markDeadlineHour),
  };
}

/** `model:B07` — limits that hold at every instant: pH first of all. */
export const b07: Model = {
  id: 'B07', version: '1.1.1',
  title: { zh: 'pH 与瞬时类', en: 'pH and instantaneous limits' },
  family: 'emission', trigger: 'tick', media: ['water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H1', 'H8'],
  about: {
    zh: '排放期间逐步比较瞬时限值（pH 上下限、六价铬、水温等），修约到限值位数，等于限值为达标；清洗与校准前后 30 分钟不判。30 分钟提醒、2 小时警告、6 小时或 pH 低于 4、高于 11 达 30 分钟为工单。',
    en: 'Steps against limits that hold at every instant (both ends of pH, Cr(VI), temperature) while discharging, rounded to the limit\'s decimals, equal is compliant; half an hour around cleaning is not judged. 30 min remind, 2 h warn, 6 h or 30 min below pH 4 or above 11 make a work order.',
    source: 'B07; limits of single values (pH; GB 18918 table 4)',
  },
  minimum: { days: 0, needs: ['steps', 'flow', 'instantLimits'] },
  reachHours: (params) => settings(DEFAULTS, params).lookBackHours,
  judgesAgain: true,
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const bands = bandsOf(ctx);
    if (bands.length === 0) return cannotTell('no instantaneous limit registered', ['instantaneous limits']);
    const flow = ctx.step(WATER_FLOW);
    if (flow === undefined) return cannotTell('no flow steps: discharge not known', [WATER_FLOW]);
    const missing = bands.filter((b) => ctx.step(b.factor) === undefined);
    if (missing.length === bands.length) return cannotTell('no steps of a factor with an instantaneous limit', missing.map((b) => b.factor));
    const findings = bands.flatMap((band) => {
      const series = ctx.step(band.factor);
      if (series === undefined) return [];
      return runsOf(ctx, series, flow, band, p)
        .filter((run) => run.minutes >= p.remindMinutes && concerned(ctx, series, run, p))
        .map((run) => findingOf(ctx, series, band, run, p))
        .map((f) => suppress(f, explain(ctx, f, f.factors, ['filed-work'])));
    });
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
