import { createContext, Script } from 'node:vm';
import type { OutfallId } from '#kernel';
import type { Model } from '../contract.ts';

/** A question takes milliseconds; a model that thinks so long about one does not come to an end. */
const MOST_MS = 10_000;
/** Judging of one outfall is looked into after so long. */
const PATIENCE_MS = 30_000;
/** Much work at one outfall is given up to so many times as long; a hang that comes on top of it is found no later. */
const MOST_PATIENCE = 16;
/** A version that did not come to an end at so many outfalls is asked nowhere: each further one would hold judging up as long again. */
const BARRED_AFTER = 3;

/** Work of an outfall that is broken off through no fault of a model is begun anew so often. */
const MOST_TRIES = 8;

/** Judging was stopped in the middle; what was judged since the last write, or the beginning, must be thrown away. */
export class BrokenOff extends Error {
  readonly outfall: OutfallId | undefined;
  /** A model has the blame and will be asked no more there. */
  readonly blamed: boolean;
  constructor(what: string, outfall?: OutfallId, blamed = false) {
    super(what);
    this.outfall = outfall;
    this.blamed = blamed;
  }
}

/** It was stopped in the middle of a question to this model. */
export class ModelHung extends BrokenOff {
  constructor(model: string, outfalls: Iterable<OutfallId>, ms: number) {
    super(`${model} did not come to an end at ${[...outfalls].join(', ')} within ${ms} ms`, undefined, true);
  }
}

const versionOf = ({ id, version }: Model): string => `${id}@${version}`;

const WORK = new Script('work()');

/** What a watchdog has found out: where each version did not come to an end. Plain data. */
export type Hung = ReadonlyMap<string, ReadonlySet<OutfallId>>;

/**
 * Keeps a model from holding up the worker for ever. Judging runs in one call that V8 itself breaks off when its time is up, wherever
 * it is; nothing is asked or waited for on the way. A model that is found thinking then is asked no more at that outfall: its
 * answer is EXCEPTION, never "clean"; after {@link BARRED_AFTER} outfalls its version is asked at none. A new version is asked again.
 * Lives longer than the state that has to be thrown away.
 */
export class Watchdog {
  readonly #most: number;
  readonly #patience: number;
  /** Outfalls whose work was broken off through no fault of a model, until it is done: how long it is given. */
  readonly #longer = new Map<OutfallId, number>();
  #asked: { readonly outfall: OutfallId; readonly model: string; readonly since: number } | undefined;
  #began = process.threadCpuUsage();
  /** Where each version did not come to an end. */
  readonly #hung = new Map<string, Set<OutfallId>>();
  readonly #tries = new Map<OutfallId | undefined, number>();
  readonly #place: { work: () => void } = { work: () => undefined };
  readonly #context = createContext(this.#place);

  constructor(most = MOST_MS, patience = PATIENCE_MS) {
    this.#most = most;
    this.#patience = patience;
  }

  /** A model begins to think. */
  asks(outfall: OutfallId, model: Model): void {
    this.#asked = { outfall, model: versionOf(model), since: performance.now() };
  }

  /** Runs synchronous work of one outfall. Throws {@link ModelHung} where a model does not come to an end in it. */
  run<T>(outfall: OutfallId, work: () => T): T {
    const done: T[] = [];
    this.#asked = undefined;
    this.#began = process.threadCpuUsage();
    this.#place.work = () => void done.push(work());
    try {
      WORK.runInContext(this.#context, { timeout: this.#longer.get(outfall) ?? this.#patience });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw this.#blame(outfall);
    }
    // What was begun anew is not done with its first part.
    if (!this.#tries.has(outfall)) this.#longer.delete(outfall);
    return done[0] as T;
  }

  /** Much work is no fault, and neither is a machine that is busy with something else: it is given more time when it is done again. */
  #blame(outfall: OutfallId): Error {
    const asked = this.#asked;
    const { user, system } = process.threadCpuUsage(this.#began);
    if (asked === undefined || performance.now() - asked.since < this.#most || (user + system) / 1000 < this.#most) {
      const longer = Math.min(2 * (this.#longer.get(outfall) ?? this.#patience), MOST_PATIENCE * this.#patience);
      this.#longer.set(outfall, longer);
      return new BrokenOff(`judging was broken off; it is given ${longer} ms`, outfall);
    }
    this.#longer.delete(outfall);
    const at = (this.#hung.get(asked.model) ?? new Set()).add(asked.outfall);
    this.#hung.set(asked.model, at);
    return new ModelHung(asked.model, [asked.outfall], this.#most);
  }

  /** For work that can be begun anew as a whole (back-test, `detect`): throws what is no reason to do so. */
  mayBeginAnew(error: unknown): void {
    if (!(error instanceof BrokenOff)) throw error;
    if (error.blamed) return;
    const tries = (this.#tries.get(error.outfall) ?? 0) + 1;
    if (tries > MOST_TRIES) throw error;
    this.#tries.set(error.outfall, tries);
  }

  get hung(): Hung {
    return this.#hung;
  }

  /** Takes over what another one has found out. */
  hearOf(hung: Hung): void {
    for (const [version, at] of hung) this.#hung.set(version, new Set([...(this.#hung.get(version) ?? []), ...at]));
  }

  /** The model as it may be asked at this outfall. */
  may(outfall: OutfallId, model: Model): Model {
    const version = versionOf(model);
    const at = this.#hung.get(version);
    if (at === undefined || (at.size < BARRED_AFTER && !at.has(outfall))) return model;
    const error = new ModelHung(version, at, this.#most);
    return { ...model, evaluate: () => { throw error; } };
  }
}
