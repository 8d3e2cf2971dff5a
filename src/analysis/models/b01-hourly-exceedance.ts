import { markDeadlineMs, overRuns, type HourJudgement } from '#quality';
import { OXYGEN_GUARD, overlaps } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Limit, Model, Tier, Watch } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { CANDIDATE, explain, marksOf, mayBeExempt, stateShare, suppress, type Suppression } from './parts/explanations.ts';
import { exceeds, heldThroughout, hourLimits, judgedValue, limitThen, ratioTo } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { OFF, RUN, stateAt, TRANSIENT } from './parts/signal.ts';
import { clampedIndex, endedAt, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  lookBackHours: 48,
  warnRun: 2, warnIn24h: 3, warnRatio: 2,
  workOrderRun: 3, workOrderRatio: 3,
  /** Hours after a stop in which a start-up mark may still be on its way. */
  startUpHours: 36,
} as const satisfies Thresholds;

interface Over {
  readonly start: number;
  readonly value: number;
  /** In force in that hour. */
  readonly limit: Limit;
  readonly ratio: number;
}

/** The hour if it is over the limit of its day: valid, not stopped, on the limit's own basis. */
function overAt(ctx: Context, limitNow: Limit, series: HourSeries, i: number): Over | undefined {
  const limit = limitThen(ctx, limitNow, series.t0 + i * HOUR);
  if (limit === undefined || series.valid[i] !== 1) return undefined;
  const value = judgedValue(ctx, series, i, limit);
  if (!Number.isFinite(value) || !exceeds(value, limit.limit)) return undefined;
  const start = series.t0 + i * HOUR;
  return stateAt(ctx, start) === OFF ? undefined : { start, value, limit, ratio: ratioTo(value, limit) };
}

/** Over-limit hours of the look-back, or around a stretch that is judged again: runs that reach out of it are followed to their ends. */
function overHours(ctx: Context, limit: Limit, series: HourSeries, p: typeof DEFAULTS): Over[] {
  const ended = endedAt(series, ctx.now);
  let from = Math.max(0, ended - p.lookBackHours);
  let to = ended;
  if (ctx.again !== undefined) {
    from = clampedIndex(series, ctx.again.start - p.lookBackHours * HOUR);
    to = Math.min(ended, clampedIndex(series, ctx.again.end + p.lookBackHours * HOUR));
    while (from > 0 && overAt(ctx, limit, series, from - 1) !== undefined) from--;
    while (to < ended && overAt(ctx, limit, series, to) !== undefined) to++;
  }
  const out: Over[] = [];
  // Most hours are below: decided on the numbers as sent, where no other limit held and the measured value cannot count instead.
  const sent = limit.basis === 'zs' ? series.zsAvg : series.avg;
  const max = limit.belowRef === undefined && heldThroughout(ctx, limit, series.t0 + from * HOUR, series.t0 + to * HOUR) ? Number(limit.limit) : Number.NaN;
  for (let i = from; i < to; i++) {
    if ((sent[i] as number) <= max) continue;
    const over = overAt(ctx, limit, series, i);
    if (over !== undefined) out.push(over);
  }
  return out;
}

/** Runs that something learnt about the stretch can have changed: it lies in them, or counts among their last 24 hours. */
const concerned = ({ again }: Context, { hours }: Run): boolean =>
  again === undefined || ((hours[0] as Over).start < again.end + 24 * HOUR && (hours[hours.length - 1] as Over).start + HOUR > again.start);

const startingUp = (ctx: Context, t: number, hours: number): boolean => {
  if (stateAt(ctx, t) !== TRANSIENT) return false;
  for (let h = 1; h <= hours; h++) if (stateAt(ctx, t - h * HOUR) === OFF) return true;
  return stateAt(ctx, t + HOUR) === OFF;
};

/** A stop mark exempts only where power agrees (a mark against running power is F03's fact); of a start or stop the mark is waited for. */
function exemption(ctx: Context, span: { start: number; end: number }, p: typeof DEFAULTS): Suppression | undefined {
  if (marksOf(ctx, 'STOP').some((m) => overlaps(m, span)) && stateShare(ctx, span, RUN, 'byPower') === 0) {
    return { reason: 'stop-mark', zh: '申报停运，与用电一致', en: 'declared stopped, and power agrees' };
  }
  const provisional = ctx.now < markDeadlineMs(span.end - 1, ctx.reg.rules?.markDeadlineHour);
  if (provisional && startingUp(ctx, span.start, p.startUpHours)) {
    return { reason: 'mark-awaited', zh: '启停过程中，标记期限未到', en: 'start-up or shutdown in progress, its mark is not due yet' };
  }
  return undefined;
}

function findingOf(ctx: Context, { hours: run, counted, exempt }: Run, all: readonly Over[], p: typeof DEFAULTS): Finding {
  const first = run[0] as Over;
  const last = run[run.length - 1] as Over;
  const span = { start: first.start, end: last.start + HOUR };
  const peak = run.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const { limit } = peak;
  const in24 = all.filter((o) => o.start > last.start - 24 * HOUR && o.start <= last.start).length;
  const tier: Tier =
    counted >= p.workOrderRun || peak.ratio > p.workOrderRatio
      ? 'WORK_ORDER'
      : counted >= p.warnRun || in24 >= p.warnIn24h || peak.ratio > p.warnRatio ? 'WARN' : 'REMIND';
  const basis = limit.basis === 'zs' ? ['折算', 'converted'] as const : ['实测', 'measured'] as const;
  const finding: Finding = {
    factors: [limit.factor], ...span, tier, score: peak.ratio,
    stats: { hours: run.length, peak: peak.value, limit: limit.limit, multiple: peak.ratio - 1, in24h: in24 },
    // Written only where it is kept: most evaluations repeat what is known.
    get text() {
      return {
        zh: `${namesZh([limit.factor])}小时${basis[0]}浓度 ${spanText(span.start, span.end)} 连续 ${run.length} 小时超过限值 ${limit.limit} ${limit.unit}，最高 ${num(peak.value, 3)} ${limit.unit}（超标 ${num(peak.ratio - 1)} 倍）。`,
        en: `${namesEn([limit.factor])}: hourly ${basis[1]} mean over the limit of ${limit.limit} ${limit.unit} for ${run.length} h in a row (${spanText(span.start, span.end)}), highest ${num(peak.value, 3)} ${limit.unit}.`,
      };
    },
    clearedBy: [
      { zh: '未标记的校准小时：查分钟值与校准记录', en: 'A calibration hour without its flag: see the minutes and the calibration record' },
      { zh: '期限内补报的启停、故障标记', en: 'A start, stop or fault mark filed in time' },
    ],
    provisional: ctx.now < markDeadlineMs(last.start, ctx.reg.rules?.markDeadlineHour),
  };
  return suppress(finding, exempt ? CANDIDATE : exemption(ctx, span, p) ?? explain(ctx, span, [limit.factor], ['filed-hours']));
}

/** Exceeding hours in a row, and how many the region's policy counts; or hours of which a person says whether their condition mark exempts them. */
interface Run {
  readonly hours: readonly Over[];
  readonly counted: number;
  readonly exempt: boolean;
}

/**
 * Runs of exceeding hours. What an hour in between does that cannot be judged or may be exempt is for the region to say (gap policy);
 * where it has not, such an hour breaks the run: nothing is known of it. Hours that may be exempt make runs of their own.
 */
function runsOf(ctx: Context, limit: Limit, series: HourSeries, hours: readonly Over[]): Run[] {
  const first = hours[0];
  const last = hours[hours.length - 1];
  if (first === undefined || last === undefined) return [];
  const said: HourJudgement[] = [];
  for (let start = first.start, next = 0; start <= last.start; start += HOUR) {
    const isOver = hours[next]?.start === start;
    if (isOver) next += 1;
    const row = (start - series.t0) / HOUR;
    said.push(isOver ? (mayBeExempt(ctx, start, limit.factor) ? 'EXEMPT_CANDIDATE' : 'OVER') : series.valid[row] === 1 && Number.isFinite(judgedValue(ctx, series, row, limit)) ? 'NOT_OVER' : 'INVALID');
  }
  const { gapPolicy = 'BREAK', exemptBreaks = true } = ctx.reg.rules ?? {};
  const runs = (judged: readonly HourJudgement[], exempt: boolean): Run[] => overRuns(judged, exempt ? 'BREAK' : gapPolicy, exemptBreaks).map((run) => ({
    counted: run.counted, exempt,
    hours: hours.filter(({ start }) => {
      const i = (start - first.start) / HOUR;
      return i >= run.first && i <= run.last && (said[i] === 'EXEMPT_CANDIDATE') === exempt;
    }),
  }));
  const candidates = said.map((one): HourJudgement => (one === 'EXEMPT_CANDIDATE' ? 'OVER' : 'NOT_OVER'));
  return [...runs(said, false), ...(candidates.includes('OVER') ? runs(candidates, true) : [])];
}

/** `model:B01` — hourly means over the limit, alone and in a row. */
export const b01: Model = {
  id: 'B01', version: '1.3.2',
  title: { zh: '小时超标与连续超标', en: 'Hourly exceedance, consecutive' },
  family: 'emission', trigger: 'hour', media: ['gas', 'water'], standsAlone: true, mergeGapHours: 0,
  params: DEFAULTS, legalHooks: ['H1'],
  about: {
    zh: '完整、有效、未豁免的小时按限值所用基准比较，修约到限值位数（四舍六入五成双），等于限值为达标；折算氧高于 19% 不判。连续 3 小时为工单；其间不能判定的小时按地区规定中断、跳过或计入；工况标记按期且在规则因子、时限内（或行业无规则）的小时只作豁免候选，由人核实，其余小时照判。迟到的小时、有效性改变的小时，知悉时即补判。',
    en: 'Complete, valid, not exempt hours on the limit\'s own basis, rounded half to even to the limit\'s decimals, equal is compliant; above 19 % oxygen nothing is judged. Three in a row make a work order; an hour in between that cannot be judged breaks the run, is passed over or counts, as the region says; hours under a condition mark in time, within the factors and hours of its rule or of a trade without one, are candidates for a person, the others are judged. Hours that come late, or whose validity changes, are judged when that becomes known.',
    source: 'B01; 内环办〔2021〕103号 二（一）: hourly means of air; provisional before the mark deadline',
  },
  minimum: { days: 0, needs: ['pollutants', 'hourlyLimits'] },
  hourFields: ['avg', 'zsAvg'],
  watches: (reg) => reg.limits.filter((limit) => limit.period === 'hour').flatMap((limit): Watch[] => {
    const above = Number(limit.limit);
    const measured: Watch = { factor: limit.factor, field: 'avg', above, elseAvgAbove: Number.MAX_VALUE };
    if (limit.basis === 'c') return [measured];
    // Where none was sent it is computed, with at most the oxygen up to which hours are judged.
    const most = reg.o2Ref === undefined ? Number.NaN : (21 - reg.o2Ref) / (21 - OXYGEN_GUARD);
    const converted: Watch = { factor: limit.factor, field: 'zs', above, elseAvgAbove: most > 0 ? above / most * 0.999 : Number.MAX_VALUE };
    return limit.belowRef === undefined ? [converted] : [converted, measured];
  }),
  reachHours: (params) => settings(DEFAULTS, params).lookBackHours,
  judgesAgain: true,
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limits = hourLimits(ctx);
    if (limits.length === 0) return cannotTell('no hourly limit registered', ['hourly limits']);
    const missing: string[] = [];
    const findings: Finding[] = [];
    for (const limit of limits) {
      const series = ctx.hour(limit.factor);
      if (series === undefined) {
        missing.push(limit.factor);
        continue;
      }
      const runs = runsOf(ctx, limit, series, overHours(ctx, limit, series, p));
      const over = runs.filter((run) => !run.exempt).flatMap((run) => run.hours);
      for (const run of runs) if (concerned(ctx, run)) findings.push(findingOf(ctx, run, over, p));
    }
    if (missing.length === limits.length) return cannotTell('no limited factor has hour data', missing);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
