import { DAY, HOUR, SECOND } from '#kernel';
import { byKnownTime, WINDOW_DAYS, type Arrival, type Fact } from '#quality';
import type { Asked } from '../context.ts';
import type { Model, Params } from '../contract.ts';
import { OutfallEngine, type ModelAnswer } from '../engine.ts';
import type { Episode } from '../episode.ts';
import { firstDayMoment } from '../moments.ts';
import type { Opinions } from '../opinions.ts';
import type { OutfallSetup } from '../setup.ts';
import { hourArrivals, powerRowArrivals, stepArrivals, type RowSpan } from './value-rows.ts';

/** Judged before the period begins and not counted: an episode that is open at its beginning must not count as new. */
export const RUN_IN = 30 * DAY;
/** Known before the run-in and not judged: a whole window, so that baselines stand from the first moment. */
export const LEAD_IN = (WINDOW_DAYS + 1) * DAY;

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
}

export type ParamsOf = (model: Model, at: number) => Params;

export interface HistoryPlan {
  readonly from: number;
  readonly to: number;
  readonly models: readonly Model[];
  /** One or two: the parameters in force and those tried. */
  readonly variants: readonly ParamsOf[];
}

export interface JudgedHistory {
  /** Newest version of every episode, per variant. */
  readonly episodes: readonly (readonly Episode[])[];
  readonly exceptions: readonly ModelAnswer[];
  readonly asked: ReadonlySet<Asked>;
  readonly evaluations: number;
}

const signOfLife = (mn: string | undefined): Fact => ({ kind: 'contact', mn: mn ?? '', role: 'data', cn: '', qn: Number.NaN, dataTime: Number.NaN });

/** Everything in known-time order. */
export function arrivalsOf(setup: OutfallSetup, history: OutfallHistory): Arrival[] {
  const contact = signOfLife(setup.outfall.mn);
  return [
    ...hourArrivals(history.hours, history.steps === undefined ? setup.facts.stepMs : undefined, history.marksKnown, contact),
    ...stepArrivals(history.steps?.span, contact), ...powerRowArrivals(history.power), ...history.told,
  ].sort(byKnownTime);
}

/** Makes the other models' opinions known when they were formed; within one moment models are asked in order of their ids. */
class Background {
  readonly #versions: readonly Episode[];
  #next = 0;

  constructor(versions: readonly Episode[]) {
    this.#versions = versions;
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
function massesUntil(arrivals: readonly Arrival[], at: number): [string, { kg: number; hours: number }][] {
  const masses = new Map<string, { kg: number; hours: number }>();
  const seen = new Set<string>();
  for (const { knownAt, facts } of arrivals) {
    if (knownAt > at) break;
    for (const fact of facts) {
      if (fact.kind !== 'hour') continue;
      const year = new Date(fact.start + 8 * HOUR).getUTCFullYear();
      for (const { factor, cou } of fact.values) {
        const key = `${factor} ${year}`;
        if (Number.isNaN(cou) || seen.has(`${factor} ${fact.start}`)) continue;
        seen.add(`${factor} ${fact.start}`);
        const mass = masses.get(key) ?? { kg: 0, hours: 0 };
        masses.set(key, { kg: mass.kg + cou, hours: mass.hours + 1 });
      }
    }
  }
  return [...masses].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The moment judging begins: the daily one before the run-in, or the outfall's own beginning. */
function beginning(plan: HistoryPlan, activeSince: number): number | undefined {
  const at = firstDayMoment(plan.from - RUN_IN - DAY);
  return at > activeSince ? at : undefined;
}

const firstHour = (arrivals: readonly Arrival[]): number | undefined =>
  arrivals.reduce<number | undefined>((first, { facts }) => facts.reduce((least, fact) => (fact.kind === 'hour' ? Math.min(fact.start, least ?? fact.start) : least), first), undefined);

function judgeVariant(setup: OutfallSetup, history: OutfallHistory, plan: HistoryPlan, paramsOf: ParamsOf, arrivals: readonly Arrival[], withTotals: boolean) {
  const episodes = new Map<string, Episode>();
  const exceptions: ModelAnswer[] = [];
  const background = new Background(history.others);
  let evaluations = 0;
  const activeSince = history.activeSince ?? firstHour(arrivals) ?? plan.from;
  const begin = beginning(plan, activeSince);
  const engine = new OutfallEngine(setup, activeSince, {
    models: plan.models, paramsOf,
    onChange: (change) => {
      if (change.kind === 'episode') episodes.set(change.episode.id, change.episode);
    },
    onAnswer: (answer) => {
      if (answer.outcome === 'EXCEPTION') exceptions.push(answer);
    },
    beforeAsking: (opinions, model, now) => {
      evaluations += 1;
      background.tell(opinions, model, now);
    },
  }, begin ?? activeSince);
  let first = 0;
  if (begin !== undefined) {
    while (first < arrivals.length && (arrivals[first] as Arrival).knownAt <= begin) first += 1;
    engine.beginAt(begin, arrivals.slice(0, first));
    if (withTotals) engine.facts.restoreMasses(massesUntil(arrivals, begin));
  }
  engine.feed(arrivals.slice(first).filter(({ knownAt }) => knownAt < plan.to));
  engine.advance(plan.to - SECOND);
  return { episodes: [...episodes.values()], exceptions, evaluations, asked: engine.asked };
}

/**
 * Judges one outfall's stored history under one or two sets of parameters with the engine and the model functions of the
 * live path. `withTotals` says that `history` reaches back to the beginning of the year.
 */
export function judgeHistory(setup: OutfallSetup, history: OutfallHistory, plan: HistoryPlan, withTotals: boolean): JudgedHistory {
  const arrivals = arrivalsOf(setup, history);
  const judged = plan.variants.map((paramsOf) => judgeVariant(setup, history, plan, paramsOf, arrivals, withTotals));
  return {
    episodes: judged.map((one) => one.episodes), exceptions: judged.flatMap((one) => one.exceptions),
    asked: new Set(judged.flatMap((one) => [...one.asked])), evaluations: judged.reduce((sum, one) => sum + one.evaluations, 0),
  };
}

