import type { Instant } from '#kernel';
import { type Edition, editionOfCode, flagBits, type FlagBits } from './edition.ts';
import type { Group, Pair } from './encode.ts';
import { parseHjTime } from './hj-time.ts';
import { type DecodeError, finding } from './problems.ts';
import type { DeviceProfile } from './profile.ts';
import type { Segment } from './segment.ts';

/** Fields of the header by name, trimmed, first occurrence. */
interface Named {
  qn: string | null;
  st: string | null;
  cn: string | null;
  pw: string | null;
  mn: string | null;
  flag: string | null;
  pnum: string | null;
  pno: string | null;
  rf: string | null;
}

export interface FrameFields {
  readonly edition: Edition;
  readonly st: string | null;
  readonly cn: string;
  readonly mn: string | null;
  readonly qn: string | null;
  readonly pw: string | null;
  readonly flag: number | null;
  readonly split: boolean;
  readonly ack: boolean;
  readonly pnum: number | null;
  readonly pno: number | null;
  readonly resent: boolean;
  readonly dataAt: Instant | null;
}

type Outcome =
  | { readonly ok: true; readonly value: FrameFields }
  | { readonly ok: false; readonly error: DecodeError; readonly reason: string };

const bad = (error: DecodeError, reason: string): Outcome => ({ ok: false, error, reason });

/** Checks the fields of a segment and notes departures; refuses only what leaves the meaning open. */
export function readFields(segment: Segment, profile: DeviceProfile, problems: string[]): Outcome {
  if (segment.cp === null) return bad('BAD_SEGMENT', 'no CP=&& in the segment');
  if (!segment.closed || segment.rest !== '') return bad('BAD_SEGMENT', 'the segment does not end with &&');
  const named = nameFields(segment, problems);
  if (named.cn === null || named.cn === '') return bad('MISSING_FIELD', 'CN is missing');
  const flag = named.flag === null ? null : smallInt(named.flag);
  if (flag === undefined || (flag !== null && flag > 255)) return bad('BAD_FLAG', `Flag=${named.flag}`);
  const bits = flag === null ? null : flagBits(flag);
  const pnum = named.pnum === null ? null : smallInt(named.pnum);
  const pno = named.pno === null ? null : smallInt(named.pno);
  if (pnum === undefined || pno === undefined) return bad('BAD_SPLIT', `PNUM=${named.pnum}, PNO=${named.pno}`);
  if (pnum !== null && pno !== null && (pno < 1 || pno > pnum)) return bad('BAD_SPLIT', `packet ${pno} of ${pnum}`);
  const edition = profile.edition ?? bits?.version ?? editionOfCode(firstCode(segment.cp));
  const dataAt = dataTimeOf(segment.cp, problems);
  if (dataAt === undefined) return bad('BAD_TIME', 'DataTime is no date');
  noteFields(named, bits, edition, problems);
  const split = bits?.split === true || (pnum ?? 1) > 1;
  if (bits?.split && pnum === null) problems.push(finding('SPLIT_WITHOUT_PNUM', `Flag=${flag}`));
  if (!bits?.split && pnum !== null) problems.push(finding('PNUM_WITHOUT_FLAG', `PNUM=${named.pnum}`));
  return {
    ok: true,
    value: {
      edition,
      st: named.st,
      cn: named.cn,
      mn: named.mn,
      qn: named.qn,
      pw: named.pw,
      flag,
      split,
      ack: bits?.ack === true,
      pnum,
      pno,
      resent: named.rf === '1',
      dataAt,
    },
  };
}

/**
 * Fields by name. Written out one by one: this runs for every frame, and a table of keys made it twice as slow.
 * `place` is the order of HJ 212-2017 表 1.
 */
function nameFields(segment: Segment, problems: string[]): Named {
  const named: Named = {
    qn: null,
    st: null,
    cn: null,
    pw: null,
    mn: null,
    flag: null,
    pnum: null,
    pno: null,
    rf: null,
  };
  let last = 0;
  for (const pair of segment.header) {
    const name = trimmed(pair[0], problems);
    const value = pair.length === 1 ? '' : trimmed(pair[1], problems);
    const place = setField(named, name, value, problems);
    if (place === 0) continue;
    if (place < last) problems.push(finding('FIELD_ORDER', `${name} comes late`));
    else last = place;
  }
  const { head } = segment;
  if (head.length > 0 && head.charCodeAt(head.length - 1) !== 0x3b)
    problems.push(finding('MISSING_SEMICOLON', 'before CP'));
  return named;
}

/** Sets a field that is not yet set and returns its place; 0 for an unknown one. */
function setField(named: Named, name: string, value: string, problems: string[]): number {
  switch (name) {
    case 'QN':
      named.qn = once(named.qn, value, name, problems);
      return 1;
    case 'ST':
      named.st = once(named.st, value, name, problems);
      return 2;
    case 'CN':
      named.cn = once(named.cn, value, name, problems);
      return 3;
    case 'PW':
      named.pw = once(named.pw, value, name, problems);
      return 4;
    case 'MN':
      named.mn = once(named.mn, value, name, problems);
      return 5;
    case 'Flag':
      named.flag = once(named.flag, value, name, problems);
      return 6;
    case 'PNUM':
      named.pnum = once(named.pnum, value, name, problems);
      return 7;
    case 'PNO':
      named.pno = once(named.pno, value, name, problems);
      return 8;
    case 'RF':
      named.rf = once(named.rf, value, name, problems);
      return 9;
    default:
      problems.push(finding('FIELD_UNKNOWN', name.slice(0, 40)));
      return 0;
  }
}

function once(earlier: string | null, value: string, name: string, problems: string[]): string {
  if (earlier === null) return value;
  problems.push(finding('FIELD_REPEATED', name));
  return earlier;
}

function trimmed(text: string, problems: string[]): string {
  if (text.length === 0 || (text.charCodeAt(0) > 0x20 && text.charCodeAt(text.length - 1) > 0x20)) return text;
  problems.push(finding('BLANKS', JSON.stringify(text.slice(0, 40))));
  return text.trim();
}

/** Up to nine digits as a number; undefined for anything else. */
function smallInt(text: string): number | undefined {
  if (text.length === 0 || text.length > 9) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** HJ/T 212-2005 leaves QN, PW, MN and Flag out of uploads and replies, so their absence says little there. */
function noteFields(named: Named, bits: FlagBits | null, edition: Edition, problems: string[]): void {
  if (named.qn === null) problems.push(finding('NO_QN', 'no QN'));
  else if (named.qn.length !== 17 || parseHjTime(named.qn) === undefined) {
    problems.push(finding('QN_FORM', named.qn.slice(0, 40)));
  }
  if (named.st === null) problems.push(finding('NO_ST', 'no ST'));
  if (named.pw === null) problems.push(finding('NO_PW', 'no PW'));
  if (named.flag === null) problems.push(finding('NO_FLAG', 'no Flag'));
  if (bits !== null && bits.version === null) problems.push(finding('FLAG_VERSION', `Flag=${bits.value}`));
  if (named.mn === null) problems.push(finding('NO_MN', 'no MN'));
  else if (!isMn(named.mn, edition)) problems.push(finding('MN_FORM', `MN has ${named.mn.length} characters`));
}

/** 14 characters in 2005, 24 of 0-9 A-F since 2017. */
function isMn(mn: string, edition: Edition): boolean {
  if (edition === '2005') return mn.length === 14;
  if (mn.length !== 24) return false;
  for (let i = 0; i < 24; i++) {
    const c = mn.charCodeAt(i);
    if (!((c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x46))) return false;
  }
  return true;
}

/** Null when there is none; undefined when there is one and it cannot be placed in time. */
function dataTimeOf(cp: readonly Group[], problems: string[]): Instant | null | undefined {
  for (const group of cp) {
    for (const pair of group) {
      if (pair[0] !== 'DataTime' && pair[0].trim() !== 'DataTime') continue;
      const text = (pair[1] ?? '').trim();
      if (text.length !== 14) problems.push(finding('DATA_TIME_FORM', `${text.length} digits`));
      return parseHjTime(text);
    }
  }
  return null;
}

/** The first name with a suffix: the first factor. */
function firstCode(cp: readonly Group[]): string {
  for (const group of cp) for (const pair of group) if (isReading(pair)) return pair[0].trim();
  return '';
}

const isReading = (pair: Pair): boolean => pair[0].indexOf('-') > 0;
