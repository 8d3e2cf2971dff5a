import { dayOf, yearOf, type FactorCode } from '#kernel';
import { capsAt, type PermitCap, type PermitPeriod } from '#quality';
import { theilSen } from '../primitives/index.ts';
import type { Context, Evaluation, Finding, HourSeries, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { permitsIn } from '../permit-terms.ts';
import { cannotTell, conclude, higher, notMet, settings } from './parts/outcomes.ts';
import { clampedIndex, DAY, endedAt, HOUR } from './parts/window.ts';
import { clockText, namesEn, namesZh, num, percent } from './parts/wording.ts';

const DEFAULTS = {
  remindPercent: 80, workOrderPercent: 100,
  /** A forecast crossing this close is told even below 80 %. */
  forecastDays: 1, trendDays: 30,
  /** A crossing is raised while this fresh, then it is old news; a used-up permit stays a fact for three days. */
  freshHours: 72, noticeHours: 24,
} as const satisfies Thresholds;

/** Kilograms as whole 0.1 g: totals with legal effect are added as integers, never as binary fractions. */
const UNITS = 10_000;
const units = (kg: number): number => Math.round(kg * UNITS);

/** Only what a valid hour says was emitted counts towards a permitted amount. */
const counts = (series: HourSeries, i: number): boolean => series.valid[i] === 1 && Number.isFinite(series.cou[i] as number);

interface Sum {
  readonly total: number;
  /** Cumulative total at the end of each hour of [from, to), in units. */
  readonly at: Float64Array;
  readonly from: number;
  /** Hours without a total or not valid. */
  readonly missing: number;
}

function accumulate(series: HourSeries, start: number, now: number, before: number): Sum {
  const from = clampedIndex(series, start);
  const to = endedAt(series, now);
  const at = new Float64Array(Math.max(0, to - from));
  let total = before;
  let missing = 0;
  for (let i = from; i < to; i++) {
    const kg = series.cou[i] as number;
    if (counts(series, i)) total += units(kg);
    else if (!(kg === 0)) missing++;
    at[i - from] = total;
  }
  return { total, at, from, missing };
}

/** Days until the permit is used up at the pace of the last month; infinite when it will not be. */
function daysLeft(sum: Sum, permit: number, p: typeof DEFAULTS): number {
  const days: number[] = [];
  const totals: number[] = [];
  for (let i = sum.at.length - 1, d = 0; i >= 0 && d < p.trendDays; i -= 24, d++) {
    days.push(-d);
    totals.push(sum.at[i] as number);
  }
  const trend = theilSen(days, totals);
  return trend === undefined || trend.slope <= 0 ? Number.POSITIVE_INFINITY : (permit - sum.total) / trend.slope;
}

/** Units of the year before the window: what the engine has counted, less what the window itself holds. */
function massBefore(ctx: Context, series: HourSeries, factor: FactorCode): number | undefined {
  const counted = ctx.accumulated?.(factor);
  if (counted === undefined) return undefined;
  let inside = 0;
  for (let i = 0; i < endedAt(series, ctx.now); i++) {
    if (counts(series, i)) inside += units(series.cou[i] as number);
  }
  return Math.max(0, units(counted.kg) - inside);
}

interface Crossing {
  readonly tier: Tier;
  readonly percent: number;
  readonly at: number;
}

/** The highest threshold crossed within the last three days, with its hour. */
function crossing(series: HourSeries, sum: Sum, permit: number, now: number, p: typeof DEFAULTS): Crossing | undefined {
  const steps: readonly [Tier, number][] = [
    ['WORK_ORDER', p.workOrderPercent], ['REMIND', p.remindPercent],
  ];
  for (const [tier, share] of steps) {
    const line = Math.round((permit * share) / 100);
    if (sum.total < line) continue;
    const k = sum.at.findIndex((v) => v >= line);
    // Already past the line when the outfall came to us: nothing was crossed on our watch.
    if (k === 0 && tier !== 'WORK_ORDER') return undefined;
    const at = series.t0 + (sum.from + Math.max(0, k)) * HOUR;
    return now - at <= p.freshHours * HOUR ? { tier, percent: share, at } : undefined;
  }
  return undefined;
}

const PERIODS: Readonly<Record<PermitPeriod, { readonly zh: string; readonly en: string }>> = {
  YEAR: { zh: '年', en: 'this year' },
  MONTH: { zh: '本月', en: 'this month' },
  SEASON: { zh: '特殊时段', en: 'in the special period' },
};

function findingFor(ctx: Context, factor: FactorCode, series: HourSeries, sum: Sum, cap: PermitCap, p: typeof DEFAULTS): Finding | undefined {
  const permitKg = Number(cap.kg);
  const permit = units(permitKg);
  const crossed = crossing(series, sum, permit, ctx.now, p);
  // The guideline tells 80 % of the year; four fifths of a month are used up every month.
  const hit = cap.period === 'YEAR' || crossed?.tier === 'WORK_ORDER' ? crossed : undefined;
  const left = hit?.tier !== 'WORK_ORDER' && sum.total >= permit / 2 ? daysLeft(sum, permit, p) : Number.POSITIVE_INFINITY;
  const soon = left > 0 && left <= p.forecastDays && ctx.now + left * DAY < cap.end;
  if (hit === undefined && !soon) return undefined;
  // The same share is weeks away for one plant and hours for another: a warning is for what is about to happen.
  const tier: Tier = hit?.tier === 'WORK_ORDER' ? 'WORK_ORDER' : soon ? 'WARN' : 'REMIND';
  const end = series.t0 + (sum.from + sum.at.length) * HOUR;
  const start = hit?.at ?? end - HOUR;
  const last = hit !== undefined && hit.tier !== 'WORK_ORDER' ? Math.min(end, hit.at + p.noticeHours * HOUR) : end;
  const kg = sum.total / UNITS;
  const period = PERIODS[cap.period];
  return {
    factors: [factor], start, end: Math.max(start + HOUR, last), tier, score: sum.total / permit,
    stats: { period: cap.period, usedKg: num(kg, 4), permitKg, share: sum.total / permit, missingHours: sum.missing, daysLeft: num(left, 1) },
    text: {
      zh: hit === undefined
        ? `${namesZh([factor])}${period.zh}累计排放 ${num(kg)} kg，占许可量 ${num(permitKg)} kg 的 ${percent(sum.total / permit)}，按近 ${p.trendDays} 天速度约 ${num(left, 1)} 天后用尽。`
        : `${namesZh([factor])}${period.zh}累计排放 ${num(kg)} kg，于 ${clockText(hit.at)} 达到许可量 ${num(permitKg)} kg 的 ${hit.percent}%（缺失或无效 ${sum.missing} 小时未计入）。`,
      en: `${namesEn([factor])}: ${num(kg)} kg emitted ${period.en}, ${percent(sum.total / permit)} of the permitted ${num(permitKg)} kg${hit === undefined ? `; used up in about ${num(left, 1)} days` : `; ${hit.percent} % reached at ${clockText(hit.at)}`} (${sum.missing} hours missing or not valid, not filled in).`,
    },
    clearedBy: [{ zh: '排放量单位错误：先看 A07 的排放量核算', en: 'A unit error in the totals: see the mass check of A07 first' }],
  };
}

/** `model:B05` — cumulative mass against the permitted amounts of year, month and season, on valid data alone. */
export const b05: Model = {
  id: 'B05', version: '1.2.0',
  title: { zh: '许可总量', en: 'Permit totals' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H2'],
  about: {
    zh: '有效小时排放量按 0.1 g 整数累加，与年、月、特殊时段许可量比较；达到年许可量 80% 时提示，按近月速度一天内用尽时警告，用尽为工单；缺失、无效的小时不计入，也不代入；有效性改变时相应增减。',
    en: 'Valid hourly mass added as whole 0.1 g against the permitted amounts of year, month and season; told at 80 % of the year, a warning when a day is left at the pace of the month, a work order when it is used up. Hours that are missing or not valid are neither counted nor filled in; an hour whose validity changes comes in or goes out.',
    source: 'B05; 内环办〔2021〕103号 二（三）: 80 % and 100 % of the permitted quantity',
  },
  minimum: { days: 0, needs: ['permits', 'pollutants'] },
  evaluate(ctx, params): Evaluation {
    const p = settings(DEFAULTS, params);
    const permits = permitsIn(ctx.reg.permits, yearOf(dayOf(ctx.now)));
    if (permits.length === 0) return cannotTell('no permitted total registered', ['permits']);
    const missing: string[] = [];
    const findings: Finding[] = [];
    for (const permit of permits) {
      const series = ctx.hour(permit.factor);
      if (series === undefined) {
        missing.push(permit.factor);
        continue;
      }
      // One total, one finding: the worst of its periods.
      let worst: Finding | undefined;
      for (const cap of capsAt(permit.terms ?? { yearKg: String(permit.annualKg) }, ctx.now)) {
        // An amount that rounding left at nothing is a gap of the register, not a ban.
        if (!(Number(cap.kg) > 0)) {
          missing.push(`${permit.factor} permitted amount`);
          continue;
        }
        const start = Math.max(cap.start, ctx.activeSince);
        const before = start >= series.t0 ? 0 : cap.period === 'YEAR' ? massBefore(ctx, series, permit.factor) : undefined;
        if (before === undefined) {
          missing.push(`${permit.factor} total of the ${cap.period.toLowerCase()} before the window`);
          continue;
        }
        // What was used before the outfall came to us belongs to the year in which it came.
        const earlier = cap.period === 'YEAR' && ctx.activeSince >= cap.start ? permit.usedBeforeStartKg : 0;
        const sum = accumulate(series, start, ctx.now, units(earlier) + before);
        const finding = findingFor(ctx, permit.factor, series, sum, cap, p);
        if (finding !== undefined && (worst === undefined || (finding.tier !== worst.tier && higher(finding.tier, worst.tier) === finding.tier))) worst = finding;
      }
      if (worst !== undefined) findings.push(worst);
    }
    if (findings.length > 0) return conclude(findings);
    return missing.length >= permits.length ? cannotTell('totals incomplete', missing) : notMet();
  },
};
