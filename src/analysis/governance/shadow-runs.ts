import type { Context, Trigger } from '../contract.ts';
import type { EngineOptions } from '../engine.ts';
import type { Episode } from '../clues/episode.ts';
import { Opinions, type OpinionState } from '../opinions.ts';
import type { OutfallSetup } from '../setup.ts';
import type { Shadow } from '../standing.ts';

export interface ShadowState {
  readonly proposal: string;
  /** Model that is tried. */
  readonly model: string;
  readonly opinions: OpinionState;
}

type ShadowOptions = Pick<EngineOptions, 'shadowsAt' | 'onShadow' | 'onShadowFailure'>;

/**
 * The proposals tried at one outfall. Each has opinions of its own, corroborated by the outfall's episodes of other
 * models; nothing flows back, so a shadow run cannot change what is in force.
 */
export class ShadowRuns {
  readonly #setup: OutfallSetup;
  readonly #options: ShadowOptions;
  readonly #episodes: () => readonly Episode[];
  readonly #runs = new Map<string, { readonly opinions: Opinions; readonly model: string }>();

  constructor(setup: OutfallSetup, options: ShadowOptions, episodes: () => readonly Episode[]) {
    this.#setup = setup;
    this.#options = options;
    this.#episodes = episodes;
  }

  /** The shadows to ask now. What has ended is forgotten. */
  due(trigger: Trigger, now: number): readonly Shadow[] {
    const shadows = this.#options.shadowsAt?.(now) ?? [];
    if (this.#runs.size > 0) for (const proposal of this.#runs.keys()) if (!shadows.some((one) => one.proposal === proposal)) this.#runs.delete(proposal);
    return shadows.filter(({ model }) => model.trigger === trigger && model.media.includes(this.#setup.outfall.type));
  }

  #opinionsOf(proposal: string, model: string): Opinions {
    const known = this.#runs.get(proposal);
    if (known !== undefined) return known.opinions;
    const { outfall, unit } = this.#setup.outfall;
    const opinions = new Opinions(outfall, unit, (change) => this.#options.onShadow?.(proposal, change), {
      beside: () => this.#episodes().filter((episode) => episode.model !== model),
    });
    this.#runs.set(proposal, { opinions, model });
    return opinions;
  }

  /** A shadow that fails is told of and finds nothing; what is in force is untouched. */
  evaluate(shadow: Shadow, context: Context, now: number): void {
    const { model, params } = shadow;
    const opinions = this.#opinionsOf(shadow.proposal, model.id);
    try {
      for (const finding of model.evaluate(context, params).findings) opinions.take(model, params, finding, now);
    } catch (error) {
      this.#options.onShadowFailure?.(shadow.proposal, error instanceof Error ? error.message : String(error), now);
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
