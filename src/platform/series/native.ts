/**
 * A column of numbers, of texts (`values[i]` is the place of row i's text in `words`), or of lists of numbers (`ends[i]`
 * is where the list of row i ends in `values`).
 */
export type Column =
  | { readonly kind: 'numbers'; readonly values: Float64Array | Uint8Array }
  | { readonly kind: 'texts'; readonly words: readonly string[]; readonly values: Uint32Array }
  | { readonly kind: 'lists'; readonly ends: Float64Array; readonly values: Float64Array | Uint8Array };

/** The answer to a query, column by column. */
export interface ColumnTable {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Reads ClickHouse's Native format: blocks of columns, fixed-width values lying side by side, little-endian. */
class Reader {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  count(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) throw new RangeError('series: the answer ends in the middle');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  text(): string {
    const length = this.count();
    this.at += length;
    return this.#bytes.toString('utf8', this.at - length, this.at);
  }

  /** A copy: values of an answer are not aligned to their width. */
  #take(length: number): ArrayBuffer {
    const copy = new Uint8Array(length);
    this.#bytes.copy(copy, 0, this.at, this.at + length);
    this.at += length;
    return copy.buffer;
  }

  doubles(n: number): Float64Array {
    return new Float64Array(this.#take(n * 8));
  }

  bytes(n: number): Uint8Array {
    return new Uint8Array(this.#take(n));
  }

  /** Positions of lists, far below 2^53: two halves of 32 bits, the lower first. */
  ends(n: number): Float64Array {
    const halves = new Uint32Array(this.#take(n * 8));
    const ends = new Float64Array(n);
    for (let i = 0; i < n; i++) ends[i] = (halves[2 * i] as number) + (halves[2 * i + 1] as number) * 2 ** 32;
    return ends;
  }

  /** Neighbouring rows mostly say the same: equal bytes are turned into text once. */
  texts(n: number): { words: string[]; values: Uint32Array } {
    const places = new Map<string, number>();
    const values = new Uint32Array(n);
    let before: Buffer | undefined;
    let last = 0;
    for (let i = 0; i < n; i++) {
      const length = this.count();
      const said = this.#bytes.subarray(this.at, this.at + length);
      this.at += length;
      if (before === undefined || !said.equals(before)) last = placeOf(places, said.toString('utf8'));
      before = said;
      values[i] = last;
    }
    return { words: [...places.keys()], values };
  }
}

function placeOf(places: Map<string, number>, word: string): number {
  const known = places.get(word);
  if (known !== undefined) return known;
  places.set(word, places.size);
  return places.size - 1;
}

function readColumn(reader: Reader, type: string, rows: number): Column {
  switch (type) {
    case 'String':
      return { kind: 'texts', ...reader.texts(rows) };
    case 'Float64':
      return { kind: 'numbers', values: reader.doubles(rows) };
    case 'UInt8':
      return { kind: 'numbers', values: reader.bytes(rows) };
    case 'Array(Float64)':
    case 'Array(UInt8)': {
      const ends = reader.ends(rows);
      const total = ends[rows - 1] ?? 0;
      return { kind: 'lists', ends, values: type === 'Array(UInt8)' ? reader.bytes(total) : reader.doubles(total) };
    }
    default:
      throw new TypeError(`series: cannot read a column of ${type}; cast it in the query`);
  }
}

function joined<A extends Float64Array | Uint8Array | Uint32Array>(parts: readonly A[]): A {
  const [first] = parts as readonly [A];
  if (parts.length === 1) return first;
  const whole = new (first.constructor as new (length: number) => A)(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

type Of<K extends Column['kind']> = Extract<Column, { kind: K }>;

function joinedLists(parts: readonly Of<'lists'>[]): Column {
  let base = 0;
  const ends = parts.map((part) => {
    const from = base;
    base += part.values.length;
    return from === 0 ? part.ends : part.ends.map((end) => end + from);
  });
  return { kind: 'lists', ends: joined(ends), values: joined(parts.map((part) => part.values)) };
}

function joinedTexts(parts: readonly Of<'texts'>[]): Column {
  const places = new Map<string, number>();
  const values = parts.map((part) => {
    const place = part.words.map((word) => placeOf(places, word));
    return part.values.map((i) => place[i] as number);
  });
  return { kind: 'texts', values: joined(values), words: [...places.keys()] };
}

function joinedColumn(parts: readonly Column[]): Column {
  const [first] = parts as readonly [Column];
  const of = <K extends Column['kind']>(kind: K) => parts.filter((part): part is Of<K> => part.kind === kind);
  switch (first.kind) {
    case 'texts':
      return joinedTexts(of('texts'));
    case 'numbers':
      return { kind: 'numbers', values: joined(of('numbers').map((part) => part.values)) };
    case 'lists':
      return joinedLists(of('lists'));
  }
}

/** Decodes a whole answer in Native format. Columns must be String, Float64, UInt8 or lists of the latter two. */
export function readNative(bytes: Buffer): ColumnTable {
  const reader = new Reader(bytes);
  const parts = new Map<string, Column[]>();
  let rows = 0;
  while (!reader.done) {
    const columns = reader.count();
    const inBlock = reader.count();
    rows += inBlock;
    for (let i = 0; i < columns; i++) {
      const name = reader.text();
      const column = readColumn(reader, reader.text(), inBlock);
      if (inBlock === 0) continue;
      const list = parts.get(name);
      if (list) list.push(column);
      else parts.set(name, [column]);
    }
  }
  return { rows, columns: Object.fromEntries([...parts].map(([name, list]) => [name, joinedColumn(list)])) };
}
