import type { ColumnRoom } from './column-room.ts';

/** Places in a dictionary, as wide as it needs. */
type Places = Uint8Array | Uint16Array | Uint32Array;

/**
 * A column of numbers (NaN stands for NULL), of texts (`values[i]` is the place of row i's text in `words`), or of lists of
 * either (`ends[i]` is where the list of row i ends in `values`). Columns whose lists end alike may share their `ends`.
 */
export type Column =
  | { readonly kind: 'numbers'; readonly values: Float64Array | Uint8Array }
  | { readonly kind: 'texts'; readonly words: readonly string[]; readonly values: Places }
  | { readonly kind: 'lists'; readonly ends: Uint32Array; readonly values: Float64Array | Uint8Array }
  | { readonly kind: 'textLists'; readonly ends: Uint32Array; readonly words: readonly string[]; readonly values: Places };

/** The answer to a query, column by column. */
export interface ColumnTable {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Reads ClickHouse's Native format: blocks of columns, fixed-width values lying side by side, little-endian. */
class Reader {
  readonly #bytes: Buffer;
  readonly #room: ColumnRoom | undefined;
  at = 0;
  #lastEnds: { readonly said: Buffer; readonly ends: Uint32Array } | undefined;

  constructor(bytes: Buffer, room: ColumnRoom | undefined) {
    this.#bytes = bytes;
    this.#room = room;
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
  bytes(n: number): Uint8Array {
    const copy = this.#room?.take(n) ?? new Uint8Array(n);
    copy.set(this.#bytes.subarray(this.at, (this.at += n)));
    return copy;
  }

  doubles(n: number): Float64Array {
    const { buffer, byteOffset } = this.bytes(n * 8);
    return new Float64Array(buffer, byteOffset, n);
  }

  /** Values behind a byte each that says whether it is NULL. */
  doublesOrNull(n: number): Float64Array {
    const absent = this.#bytes.subarray(this.at, (this.at += n));
    const values = this.doubles(n);
    for (let i = 0; i < n; i++) if (absent[i] === 1) values[i] = Number.NaN;
    return values;
  }

  /** A number of eight bytes, far below 2^53. */
  long(): number {
    this.at += 8;
    return this.#bytes.readUInt32LE(this.at - 8) + this.#bytes.readUInt32LE(this.at - 4) * 2 ** 32;
  }

  /** Texts by their place in a dictionary that comes with the block; places are as wide as the dictionary needs. */
  dictionary(n: number): { words: string[]; values: Places } {
    if (n === 0) return { words: [], values: new Uint8Array(0) };
    const width = this.long() & 255;
    const words = Array.from({ length: this.long() }, () => this.text());
    const rows = this.long();
    const wide = [Uint8Array, Uint16Array, Uint32Array][width];
    if (wide === undefined || rows !== n) throw new TypeError('series: a dictionary that cannot be read');
    const { buffer, byteOffset } = this.bytes(n * wide.BYTES_PER_ELEMENT);
    return { words, values: new wide(buffer as ArrayBuffer, byteOffset, n) };
  }

  /** Ends of lists, eight bytes each and below 2^32. The columns of a block mostly have lists of the same lengths: the same bytes are read once. */
  ends(n: number): Uint32Array {
    const said = this.#bytes.subarray(this.at, this.at + n * 8);
    if (this.#lastEnds?.said.equals(said) === true) this.at += n * 8;
    else {
      const { buffer, byteOffset } = this.bytes(n * 8);
      const halves = new Uint32Array(buffer, byteOffset, n * 2);
      for (let i = 0; i < n; i++) {
        if (halves[2 * i + 1] !== 0) throw new RangeError('series: a block of more values than can be read');
        halves[i] = halves[2 * i] as number;
      }
      this.#lastEnds = { said, ends: halves.subarray(0, n) };
    }
    return this.#lastEnds.ends;
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
    case 'LowCardinality(String)':
      reader.long();
      return { kind: 'texts', ...reader.dictionary(rows) };
    case 'Array(LowCardinality(String))': {
      reader.long();
      const ends = reader.ends(rows);
      return { kind: 'textLists', ends, ...reader.dictionary(ends[rows - 1] ?? 0) };
    }
    case 'Array(Nullable(Float64))': {
      const ends = reader.ends(rows);
      return { kind: 'lists', ends, values: reader.doublesOrNull(ends[rows - 1] ?? 0) };
    }
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

function joined<A extends Float64Array | Uint8Array>(parts: readonly A[]): A {
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

function joinedEnds(parts: readonly { readonly ends: Uint32Array; readonly values: { readonly length: number } }[]): Uint32Array {
  const [first] = parts as readonly [(typeof parts)[number]];
  if (parts.length === 1) return first.ends;
  const whole = new Uint32Array(parts.reduce((sum, part) => sum + part.ends.length, 0));
  let [at, base] = [0, 0];
  for (const { ends, values } of parts) {
    for (let i = 0; i < ends.length; i++) whole[at++] = base + (ends[i] as number);
    base += values.length;
  }
  return whole;
}

function joinedWords(parts: readonly { readonly words: readonly string[]; readonly values: Places }[]): { words: readonly string[]; values: Places } {
  const [first] = parts as readonly [(typeof parts)[number]];
  if (parts.length === 1) return first;
  const places = new Map<string, number>();
  const values = new Uint32Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    const place = part.words.map((word) => placeOf(places, word));
    for (let i = 0; i < part.values.length; i++) values[at++] = place[part.values[i] as number] as number;
  }
  return { words: [...places.keys()], values };
}

function joinedColumn(parts: readonly Column[]): Column {
  const [first] = parts as readonly [Column];
  const of = <K extends Column['kind']>(kind: K) => parts.filter((part): part is Of<K> => part.kind === kind);
  switch (first.kind) {
    case 'texts':
      return { kind: 'texts', ...joinedWords(of('texts')) };
    case 'numbers':
      return { kind: 'numbers', values: joined(of('numbers').map((part) => part.values)) };
    case 'lists':
      return { kind: 'lists', ends: joinedEnds(of('lists')), values: joined(of('lists').map((part) => part.values)) };
    case 'textLists':
      return { kind: 'textLists', ends: joinedEnds(of('textLists')), ...joinedWords(of('textLists')) };
  }
}

/** Decodes a whole answer in Native format; its values lie in `room` where one is given. Columns must be texts, Float64, UInt8 or lists of them. */
export function readNative(bytes: Buffer, room?: ColumnRoom): ColumnTable {
  const reader = new Reader(bytes, room);
  const parts = new Map<string, Column[]>();
  let rows = 0;
  while (!reader.done) {
    const columns = reader.count();
    const inBlock = reader.count();
    rows += inBlock;
    for (let i = 0; i < columns; i++) {
      const name = reader.text();
      const type = reader.text();
      if (inBlock === 0) continue;
      const column = readColumn(reader, type, inBlock);
      const list = parts.get(name);
      if (list) list.push(column);
      else parts.set(name, [column]);
    }
  }
  return { rows, columns: Object.fromEntries([...parts].map(([name, list]) => [name, joinedColumn(list)])) };
}
