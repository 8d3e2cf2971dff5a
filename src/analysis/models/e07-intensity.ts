import type { FactorCode } from '#kernel';
import { median } from '../primitives/index.ts';
import type { Context, DailySummary, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { amongPeers } from './parts/among-peers.ts';
import { nearResolution, tainted } from './parts/baseline.ts';
import { foundBy } from './parts/corroboration.ts';
import { dayLogRatios, daysKnown, forgetDays, ownDays, windowHours, windowPower } from './parts/day-ratios.ts';
import { explain, suppress, type Suppression } from './parts/explanations.ts';
import { flowOf } from './parts/factors.ts';
import { trailingSpan } from './parts/hour-values.ts';
import { limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf } from './parts/power-hours.ts';
import { inletOf, processChannel } from './parts/side-inputs.ts';
import { DAY } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindSigmas: 3, warnSigmas: 4, ownLargest: 1.8, leastShift: 0.3, leastSigma: 0.04,
  /** What the trade did in the same week explains as much as its quantile shows: coal, weather and orders meet all of them. */
  peerQuantile: 0.05, minPeers: 8,
  /** A median of seven days is carried by four: a shorter run of such days is the rest of what has passed. */
  leastRunDays: 4,
  weekDays: 7, minDays: 40, minHours: 12, workOrderDays: 28, furthestDays: 35, learnGapDays: 3, leastKnownDays: 5,
  /** A ratio of values that are fewer steps of the print-out moves by rounding. */
  leastResolutions: 10,
} as const satisfies Thresholds;

interface Intensity {
  readonly kind: 'emission' | 'reagent' | 'removal';
  readonly factor: FactorCode | undefined;
  /** ln of the ratio per local day of the window, in a fixed but arbitrary unit: only its own past is compared. */
  readonly values: Float64Array;
  /** Cheating lowers it (+1) or raises it (−1). */
  readonly sign: 1 | -1;
}

/** kg emitted and reagent per production kWh; kg removed per treatment kWh where the inlet is measured. */
function intensities(ctx: Context, p: typeof DEFAULTS): Intensity[] {
  const production = windowPower(ctx, 'production');
  const flow = windowHours(ctx, flowOf(ctx.reg.type));
  const out: Intensity[] = [];
  for (const factor of ctx.factors) {
    if (limitFor(ctx, factor) === undefined || ctx.hour(factor) === undefined) continue;
    const c = windowHours(ctx, factor);
    if (nearResolution(ctx, factor, median(c), p.leastResolutions)) continue;
    const mass = c.map((v, h) => v * (flow[h] as number));
    if (mass.every((v) => !(v > 0))) continue;
    out.push({ kind: 'emission', factor, sign: 1, values: dayLogRatios(mass, production, p.minHours) });
    const inlet = inletOf(factor);
    if (ctx.hour(inlet) === undefined || metersOf(ctx, 'treatment').length === 0) continue;
    const before = windowHours(ctx, inlet);
    const removed = before.map((v, h) => (v - (c[h] as number)) * (flow[h] as number));
    out.push({ kind: 'removal', factor, sign: -1, values: dayLogRatios(removed, windowPower(ctx, 'treatment'), p.minHours) });
  }
  const reagent = processChannel(ctx, 'reagent') ?? processChannel(ctx, 'limestone');
  if (reagent !== undefined) out.push({ kind: 'reagent', factor: undefined, sign: 1, values: dayLogRatios(windowHours(ctx, reagent), production, p.minHours) });
  return out;
}

const WORDS = {
  emission: ['每度生产用电的排放量', 'emitted per kilowatt-hour of production'],
  reagent: ['每度生产用电的药剂用量', 'reagent per kilowatt-hour of production'],
  removal: ['每度治污用电的去除量', 'removed per kilowatt-hour of treatment'],
} as const;

/** ln of emission per production kWh of the last week less that of the weeks before, as an outfall told it; NaN with too few days. */
function toldShift(days: readonly DailySummary[], now: number, p: typeof DEFAULTS): number {
  const said = (part: readonly DailySummary[]): number[] => part.map((day) => Math.log(day.treatmentShare / day.kwhPerKg)).filter(Number.isFinite);
  const newest = now - (p.weekDays + 1) * DAY;
  const [week, before] = [said(days.filter((day) => day.at > newest)), said(days.filter((day) => day.at <= newest - p.learnGapDays * DAY))];
  return week.length < p.leastKnownDays || before.length < p.minDays / 2 ? Number.NaN : median(week) - median(before);
}

/** The trade as a whole emits less per kilowatt-hour than it did: what every twentieth of them shows is no sign. */
function sharedByTrade(ctx: Context, one: Intensity, shift: number, p: typeof DEFAULTS): Suppression | undefined {
  if (one.kind !== 'emission') return undefined;
  const lowest = amongPeers(ctx, p.minPeers, (days) => toldShift(days, ctx.now, p))?.quantile(p.peerQuantile);
  return lowest === undefined || shift < lowest ? undefined : { reason: 'trade', zh: '同行业同期同样变化', en: 'the trade moved alike in the same week' };
}

function findingOf(ctx: Context, one: Intensity, p: typeof DEFAULTS): Finding | 'unknown' | undefined {
  const last = daysKnown(ctx);
  const week = one.values.subarray(Math.max(0, last - p.weekDays));
  if (week.filter((v) => Number.isFinite(v)).length < p.leastKnownDays) return 'unknown';
  const until = last - p.weekDays - p.learnGapDays;
  const learnt = one.values.slice();
  forgetDays(ctx, learnt, tainted(ctx, one.factor ?? flowOf(ctx.reg.type)), until);
  const own = ownDays(learnt, until, p.weekDays, p.minDays);
  if (own === undefined) return 'unknown';
  const shift = median(week) - own.usual;
  const sigma = Math.max(p.leastSigma, own.sigma);
  const z = (one.sign * shift) / sigma;
  const need = Math.max(p.remindSigmas * sigma, p.ownLargest * own.largest, p.leastShift);
  if (!(-one.sign * shift > need)) return undefined;
  const recent = one.values.subarray(Math.max(0, last - p.furthestDays)).map((v) => -one.sign * (v - own.usual));
  const half = Math.abs(shift) / 2;
  const span = trailingSpan(recent, half, 4);
  const { to } = span;
  // Begins where every day shows it: a standstill, a usual day and what lay before them do not.
  let from = to;
  while (from > span.from && (recent[from - 1] as number) > half) from--;
  from = Math.min(from, to - 1);
  const days = to - from;
  const end = ctx.state.t0 + (last - recent.length + to) * DAY;
  const start = end - days * DAY;
  const good = foundBy(ctx, ['C01', 'C02', 'C03', 'C10', 'C11', 'C14', 'D14'], start, end);
  const strong = -z > p.warnSigmas && Math.abs(shift) > 1.3 * need && days >= p.leastRunDays;
  const tier: Tier = strong && to - span.from >= p.workOrderDays && good ? 'WORK_ORDER' : strong ? 'WARN' : 'REMIND';
  const [zh, en] = WORDS[one.kind];
  const what = one.factor === undefined ? ['', ''] : [namesZh([one.factor]), `${namesEn([one.factor])} `];
  const change = percent(Math.abs(Math.exp(shift) - 1), 0);
  const finding: Finding = {
    factors: one.factor === undefined ? [] : [one.factor], start, end, tier, score: -z / p.remindSigmas,
    stats: { ratio: one.kind, z, change: Math.exp(shift) - 1, days, ownLargest: Math.exp(own.largest) - 1, baselineDays: own.days },
    text: {
      zh: `${spanText(start, end)} ${what[0]}${zh}近 7 日中位数比本站 60 天惯常${shift < 0 ? '低' : '高'} ${change}（${num(Math.abs(z), 1)} 倍离散，历史周偏离最大 ${percent(Math.exp(own.largest) - 1, 0)}）。`,
      en: `The 7-day median of ${what[1]}${en} is ${change} ${shift < 0 ? 'below' : 'above'} what 60 days have shown here (${spanText(start, end)}; ${num(Math.abs(z), 1)} sigma, largest own week ${percent(Math.exp(own.largest) - 1, 0)}).`,
    },
    clearedBy: [
      { zh: '产品结构、原料或燃料变化', en: 'A change of product, raw material or fuel' },
      { zh: '治理设施升级并已备案', en: 'A filed upgrade of the treatment' },
    ],
  };
  return suppress(finding, explain(ctx, { start: start - DAY, end }, finding.factors, ['filed-change', 'order']) ?? sharedByTrade(ctx, one, shift, p));
}

/** `model:E07` — too little pollution or reagent for the power that was drawn. */
export const e07: Model = {
  id: 'E07', version: '1.4.0',
  title: { zh: '单位电耗药耗偏离', en: 'Emission and reagent intensity' },
  family: 'power', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 168,
  params: DEFAULTS, legalHooks: ['H3', 'H6'],
  about: {
    zh: '每日 ln(排放量 ÷ 生产用电)、ln(药剂 ÷ 生产用电)、ln(去除量 ÷ 治污用电)，7 日中位数与此前 60 天比较：偏离超过 3 倍离散且超过历史最大周偏离的 1.8 倍；警告须连续四日如此；同行业（8 个以上）同期同样下降（未低于其 5% 分位）的作解释。',
    en: 'Per day ln(emission ÷ production kWh), ln(reagent ÷ production kWh), ln(removed ÷ treatment kWh); the 7-day median against the 60 days before: beyond 3 sigma and 1.8 times the largest own week; a warning wants four such days in a row; a fall that eight or more outfalls of the trade share (not below their 5 % point) is explained.',
    source: 'E07, a method of this platform',
  },
  minimum: { days: 50, needs: ['flow', 'productionMeter'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
    if (ctx.hour(flowOf(ctx.reg.type)) === undefined) return cannotTell('no flow', [flowOf(ctx.reg.type)]);
    if (daysKnown(ctx) < p.minDays + p.weekDays) return cannotTell('not enough history', [`${p.minDays + p.weekDays} days of emissions and power`]);
    const results = intensities(ctx, p).map((one) => findingOf(ctx, one, p));
    if (results.every((r) => r === 'unknown')) return cannotTell('too few days with emissions and power');
    const findings = results.flatMap((r) => (r === undefined || r === 'unknown' ? [] : [r]));
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
