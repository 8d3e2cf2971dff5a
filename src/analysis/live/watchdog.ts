import { createContext, Script } from 'node:vm';
import type { OutfallId } from '#kernel';
import type { Model } from '../contract.ts';

/** A question takes milliseconds; a model that thinks so long about one does not come to an end. */
const MOST_MS = 10_000;
/** Judging of one outfall is looked into after so long. */
const PATIENCE_MS = 30_000;

/** A model was stopped in the middle of a question; what was judged since the last write must be thrown away. */
export class ModelHung extends Error {
  constructor(model: string, outfall: string, ms: number) {
    super(`${model} did not come to an end at ${outfall} within ${ms} ms`);
  }
}

const WORK = new Script('work()');

/**
 * Keeps a model from holding up the worker for ever. Judging runs in one call that V8 itself breaks off when its time is up, wherever
 * it is; nothing is asked or waited for on the way. A model that is found thinking then is asked no more at that outfall: its
 * answer is EXCEPTION, never "clean". Lives longer than the state that has to be thrown away.
 */
export class Watchdog {
  readonly #most: number;
  #patience: number;
  #asked: { readonly outfall: OutfallId; readonly model: string; readonly since: number } | undefined;
  #began = process.threadCpuUsage();
  readonly #hung = new Map<OutfallId, Set<string>>();
  readonly #place: { work: () => void } = { work: () => undefined };
  readonly #context = createContext(this.#place);

  constructor(most = MOST_MS, patience = PATIENCE_MS) {
    this.#most = most;
    this.#patience = patience;
  }

  /** A model begins to think. */
  asks(outfall: OutfallId, { id }: Model): void {
    this.#asked = { outfall, model: id, since: performance.now() };
  }

  /** Runs synchronous work. Throws {@link ModelHung} where a model does not come to an end in it. */
  run<T>(work: () => T): T {
    const done: T[] = [];
    this.#asked = undefined;
    this.#began = process.threadCpuUsage();
    this.#place.work = () => void done.push(work());
    try {
      WORK.runInContext(this.#context, { timeout: this.#patience });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw this.#blame();
    }
    return done[0] as T;
  }

  /** Much work is no fault, and neither is a machine that is busy with something else: it is given more time when it is done again. */
  #blame(): Error {
    const asked = this.#asked;
    const { user, system } = process.threadCpuUsage(this.#began);
    if (asked === undefined || performance.now() - asked.since < this.#most || (user + system) / 1000 < this.#most) {
      this.#patience *= 2;
      return new Error(`judging was broken off; it is given ${this.#patience} ms`);
    }
    const { outfall, model } = asked;
    this.#hung.set(outfall, (this.#hung.get(outfall) ?? new Set()).add(model));
    return new ModelHung(model, outfall, this.#most);
  }

  /** The model as it may be asked at this outfall. */
  may(outfall: OutfallId, model: Model): Model {
    if (this.#hung.get(outfall)?.has(model.id) !== true) return model;
    const error = new ModelHung(model.id, outfall, this.#most);
    return { ...model, evaluate: () => { throw error; } };
  }
}
