import { CST_OFFSET, DAY, type FactorCode } from '#kernel';
import { flagIndex } from './flags.ts';

/** Columns of one factor on one grid. Doubles hold the sent decimals exactly (≤ 15 digits); NaN = nothing. */
type Field = 'avg' | 'arrivedAt' | 'min' | 'max' | 'cou' | 'zsAvg' | 'sampleTime';
export const STEP_FIELDS: readonly Field[] = ['avg', 'arrivedAt'];
export const HOUR_FIELDS: readonly Field[] = ['avg', 'arrivedAt', 'min', 'max', 'cou', 'zsAvg', 'sampleTime'];

export interface Columns {
  avg: Float64Array;
  arrivedAt: Float64Array;
  min: Float64Array;
  max: Float64Array;
  cou: Float64Array;
  zsAvg: Float64Array;
  sampleTime: Float64Array;
  flag: Uint8Array;
  /** Hours: 1 = valid. Steps: unused. */
  valid: Uint8Array;
  /** Hours: number of normal steps; steps: unused. */
  okSteps: Uint8Array;
  /** Hours: index into REASONS plus one, 0 = not judged; steps: unused. */
  said: Uint8Array;
}

const NONE = new Float64Array(0);
const NO_BYTES = new Uint8Array(0);
const CHUNK_DAYS = 16;

export const localMidnight = (at: number): number => Math.floor((at + CST_OFFSET) / DAY) * DAY - CST_OFFSET;

/**
 * A growing table of columns over one grid. Memory grows by whole days as time goes on and old days are dropped
 * together, so a year of history costs no more than the window.
 */
export class ColumnTable {
  readonly stepMs: number;
  readonly #fields: readonly Field[];
  readonly #withHours: boolean;
  readonly #byFactor = new Map<FactorCode, Columns>();
  /** Start of row 0. */
  base: number;
  /** Changes whenever columns were moved in memory, so that views on them must be cut again. */
  generation = 0;
  #capacity = 0;

  constructor(stepMs: number, base: number, kind: 'step' | 'hour') {
    this.stepMs = stepMs;
    this.base = base;
    this.#withHours = kind === 'hour';
    this.#fields = kind === 'hour' ? HOUR_FIELDS : STEP_FIELDS;
  }

  get factors(): readonly FactorCode[] {
    return [...this.#byFactor.keys()];
  }

  row(at: number): number {
    return Math.floor((at - this.base) / this.stepMs);
  }

  columns(factor: FactorCode): Columns | undefined {
    return this.#byFactor.get(factor);
  }

  /** Makes room up to and including `row`, and returns the factor's columns. */
  ensure(factor: FactorCode, row: number): Columns {
    if (row >= this.#capacity) this.#grow(row + 1);
    let columns = this.#byFactor.get(factor);
    if (columns === undefined) this.#byFactor.set(factor, (columns = this.#empty(this.#capacity)));
    return columns;
  }

  /** Makes every column at least `rows` long, so that views of one length can be cut from all of them. */
  reserve(rows: number): void {
    if (rows > this.#capacity) this.#grow(rows);
  }

  #empty(rows: number): Columns {
    const fresh = (field: Field) => (this.#fields.includes(field) ? new Float64Array(rows).fill(Number.NaN) : NONE);
    return {
      avg: fresh('avg'), arrivedAt: fresh('arrivedAt'), min: fresh('min'), max: fresh('max'), cou: fresh('cou'),
      zsAvg: fresh('zsAvg'), sampleTime: fresh('sampleTime'), flag: new Uint8Array(rows).fill(flagIndex.NONE),
      valid: this.#withHours ? new Uint8Array(rows) : NO_BYTES, okSteps: this.#withHours ? new Uint8Array(rows) : NO_BYTES,
      said: this.#withHours ? new Uint8Array(rows) : NO_BYTES,
    };
  }

  #grow(rows: number): void {
    const chunk = (CHUNK_DAYS * DAY) / this.stepMs;
    this.#capacity = Math.ceil(rows / chunk) * chunk;
    this.generation += 1;
    for (const [factor, old] of this.#byFactor) this.#byFactor.set(factor, this.#copy(old, 0));
  }

  #copy(old: Columns, from: number): Columns {
    const next = this.#empty(this.#capacity);
    for (const field of this.#fields) next[field].set(old[field].subarray(from));
    next.flag.set(old.flag.subarray(from));
    if (this.#withHours) {
      next.valid.set(old.valid.subarray(from));
      next.okSteps.set(old.okSteps.subarray(from));
      next.said.set(old.said.subarray(from));
    }
    return next;
  }

  /** Drops everything before `at` (a local midnight), in place, once at least a chunk of days can go. */
  dropBefore(at: number): void {
    const rows = this.row(at);
    if (rows * this.stepMs < CHUNK_DAYS * DAY || this.#capacity === 0) return;
    for (const [factor, old] of this.#byFactor) this.#byFactor.set(factor, this.#copy(old, Math.min(rows, this.#capacity)));
    this.base += rows * this.stepMs;
    this.generation += 1;
  }
}
