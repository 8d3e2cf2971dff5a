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
/** Days by which columns grow and are cut: an outfall holds its window and at most so many days more. */
const CHUNK_DAYS = 8;

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
  /** Stands for every field that has held nothing so far: many factors are never sent with totals, conversion or sample times. */
  #nothing: Float64Array = NONE;

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
    if (columns === undefined) this.#byFactor.set(factor, (columns = this.#empty()));
    return columns;
  }

  /** Makes every column at least `rows` long, so that views of one length can be cut from all of them. */
  reserve(rows: number): void {
    if (rows > this.#capacity) this.#grow(rows);
  }

  /** Writes a field that a factor may never have; NaN writes nothing. */
  set(columns: Columns, field: Exclude<Field, 'avg' | 'arrivedAt'>, row: number, value: number): void {
    if (Number.isNaN(value)) return;
    if (columns[field] === this.#nothing) {
      columns[field] = this.#fresh();
      this.generation += 1;
    }
    columns[field][row] = value;
  }

  #fresh(): Float64Array {
    return new Float64Array(this.#capacity).fill(Number.NaN);
  }

  #empty(): Columns {
    const rows = this.#capacity;
    const rare = this.#withHours ? this.#nothing : NONE;
    const bytes = (): Uint8Array => (this.#withHours ? new Uint8Array(rows) : NO_BYTES);
    return {
      avg: this.#fresh(), arrivedAt: this.#fresh(), min: rare, max: rare, cou: rare, zsAvg: rare, sampleTime: rare,
      flag: new Uint8Array(rows).fill(flagIndex.NONE), valid: bytes(), okSteps: bytes(), said: bytes(),
    };
  }

  #grow(rows: number): void {
    const chunk = (CHUNK_DAYS * DAY) / this.stepMs;
    const before = this.#nothing;
    this.#capacity = Math.ceil(rows / chunk) * chunk;
    this.#nothing = this.#withHours ? this.#fresh() : NONE;
    this.generation += 1;
    for (const [factor, old] of this.#byFactor) {
      const next = this.#empty();
      for (const field of this.#fields) {
        if (old[field] === before) continue;
        if (next[field] === this.#nothing) next[field] = this.#fresh();
        next[field].set(old[field]);
      }
      for (const field of this.#bytes) next[field].set(old[field]);
      this.#byFactor.set(factor, next);
    }
  }

  get #bytes(): readonly ('flag' | 'valid' | 'okSteps' | 'said')[] {
    return this.#withHours ? ['flag', 'valid', 'okSteps', 'said'] : ['flag'];
  }

  /** Drops everything before `at` (a local midnight) once at least a chunk of days can go; what stays moves up in place. */
  dropBefore(at: number): void {
    const rows = this.row(at);
    if (rows * this.stepMs < CHUNK_DAYS * DAY || this.#capacity === 0) return;
    const gone = Math.min(rows, this.#capacity);
    for (const columns of this.#byFactor.values()) {
      for (const field of this.#fields) if (columns[field] !== this.#nothing) columns[field].copyWithin(0, gone).fill(Number.NaN, this.#capacity - gone);
      for (const field of this.#bytes) columns[field].copyWithin(0, gone).fill(field === 'flag' ? flagIndex.NONE : 0, this.#capacity - gone);
    }
    this.base += rows * this.stepMs;
    this.generation += 1;
  }
}
