import { DAY, HOUR, SECOND, type OutfallId } from '#kernel';
import { OutfallFacts, WINDOW_DAYS, type Arrival, type Fact } from '#quality';
import type { Asked } from '../context.ts';
import type { Model, Params, Watch } from '../contract.ts';
import { OutfallEngine, type ModelAnswer } from '../engine.ts';
import type { Episode } from '../clues/episode.ts';
import type { JudgementOptions } from '../judgement.ts';
import type { Watchdog } from '../live/watchdog.ts';
import { firstDayMoment } from '../moments.ts';
import type { Opinions } from '../opinions.ts';
import type { OutfallSetup } from '../setup.ts';
import { hourArrivals, hoursWatched, inKnownOrder, powerRowArrivals, stepArrivals, ToldSource, type RowSpan } from './value-rows.ts';

/** Judged before the period begins and not counted: an episode that is open at its beginning must not count as new. */
export const RUN_IN = 30 * DAY;
/** Known before the run-in and not judged: a whole window, so that baselines stand from the first moment. */
export const LEAD_IN = (WINDOW_DAYS + 1) * DAY;

/** Hours without which models find nothing: what they watch for, and the beginnings of the days that hold such an hour, in order. */
export interface Suspects {
  readonly watches: readonly Watch[];
  readonly days: Float64Array;
}

/** All that is known of one outfall, from the stores. */
export interface OutfallHistory {
  readonly activeSince: number | undefined;
  readonly hours: RowSpan | undefined;
  /** Undefined where steps were not read. */
  readonly steps: { readonly span: RowSpan | undefined } | undefined;
  readonly power: RowSpan | undefined;
  /** Marks, doors, work, orders, weather. */
  readonly told: readonly Arrival[];
  /** Known times of marks: the rows copied then say nothing new. */
  readonly marksKnown: ReadonlySet<number>;
  /** Versions of the other models' episodes, oldest first. */
  readonly others: readonly Episode[];
  /** Undefined where every moment is to be judged. */
  readonly suspects?: Suspects | undefined;
}

/** What holds on one side of the comparison. */
export type Variant = Pick<JudgementOptions, 'inForce' | 'capOf'> & { readonly paramsOf: (model: Model, at: number) => Params };

export interface HistoryPlan {
  readonly from: number;
  readonly to: number;
  readonly models: readonly Model[];
  /** One or two: the parameters in force and those tried. */
  readonly variants: readonly Variant[];
  /** Knows which models hung, from one outfall to the next. */
  readonly watchdog: Watchdog;
}

export interface JudgedHistory {
  /** Newest version of every episode, per variant. */
  readonly episodes: readonly (readonly Episode[])[];
  readonly exceptions: readonly ModelAnswer[];
  readonly asked: ReadonlySet<Asked>;
  readonly evaluations: number;
}

/** After so many arrivals a listener is told, and the clock is looked at. */
const PORTION = 200;
/** So long is judged under one watch, far less than its patience: to set one up costs as much as some hundred arrivals. */
const WATCHED_MS = 200;

const signOfLife = (mn: string | undefined): Fact => ({ kind: 'contact', mn: mn ?? '', role: 'data', cn: '', qn: Number.NaN, dataTime: Number.NaN });

/** Everything in known-time order; an arrival holds good until the next one is asked for. */
function arrivalsOf(setup: OutfallSetup, history: OutfallHistory): Generator<Arrival> {
  const contact = signOfLife(setup.outfall.mn);
  return inKnownOrder([
    hourArrivals(history.hours, history.steps === undefined ? setup.facts.stepMs : undefined, history.marksKnown, contact),
    stepArrivals(history.steps?.span, contact), powerRowArrivals(history.power), new ToldSource(history.told),
  ]);
}

/** Makes the other models' opinions known when they were formed; within one moment models are asked in order of their ids. */
class Background {
  readonly #versions: readonly Episode[];
  #next = 0;

  constructor(versions: readonly Episode[]) {
    this.#versions = versions;
  }

  /** When the next version becomes known; infinite after the last. */
  get nextAt(): number {
    return this.#versions[this.#next]?.knownAt ?? Number.POSITIVE_INFINITY;
  }

  tell(opinions: Opinions, model: Model, now: number): void {
    for (; this.#next < this.#versions.length; this.#next++) {
      const version = this.#versions[this.#next] as Episode;
      if (version.knownAt > now || (version.knownAt === now && version.model > model.id)) return;
      opinions.hearOf(version, version.knownAt);
    }
  }
}

/** Masses since the beginning of the year, as they stood at `at` (for totals beyond the window). */
function massesUntil(setup: OutfallSetup, history: OutfallHistory, activeSince: number, at: number): OutfallFacts['masses'] {
  const facts = new OutfallFacts(setup.facts, activeSince);
  for (const arrival of arrivalsOf(setup, history)) {
    if (arrival.knownAt > at) break;
    facts.apply(arrival);
  }
  return facts.masses;
}

/** The moment judging begins: the daily one before the run-in, or the outfall's own beginning. */
function beginning(plan: HistoryPlan, activeSince: number): number | undefined {
  const at = firstDayMoment(plan.from - RUN_IN - DAY);
  return at > activeSince ? at : undefined;
}

const firstHour = ({ hours }: OutfallHistory): number | undefined => hours?.rows.start[hours.from];

/** How far back the models look at most, with any of the parameters that hold on a day of the period. */
function reachOf(models: readonly Model[], { paramsOf }: Variant, from: number, to: number): ReadonlyMap<string, number> {
  const days = Array.from({ length: Math.ceil((to - from) / DAY) }, (_, i) => from + i * DAY);
  return new Map(models.map((model) => {
    const sets = new Set([...days, to].map((at) => paramsOf(model, at)));
    return [model.id, Math.max(...[...sets].map((params) => model.reachHours?.(params) ?? Number.POSITIVE_INFINITY)) * HOUR + HOUR];
  }));
}

const reaches = new WeakMap<Variant, ReadonlyMap<string, number>>();

/** Tells whether an hour that the models watch for may lie within their reach. Moments are asked for in order. */
class Watcher {
  readonly #hours: Float64Array;
  readonly #reach: ReadonlyMap<string, number>;
  readonly #longest: number;
  #next = 0;

  constructor(hours: Float64Array, { models, from, to }: HistoryPlan, variant: Variant) {
    this.#hours = hours;
    this.#reach = reaches.get(variant) ?? reachOf(models, variant, from - RUN_IN - 2 * DAY, to);
    reaches.set(variant, this.#reach);
    this.#longest = Math.max(...this.#reach.values());
  }

  #within(now: number, reach: number): boolean {
    while (this.#next < this.#hours.length && (this.#hours[this.#next] as number) <= now) this.#next += 1;
    return this.#next > 0 && (this.#hours[this.#next - 1] as number) >= now - reach;
  }

  mayFind(model: Model, now: number): boolean {
    return this.#within(now, this.#reach.get(model.id) ?? Number.POSITIVE_INFINITY);
  }

  /** The first moment from `now` on at which a model may find something. */
  dueFrom(now: number): number {
    return this.#within(now, this.#longest) ? now : (this.#hours[this.#next] ?? Number.POSITIVE_INFINITY);
  }
}

/** One side of the comparison while it is being judged. */
class Side {
  readonly episodes = new Map<string, Episode>();
  readonly exceptions: ModelAnswer[] = [];
  evaluations = 0;
  readonly options: JudgementOptions;

  /** `watched` are the hours without one of which in reach nothing can be found. */
  constructor(outfall: OutfallId, history: OutfallHistory, plan: HistoryPlan, variant: Variant, watched: Float64Array | undefined) {
    const { watchdog } = plan;
    const background = new Background(history.others);
    const watcher = watched && new Watcher(watched, plan, variant);
    const watching = watcher && {
      mayFind: (model: Model, now: number) => watcher.mayFind(model, now),
      dueFrom: (now: number) => Math.min(watcher.dueFrom(now), Math.max(now, background.nextAt)),
    };
    this.options = {
      models: plan.models.map((model) => watchdog.may(outfall, model)), withoutSummaries: true, ...variant, ...watching,
      onChange: (change) => {
        if (change.kind === 'episode') this.episodes.set(change.episode.id, change.episode);
      },
      onAnswer: (answer) => {
        if (answer.outcome === 'EXCEPTION') this.exceptions.push(answer);
      },
      beforeAsking: (opinions, model, now) => {
        if (watcher?.mayFind(model, now) !== false) this.evaluations += 1;
        background.tell(opinions, model, now);
        watchdog.asks(outfall, model);
      },
    };
  }
}

/**
 * Judges one outfall's stored history on one or two sides, over the same facts, with the engine and the model functions of
 * the live path. `withTotals` says that `history` reaches back to the beginning of the year; `tell` hears the share done. A model that
 * does not come to an end is stopped: the outfall is judged anew, and there the model's answer is EXCEPTION.
 */
export function judgeHistory(setup: OutfallSetup, history: OutfallHistory, plan: HistoryPlan, withTotals: boolean, tell?: (share: number) => void): JudgedHistory {
  for (;;) {
    try {
      return judgeOnce(setup, history, plan, withTotals, tell);
    } catch (error) {
      plan.watchdog.mayBeginAnew(error);
    }
  }
}

function judgeOnce(setup: OutfallSetup, history: OutfallHistory, plan: HistoryPlan, withTotals: boolean, tell: ((share: number) => void) | undefined): JudgedHistory {
  const { suspects, hours } = history;
  const { outfall } = setup.outfall;
  const watched = suspects && (hours === undefined ? new Float64Array(0) : hoursWatched(hours, suspects.days, suspects.watches));
  const sides = plan.variants.map((variant) => new Side(outfall, history, plan, variant, watched));
  const [first, ...trials] = sides.map((side) => side.options);
  const activeSince = history.activeSince ?? firstHour(history) ?? plan.from;
  const begin = beginning(plan, activeSince);
  const engine = new OutfallEngine(setup, activeSince, { ...(first as JudgementOptions), trials }, begin ?? activeSince);
  const arrivals = arrivalsOf(setup, history);
  let next = arrivals.next();
  if (begin !== undefined) {
    for (; next.done !== true && next.value.knownAt <= begin; next = arrivals.next()) engine.facts.apply(next.value);
    engine.beginAt(begin);
    if (withTotals) engine.facts.restoreMasses(massesUntil(setup, history, activeSince, begin));
  }
  const since = begin ?? activeSince;
  /** Judges for a while; false after the last arrival. */
  const judge = (): boolean => {
    const until = performance.now() + WATCHED_MS;
    for (let fed = 1; fed % PORTION !== 0 || performance.now() < until; next = arrivals.next(), fed++) {
      if (next.done === true || next.value.knownAt >= plan.to) {
        engine.advance(plan.to - SECOND);
        return false;
      }
      engine.take(next.value);
      if (fed % PORTION === 0) tell?.((next.value.knownAt - since) / (plan.to - since));
    }
    return true;
  };
  while (plan.watchdog.run(outfall, judge));
  return {
    episodes: sides.map((side) => [...side.episodes.values()]), exceptions: sides.flatMap((side) => side.exceptions),
    asked: engine.asked, evaluations: sides.reduce((sum, side) => sum + side.evaluations, 0),
  };
}
