import type { OutfallFacts } from '#quality';
import type { Context, Evaluation, Model, Registration, Trigger } from '../contract.ts';
import type { EngineOptions } from '../engine.ts';
import { Again, NOT_ASKED } from '../live/again.ts';
import { Opinions, type OpinionState } from '../opinions.ts';
import type { Interval } from '../primitives/index.ts';
import type { OutfallSetup } from '../setup.ts';
import type { Shadow } from '../standing.ts';

export interface ShadowState {
  readonly proposal: string;
  /** Model that is tried. */
  readonly model: string;
  readonly opinions: OpinionState;
}

type ShadowOptions = Pick<EngineOptions, 'shadowsAt' | 'onShadow' | 'onShadowFailure' | 'beforeAsking'>;

/** What a shadow run looks at: the outfall's facts, and what is in force there. */
export interface ShadowSight {
  readonly facts: OutfallFacts;
  readonly opinions: Opinions;
  context(now: number, registration: Registration, again?: Interval): Context;
}

/**
 * The proposals tried at one outfall. Each has opinions of its own, corroborated by the outfall's episodes of other
 * models; nothing flows back, so a shadow run cannot change what is in force.
 */
export class ShadowRuns {
  readonly #setup: OutfallSetup;
  readonly #options: ShadowOptions;
  readonly #seen: ShadowSight;
  readonly #runs = new Map<string, { readonly opinions: Opinions; readonly model: string }>();

  constructor(setup: OutfallSetup, options: ShadowOptions, seen: ShadowSight) {
    this.#setup = setup;
    this.#options = options;
    this.#seen = seen;
  }

  /** The shadows to ask now, those of every moment where none is named. What has ended is forgotten. */
  due(trigger: Trigger | undefined, now: number): readonly Shadow[] {
    const shadows = this.#options.shadowsAt?.(now) ?? [];
    if (this.#runs.size > 0) for (const proposal of this.#runs.keys()) if (!shadows.some((one) => one.proposal === proposal)) this.#runs.delete(proposal);
    return shadows.filter(({ model }) => (trigger === undefined || model.trigger === trigger) && model.media.includes(this.#setup.outfall.type));
  }

  #opinionsOf(proposal: string, model: string): Opinions {
    const known = this.#runs.get(proposal);
    if (known !== undefined) return known.opinions;
    const { outfall, unit } = this.#setup.outfall;
    const opinions = new Opinions(outfall, unit, (change) => this.#options.onShadow?.(proposal, change), {
      beside: () => this.#seen.opinions.episodes.filter((episode) => episode.model !== model), rules: this.#setup.facts.rules,
    });
    this.#runs.set(proposal, { opinions, model });
    return opinions;
  }

  /** A shadow that fails is told of and finds nothing; what is in force is untouched. */
  #ask({ proposal, model, params }: Shadow, now: number, registration: Registration, again?: Interval): Evaluation {
    if (model.applies?.(registration) === false) return NOT_ASKED;
    this.#options.beforeAsking?.(this.#seen.opinions, model, now);
    try {
      return model.evaluate(this.#seen.context(now, registration, again), params);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.onShadowFailure?.(proposal, reason, now);
      return { ...NOT_ASKED, outcome: 'EXCEPTION', reason };
    }
  }

  evaluate(shadow: Shadow, now: number, registration: Registration): void {
    const { model, params } = shadow;
    const opinions = this.#opinionsOf(shadow.proposal, model.id);
    for (const finding of this.#ask(shadow, now, registration).findings) opinions.take(model, params, finding, now);
  }

  /** How each shadow due judges again what was learnt late, as it would were it in force. */
  again(trigger: Trigger | undefined, now: number, judge: (again: Again, models: readonly Model[]) => void): void {
    for (const shadow of this.due(trigger, now)) {
      const opinions = this.#opinionsOf(shadow.proposal, shadow.model.id);
      const ask = (_: Model, span: Interval, at: number, registration: Registration) => this.#ask(shadow, at, registration, span);
      judge(new Again({ opinions, facts: this.#seen.facts, paramsOf: () => shadow.params, ask }), [shadow.model]);
    }
  }

  settle(now: number, explain: Parameters<Opinions['settle']>[1]): void {
    for (const { opinions } of this.#runs.values()) opinions.settle(now, explain);
  }

  forget(now: number): void {
    for (const { opinions } of this.#runs.values()) opinions.forget(now);
  }

  get state(): readonly ShadowState[] {
    return [...this.#runs].map(([proposal, { opinions, model }]) => ({ proposal, model, opinions: opinions.state }));
  }

  restore(states: readonly ShadowState[]): void {
    this.#runs.clear();
    for (const { proposal, model, opinions } of states) this.#opinionsOf(proposal, model).restore(opinions);
  }
}
