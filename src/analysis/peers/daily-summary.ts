import { DAY, HOUR, type FactorCode } from '#kernel';
import { localMidnight } from '#quality';
import { CONCLUDING, flagIndex, type Context, type PastFinding } from '../contract.ts';
import { flowOf, isPollutant, O2 } from '../models/parts/factors.ts';
import { judgedValue, limitFor } from '../models/parts/limits.ts';
import { powerHours } from '../models/parts/power-hours.ts';
import { RUN, runValues, signalOf, stateAt } from '../models/parts/signal.ts';
import { clampedIndex } from '../models/parts/window.ts';
import type { DailySummary, FactorDay, Visit } from './peers.ts';
import { mean, median, quantileOf, standardDeviation } from '../primitives/index.ts';

const CHANNELS = 8;
const TICKET_LENGTH = 20;
const MOST_TOLD = 10;

/** Five figures are more than any comparison needs, and make equal texts of equal numbers. */
const figures = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(5)) : Number.NaN);

/** Channels that say most about an outfall: limited pollutants, other pollutants, oxygen, flow. */
function channelsOf(ctx: Context): FactorCode[] {
  const limited = new Set<string>(ctx.reg.limits.map((limit) => limit.factor));
  const weight = (f: FactorCode): number => (isPollutant(f) ? (limited.has(f) ? 0 : 1) : f === O2 ? 2 : f === flowOf(ctx.reg.type) ? 3 : 9);
  return [...ctx.factors].filter((f) => weight(f) < 9).sort((a, b) => weight(a) - weight(b) || (a < b ? -1 : 1)).slice(0, CHANNELS).sort();
}

function neighbours(values: Float64Array): { lag1: number; jump: number } {
  const centre = mean(values);
  let product = 0;
  let square = 0;
  let differences = 0;
  let pairs = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    if (!Number.isFinite(v)) continue;
    square += (v - centre) ** 2;
    const before = values[i - 1] ?? Number.NaN;
    if (!Number.isFinite(before)) continue;
    product += (v - centre) * (before - centre);
    differences += (v - before) ** 2;
    pairs += 1;
  }
  return { lag1: square > 0 && pairs > 3 ? product / square : Number.NaN, jump: pairs > 3 ? Math.sqrt(differences / pairs) : Number.NaN };
}

/** How far below and above a limit an hour is near it. */
const NEAR = 0.05;

function levelOf(ctx: Context, factor: FactorCode, from: number): Pick<FactorDay, 'level' | 'near'> {
  const limit = limitFor(ctx, factor);
  const series = ctx.hour(factor);
  if (limit === undefined || series === undefined) return { level: Number.NaN };
  const values: number[] = [];
  const first = clampedIndex(series, from);
  for (let i = first; i < clampedIndex(series, from + DAY); i++) {
    if (series.valid[i] === 1 && series.flag[i] === flagIndex.NORMAL && stateAt(ctx, series.t0 + i * HOUR) === RUN) values.push(judgedValue(ctx, series, i, limit));
  }
  const level = figures(median(values) / Number(limit.limit));
  if (limit.period !== 'hour') return { level };
  const ratios = values.map((v) => v / Number(limit.limit));
  return { level, near: [ratios.filter((r) => r > 1 - NEAR && r <= 1).length, ratios.filter((r) => r > 1 && r <= 1 + NEAR).length] };
}

function factorDay(ctx: Context, factor: FactorCode, from: number): FactorDay | undefined {
  const signal = signalOf(ctx, factor);
  const hour = ctx.hour(factor);
  if (signal === undefined || hour === undefined) return undefined;
  const values = runValues(ctx, signal, clampedIndex(signal, from), clampedIndex(signal, from + DAY));
  const middle = median(values);
  const { lag1, jump } = neighbours(values);
  const first = clampedIndex(hour, from);
  const hours = Array.from({ length: 24 }, (_, h) => {
    const i = first + h;
    return i < hour.length && hour.flag[i] === flagIndex.NORMAL ? figures(hour.avg[i] as number) : Number.NaN;
  });
  return {
    factor, ...levelOf(ctx, factor, from), median: figures(middle), cv: figures(standardDeviation(values) / Math.abs(mean(values))),
    lag1: figures(lag1), tail: figures(quantileOf(values, 0.99) / middle - 1), jump: figures(jump / Math.abs(middle)), hours,
  };
}

/** What the channels did around a visit: the lowest ln ratio of the 12 h after it to the 12 h before it. */
function shiftAround(ctx: Context, channels: readonly FactorCode[], from: number, to: number): number {
  let lowest = Number.NaN;
  for (const factor of channels.filter(isPollutant)) {
    const signal = signalOf(ctx, factor);
    if (signal === undefined) continue;
    const before = median(runValues(ctx, signal, clampedIndex(signal, from - 12 * HOUR), clampedIndex(signal, from)));
    const after = median(runValues(ctx, signal, clampedIndex(signal, to + HOUR), clampedIndex(signal, to + 13 * HOUR)));
    const shift = Math.log(after / before);
    if (Number.isFinite(shift) && !(lowest <= shift)) lowest = shift;
  }
  return lowest;
}

/** Visits that ended on the day before yesterday, so that what followed them is known. */
function visitsOf(ctx: Context, channels: readonly FactorCode[], from: number): Visit[] {
  const ended = (door: { closedAt: number; openedAt: number }): number => (Number.isNaN(door.closedAt) ? door.openedAt : door.closedAt);
  const day = ctx.doors.filter((door) => door.person !== '' && ended(door) >= from - DAY && ended(door) < from);
  return day.slice(0, MOST_TOLD).map((door) => {
    const to = ended(door);
    return { person: door.person, from: door.openedAt, to, shift: figures(shiftAround(ctx, channels, door.openedAt, to)) };
  });
}

function labsOf(ctx: Context): DailySummary['labs'] {
  const names = [...new Set(ctx.samples.map((sample) => sample.lab))].filter((lab) => lab !== '').sort();
  return names.map((lab) => {
    const values = ctx.samples.filter((sample) => sample.lab === lab && sample.value > 0).map((sample) => sample.value);
    const digits = Array.from({ length: 9 }, () => 0);
    for (const value of values) {
      const digit = Number(value.toExponential().charAt(0));
      digits[digit - 1] = (digits[digit - 1] ?? 0) + 1;
    }
    return { lab, digits, low: figures(quantileOf(values, 0.05)), high: figures(quantileOf(values, 0.95)) };
  });
}

const sumOf = (values: Float64Array): number => values.reduce((sum, v) => (Number.isFinite(v) ? sum + v : sum), 0);

function massOf(ctx: Context, channels: readonly FactorCode[], from: number): number {
  let kg = 0;
  for (const factor of channels.filter(isPollutant)) {
    const series = ctx.hour(factor);
    if (series !== undefined) kg += sumOf(series.cou.slice(clampedIndex(series, from), clampedIndex(series, from + DAY)));
  }
  return kg;
}

function shares(ctx: Context, channels: readonly FactorCode[], from: number): { runShare: number; markShare: number; complete: number } {
  const pollutant = channels.find(isPollutant);
  const series = pollutant === undefined ? undefined : ctx.hour(pollutant);
  let run = 0;
  let came = 0;
  let marked = 0;
  for (let h = 0; h < 24; h++) {
    const at = from + h * HOUR;
    if (stateAt(ctx, at) === RUN) run += 1;
    const flag = series?.flag[clampedIndex(series, at)];
    if (series !== undefined && Number.isFinite(series.arrivedAt[clampedIndex(series, at)] ?? Number.NaN)) came += 1;
    const flagged = flag !== undefined && flag !== flagIndex.NORMAL && flag !== flagIndex.NONE;
    if (flagged || ctx.marks.some((mark) => mark.start < at + HOUR && mark.end > at)) marked += 1;
  }
  return { runShare: figures(run / 24), markShare: figures(marked / 24), complete: figures(came / 24) };
}

const RANK = { REMIND: 1, WARN: 2, WORK_ORDER: 3 } as const;

/** What was raised, or still lasts, since the moment before; the gravest first where there is much. */
const raisedSince = (ctx: Context, since: number): readonly PastFinding[] =>
  ctx.recent
    .filter((f) => !CONCLUDING.has(f.model) && (f.raisedAt > since || f.end > since))
    .sort((a, b) => RANK[b.tier] - RANK[a.tier] || b.raisedAt - a.raisedAt || (a.model < b.model ? -1 : 1))
    .slice(0, MOST_TOLD);

/** The summary an outfall publishes at a daily moment, from what was known then. */
export function dailySummary(ctx: Context): DailySummary {
  const midnight = localMidnight(ctx.now);
  const from = midnight - DAY;
  const channels = channelsOf(ctx);
  const factors = channels.flatMap((factor) => factorDay(ctx, factor, from) ?? []);
  const treatment = sumOf(powerHours(ctx, 'treatment', from, 24));
  const production = sumOf(powerHours(ctx, 'production', from, 24));
  const kg = massOf(ctx, channels, from);
  const flow = factors.find((one) => one.factor === flowOf(ctx.reg.type));
  const since = ctx.now - DAY;
  return {
    outfall: ctx.reg.outfall, at: ctx.now, factors, ...shares(ctx, channels, from),
    flowShare: figures((flow?.median ?? Number.NaN) / (ctx.reg.designFlow ?? Number.NaN)),
    kwhPerKg: kg > 0 && treatment > 0 ? figures(treatment / kg) : Number.NaN,
    treatmentShare: production > 0 ? figures(treatment / production) : Number.NaN,
    oxygen: factors.find((one) => one.factor === O2)?.median ?? Number.NaN,
    visits: visitsOf(ctx, channels, from),
    tickets: ctx.maintenance.filter((m) => m.start >= since && m.what.length >= TICKET_LENGTH).slice(0, MOST_TOLD).map((m) => ({ text: m.what, at: m.start })),
    samplings: ctx.samples
      .filter((s) => s.sampler !== '' && Number.isFinite(s.startedAt) && Number.isFinite(s.finishedAt) && s.sampledAt >= ctx.now - 4 * DAY)
      .slice(0, MOST_TOLD).map((s) => ({ sampler: s.sampler, from: s.startedAt, to: s.finishedAt })),
    labs: labsOf(ctx),
    raised: raisedSince(ctx, since),
  };
}
