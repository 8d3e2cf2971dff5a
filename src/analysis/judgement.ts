import type { OutfallFacts, PlantStateTracker, VerdictChange } from '#quality';
import type { Attendance } from './live/attendance.ts';
import { ContextBuilder, NotKept, type SeriesViews } from './context.ts';
import type { Context, Evaluation, Model, Outcome, Params, Registration, Trigger } from './contract.ts';
import { Again, NOT_ASKED, type Explained } from './live/again.ts';
import { Opinions, type Change } from './opinions.ts';
import type { Interval } from './primitives/index.ts';
import type { OutfallSetup } from './setup.ts';
import type { Standing } from './standing.ts';

/** Last answer of one model for this outfall: what "cannot tell" lacked, or how it failed. */
export interface ModelAnswer {
  readonly model: string;
  readonly version: string;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly missing: readonly string[];
  readonly at: number;
}

/** Without a standing every model is in force with its defaults, uncapped. */
export interface JudgementOptions extends Partial<Omit<Standing, 'shadowsAt'>> {
  readonly models: readonly Model[];
  onChange(change: Change): void;
  /** Told once per change of a model's outcome, so that an exception is seen and not counted as clean. */
  onAnswer?(answer: ModelAnswer): void;
  /** Opinions that were formed elsewhere, made known right before `model` is asked at `now` (back-test of a single model). */
  beforeAsking?(opinions: Opinions, model: Model, now: number): void;
  /** Nobody's daily summaries are at hand, not even the outfall's own: who asks for them cannot tell (back-test). */
  readonly withoutSummaries?: boolean;
  /** False where it is known that the model would find nothing: it is not asked then (back-test). */
  mayFind?(model: Model, now: number): boolean;
  /** The first moment from `now` on at which some model may find something or `beforeAsking` has something to tell; asked for with moments that only grow. */
  dueFrom?(now: number): number;
}

type ByTrigger = Readonly<Record<Trigger, readonly Model[]>>;

function byTrigger(models: readonly Model[], type: 'gas' | 'water'): ByTrigger {
  const of = (trigger: Trigger) => models.filter((model) => model.trigger === trigger && model.media.includes(type));
  return { hour: of('hour'), tick: of('tick'), day: of('day') };
}

/** What all judgements of one outfall look at. */
export interface Seen {
  readonly facts: OutfallFacts;
  readonly plant: PlantStateTracker;
  readonly views: SeriesViews;
}

/** What one set of decisions makes of an outfall's facts: its models asked at their moments, with opinions of its own. */
export class Judgement {
  readonly opinions: Opinions;
  readonly contexts: ContextBuilder;
  readonly #options: JudgementOptions;
  readonly #again: Again;
  #answers = new Map<string, ModelAnswer>();
  readonly #attendance: Attendance | undefined;
  #byTrigger: ByTrigger;

  /** `attendance` counts what was asked; only of the judgement that is in force. */
  constructor(setup: OutfallSetup, seen: Seen, options: JudgementOptions, attendance?: Attendance) {
    this.#options = options;
    this.#attendance = attendance;
    this.contexts = new ContextBuilder(seen.facts, seen.plant, seen.views);
    if (options.withoutSummaries === true) this.contexts.peerView = undefined;
    const capOf = options.capOf?.bind(options);
    this.opinions = new Opinions(setup.outfall.outfall, setup.outfall.unit, options.onChange, { rules: setup.facts.rules, ...(capOf === undefined ? {} : { capOf }) });
    this.#again = new Again({ opinions: this.opinions, facts: seen.facts, paramsOf: this.#params.bind(this), ask: this.#askPart.bind(this) });
    this.#byTrigger = byTrigger(options.models, setup.outfall.type);
  }

  useModels(models: readonly Model[], type: 'gas' | 'water'): void {
    this.#byTrigger = byTrigger(models, type);
  }

  get answers(): readonly ModelAnswer[] {
    return [...this.#answers.values()];
  }

  get state() {
    return { opinions: this.opinions.state, answers: this.#answers, learnt: this.contexts.learnt };
  }

  restore({ opinions, answers, learnt }: Judgement['state']): void {
    this.opinions.restore(opinions);
    this.#answers = answers;
    this.contexts.learnt = learnt;
  }

  /** Whether any model waits for this moment. */
  waits(trigger: Trigger): boolean {
    return this.#byTrigger[trigger].length > 0;
  }

  /** A fresh context: findings of the models that were asked before are already in `recent`. */
  context(now: number, registration: Registration, again?: Interval): Context {
    return this.contexts.at(now, registration, this.opinions.recent(now), again);
  }

  /** The first moment from `now` on at which a model may find something. */
  dueFrom(now: number): number {
    return this.#options.dueFrom?.(now) ?? now;
  }

  evaluate(trigger: Trigger, now: number, setup: OutfallSetup): void {
    let registration: Registration | undefined;
    for (const model of this.#byTrigger[trigger]) {
      if (this.#options.mayFind?.(model, now) === false) {
        this.#options.beforeAsking?.(this.opinions, model, now);
        continue;
      }
      registration ??= setup.registrationAt(now);
      if (this.#options.inForce?.(model, now) === false || model.applies?.(registration) === false) {
        this.#attendance?.excused(model);
        continue;
      }
      this.#options.beforeAsking?.(this.opinions, model, now);
      const params = this.#params(model, now);
      try {
        const evaluation = model.evaluate(this.context(now, registration), params);
        for (const finding of evaluation.findings) this.opinions.take(model, params, finding, now);
        this.#answer(model, evaluation.outcome, evaluation.reason, evaluation.missing, now);
      } catch (error) {
        if (error instanceof NotKept) {
          this.#answer(model, 'CANNOT_TELL', error.message, [error.missing], now);
          continue;
        }
        // A crashed model is an exception, never "clean", and stops nothing else (docs/decisions/0011).
        this.#answer(model, 'EXCEPTION', error instanceof Error ? error.message : String(error), [], now);
      }
    }
  }

  #params(model: Model, now: number): Params {
    return this.#options.paramsOf?.(model, now) ?? model.params;
  }

  /** Judges what came later than the models of this moment look back by themselves. */
  judgeLate(trigger: Trigger, late: readonly Interval[], now: number, setup: OutfallSetup): void {
    this.#again.late(this.#byTrigger[trigger], late, now, setup);
  }

  judgeChanged(changes: readonly VerdictChange[], now: number, setup: OutfallSetup, explained: Explained): void {
    this.#again.changed(Object.values(this.#byTrigger).flat(), changes, now, setup, explained);
  }

  judgeArrived(now: number, setup: OutfallSetup, explained: Explained): void {
    this.#again.arrived(this.#byTrigger.day, now, setup, explained);
  }

  /** Not counted as one of the day's questions. */
  #askPart(model: Model, span: Interval, now: number, registration: Registration): Evaluation {
    if (this.#options.inForce?.(model, now) === false || model.applies?.(registration) === false) return NOT_ASKED;
    this.#options.beforeAsking?.(this.opinions, model, now);
    try {
      return model.evaluate(this.context(now, registration, span), this.#params(model, now));
    } catch (error) {
      if (error instanceof NotKept) return { ...NOT_ASKED, reason: error.message, missing: [error.missing] };
      const reason = error instanceof Error ? error.message : String(error);
      const answer = { model: model.id, version: model.version, outcome: 'EXCEPTION', reason, missing: [], at: now } as const;
      this.#answers.set(model.id, answer);
      this.#options.onAnswer?.(answer);
      return { ...NOT_ASKED, outcome: 'EXCEPTION', reason };
    }
  }

  #answer(model: Model, outcome: Outcome, reason: string, missing: readonly string[], at: number): void {
    const before = this.#answers.get(model.id);
    const answer = { model: model.id, version: model.version, outcome, reason, missing, at };
    this.#answers.set(model.id, answer);
    this.#attendance?.answered(model, outcome);
    if (before?.outcome !== outcome || (outcome === 'EXCEPTION' && before.reason !== reason)) this.#options.onAnswer?.(answer);
  }
}
