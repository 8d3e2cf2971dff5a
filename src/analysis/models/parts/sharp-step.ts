import type { FactorCode } from '#kernel';
import { median, robustScale, sortedFinite } from '../../primitives/index.ts';
import type { Context } from '../../contract.ts';
import { tainted } from './baseline.ts';
import { DUST, factorInfo, isAnalyser } from './factors.ts';
import { finiteCount, NORMAL, runningAt, runValues, signalOf, type Signal } from './signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localDayStart } from './window.ts';

const LEARN_DAYS = 30;
const LEAST_CONTRASTS = 200;
/** Share of a jump that must still be there when it has had time to die away. */
const STAYS = 0.6;

export interface StepRule {
  /** Jump of each of two or more channels, in the channel's usual contrasts, and its least size in ln. */
  readonly jointSigmas: number;
  readonly jointLn: number;
  /** The same for a channel that jumps alone, and how far above anything of its own month. */
  readonly aloneSigmas: number;
  readonly aloneLn: number;
  readonly aloneLargest: number;
  /** The ratio of particulates to gases, alone. */
  readonly ratioSigmas: number;
  /** How often jumps of these sizes happen by themselves: the channels' counts in their months, plus one, multiplied. */
  readonly jointCount: number;
}

/** One channel's jump: median of ln just after less just before. */
export interface Jump {
  /** One channel, or all whose ratio it is. */
  readonly factors: readonly FactorCode[];
  readonly sigmas: number;
  readonly ln: number;
  /** Leads back to the level this channel usually has. */
  readonly returns: boolean;
}

export interface SharpStep {
  readonly at: number;
  readonly end: number;
  readonly jumps: readonly Jump[];
}

/** Sides of the contrast and hours after which the jump must still stand; an analyser's results come in cycles. */
function widths(ctx: Context, signal: Signal): { side: number; lasting: number } {
  const cycle = isAnalyser(signal.factor) ? Math.max(1, ctx.reg.analysisCycleHours ?? 1) * HOUR : 0;
  const side = Math.max(2, Math.ceil(Math.max(HOUR / 2, 2 * cycle) / signal.stepMs));
  return { side, lasting: Math.max(2 * side, Math.ceil(Math.max(3 * HOUR, 4 * cycle) / signal.stepMs)) };
}

/** ln of running values, floored at the resolution so that zeros stay finite. */
function lnValues(ctx: Context, signal: Signal, from: number, to: number): Float64Array {
  const q = ctx.reg.factors.find((f) => f.factor === signal.factor)?.resolution ?? 0.01;
  return runValues(ctx, signal, from, to).map((v) => Math.log(Math.max(v, q)));
}

/** Median of `side` values from `at` on less that of the `side` values before; NaN where a third of a side is unknown. */
function contrast(ln: Float64Array, at: number, side: number): number {
  if (at - side < 0 || at + side > ln.length) return Number.NaN;
  if (finiteCount(ln, at - side, at) < 0.66 * side || finiteCount(ln, at, at + side) < 0.66 * side) return Number.NaN;
  return median(ln, at, at + side) - median(ln, at - side, at);
}

interface Usual {
  readonly sigma: number;
  /** Sizes of the contrasts of the month, rising. */
  readonly sizes: Float64Array;
  readonly level: number;
}

/** Whether most of a jump is still there when it has had time to die away. */
function stays(ln: Float64Array, at: number, lasting: number, d: number): boolean {
  const before = median(ln, Math.max(0, at - lasting), at);
  return (median(ln, at + (lasting >> 1), Math.min(ln.length, at + lasting)) - before) / d > STAYS;
}

/** Robust spread of the same contrast over the clean month, sizes of the jumps that stayed, and the usual level; once per local day. */
const usualOf = (ctx: Context, channel: Channel, side: number, lasting: number): Usual | undefined =>
  ctx.daily(`step:${channel.name}`, () => {
    const { grid } = channel;
    const end = localDayStart(ctx.now) - 2 * DAY;
    const from = clampedIndex(grid, Math.max(end - LEARN_DAYS * DAY, grid.t0));
    const ln = channel.ln(from, clampedIndex(grid, end));
    for (const factor of channel.factors) {
      for (const t of tainted(ctx, factor)) {
        ln.fill(Number.NaN, Math.max(0, clampedIndex(grid, t.start) - from), Math.max(0, clampedIndex(grid, t.end) - from));
      }
    }
    const list: number[] = [];
    const places: number[] = [];
    for (let at = side; at + side <= ln.length; at += 1 + (side >> 1)) {
      const d = contrast(ln, at, side);
      if (!Number.isFinite(d)) continue;
      list.push(d);
      places.push(at);
    }
    if (list.length < LEAST_CONTRASTS) return undefined;
    const level = median(ln);
    // A coarse channel moves by whole resolutions: that is the least it does.
    const sigma = Math.max(robustScale(list).sigma, channel.coarse(level), 0.02);
    // A burst that dies away is no measure of jumps that stay.
    const staying = list.filter((d, k) => Math.abs(d) > 2 * sigma && stays(ln, places[k] as number, lasting, d));
    return { sigma, sizes: sortedFinite(staying.map(Math.abs)), level };
  });

/** The plant ran on both sides: no stop, no ramp. */
function ranThrough(ctx: Context, from: number, to: number): boolean {
  for (let t = from; t < to; t += HOUR) if (!runningAt(ctx, t)) return false;
  return true;
}

/** Work on the instrument near the moment: a calibration moves every gas a little; a standard check moves no analyser. */
function flaggedNear(signal: Signal, at: number, reach: number): boolean {
  if (isAnalyser(signal.factor)) return false;
  for (let i = Math.max(0, at - reach); i < Math.min(signal.length, at + reach); i++) {
    if (signal.flag[i] !== NORMAL && Number.isFinite(signal.values[i] as number)) return true;
  }
  return false;
}

/** What is looked at: a channel, or the ratio of particulates to the gases of one stack. */
interface Channel {
  readonly name: string;
  readonly factors: readonly FactorCode[];
  readonly grid: Signal;
  readonly ratio: boolean;
  ln(from: number, to: number): Float64Array;
  /** Least step of the print-out relative to a level. */
  coarse(level: number): number;
}

const channelOf = (ctx: Context, signal: Signal): Channel => ({
  name: signal.factor, factors: [signal.factor], grid: signal, ratio: false,
  ln: (from, to) => lnValues(ctx, signal, from, to),
  coarse: (level) => (ctx.reg.factors.find((f) => f.factor === signal.factor)?.resolution ?? 0) / Math.exp(level),
});

/**
 * Particulates are measured in the stack, gases in a drawn sample: air let into the sample lowers the gases and leaves
 * the particulates, whatever the oxygen channel is made to say (the second pattern of D01).
 */
function ratioOf(ctx: Context, signals: readonly Signal[]): Channel[] {
  const dust = signals.find((s) => s.factor === DUST);
  const gases = signals.filter((s) => factorInfo(s.factor).extractive);
  if (dust === undefined || gases.length < 2) return [];
  return [{
    name: 'dust over gases', factors: [dust.factor, ...gases.map((g) => g.factor)], grid: dust, ratio: true, coarse: () => 0,
    ln: (from, to) => {
      const all = gases.map((g) => lnValues(ctx, g, from, to));
      return lnValues(ctx, dust, from, to).map((v, i) => v - all.reduce((sum, list) => sum + (list[i] as number), 0) / all.length);
    },
  }];
}

interface Known {
  readonly channel: Channel;
  readonly usual: Usual;
  readonly ln: Float64Array;
}

type Candidate = Jump & { readonly beyond: number; readonly count: number; readonly ratio: boolean };

/** The jump of one channel at index `i` of its values, if there is one that stays. */
function jumpAt({ channel, usual, ln }: Known, i: number, side: number, lasting: number, rule: StepRule): Candidate | undefined {
  const d = contrast(ln, i, side);
  if (!(Math.abs(d) > Math.max(rule.jointLn, rule.jointSigmas * usual.sigma)) || !stays(ln, i, lasting, d)) return undefined;
  // Of the ratio only a rise speaks of air in the sample.
  if (channel.ratio && d < 0) return undefined;
  const before = median(ln, i - lasting, i);
  const after = median(ln, i + (lasting >> 1), i + lasting);
  const largest = usual.sizes.length === 0 ? 0 : (usual.sizes[usual.sizes.length - 1] as number);
  return {
    factors: channel.factors, sigmas: d / usual.sigma, ln: d, ratio: channel.ratio,
    returns: Math.abs(after - usual.level) < 0.6 * Math.abs(before - usual.level),
    beyond: largest === 0 ? Number.POSITIVE_INFINITY : Math.abs(d) / largest,
    count: 1 + usual.sizes.filter((s) => s >= Math.abs(d)).length,
  };
}

/** Whether the jumps of one moment are more than the channels do by themselves. */
function isSharp(jumps: readonly Candidate[], rule: StepRule): boolean {
  if (jumps.some((j) => Math.abs(j.sigmas) > (j.ratio ? rule.ratioSigmas : rule.aloneSigmas) && Math.abs(j.ln) > rule.aloneLn && j.beyond > rule.aloneLargest)) return true;
  // A mill that goes on and off moves sulphur several times a day: such a jump is no company for another.
  const counts = jumps.filter((j) => !j.ratio).map((j) => j.count).sort((a, b) => a - b);
  return counts.length >= 2 && (counts[0] as number) * (counts[1] as number) <= rule.jointCount;
}

/**
 * The sharpest moment of the last hours at which channels jumped and stayed where they went. Channels wander each at
 * its own time: what moves several within the same minutes has one cause, and what moves one as it never moved before
 * has a cause too. Undefined when nothing jumped.
 */
export function sharpStep(ctx: Context, factors: readonly FactorCode[], rule: StepRule): SharpStep | undefined {
  const all = factors.flatMap((f) => signalOf(ctx, f) ?? []);
  const first = all[0];
  if (first === undefined) return undefined;
  const signals = all.filter((s) => s.stepMs === first.stepMs);
  const { side, lasting } = widths(ctx, first);
  const to = endedAt(first, ctx.now);
  // Each moment is looked at when what follows it is long enough; an hour of them overlaps between calls.
  const from = to - lasting - 2 * Math.max(1, Math.round(HOUR / first.stepMs));
  if (from - lasting < 0 || !ranThrough(ctx, first.t0 + (from - lasting) * first.stepMs, first.t0 + to * first.stepMs)) return undefined;
  const known = [...signals.map((s) => channelOf(ctx, s)), ...ratioOf(ctx, signals)].flatMap((channel): Known[] => {
    const usual = usualOf(ctx, channel, side, lasting);
    return usual === undefined ? [] : [{ channel, usual, ln: channel.ln(from - lasting, to) }];
  });
  let best: SharpStep | undefined;
  let most = 0;
  for (let at = from; at + lasting <= to; at++) {
    const jumps = known.flatMap((k) => jumpAt(k, at - from + lasting, side, lasting, rule) ?? []);
    const sum = jumps.reduce((s, j) => s + Math.abs(j.sigmas), 0);
    if (sum <= most || !isSharp(jumps, rule) || signals.some((s) => flaggedNear(s, at, lasting >> 1))) continue;
    most = sum;
    best = { at: first.t0 + at * first.stepMs, end: first.t0 + (at + lasting) * first.stepMs, jumps };
  }
  return best;
}
