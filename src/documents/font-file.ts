/**
 * Reads what we need of a TrueType file: which characters it can draw, and their outlines.
 * At PDF/A-1b the typesetter drops a missing glyph without a word, so the question is put to the font itself.
 */
export interface FontFile {
  /** Units of the em square; outlines are in these units. */
  readonly unitsPerEm: number;
  /** Glyph number of a code point; 0 when the font cannot draw it. */
  glyphOf(codePoint: number): number;
  /** Advance width of a glyph in font units. */
  advanceOf(glyph: number): number;
  /** Closed contours of a glyph, y upwards; empty for a blank. */
  outlineOf(glyph: number): readonly Contour[];
}

export interface OutlinePoint {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}
export type Contour = readonly OutlinePoint[];

interface Group {
  readonly first: number;
  readonly last: number;
  readonly glyph: number;
}

/** @throws Error when the bytes are no TrueType font with a Unicode character map (a broken installation). */
export function readFont(bytes: Uint8Array): FontFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = tableFinder(view);
  const head = table('head');
  const unitsPerEm = view.getUint16(head + 18);
  const longLoca = view.getInt16(head + 50) === 1;
  const metrics = view.getUint16(table('hhea') + 34);
  const hmtx = table('hmtx');
  const [loca, glyf] = [table('loca'), table('glyf')];
  const groups = characterMap(view, table('cmap'));
  const offsetOf = (glyph: number): number =>
    longLoca ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2;

  const outlineOf = (glyph: number, depth = 0): Contour[] => {
    const [start, end] = [offsetOf(glyph), offsetOf(glyph + 1)];
    if (start === end || depth > 5) return [];
    const contours = view.getInt16(glyf + start);
    if (contours >= 0) return simpleGlyph(view, glyf + start, contours);
    return componentsOf(view, glyf + start).flatMap((part) =>
      outlineOf(part.glyph, depth + 1).map((contour) =>
        contour.map((p) => ({
          x: part.a * p.x + part.c * p.y + part.dx,
          y: part.b * p.x + part.d * p.y + part.dy,
          onCurve: p.onCurve,
        })),
      ),
    );
  };

  return {
    unitsPerEm,
    glyphOf: (codePoint) => lookUp(groups, codePoint),
    advanceOf: (glyph) => view.getUint16(hmtx + Math.min(glyph, metrics - 1) * 4),
    outlineOf: (glyph) => outlineOf(glyph),
  };
}

function tableFinder(view: DataView): (tag: string) => number {
  const tables = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((k) => view.getUint8(at + k)));
    tables.set(tag, view.getUint32(at + 8));
  }
  return (tag) => {
    const offset = tables.get(tag);
    if (offset === undefined) throw new Error(`font without table ${tag}`);
    return offset;
  };
}

/** The fullest Unicode subtable as sorted ranges: format 12 (all planes) before format 4 (first plane only). */
function characterMap(view: DataView, cmap: number): readonly Group[] {
  let format4: number | undefined;
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    const format = view.getUint16(at);
    if (format === 12) return format12(view, at);
    if (format === 4) format4 = at;
  }
  if (format4 === undefined) throw new Error('font without a Unicode character map');
  return format4Groups(view, format4);
}

function format12(view: DataView, at: number): Group[] {
  return Array.from({ length: view.getUint32(at + 12) }, (_, i) => {
    const row = at + 16 + i * 12;
    return { first: view.getUint32(row), last: view.getUint32(row + 4), glyph: view.getUint32(row + 8) };
  });
}

function format4Groups(view: DataView, at: number): Group[] {
  const doubled = view.getUint16(at + 6);
  const groups: Group[] = [];
  for (let i = 0; i < doubled; i += 2) {
    const last = view.getUint16(at + 14 + i);
    const first = view.getUint16(at + 16 + doubled + i);
    const delta = view.getInt16(at + 16 + 2 * doubled + i);
    const rangeAt = at + 16 + 3 * doubled + i;
    const range = view.getUint16(rangeAt);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const raw = range === 0 ? code : view.getUint16(rangeAt + range + (code - first) * 2);
      if (range === 0 || raw !== 0) groups.push({ first: code, last: code, glyph: (raw + delta) & 0xffff });
    }
  }
  return groups;
}

function lookUp(groups: readonly Group[], codePoint: number): number {
  let [low, high] = [0, groups.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const group = groups[middle]!;
    if (codePoint < group.first) high = middle - 1;
    else if (codePoint > group.last) low = middle + 1;
    else return group.glyph + codePoint - group.first;
  }
  return 0;
}

function simpleGlyph(view: DataView, at: number, contours: number): Contour[] {
  const ends = Array.from({ length: contours }, (_, i) => view.getUint16(at + 10 + i * 2));
  const count = (ends.at(-1) ?? -1) + 1;
  let p = at + 10 + contours * 2;
  p += 2 + view.getUint16(p);
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = view.getUint8(p++);
    const repeat = flag & 8 ? view.getUint8(p++) : 0;
    for (let i = 0; i <= repeat; i++) flags.push(flag);
  }
  const axis = (short: number, same: number): number[] => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += (flag & same ? 1 : -1) * view.getUint8(p++);
      else if (!(flag & same)) {
        value += view.getInt16(p);
        p += 2;
      }
      return value;
    });
  };
  const xs = axis(2, 16);
  const ys = axis(4, 32);
  return ends.map((end, i) => {
    const from = i === 0 ? 0 : ends[i - 1]! + 1;
    return flags.slice(from, end + 1).map((flag, k) => ({ x: xs[from + k]!, y: ys[from + k]!, onCurve: (flag & 1) === 1 }));
  });
}

function componentsOf(view: DataView, at: number) {
  const parts: { glyph: number; a: number; b: number; c: number; d: number; dx: number; dy: number }[] = [];
  let p = at + 10;
  for (let flags = 0x20; flags & 0x20; ) {
    flags = view.getUint16(p);
    const glyph = view.getUint16(p + 2);
    p += 4;
    const words = (flags & 1) !== 0;
    const dx = words ? view.getInt16(p) : view.getInt8(p);
    const dy = words ? view.getInt16(p + 2) : view.getInt8(p + 1);
    p += words ? 4 : 2;
    const f = (k: number): number => view.getInt16(p + k) / 16384;
    let [a, b, c, d] = [1, 0, 0, 1];
    if (flags & 8) [a, d, p] = [f(0), f(0), p + 2];
    else if (flags & 0x40) [a, d, p] = [f(0), f(2), p + 4];
    else if (flags & 0x80) [a, b, c, d, p] = [f(0), f(2), f(4), f(6), p + 8];
    parts.push({ glyph, a, b, c, d, dx, dy });
  }
  return parts;
}
