import { createHash, timingSafeEqual } from 'node:crypto';
import { HOUR, MINUTE } from '#kernel';
import type { Device } from './devices/device-directory.ts';
import { frameKey } from './frame-key.ts';
import { type Frame, replyTo } from './hj212/index.ts';
import type { Entry, FrameState, Mark, Received } from './journal-entry.ts';

/** When data count as old or as lying in the future, milliseconds. */
export interface EntryPolicy {
  /** Data older than this on arrival is back-fill, never silently merged (sec:X02). */
  readonly backfillAfterMs: number;
  /** Data this far ahead of arrival is marked FUTURE. */
  readonly futureAfterMs: number;
}

/** Two days back, ten minutes ahead. */
export const DEFAULT_ENTRY_POLICY: EntryPolicy = { backfillAfterMs: 48 * HOUR, futureAfterMs: 10 * MINUTE };

export interface EntryContext {
  readonly device: Device | undefined;
  /** Another live connection from another address speaks for the same MN. */
  readonly rivalPeer: boolean;
  readonly imported: boolean;
  readonly policy: EntryPolicy;
}

/** What a received piece counts as. Pure: duplicates and conflicts are found when it is written. */
export function decideEntry(received: Received, context: EntryContext): Entry {
  const { decoded } = received;
  if (!decoded.ok) {
    const state: FrameState = decoded.error === 'NOISE' ? 'NOISE' : 'REFUSED';
    const marks: Mark[] = context.imported ? ['IMPORTED'] : [];
    return { received, state, replyState: 'NOT_WANTED', verdict: decoded.error, marks, key: undefined };
  }
  const wanted = !context.imported && replyTo(decoded) !== null;
  return {
    received,
    state: context.device === undefined ? 'QUARANTINED' : (decoded.pnum ?? 1) > 1 ? 'PART' : 'ACCEPTED',
    replyState: wanted ? 'DUE' : 'NOT_WANTED',
    verdict: 'OK',
    marks: marksOf(decoded, received, context),
    key: frameKey(decoded),
  };
}

function marksOf(frame: Frame, received: Received, context: EntryContext): Mark[] {
  const marks: Mark[] = [];
  if (context.imported) marks.push('IMPORTED');
  const behind = frame.dataAt === null ? 0 : received.receivedAt - frame.dataAt;
  if (behind > context.policy.backfillAfterMs) marks.push('BACKFILL');
  if (behind < -context.policy.futureAfterMs) marks.push('FUTURE');
  if (frame.resent) marks.push('RESENT');
  if (frame.encrypted) marks.push('ENCRYPTED');
  const { device } = context;
  const address = received.peer.slice(0, received.peer.lastIndexOf(':'));
  if (context.rivalPeer || (device?.peers && !device.peers.includes(address))) marks.push('SUSPECT_PEER');
  if (device?.password !== undefined && !samePassword(frame.pw ?? '', device.password)) marks.push('WRONG_PW');
  return marks;
}

/** In constant time: how far a guess was right must not show. */
function samePassword(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}
