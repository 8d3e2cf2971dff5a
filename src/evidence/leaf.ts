import { ok, toRfc3339, type Instant, type Result } from '#kernel';
import { canonicalJson, type Json, type JsonObject } from './canonical-json.ts';
import { sha256Hex, sm3Hex } from './digest.ts';
import { refuse } from './errors.ts';

/** What a leaf commits to: digests and ids, never personal data, because a log is never shortened. */
export type LeafType =
  | 'frame'
  | 'frame.dup'
  | 'frame.conflict'
  | 'backfill'
  | 'frames'
  | 'gap'
  | 'series'
  | 'rule'
  | 'mark'
  | 'finding'
  | 'clue'
  | 'sheet'
  | 'review'
  | 'case'
  | 'doc'
  | 'deliver'
  | 'access'
  | 'register'
  | 'pkg'
  | 'clock'
  | 'tsa'
  | 'config'
  | 'key'
  | 'role'
  | 'purge';

/**
 * A leaf as a module states it; `v`, `at` and `node` are added when it is written.
 * Only ids, codes, numbers and digests: no names, no sentences (personal data would stay for ever, sec:X28).
 * Text that came from outside goes through {@link leafToken} first.
 */
export interface LeafInput {
  readonly t: LeafType;
  /** Our id of the object or act, e.g. a case id. */
  readonly ref: string;
  readonly [field: string]: Json | undefined;
}

/** Entry bundles of C2SP tlog-tiles carry 16-bit lengths. */
export const MAX_LEAF_BYTES = 65_535;

const MAX_TOKEN = 256;
const TOKEN = /^[^\s\p{C}<>"'`\\]*$/u;
const MAX_DEPTH = 4;

const isToken = (value: string): boolean => value.length <= MAX_TOKEN && TOKEN.test(value);

function freeTextIn(value: Json, path: string, depth = 0): string | undefined {
  if (typeof value === 'string') return isToken(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return path;
  for (const [key, member] of Object.entries(value as JsonObject)) {
    const found = member === undefined ? undefined : freeTextIn(member, `${path}.${key}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const NODE = process.env['MINGJIAN_NODE'] ?? 'n1';

/**
 * The exact bytes of a leaf: RFC 8785 JSON, UTF-8. Stored as they are and never written again from a parsed form.
 * Refuses free text (EVID-002) and more than 65,535 bytes (EVID-001), before any transaction begins (ev:E14).
 */
export function encodeLeaf(leaf: LeafInput, at: Instant): Result<Uint8Array> {
  const place = freeTextIn(leaf, 'leaf');
  if (place !== undefined) return refuse('EVID-002', { args: { place }, field: place });
  const bytes = Buffer.from(canonicalJson({ ...leaf, v: 1, at: toRfc3339(at), node: NODE }));
  return checkLeafSize(bytes);
}

/** The bytes themselves, or the refusal EVID-001 when they are too many for a leaf. */
export const checkLeafSize = (bytes: Uint8Array): Result<Uint8Array> =>
  bytes.length > MAX_LEAF_BYTES ? refuse('EVID-001', { args: { bytes: bytes.length } }) : ok(bytes);

/** A text from outside as a leaf may hold it: itself when it is a plain token, else its digest. */
export const leafToken = (value: string): string =>
  isToken(value) && value.isWellFormed() ? value : `sha256:${sha256Hex(value)}`;

/** What is fixed about one received frame; digests are over the raw bytes with `##`, length, CRC and line end. */
export interface FrameLeaf {
  readonly t: 'frame' | 'frame.dup' | 'frame.conflict' | 'backfill';
  /** Journal id of the frame. */
  readonly ref: string;
  readonly raw: Uint8Array;
  /** Fields as sent; foreign text is tokenised here. Empty where the frame could not be read. */
  readonly mn: string;
  readonly cn: string;
  readonly qn: string;
  readonly pno: string;
  /** `address:port` and connection id. */
  readonly peer: string;
  readonly conn: string;
  /** `OK` or the codec's error name. */
  readonly verdict: string;
  /** Leaf of the first copy, for `frame.dup` and `frame.conflict`. */
  readonly of?: number;
}

/** ASCII tokens that JSON writes as they stand: nearly every field of nearly every frame. */
const PLAIN = /^[!#-&(-;=?-[\]-_a-~]{0,256}$/;
const quoted = (value: string): string => (PLAIN.test(value) ? `"${value}"` : JSON.stringify(leafToken(value)));

let lastAt = { at: -1, text: '' };
const timeText = (at: Instant): string => (lastAt.at === at ? lastAt : (lastAt = { at, text: toRfc3339(at) })).text;

/** Leaf bytes of a frame, members already in RFC 8785 order: the hot path of ingest. */
export function encodeFrameLeaf(frame: FrameLeaf, at: Instant): Uint8Array {
  const of = frame.of === undefined ? '' : `"of":${frame.of},`;
  return Buffer.from(
    `{"at":"${timeText(at)}","cn":${quoted(frame.cn)},"conn":${quoted(frame.conn)},"len":${frame.raw.length},"mn":${quoted(frame.mn)},` +
      `"node":${quoted(NODE)},${of}"peer":${quoted(frame.peer)},"pno":${quoted(frame.pno)},"qn":${quoted(frame.qn)},"ref":${quoted(frame.ref)},` +
      `"sha256":"${sha256Hex(frame.raw)}","sm3":"${sm3Hex(frame.raw)}","t":"${frame.t}","v":1,"verdict":${quoted(frame.verdict)}}`,
  );
}
