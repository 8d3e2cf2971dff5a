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

/** Order of the fields in HJ 212-2017 表 1. */
const FIELD_KEYS = {
  QN: 'qn',
  ST: 'st',
  CN: 'cn',
  PW: 'pw',
  MN: 'mn',
  Flag: 'flag',
  PNUM: 'pnum',
  PNO: 'pno',
  RF: 'rf',
} as const satisfies Record<string, keyof Named>;
const FIELD_NAMES = Object.keys(FIELD_KEYS) as readonly (keyof typeof FIELD_KEYS)[];

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
  // Fields nearly always come in the order of the standard: the search starts after the last one found.
  let place = 0;
  for (const pair of segment.header) {
    const name = trimmed(pair[0], problems);
    let found = place;
    while (found < FIELD_NAMES.length && FIELD_NAMES[found] !== name) found++;
    if (found === FIELD_NAMES.length) {
      found = FIELD_NAMES.indexOf(name as keyof typeof FIELD_KEYS);
      if (found < 0) {
        problems.push(finding('FIELD_UNKNOWN', name.slice(0, 40)));
        continue;
      }
      if (found < place - 1) problems.push(finding('FIELD_ORDER', `${name} comes late`));
    }
    place = found + 1;
    const key = FIELD_KEYS[FIELD_NAMES[found] as keyof typeof FIELD_KEYS];
    if (named[key] !== null) problems.push(finding('FIELD_REPEATED', name));
    else named[key] = trimmed(pair[1] ?? '', problems);
  }
  if (segment.head !== '' && !segment.head.endsWith(';')) problems.push(finding('MISSING_SEMICOLON', 'before CP'));
  return named;
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
