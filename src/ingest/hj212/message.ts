import type { Instant } from '#kernel';
import type { Edition } from './edition.ts';
import type { Group } from './encode.ts';
import type { DecodeError } from './problems.ts';
import type { Segment } from './segment.ts';
import type { TextEncoding } from './text.ts';

/** An accepted frame (报文). Values are the strings that were sent. */
export interface Frame {
  readonly ok: true;
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
  /** HJ 212-2025: the device says it sends this again. */
  readonly resent: boolean;
  readonly encrypted: boolean;
  readonly crc: { readonly stated: string; readonly computed: number; readonly ok: boolean };
  readonly length: { readonly stated: number; readonly actual: number; readonly ok: boolean };
  /** DataTime as an instant, China Standard Time assumed; null when none was sent. */
  readonly dataAt: Instant | null;
  readonly cp: readonly Group[];
  readonly segment: Segment;
  readonly encoding: TextEncoding;
  readonly offset: number;
  readonly raw: Uint8Array;
  readonly problems: readonly string[];
}

/** Bytes that are no acceptable frame, with the reason and all of them kept. */
export interface BadFrame {
  readonly ok: false;
  readonly error: DecodeError;
  readonly problems: readonly string[];
  readonly raw: Uint8Array;
  readonly offset: number;
  /** What can still be read of the text; proves nothing. */
  readonly readable: Segment | null;
}

/** A frame, or the bytes that are none with the reason. Neither throws. */
export type Decoded = Frame | BadFrame;
