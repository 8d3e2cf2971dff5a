import type { FactorCode } from '#kernel';
import { chanceRepeatLength, repeatedBlocks, union, type Repeat } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isAnalyser, isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { forRunning, NORMAL } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] the longest honest block in 120 days was 5 steps. */
  remindLength: 8, warnLength: 12, workOrderLength: 24,
  jointSeed: 6, warnJoint: 6, workOrderJoint: 12,
  /** Above what the channel's own entropy makes likely by chance. */
  aboveChance: 3,
  /** Looked for so often (02:00 is one of the hours); what is newer than this is looked for in what came before. */
  everyHours: 6, freshHours: 30,
  /** How far back a twin is looked for. */
  historyDays: 60,
} as const satisfies Thresholds;

/** Channels that a replay of "everything" also repeats; the others add cost, not knowledge. */
const CARRIERS = new Set<string>(['a19001']);

interface Coded {
  readonly codes: Int32Array;
  readonly usable: Uint8Array;
  /** Start of the interval behind each code. */
  readonly at: Float64Array;
  readonly stepMs: number;
}

/** Collects codes one by one; gaps stay in, marked unusable, so that no block reaches across them. */
class Codes {
  readonly codes: number[] = [];
  readonly usable: number[] = [];
  readonly at: number[] = [];

  add(at: number, code: number, usable: boolean): void {
    this.at.push(at);
    this.codes.push(usable ? code : 0);
    this.usable.push(usable ? 1 : 0);
  }

  done(stepMs: number): Coded {
    return { codes: Int32Array.from(this.codes), usable: Uint8Array.from(this.usable), at: Float64Array.from(this.at), stepMs };
  }
}

/**
 * Values as whole multiples of the resolution, normal and running only, so that idle nights do not repeat. Of a water
 * analyser only changes count: it holds each result in many frames, and a copy keeps the order of the results even
 * where its hours do not line up.
 */
function coded(ctx: Context, factor: FactorCode, days: number): Coded | undefined {
  const base = baselineOf(ctx, factor);
  const held = isAnalyser(factor);
  const signal = (held ? ctx.step(factor) : undefined) ?? ctx.step(factor) ?? ctx.hour(factor);
  if (base === undefined || signal === undefined) return undefined;
  const to = endedAt(signal, ctx.now);
  const from = clampedIndex(signal, ctx.now - days * DAY);
  const out = new Codes();
  if (held) {
    let last = Number.NaN;
    for (let i = from; i < to; i++) {
      const code = Math.round((signal.avg[i] as number) / base.resolution);
      if (signal.flag[i] !== NORMAL || !Number.isFinite(code) || code === last) continue;
      last = code;
      out.add(signal.t0 + i * signal.stepMs, code, true);
    }
    return out.done(signal.stepMs);
  }
  const running = new Uint8Array(to);
  forRunning(ctx, signal, from, to, (a, b) => running.fill(1, a, b));
  for (let i = from; i < to; i++) {
    const v = signal.avg[i] as number;
    out.add(signal.t0 + i * signal.stepMs, Math.round(v / base.resolution), running[i] === 1 && signal.flag[i] === NORMAL && Number.isFinite(v));
  }
  return out.done(signal.stepMs);
}

interface Hit extends Repeat {
  readonly factor: FactorCode;
  readonly startAt: number;
  readonly endAt: number;
  readonly lagMs: number;
  readonly chance: number;
  readonly stepMs: number;
}

function hitsOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Hit[] {
  const c = coded(ctx, factor, p.historyDays);
  if (c === undefined) return [];
  const fresh = ctx.now - p.freshHours * HOUR;
  let newFrom = c.at.length;
  while (newFrom > 0 && (c.at[newFrom - 1] as number) >= fresh) newFrom--;
  const repeats = repeatedBlocks(c.codes, c.usable, newFrom, p.jointSeed);
  if (repeats.length === 0) return [];
  const chance = ctx.daily(`C08:${factor}`, () => chanceRepeatLength(c.codes, c.usable, 0, c.codes.length));
  return repeats.map((r) => ({
    ...r, factor, chance, stepMs: c.stepMs,
    startAt: c.at[r.start] as number,
    endAt: (c.at[r.start + r.length - 1] as number) + c.stepMs,
    lagMs: (c.at[r.start] as number) - (c.at[r.twin] as number),
  }));
}

interface Copy {
  readonly lagMs: number;
  readonly hits: readonly Hit[];
  readonly longest: number;
  readonly factors: readonly FactorCode[];
  /** Longest stretch that repeats in two factors at once, at the same lag. */
  readonly joint: number;
}

function jointLength(hits: readonly Hit[]): number {
  let best = 0;
  for (let a = 0; a < hits.length; a++) {
    for (let b = a + 1; b < hits.length; b++) {
      const x = hits[a] as Hit;
      const y = hits[b] as Hit;
      if (x.factor === y.factor) continue;
      best = Math.max(best, (Math.min(x.endAt, y.endAt) - Math.max(x.startAt, y.startAt)) / x.stepMs);
    }
  }
  return best;
}

/** Hits grouped by the distance to their twin: a replay has one distance for everything it copied. */
function copiesOf(hits: readonly Hit[]): Copy[] {
  const byLag = new Map<number, Hit[]>();
  for (const h of hits) byLag.set(h.lagMs, [...(byLag.get(h.lagMs) ?? []), h]);
  return [...byLag].map(([lagMs, list]) => ({
    lagMs, hits: list,
    longest: Math.max(...list.map((h) => h.length)),
    factors: [...new Set(list.map((h) => h.factor))].sort(),
    joint: jointLength(list),
  }));
}

function tierOf(copy: Copy, p: typeof DEFAULTS): Tier | undefined {
  const single = copy.hits.filter((h) => h.length >= p.remindLength && h.length >= h.chance + p.aboveChance);
  const longest = Math.max(0, ...single.map((h) => h.length));
  const surely = copy.hits.reduce((n, h) => n + Math.max(0, h.length - h.chance), 0);
  // Two instruments repeating the same hour together needs no length of its own, only more than chance in sum.
  const joint = surely >= p.aboveChance ? copy.joint : 0;
  if (longest >= p.workOrderLength || joint >= p.workOrderJoint) return 'WORK_ORDER';
  if (longest >= p.warnLength || joint >= p.warnJoint) return 'WARN';
  return longest >= p.remindLength ? 'REMIND' : undefined;
}

function findingOf(ctx: Context, copy: Copy, tier: Tier, p: typeof DEFAULTS): Finding {
  const parts = union(copy.hits.map((h) => ({ start: h.startAt, end: h.endAt })), 6 * HOUR);
  const span = parts.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a));
  // Exact repetition over hours in two instruments, or over half a day in one, cannot be chance; a short block needs company.
  const alone = copy.joint >= p.workOrderJoint || copy.longest >= 3 * p.workOrderLength;
  const days = num(copy.lagMs / (24 * HOUR), 2);
  const finding: Finding = {
    ...(alone ? { standsAloneHere: 'a long exact repetition cannot be chance' } : {}),
    factors: copy.factors, ...span, tier, score: copy.longest / p.remindLength,
    stats: { longest: copy.longest, joint: copy.joint, blocks: copy.hits.length, lagDays: copy.lagMs / (24 * HOUR), chanceLength: Math.max(...copy.hits.map((h) => h.chance)) },
    text: {
      zh: `${namesZh(copy.factors)}在 ${spanText(span.start, span.end)} 与 ${days} 天前逐值相同：最长连续 ${copy.longest} 个值（时段共 ${num((span.end - span.start) / HOUR, 1)} 小时），两因子同时重复 ${num(copy.joint)} 个。`,
      en: `${namesEn(copy.factors)} repeats, value by value, what was sent ${days} days before (${spanText(span.start, span.end)}): longest block ${copy.longest} values, ${num(copy.joint)} of them in two factors at once.`,
    },
    clearedBy: [
      { zh: '数采仪重发同一时段（先看 A05）', en: 'The logger sent the same period again (see A05 first)' },
      { zh: '分辨率粗或几乎不变的数值', en: 'Coarse or nearly constant values' },
    ],
  };
  return suppress(finding, explain(ctx, finding, copy.factors, ['stop-mark', 'power-down', 'instrument-work']));
}

/** `model:C08` — a stretch of values that was sent before. */
export const c08: Model = {
  id: 'C08', version: '1.1.0',
  title: { zh: '重复片段', en: 'Exact repeated block' },
  family: 'emission', trigger: 'tick', media: ['gas', 'water'], standsAlone: false,
  params: DEFAULTS, legalHooks: ['H3', 'H9'],
  about: {
    zh: '每 6 小时一次，以分辨率取整后用滚动散列在 60 天内找与最近一天逐值相同的片段；须过半数值互异，并长于该通道熵所允许的偶然长度；多因子同一时移更强。',
    en: 'Every six hours, values as whole resolutions; a rolling hash finds blocks of the last day that occurred in 60 days before. Half the values must be distinct and the block longer than the channel\'s entropy allows by chance; the same shift in several factors weighs more.',
    source: 'C08, a method of this platform: U15 repeated blocks, thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 12, needs: ['hours'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (Math.floor(ctx.now / HOUR) % p.everyHours !== 0) return notMet('looked at four times a day');
    const known = ctx.factors.filter((f) => (isPollutant(f) || CARRIERS.has(f)) && baselineOf(ctx, f) !== undefined);
    if (known.length === 0) return cannotTell('no baseline yet', ['10 days of running data']);
    const hits = known.flatMap((f) => hitsOf(ctx, f, p));
    if (hits.length === 0) return notMet();
    const findings = copiesOf(hits).flatMap((copy) => {
      const tier = tierOf(copy, p);
      return tier === undefined ? [] : [findingOf(ctx, copy, tier, p)];
    });
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
