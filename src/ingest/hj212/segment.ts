import { AMP } from './bytes.ts';
import { encodeCp, type Group, type Pair } from './encode.ts';
import { firstName, type Name, nameOf } from './names.ts';

/** A data segment taken apart without losing a character: `joinSegment(parseSegment(t)) === t`. */
export interface Segment {
  /** Fields before the data area, in the order sent, untrimmed. */
  readonly header: readonly Pair[];
  /** Text before `CP=&&` as sent, its last `;` included. HJ 212-2017 表 C.19 forgets that `;`. */
  readonly head: string;
  /** Null when there is no `CP=&&`. */
  readonly cp: readonly Group[] | null;
  /** Whether a closing `&&` was found. */
  readonly closed: boolean;
  /** What follows the closing `&&`; should be empty. */
  readonly rest: string;
}

const OPENING = 'CP=&&';
const SEMICOLON = 0x3b;
const COMMA = 0x2c;
const EQUALS = 0x3d;
const NO_COMMA = -1;

const HEADER_START = firstName();
const AREA_START = firstName();

/**
 * One byte per character, for scanning: the characters themselves where they are ASCII, 255 elsewhere (never a mark).
 * For an ASCII segment that is the received bytes.
 */
export const shapeOf = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length }, (_, i) => Math.min(text.charCodeAt(i), 255));

/** Where the last pair ended, and its name: results of `readPair` beside the pair itself, kept out of the heap. */
let pairEnd = 0;
let pairName: Name | null = null;

/**
 * Reads one pair up to `;` (or `comma`, where that separates too). Its name is first compared with the one that
 * followed `previous` last time, which spares cutting out and looking up nearly every name of a data frame.
 */
function readPair(text: string, shape: Uint8Array, from: number, to: number, comma: number, previous: Name): Pair {
  let name = previous.next;
  let at = name === null ? -1 : matchName(shape, from, to, name.codes);
  if (at < 0) {
    at = from;
    let byte = 0;
    while (at < to && (byte = shape[at] as number) !== EQUALS && byte !== SEMICOLON && byte !== comma) at++;
    if (at < to && byte === EQUALS) previous.next = name = nameOf(text.slice(from, at));
    else name = null;
  }
  let end = at;
  let mark = 0;
  while (end < to && (mark = shape[end] as number) !== SEMICOLON && mark !== comma) end++;
  pairEnd = end;
  pairName = name;
  return name === null ? [text.slice(from, end)] : [name.text, text.slice(at + 1, end)];
}

/** Position of the `=` after a name, or −1 when another name stands there. */
function matchName(shape: Uint8Array, from: number, to: number, codes: Uint8Array): number {
  const end = from + codes.length;
  if (end >= to || shape[end] !== EQUALS) return -1;
  for (let k = 0, i = from; i < end; k++, i++) if (shape[i] !== codes[k]) return -1;
  return end;
}

/** Splits the data area into groups (`;`) of pairs (`,`); values are cut at the first `=` and left untrimmed. */
export function parseCp(text: string, shape = shapeOf(text), from = 0, to = text.length): Group[] {
  const groups: Pair[][] = [];
  if (from >= to) return groups;
  let group: Pair[] = [];
  groups.push(group);
  let previous = AREA_START;
  for (let i = from; i < to; i = pairEnd + 1) {
    group.push(readPair(text, shape, i, to, COMMA, previous));
    previous = pairName ?? previous;
    if (pairEnd >= to) break;
    if (shape[pairEnd] === SEMICOLON) groups.push((group = []));
    // "a," ends in an empty pair, kept so that nothing sent is lost; "a;" ends in an empty group.
    else if (pairEnd + 1 === to) group.push(['']);
  }
  return groups;
}

function parseHeader(text: string, shape: Uint8Array, to: number): Pair[] {
  const pairs: Pair[] = [];
  let previous = HEADER_START;
  for (let i = 0; i < to; i = pairEnd + 1) {
    pairs.push(readPair(text, shape, i, to, NO_COMMA, previous));
    previous = pairName ?? previous;
  }
  return pairs;
}

/** Takes a segment apart by its marks alone; says nothing about whether the values make sense. */
export function parseSegment(text: string, shape = shapeOf(text)): Segment {
  const opening = text.indexOf(OPENING);
  if (opening < 0) {
    return { header: parseHeader(text, shape, text.length), head: text, cp: null, closed: false, rest: '' };
  }
  const joined = opening > 0 && shape[opening - 1] === SEMICOLON;
  const from = opening + OPENING.length;
  let closing = text.length - 2;
  if (closing < from || shape[closing] !== AMP || shape[closing + 1] !== AMP) closing = text.indexOf('&&', from);
  const closed = closing >= from;
  const to = closed ? closing : text.length;
  return {
    header: parseHeader(text, shape, joined ? opening - 1 : opening),
    head: text.slice(0, opening),
    cp: parseCp(text, shape, from, to),
    closed,
    rest: closed ? text.slice(to + 2) : '',
  };
}

/** The exact text a segment was parsed from. */
export function joinSegment(segment: Segment): string {
  if (segment.cp === null) return segment.head;
  return `${segment.head}${OPENING}${encodeCp(segment.cp)}${segment.closed ? '&&' : ''}${segment.rest}`;
}
