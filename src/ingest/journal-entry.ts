import type { Instant } from '#kernel';
import type { Decoded } from './hj212/index.ts';

/** What became of a frame at the door. A conflict has the key of an earlier frame and another body; both are kept. */
export type FrameState = 'ACCEPTED' | 'PART' | 'DUPLICATE' | 'CONFLICT' | 'QUARANTINED' | 'REFUSED' | 'NOISE';
/** Whether the device wants an answer and may have it. */
export type ReplyState = 'NOT_WANTED' | 'DUE' | 'WITHHELD';
/** What a frame carries along as a warning; none of them loses it. */
export type Mark = 'BACKFILL' | 'FUTURE' | 'IMPORTED' | 'SUSPECT_PEER' | 'WRONG_PW' | 'RESENT' | 'ENCRYPTED';

/** One piece of a stream as it came in, before anything was decided about it. */
export interface Received {
  readonly decoded: Decoded;
  readonly receivedAt: Instant;
  /** Connection id. */
  readonly conn: string;
  /** `address:port`. */
  readonly peer: string;
}

/** What will be written: one journal row and one leaf. */
export interface Entry {
  readonly received: Received;
  readonly state: FrameState;
  readonly replyState: ReplyState;
  readonly verdict: string;
  readonly marks: readonly Mark[];
  readonly key: string | undefined;
}
