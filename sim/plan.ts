import { LOOKALIKE_RATE, LOOKALIKES } from './benign/lookalikes.ts';
import { CHEATS } from './cheats/cheats.ts';
import { makeEpisode, type Episode, type Kind } from './event.ts';
import { DAY, endOf, floorDay, HOUR, indexAt, type Grid } from './grid.ts';
import { isDryWeather } from './plants/storm-drain.ts';
import { arrivals } from './processes.ts';
import { randomStream, type Random } from './random.ts';
import { WASTE_GAP } from './waste.ts';
import type { Weather } from './weather.ts';
import { isDrain, RUN, type Site } from './world.ts';

/** A wish: this kind, there and then. What is left out is drawn. */
export interface InjectRequest {
  readonly kind: string;
  /** Outfall id, or its number in the province (0-based). Every eligible outfall when absent. */
  readonly outfall?: string | number;
  /** Start in epoch milliseconds, or in days after the start of history. */
  readonly at?: number;
  readonly hours?: number;
}

/** Cheats placed by rule, none, exactly these, or these kinds (cheats or look-alikes) one after the other on every outfall they fit, each hardly longer than its shortest. */
export type Inject = 'default' | 'none' | readonly InjectRequest[] | { readonly inTurn: readonly string[] };

export interface PlanOptions {
  readonly seed: string;
  readonly site: Site;
  /** Place of the outfall in the province, so that small provinces see many kinds. */
  readonly ordinal: number;
  readonly alone: boolean;
  readonly grid: Grid;
  readonly state: Uint8Array;
  readonly weather: Weather;
  /** Planned events end before this instant; later time belongs to the live province. */
  readonly until: number;
  readonly inject: Inject;
  readonly benign: boolean;
  /** Cheats in the time after history, which the live province plays out. */
  readonly liveInject?: readonly InjectRequest[];
}

const WARM_UP = 21 * DAY;
const APART = 48 * HOUR;

/** Places cheats and look-alikes of one outfall, in order of start; no two within 48 hours of each other. */
export function planEvents(o: PlanOptions): Episode[] {
  const events = planInjected(o);
  if (o.benign) {
    for (const [kind, rate] of Object.entries(LOOKALIKE_RATE)) {
      const random = randomStream(o.seed, o.site.id, `benign-${kind}`);
      const chance = (rate * (o.until - o.grid.start)) / (60 * DAY);
      const row = LOOKALIKES[kind];
      if (!random.chance(chance) || row === undefined || !fitsSite(row, o)) continue;
      const length = random.uniform(...row.hours) * HOUR;
      const start = findStart(o, row, random, o.grid.start + random.uniform(3 * DAY, o.until - o.grid.start), length, events);
      if (start !== undefined) events.push(makeEpisode(kind, start, start + length, o.site, o.grid, random));
    }
  }
  // Placed last, so that all others lie where they would lie without them.
  if (o.inject === 'default') placeByRate(o, events);
  events.push(...planRequests(o, o.liveInject ?? [], 'live'));
  return events.sort((a, b) => a.start - b.start);
}

function planInjected(o: PlanOptions): Episode[] {
  if (o.inject === 'none') return [];
  if (o.inject === 'default') return staysClean(randomStream(o.seed, o.site.id, 'cheats')) ? [] : planInTurn(o, Object.keys(CHEATS).filter((k) => kindOf(k).rate === undefined));
  return 'inTurn' in o.inject ? planInTurn(o, o.inject.inTurn.filter((k) => k !== WASTE_GAP), BRIEF) : planRequests(o, o.inject, 'request');
}

/** Media, trade and enterprise conditions of a kind. */
export const fitsSite = (kind: Kind, o: Pick<PlanOptions, 'site' | 'alone'>): boolean =>
  kind.media.includes(o.site.medium) &&
  (kind.industries === undefined || kind.industries.includes(o.site.industry.key)) &&
  (kind.drain === true) === isDrain(o.site) &&
  (kind.eligible?.(o.site) ?? true) &&
  (kind.alone !== true || o.alone);

/** Share of the way from its shortest to its longest that an event goes where many kinds are wanted in little time. */
const BRIEF = 0.15;

/** One kind after the other, every few days after a clean warm-up of 21 days. */
function planInTurn(o: PlanOptions, kinds: readonly string[], reach = 1): Episode[] {
  const random = randomStream(o.seed, o.site.id, 'cheats');
  staysClean(random);
  const order = randomStream(o.seed, 'province', 'cheat-order').shuffle([...kinds]);
  const eligible = order.filter((k) => fitsSite(kindOf(k), o));
  if (eligible.length === 0) return [];
  const events: Episode[] = [];
  let next = (o.ordinal * 5) % eligible.length;
  let t = o.grid.start + WARM_UP + random.uniform(0, 3) * DAY;
  for (let misses = 0; t < o.until && misses < 6; ) {
    const name = eligible[next % eligible.length] ?? '';
    next++;
    const kind = kindOf(name);
    const own = randomStream(o.seed, o.site.id, `cheat-${name}-${events.length}`);
    const [least, most] = kind.hours;
    const length = Math.min(own.uniform(least, least + reach * (most - least)) * HOUR, 0.9 * (o.until - t));
    const start = length < least * HOUR ? undefined : findStart(o, kind, own, t, length, events);
    if (start === undefined || (name === 'exceed_total' && events.some((e) => e.kind === name))) {
      misses++;
      continue;
    }
    events.push(makeEpisode(name, start, start + length, o.site, o.grid, own));
    if (name !== 'exceed_total') t = start + length + APART + random.exponential(2 * DAY);
  }
  return events;
}

/** Three outfalls in ten cheat nowhere. */
const staysClean = (random: Random): boolean => random.chance(0.3);

/** Cheats with a rate, on outfalls that do not stay clean, where nothing else lies. */
function placeByRate(o: PlanOptions, events: Episode[]): void {
  if (staysClean(randomStream(o.seed, o.site.id, 'cheats'))) return;
  for (const [name, kind] of Object.entries(CHEATS)) {
    if (kind.rate === undefined || !fitsSite(kind, o)) continue;
    const times = arrivals(randomStream(o.seed, o.site.id, `rate-${name}`), o.grid.start + WARM_UP, o.until, kind.rate / 60);
    for (const [k, from] of times.entries()) {
      const own = randomStream(o.seed, o.site.id, `rate-${name}-${k}`);
      const length = own.uniform(...kind.hours) * HOUR;
      const start = findStart(o, kind, own, from, length, events);
      if (start !== undefined) events.push(makeEpisode(name, start, start + length, o.site, o.grid, own));
    }
  }
}

/** First start at or after `from` at which the whole event runs and keeps its distance from the others. */
function findStart(o: PlanOptions, kind: Kind, random: Random, from: number, length: number, others: readonly Episode[]): number | undefined {
  let t = from;
  for (let tries = 0; tries < 60; tries++) {
    const start = kind.startHour === undefined ? t : floorDay(t) + random.uniform(...kind.startHour) * HOUR;
    const end = start + length;
    if (end > o.until) return undefined;
    const near = others.find((e) => e.kind !== 'exceed_total' && start < e.end + APART && end > e.start - APART);
    if (start >= from && near === undefined && (kind.running === false || runsThrough(o, start, end)) && (kind.drain !== true || staysDry(o, start, end))) return start;
    t = near === undefined ? t + 12 * HOUR : Math.max(t + 12 * HOUR, near.end + APART + random.uniform(0, 12) * HOUR);
  }
  return undefined;
}

function runsThrough(o: PlanOptions, start: number, end: number): boolean {
  for (let i = indexAt(o.grid, start); i < indexAt(o.grid, end); i++) if (o.state[i] !== RUN) return false;
  return true;
}

const staysDry = (o: PlanOptions, start: number, end: number): boolean => isDryWeather(o.weather, o.grid, indexAt(o.grid, start), indexAt(o.grid, end));

/** Exactly what was asked for; a request that does not fit the outfall's trade is passed over. */
function planRequests(o: PlanOptions, requests: readonly InjectRequest[], stream: string): Episode[] {
  const events: Episode[] = [];
  requests.forEach((r, k) => {
    const kind = kindOf(r.kind);
    const here = r.outfall === undefined || r.outfall === o.site.id || r.outfall === o.ordinal;
    if (!here || !fitsSite(kind, o)) return;
    const random = randomStream(o.seed, o.site.id, `${stream}-${k}-${r.kind}`);
    const length = (r.hours ?? random.uniform(...kind.hours)) * HOUR;
    const wanted = r.at === undefined ? o.grid.start + WARM_UP : r.at < 1e6 ? o.grid.start + r.at * DAY : r.at;
    if (wanted < o.grid.start || wanted >= endOf(o.grid)) return;
    events.push(makeEpisode(r.kind, wanted, wanted + length, o.site, o.grid, random));
  });
  return events;
}

function kindOf(name: string): Kind {
  const kind = CHEATS[name] ?? LOOKALIKES[name];
  if (kind === undefined) throw new Error(`unknown kind of event: ${name}`);
  return kind;
}
