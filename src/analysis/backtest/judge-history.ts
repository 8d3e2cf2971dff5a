import { DAY, HOUR, SECOND } from '#kernel';
import { byKnownTime, WINDOW_DAYS, type Arrival, type Fact } from '#quality';
import type { Asked } from '../context.ts';
import type { Model, Params } from '../contract.ts';
import { OutfallEngine, type ModelAnswer } from '../engine.ts';
import type { Episode } from '../episode.ts';
import type { JudgementOptions } from '../judgement.ts';
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
  /** Beginnings of the days with hours without which the models find nothing, in order; undefined where every moment is to be judged. */
  readonly suspects?: Float64Array | undefined;
}

/** What holds on one side of the comparison. */
export type Variant = Pick<JudgementOptions, 'inForce' | 'capOf'> & { readonly paramsOf: (model: Model, at: number) => Params };

export interface HistoryPlan {
  readonly from: number;
  readonly to: number;
  readonly models: readonly Model[];
  /** One or two: the parameters in force and those tried. */
  readonly variants: readonly Variant[];
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

/** Whether an hour that the models watch for may lie within their reach; moments are asked for in order. */
function watcher(suspects: Float64Array | undefined, models: readonly Model[], variant: Variant, until: number): ((model: Model, now: number) => boolean) | undefined {
  if (suspects === undefined || models.some((model) => model.reachHours === undefined)) return undefined;
  let next = 0;
  const reach = new Map(models.map((model) => [model.id, ((model.reachHours?.(variant.paramsOf(model, until)) ?? Number.POSITIVE_INFINITY) + 1) * HOUR + DAY]));
  return (model, now) => {
    while (next < suspects.length && (suspects[next] as number) <= now) next += 1;
    return next > 0 && (suspects[next - 1] as number) >= now - (reach.get(model.id) as number);
  };
}

/** One side of the comparison while it is being judged. */
class Side {
  readonly episodes = new Map<string, Episode>();
  readonly exceptions: ModelAnswer[] = [];
  evaluations = 0;
  readonly options: JudgementOptions;

  constructor(history: OutfallHistory, plan: HistoryPlan, variant: Variant) {
    const background = new Background(history.others);
    const mayFind = watcher(history.suspects, plan.models, variant, plan.to);
    this.options = {
      models: plan.models, withoutSummaries: true, ...variant, ...(mayFind ? { mayFind } : {}),
      onChange: (change) => {
        if (change.kind === 'episode') this.episodes.set(change.episode.id, change.episode);
      },
      onAnswer: (answer) => {
        if (answer.outcome === 'EXCEPTION') this.exceptions.push(answer);
      },
      beforeAsking: (opinions, model, now) => {
        this.evaluations += 1;
        background.tell(opinions, model, now);
      },
    };
  }
}

/**
 * Judges one outfall's stored history on one or two sides, over the same facts, with the engine and the model functions of
 * the live path. `withTotals` says that `history` reaches back to the beginning of the year.
 */
export function judgeHistory(setup: OutfallSetup, history: OutfallHistory, plan: HistoryPlan, withTotals: boolean): JudgedHistory {
  const arrivals = arrivalsOf(setup, history);
  const sides = plan.variants.map((variant) => new Side(history, plan, variant));
  const [first, ...trials] = sides.map((side) => side.options);
  const activeSince = history.activeSince ?? firstHour(arrivals) ?? plan.from;
  const begin = beginning(plan, activeSince);
  const engine = new OutfallEngine(setup, activeSince, { ...(first as JudgementOptions), trials }, begin ?? activeSince);
  const known = begin === undefined ? 0 : arrivals.filter(({ knownAt }) => knownAt <= begin).length;
  if (begin !== undefined) {
    engine.beginAt(begin, arrivals.slice(0, known));
    if (withTotals) engine.facts.restoreMasses(massesUntil(arrivals, begin));
  }
  engine.feed(arrivals.slice(known).filter(({ knownAt }) => knownAt < plan.to));
  engine.advance(plan.to - SECOND);
  return {
    episodes: sides.map((side) => [...side.episodes.values()]), exceptions: sides.flatMap((side) => side.exceptions),
    asked: engine.asked, evaluations: sides.reduce((sum, side) => sum + side.evaluations, 0),
  };
}
