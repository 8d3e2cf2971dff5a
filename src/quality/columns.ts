import { CST_OFFSET, DAY, type FactorCode } from '#kernel';
import { flagIndex } from './flags.ts';
import { packNumbers, unpackNumbers, type ByteSink, type ByteSource } from './pack-columns.ts';

/** Columns of one factor on one grid. Doubles hold the sent decimals exactly (≤ 15 digits); NaN = nothing. */
type Field = 'avg' | 'arrivedAt' | 'min' | 'max' | 'cou' | 'zsAvg' | 'sampleTime';
export const STEP_FIELDS: readonly Field[] = ['avg', 'arrivedAt'];
export const HOUR_FIELDS: readonly Field[] = ['avg', 'arrivedAt', 'min', 'max', 'cou', 'zsAvg', 'sampleTime'];

/** Values of one factor in columns, one row for each interval; NaN where there is none. */
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
/** By so much columns grow, are cut and are stored: an outfall holds its window and at most so much more. */
export const PIECE_MS = 8 * DAY;
export const pieceOf = (at: number): number => Math.floor((at + CST_OFFSET) / PIECE_MS) * PIECE_MS - CST_OFFSET;

/** The last midnight in China Standard Time at or before a moment; epoch ms. */
export const localMidnight = (at: number): number => Math.floor((at + CST_OFFSET) / DAY) * DAY - CST_OFFSET;

/** Starts of `n` rows: what times are told relative to. */
function gridStarts(begin: number, stepMs: number, n: number): Float64Array {
  const starts = new Float64Array(n);
  for (let i = 0; i < n; i++) starts[i] = begin + i * stepMs;
  return starts;
}

/**
 * A growing table of columns over one grid. Memory grows by whole days as time goes on and old days are dropped
 * together, so a year of history costs no more than the window.
 */
export class ColumnTable {
  readonly stepMs: number;
  readonly #fields: readonly Field[];
  readonly #withHours: boolean;
  readonly #byFactor = new Map<FactorCode, Columns>();
  #factors: readonly FactorCode[] = [];
  /** Start of row 0. */
  base: number;
  /** Changes whenever columns were moved in memory, so that views on them must be cut again. */
  generation = 0;
  #capacity = 0;
  /** Stands for every field that has held nothing so far: many factors are never sent with totals, conversion or sample times. */
  #nothing: Float64Array = NONE;
  /** Pieces that were written to since they were last stored, and the rows of the one written to last. */
  readonly #written = new Set<number>();
  #lastWritten = { from: 0, to: 0 };

  constructor(stepMs: number, base: number, kind: 'step' | 'hour') {
    this.stepMs = stepMs;
    this.base = base;
    this.#withHours = kind === 'hour';
    this.#fields = kind === 'hour' ? HOUR_FIELDS : STEP_FIELDS;
  }

  /** In the order of their first value; the same list until another factor comes. */
  get factors(): readonly FactorCode[] {
    if (this.#factors.length !== this.#byFactor.size) this.#factors = [...this.#byFactor.keys()];
    return this.#factors;
  }

  row(at: number): number {
    return Math.floor((at - this.base) / this.stepMs);
  }

  columns(factor: FactorCode): Columns | undefined {
    return this.#byFactor.get(factor);
  }

  /** Notes that a row is written to, in any column. */
  touch(row: number): void {
    if (row >= this.#lastWritten.from && row < this.#lastWritten.to) return;
    const piece = pieceOf(this.base + row * this.stepMs);
    this.#written.add(piece);
    this.#lastWritten = { from: Math.ceil((piece - this.base) / this.stepMs), to: Math.ceil((piece + PIECE_MS - this.base) / this.stepMs) };
  }

  /** Bytes of memory that the columns take. */
  get bytes(): number {
    let bytes = this.#nothing.byteLength;
    for (const columns of this.#byFactor.values()) {
      for (const field of this.#fields) if (columns[field] !== this.#nothing) bytes += columns[field].byteLength;
      for (const field of this.#bytes) bytes += columns[field].byteLength;
    }
    return bytes;
  }

  /** Beginnings of the pieces written to since the last call. */
  takeWritten(): readonly number[] {
    const written = [...this.#written];
    this.#written.clear();
    this.#lastWritten = { from: 0, to: 0 };
    return written;
  }

  #rowsOf(piece: number): { from: number; to: number } {
    const at = (moment: number): number => Math.min(this.#capacity, Math.max(0, Math.ceil((moment - this.base) / this.stepMs)));
    return { from: at(piece), to: at(piece + PIECE_MS) };
  }

  /** Where the columns lie and whose they are, in order. */
  get shape(): { readonly stepMs: number; readonly base: number; readonly rows: number; readonly factors: readonly FactorCode[] } {
    return { stepMs: this.stepMs, base: this.base, rows: this.#capacity, factors: this.factors };
  }

  /** Empty columns of that shape; none where the grid has become another one. */
  reshape({ stepMs, base, rows, factors }: ColumnTable['shape']): void {
    this.#byFactor.clear();
    this.#factors = [];
    this.base = base;
    this.#capacity = 0;
    if (stepMs !== this.stepMs) return;
    this.#grow(rows);
    for (const factor of factors) this.#byFactor.set(factor, this.#empty());
  }


  /** Writes the rows of a piece, as they are. */
  pack(piece: number, sink: ByteSink): void {
    const { from, to } = this.#rowsOf(piece);
    sink.number(this.stepMs);
    sink.number(this.base + from * this.stepMs);
    sink.number(to - from);
    sink.number(this.#byFactor.size);
    const starts = gridStarts(this.base + from * this.stepMs, this.stepMs, to - from);
    const zero = new Float64Array(to - from);
    const arrived = starts.slice();
    for (const [factor, columns] of this.#byFactor) {
      sink.text(factor);
      for (const field of this.#fields) {
        const part = columns[field].subarray(from, to);
        packNumbers(sink, part, field === 'arrivedAt' ? arrived : field === 'sampleTime' ? starts : zero);
        // Factors of one frame arrive together.
        if (field === 'arrivedAt') for (let i = 0; i < part.length; i++) if (!Number.isNaN(part[i] as number)) arrived[i] = part[i] as number;
      }
      for (const field of this.#bytes) sink.take(to - from).set(columns[field].subarray(from, to));
    }
  }

  /** Takes up rows that `pack` wrote; what lies before the first row, or on another grid, is left out. */
  unpack(source: ByteSource): void {
    const stepMs = source.number();
    const begin = source.number();
    const n = source.number();
    const factors = source.number();
    const first = this.row(begin);
    const skip = Math.max(0, -first);
    const starts = gridStarts(begin, stepMs, n);
    const taken = stepMs === this.stepMs && first + n > 0;
    if (taken) this.reserve(first + n);
    const zero = new Float64Array(n);
    const arrived = starts.slice();
    const part = new Float64Array(n);
    for (let f = 0; f < factors; f++) {
      const factor = source.text() as FactorCode;
      const columns = taken ? this.ensure(factor, first + n - 1) : undefined;
      for (const field of this.#fields) {
        part.fill(Number.NaN);
        const some = unpackNumbers(source, field === 'arrivedAt' ? arrived : field === 'sampleTime' ? starts : zero, part);
        if (!some) continue;
        if (field === 'arrivedAt') for (let i = 0; i < n; i++) if (!Number.isNaN(part[i] as number)) arrived[i] = part[i] as number;
        if (columns === undefined) continue;
        if (columns[field] === this.#nothing) columns[field] = this.#fresh();
        columns[field].set(part.subarray(skip), first + skip);
      }
      for (const field of this.#bytes) {
        const bytes = source.take(n);
        columns?.[field].set(bytes.subarray(skip), first + skip);
      }
    }
    this.generation += 1;
  }

  /** Makes room up to and including `row`, and returns the factor's columns. */
  ensure(factor: FactorCode, row: number): Columns {
    this.touch(row);
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
    const chunk = PIECE_MS / this.stepMs;
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
    if (rows * this.stepMs < PIECE_MS) return;
    const gone = Math.min(rows, this.#capacity);
    for (const columns of this.#byFactor.values()) {
      for (const field of this.#fields) if (columns[field] !== this.#nothing) columns[field].copyWithin(0, gone).fill(Number.NaN, this.#capacity - gone);
      for (const field of this.#bytes) columns[field].copyWithin(0, gone).fill(field === 'flag' ? flagIndex.NONE : 0, this.#capacity - gone);
    }
    this.base += rows * this.stepMs;
    this.#lastWritten = { from: 0, to: 0 };
    this.generation += 1;
  }
}
