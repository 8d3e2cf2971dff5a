import { AMP } from './bytes.ts';
import { encodeCp, type Group, type Pair } from './encode.ts';

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

/** Splits the data area into groups (`;`) of pairs (`,`); values are cut at the first `=` and left untrimmed. */
export function parseCp(text: string, from = 0, to = text.length): Group[] {
  const groups: Pair[][] = [];
  if (from >= to) return groups;
  let group: Pair[] = [];
  groups.push(group);
  let start = from;
  let equals = -1;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === EQUALS) {
      if (equals < 0) equals = i;
    } else if (code === COMMA || code === SEMICOLON) {
      group.push(pairOf(text, start, equals, i));
      start = i + 1;
      equals = -1;
      if (code === SEMICOLON) groups.push((group = []));
    }
  }
  // "a=1;" ends in an empty group, kept so that nothing sent is lost.
  if (start < to || group.length > 0) group.push(pairOf(text, start, equals, to));
  return groups;
}

const pairOf = (text: string, start: number, equals: number, end: number): Pair =>
  equals < 0 ? [text.slice(start, end)] : [text.slice(start, equals), text.slice(equals + 1, end)];

function parseHeader(text: string, to: number): Pair[] {
  const pairs: Pair[] = [];
  let start = 0;
  while (start < to) {
    let end = text.indexOf(';', start);
    if (end < 0 || end > to) end = to;
    const equals = text.indexOf('=', start);
    pairs.push(pairOf(text, start, equals >= 0 && equals < end ? equals : -1, end));
    start = end + 1;
  }
  return pairs;
}

/** Takes a segment apart by its marks alone; says nothing about whether the values make sense. */
export function parseSegment(text: string): Segment {
  const opening = text.indexOf(OPENING);
  if (opening < 0) return { header: parseHeader(text, text.length), head: text, cp: null, closed: false, rest: '' };
  const joined = opening > 0 && text.charCodeAt(opening - 1) === SEMICOLON;
  const from = opening + OPENING.length;
  let closing = text.length - 2;
  if (closing < from || text.charCodeAt(closing) !== AMP || text.charCodeAt(closing + 1) !== AMP) {
    closing = text.indexOf('&&', from);
  }
  const closed = closing >= from;
  const to = closed ? closing : text.length;
  return {
    header: parseHeader(text, joined ? opening - 1 : opening),
    head: text.slice(0, opening),
    cp: parseCp(text, from, to),
    closed,
    rest: closed ? text.slice(to + 2) : '',
  };
}

/** The exact text a segment was parsed from. */
export function joinSegment(segment: Segment): string {
  if (segment.cp === null) return segment.head;
  return `${segment.head}${OPENING}${encodeCp(segment.cp)}${segment.closed ? '&&' : ''}${segment.rest}`;
}
