import { DAY, HOUR } from '#kernel';
import type { OutfallFacts, VerdictChange } from '#quality';
import { mergeGapOf, type Episode } from '../clues/episode.ts';
import type { Explanation } from '../clues/explain.ts';
import type { Evaluation, Model, Params, Registration } from '../contract.ts';
import type { Opinions } from '../opinions.ts';
import { union, type Interval } from '../primitives/index.ts';
import type { OutfallSetup } from '../setup.ts';
import { flips, stoodOn } from '../validity/validity.ts';
import { arrivedSince, byRegistration, revalue } from './judge-again.ts';

/** By which mark in time an episode is explained; undefined where by none. */
export type Explained = (episode: Episode, episodes: readonly Episode[]) => Explanation | undefined;

/** What is said of a stretch for which a model is not in force or not meant. */
export const NOT_ASKED: Evaluation = { outcome: 'CANNOT_TELL', reason: 'not in force', missing: [], findings: [] };

/** Whose opinions are judged again, and how a model is asked about a stretch of the past. */
export interface AgainDeps {
  readonly opinions: Opinions;
  readonly facts: OutfallFacts;
  paramsOf(model: Model, now: number): Params;
  ask(model: Model, span: Interval, now: number, registration: Registration): Evaluation;
}

/** Judges again what was learnt late: for what is in force and for what is tried in the shadow alike. */
export class Again {
  readonly #deps: AgainDeps;

  constructor(deps: AgainDeps) {
    this.#deps = deps;
  }

  /** Judges what came later than the models of this moment look back by themselves. */
  late(models: readonly Model[], late: readonly Interval[], now: number, setup: OutfallSetup): void {
    for (const model of models) {
      if (model.judgesAgain === undefined) continue;
      const reach = now - (model.reachHours?.(this.#deps.paramsOf(model, now)) ?? 0) * HOUR;
      const before = this.#bearing(model, late.filter(({ start }) => start < reach), now).map(({ start, end }) => ({ start, end: Math.min(end, reach) }));
      for (const span of union(before)) this.#takeAll(model, this.#askAgain(model, span, now, setup), now);
    }
  }

  /**
   * The validity of past hours has changed: models that judge again do so over every stretch that this touches, and each episode that
   * stood on such hours gets a version that says so. `explained` tells whether marks in time explain it.
   */
  changed(models: readonly Model[], changes: readonly VerdictChange[], now: number, setup: OutfallSetup, explained: Explained): void {
    const flipped = flips(changes);
    if (flipped.length === 0) return;
    const touched = union(flipped.map(({ start }) => ({ start, end: start + HOUR })), DAY);
    const again = models.filter((model) => model.judgesAgain !== undefined);
    const held = this.#deps.opinions.standing.filter((episode) => stoodOn(episode, flipped, again.some(({ id }) => id === episode.model)).length > 0);
    this.#weigh(held, flipped, again, touched, now, setup, explained);
  }

  /**
   * At the daily moment: hours whose day had been judged without them came since the last one. They may bring its mean down as well as
   * up, so what stands on such a day is weighed again; by the hour a late one takes nothing from the others.
   */
  arrived(models: readonly Model[], now: number, setup: OutfallSetup, explained: Explained): void {
    for (const model of models) {
      if (model.judgesAgain === undefined) continue;
      for (const episode of this.#deps.opinions.standing.filter((one) => one.model === model.id)) {
        const arrived = flips(arrivedSince(this.#deps.facts, episode, now));
        if (arrived.length > 0) this.#weigh([episode], arrived, [model], [], now, setup, explained);
      }
    }
  }

  #weigh(held: readonly Episode[], changes: readonly VerdictChange[], again: readonly Model[], touched: readonly Interval[], now: number, setup: OutfallSetup, explained: Explained): void {
    const asked = new Map(again.map((model) => {
      const spans = union([...this.#bearing(model, touched, now), ...held.filter((episode) => episode.model === model.id)]);
      return [model.id, { answers: spans.flatMap((span) => this.#askAgain(model, span, now, setup)), gap: Math.max(0, mergeGapOf(model)) }];
    }));
    for (const episode of held) {
      const own = asked.get(episode.model) ?? { answers: [], gap: 0 };
      this.#deps.opinions.revalue(revalue(episode, changes, own, () => 'cleared' in (explained(episode, this.#deps.opinions.episodes) ?? {}), now), now);
    }
    for (const model of again) this.#takeAll(model, asked.get(model.id)?.answers ?? [], now);
  }

  #takeAll(model: Model, answers: readonly Evaluation[], now: number): void {
    for (const { findings } of answers) for (const finding of findings) this.#deps.opinions.take(model, this.#deps.paramsOf(model, now), finding, now);
  }

  /** Stretches of the past with the time after them for which the model counts them, too. */
  #bearing(model: Model, spans: readonly Interval[], now: number): readonly Interval[] {
    const after = (model.bearsOnHours?.(this.#deps.paramsOf(model, now)) ?? 0) * HOUR;
    return after === 0 ? spans : spans.map(({ start, end }) => ({ start, end: Math.max(end, Math.min(end + after, now)) }));
  }

  /** One model on a stretch of the past, each part of it under the registration of that time. */
  #askAgain(model: Model, span: Interval, now: number, setup: OutfallSetup): readonly Evaluation[] {
    return byRegistration(span, setup).map((part) => this.#deps.ask(model, part, now, setup.registrationAt(part.start)));
  }
}
