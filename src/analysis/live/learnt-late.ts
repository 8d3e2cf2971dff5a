import { DAY, HOUR } from '#kernel';
import type { Arrival, VerdictChange } from '#quality';
import type { Trigger } from '../contract.ts';
import { union, type Interval } from '../primitives/index.ts';
import { flips } from '../validity/validity.ts';

/** What becomes known so long after it began is late: models that judge again are shown it, however far they look back. */
const LATE_MS = DAY;
/** So many stretches are joined to fewer. */
const MANY_STRETCHES = 64;

/**
 * What was learnt late about past hours and has not been judged yet. It waits until the moment of its arrival, and late
 * hours and steps until their models are asked next; the hours themselves lie in the columns, so this stays small.
 */
export class LearntLate {
  /** When what changed is to be judged; infinite while there is nothing. */
  at = Number.POSITIVE_INFINITY;
  #changes: VerdictChange[] = [];
  #late: Record<Trigger, Interval[]> = { hour: [], tick: [], day: [] };

  /** Notes which past hours an arrival filled or gave another validity. */
  note({ knownAt, facts }: Arrival, rejudged: readonly VerdictChange[], stepMs: number): void {
    if (rejudged.length > 0) {
      const flipped = flips(rejudged);
      for (const change of flipped) this.#changes.push(change);
      if (flipped.length > 0) this.at = knownAt;
    }
    for (const fact of facts) {
      if ((fact.kind !== 'hour' && fact.kind !== 'step') || fact.start >= knownAt - LATE_MS) continue;
      if (fact.kind === 'step') this.#stretch('tick', fact.start, stepMs);
      else {
        this.#stretch('hour', fact.start, HOUR);
        this.#stretch('day', fact.start, HOUR);
        this.at = knownAt;
      }
    }
  }

  #stretch(trigger: Trigger, start: number, length: number): void {
    const late = this.#late[trigger];
    late.push({ start, end: start + length });
    if (late.length > MANY_STRETCHES) this.#late[trigger] = union(late);
  }

  /** Verdicts that changed since they were last asked for. */
  takeChanges(): readonly VerdictChange[] {
    const changes = this.#changes;
    this.#changes = [];
    this.at = Number.POSITIVE_INFINITY;
    return changes;
  }

  /** Stretches that came late, for the models of this moment. */
  takeLate(trigger: Trigger): readonly Interval[] {
    const late = this.#late[trigger];
    if (late.length > 0) this.#late[trigger] = [];
    return union(late);
  }

  get state() {
    return { at: this.at, changes: this.#changes, late: this.#late };
  }

  /** Nothing is given where it was stored by a program that kept none. */
  restore(state: LearntLate['state'] | undefined): void {
    if (state === undefined) return;
    this.at = state.at;
    this.#changes = state.changes;
    this.#late = state.late;
  }
}
