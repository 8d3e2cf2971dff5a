import type { FactorCode } from '#kernel';
import { median } from '../../../primitives/index.ts';
import type { Context } from '../../../contract.ts';
import { DUST, isPollutant } from '../factors.ts';
import { channelOf, contrast, flaggedNear, ranThrough, ratioOf, usualOf, widths } from './jumps.ts';
import { signalOf, type Signal } from '../signal.ts';
import { endedAt, HOUR, timeAt } from '../window.ts';

export interface LetInRule {
  /** Each edge in usual contrasts of the ratio, and the two together (their sum over √2). */
  readonly edgeSigmas: number;
  readonly pairSigmas: number;
  /** The edges differ by no more than so many contrasts. */
  readonly pairMatch: number;
  /** Share of the step that every gas must show by itself, and that must stand in the hours beside either edge. */
  readonly leastAgree: number;
  /** Hours between the edges. */
  readonly remindHours: number;
  readonly furthestHours: number;
}

/** Air let into the drawn sample at one moment and shut off at another. */
export interface LetIn {
  readonly start: number;
  readonly end: number;
  /** Share of air in the sample. */
  readonly share: number;
  readonly sigmas: number;
  /** The gases themselves went down at the beginning and up at the end by this much together, ln; 0 or less where only the particulates moved. */
  readonly fall: number;
  readonly gases: readonly FactorCode[];
}

interface Edge {
  readonly at: number;
  /** Particulates over gases, ln. */
  readonly step: number;
}

/** Hours on either side of an edge that are compared, and in which the plant must have run. */
const BESIDE = 12;

/** Places of `[from, to)` at which ln values, which begin at `t0`, jump in this direction further than `least` and than anywhere within `side`. */
function edgesOf(ln: Float64Array, t0: number, from: number, to: number, side: number, direction: 1 | -1, least: number): Edge[] {
  const steps: Edge[] = [];
  for (let at = Math.max(from, t0 + side); at < Math.min(to, t0 + ln.length - side + 1); at++) {
    const step = direction * contrast(ln, at - t0, side);
    if (step > least) steps.push({ at, step });
  }
  return steps.filter((edge) => !steps.some((other) => other.step > edge.step && Math.abs(other.at - edge.at) <= side));
}

/**
 * Air in the sample takes the same share off every gas and nothing off the particulates, which are measured in the
 * stack; the oxygen channel may be made to say what it likes. A plant moves its gases each by itself and in its own
 * time: what parts all of them from the particulates by one factor within minutes, stands, and joins them again by the
 * same factor within minutes was done to the sample. Looks at edges that end such a stretch within the last hours; of
 * those that may have begun it the last one counts.
 */
export function letInAir(ctx: Context, rule: LetInRule): LetIn | undefined {
  const dust = signalOf(ctx, DUST);
  if (dust === undefined) return undefined;
  const others = ctx.factors.filter((f) => f !== DUST && isPollutant(f)).flatMap((f) => signalOf(ctx, f) ?? []);
  const [ratio] = ratioOf(ctx, [dust, ...others.filter((s) => s.stepMs === dust.stepMs && s.t0 === dust.t0)]);
  if (ratio === undefined) return undefined;
  const { side, lasting } = widths(ctx, dust);
  const usual = usualOf(ctx, ratio, side, lasting);
  if (usual === undefined) return undefined;
  const perHour = Math.max(1, Math.round(HOUR / dust.stepMs));
  const to = endedAt(dust, ctx.now);
  const least = rule.edgeSigmas * usual.sigma;
  // An hour of moments overlaps between calls.
  const newest = Math.max(0, to - side - 2 * perHour);
  const late = Math.max(0, newest - 2 * side);
  const closing = edgesOf(ratio.ln(late, to), late, newest, to, side, -1, least);
  if (closing.length === 0) return undefined;
  const signals = ratio.factors.map((f) => signalOf(ctx, f) as Signal);
  const from = Math.max(0, newest - (rule.furthestHours + BESIDE) * perHour);
  const ln = ratio.ln(from, to);
  const [lnDust, ...lnGases] = signals.map((s) => channelOf(ctx, s).ln(from, to)) as [Float64Array, ...Float64Array[]];
  const opening = edgesOf(ln, from, from, to - rule.remindHours * perHour, side, 1, least).reverse();
  const level = (first: number, last: number): number => median(ln, Math.max(0, first - from), Math.min(ln.length, last - from));
  const reach = BESIDE * perHour;
  /** By how much the time between stands above the hours before and after it: as a whole and at either end, whichever is least. */
  const stands = (a: number, b: number): number => {
    const [before, after] = [level(a - reach, a), level(b, b + reach)];
    return Math.min(level(a, b) - (before + after) / 2, level(a, Math.min(b, a + reach)) - before, level(Math.max(a, b - reach), b) - after);
  };
  /** How far a gas parted from the particulates at the first edge and joined them at the second, whichever is less. */
  const parted = (gas: Float64Array, a: number, b: number): number => {
    const apart = (at: number): number => contrast(lnDust, at - from, side) - contrast(gas, at - from, side);
    return Math.min(apart(a), -apart(b));
  };
  const sigmasOf = (a: Edge, b: Edge): number => (a.step + b.step) / usual.sigma / Math.SQRT2;
  const isPair = (a: Edge, b: Edge): boolean => {
    const hours = (b.at - a.at) / perHour;
    if (hours < rule.remindHours || hours > rule.furthestHours || sigmasOf(a, b) < rule.pairSigmas) return false;
    if (Math.abs(a.step - b.step) > rule.pairMatch * Math.SQRT2 * usual.sigma) return false;
    const enough = (rule.leastAgree * (a.step + b.step)) / 2;
    return stands(a.at, b.at) >= enough && lnGases.every((gas) => parted(gas, a.at, b.at) >= enough) &&
      // A stack that starts or stands has ratios of its own, and a calibration moves every gas a little.
      ranThrough(ctx, timeAt(dust, a.at) - BESIDE * HOUR, timeAt(dust, b.at)) &&
      !signals.some((s) => flaggedNear(s, a.at, lasting >> 1) || flaggedNear(s, b.at, lasting >> 1));
  };
  const pairs = closing.flatMap((b) => {
    const a = opening.find((edge) => isPair(edge, b));
    return a === undefined ? [] : [{ a, b, sigmas: sigmasOf(a, b) }];
  });
  const [best] = pairs.sort((x, y) => y.sigmas - x.sigmas);
  if (best === undefined) return undefined;
  const { a, b, sigmas } = best;
  const fall = lnGases.reduce((sum, gas) => sum + (contrast(gas, b.at - from, side) - contrast(gas, a.at - from, side)) / 2, 0) / lnGases.length;
  return { start: timeAt(dust, a.at), end: timeAt(dust, b.at), share: 1 - Math.exp(-(a.step + b.step) / 2), sigmas, fall, gases: ratio.factors.slice(1) };
}
