import { indexAt, type Grid } from './grid.ts';
import type { FactorCode, Industry, Medium, Range } from './plants/industry.ts';
import type { Random } from './random.ts';
import type { Hours, Influence, Label, Run, Site } from './world.ts';

/** One placed event: a cheat or a benign look-alike. Start and end may be narrowed while it is worked out. */
export interface Episode {
  readonly kind: string;
  start: number;
  end: number;
  /** First step and the step after the last. */
  readonly from: number;
  readonly to: number;
  readonly site: Site;
  readonly grid: Grid;
  /** A stream of this event alone; the three stages draw from it in their fixed order. */
  readonly random: Random;
  factors: FactorCode[];
  readonly params: Record<string, unknown>;
  /** Set where the tier depends on what happened. */
  tier?: 1 | 2 | 3;
  /** True when nothing came of it, so that no label is written. */
  void?: boolean;
}

/** What an event may touch before the physics is computed. */
export interface Before {
  readonly influence: Influence;
  readonly state: Uint8Array;
}

/**
 * A kind of event as a plug-in: three optional stages, each touching only what its moment allows. New kinds are
 * rows of a family's table; nothing else has to know them.
 */
export interface Kind {
  readonly media: readonly Medium[];
  readonly industries?: readonly Industry[];
  readonly eligible?: (site: Site) => boolean;
  /** True for events of a stormwater outlet; all others keep away from it. */
  readonly drain?: boolean;
  /** Cheats that do not take turns but come by themselves so often in 60 days, in dry weather where they are of a drain. */
  readonly rate?: number;
  /** Duration, hours. */
  readonly hours: Range;
  /** False where the event may also fall into stops. Default true. */
  readonly running?: boolean;
  /** Local hours of day in which it starts. */
  readonly startHour?: Range;
  /** True for enterprise-wide facts: placed only where the enterprise has this one outfall. */
  readonly alone?: boolean;
  readonly tier: 1 | 2 | 3 | null | ((e: Episode) => 1 | 2 | 3);
  /** 1. The plant: dirt, load, treatment, extra water. */
  readonly influence?: (e: Episode, before: Before) => void;
  /** 2. The readings: channels, power, doors, marks. */
  readonly forge?: (e: Episode, run: Run) => void;
  /** 3. The messages: losses, clocks, second sendings. */
  readonly transmit?: (e: Episode, run: Run, hours: Hours) => void;
}

export type KindTable = Readonly<Record<string, Kind>>;

export function makeEpisode(kind: string, start: number, end: number, site: Site, grid: Grid, random: Random, params: Record<string, unknown> = {}): Episode {
  return {
    kind, start, end, site, grid, random, params,
    from: indexAt(grid, start),
    to: Math.max(indexAt(grid, start) + 1, indexAt(grid, end)),
    factors: [],
  };
}

export const labelOf = (e: Episode, kind: Kind, benign: boolean): Label => ({
  kind: e.kind,
  benign,
  start: Math.round(e.start),
  end: Math.round(e.end),
  tier: benign ? null : (e.tier ?? (typeof kind.tier === 'function' ? kind.tier(e) : kind.tier)),
  factors: e.factors,
  params: e.params,
});

/** Chooses between `low` and `high` pollutants of the outfall and remembers them as the event's factors. */
export function choosePollutants(e: Episode, low: number, high: number): FactorCode[] {
  const all = e.random.shuffle(e.site.pollutants.map((p) => p.factor));
  e.factors = all.slice(0, Math.max(1, Math.min(all.length, e.random.int(low, high))));
  return e.factors;
}

/** Multiplies true emissions of the event's factors: the reason for cheating. */
export function dirty(e: Episode, before: Before, range: Range, factors: readonly FactorCode[] = e.factors): number {
  const m = e.random.uniform(...range);
  addLn(e, before, Math.log(m), factors, e.from, e.to);
  e.params['dirty'] = round(m);
  return m;
}

/** Adds to the log of the true emission of some factors over steps. */
export function addLn(e: Episode, before: Before, ln: number, factors: readonly FactorCode[], from: number, to: number): void {
  for (const factor of factors) {
    let extra = before.influence.ln.get(factor);
    if (extra === undefined) before.influence.ln.set(factor, (extra = new Float64Array(e.grid.n)));
    for (let i = from; i < Math.min(to, e.grid.n); i++) extra[i] = (extra[i] ?? 0) + ln;
  }
}

/** Multiplies the treatment power over the event. */
export function throttle(e: Episode, before: Before, range: Range): void {
  const share = e.random.uniform(...range);
  e.params['treatment'] = round(share);
  const { treatment } = before.influence;
  for (let i = e.from; i < e.to; i++) treatment[i] = (treatment[i] ?? 1) * share;
}

export const round = (x: number): number => Number(x.toPrecision(4));
export const hoursOf = (e: Episode): number => (e.end - e.start) / 3_600_000;
