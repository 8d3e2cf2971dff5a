import type { FactorCode } from '#kernel';
import { median } from '../../../primitives/index.ts';
import type { Context } from '../../../contract.ts';
import { channelOf, contrast, flaggedNear, ranThrough, ratioOf, stays, usualOf, widths, type Channel, type Usual } from './jumps.ts';
import { signalOf } from '../signal.ts';
import { endedAt, HOUR } from '../window.ts';

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
