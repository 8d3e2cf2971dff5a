import { z } from 'zod';
import { dayOf, startOfDay, type AuthorityId, type Clock, type UnitId } from '#kernel';
import type { Database, Tx } from '#platform/db';
import type { Logger } from '#platform/log';
import { newId } from '#platform/ids';
import { emit, type Handler } from '#platform/outbox';
import type { ChannelKey, Channels } from './channels.ts';
import { attemptsOf, findMessage, insertAttempt, insertMessage, pushedSince, settleMessage, type Audience } from './message-store.ts';

/** What is to be announced, by which channels and to whom. */
export interface Announcement {
  readonly subject: { readonly kind: string; readonly ids: readonly string[] };
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly channels: readonly ChannelKey[];
  readonly recipients: readonly { readonly audience: Audience; readonly name: string; readonly address: string }[];
  readonly body: string;
  /** Most messages of one day to the unit through one channel; staff have no limit. */
  readonly dailyLimit: number;
}

/**
 * Queues one message for each channel and recipient inside the caller's transaction. Over the unit's limit of the day it
 * is kept as held: the portal tells alone. The caller holds the unit's lock, so that two cannot both count the same.
 */
export async function announce(tx: Tx, deps: { readonly clock: Clock }, what: Announcement): Promise<void> {
  const now = deps.clock.now();
  const today = startOfDay(dayOf(now));
  for (const channel of what.channels) {
    for (const { audience, name, address } of what.recipients) {
      const full = audience === 'UNIT' && (await pushedSince(tx, what.unitId, channel, today)) >= what.dailyLimit;
      const messageId = newId('msg');
      await insertMessage(tx, {
        messageId, subjectKind: what.subject.kind, subjectIds: what.subject.ids, unitId: what.unitId, authorityId: what.authorityId, audience, channel,
        recipient: name, address, body: what.body, createdAt: now, state: full ? 'HELD' : 'QUEUED', reason: full ? 'DAILY_LIMIT' : null, receipt: null, attempts: 0, settledAt: null,
      });
      if (!full) await emit(tx, deps.clock, { type: 'message.queued', subject: messageId, payload: { messageId } });
    }
  }
}

/** What announcing works with. */
export interface MessageDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly channels: Channels;
}

/** After so many failures the message is given up; each failure stays in the ledger. */
export const MOST_ATTEMPTS = 8;

const queued = z.object({ messageId: z.string() });

/** Hands a message to its channel. A failure is written down outside the transaction, and the outbox tries again. */
async function sendOne(tx: Tx, deps: MessageDeps, messageId: string): Promise<void> {
  const message = await findMessage(tx, messageId);
  if (message?.state !== 'QUEUED') return;
  const at = deps.clock.now();
  const channel = deps.channels[message.channel];
  const attempt = (await attemptsOf(tx, messageId)) + 1;
  if (channel === undefined) return settleMessage(tx, messageId, { state: 'FAILED', reason: 'NO_ADAPTER', receipt: null, at, attempts: 0 });
  try {
    const { result, receipt } = await channel.send(message);
    await insertAttempt(tx, { messageId, attempt, at, ok: true, detail: receipt });
    await settleMessage(tx, messageId, { state: result, reason: null, receipt, at, attempts: attempt });
  } catch (error) {
    const failed = { messageId, attempt, at, ok: false, detail: error instanceof Error ? error.message : String(error) };
    if (attempt >= MOST_ATTEMPTS) {
      await insertAttempt(tx, failed);
      return settleMessage(tx, messageId, { state: 'FAILED', reason: failed.detail, receipt: null, at, attempts: attempt });
    }
    await insertAttempt(deps.db, failed);
    throw error;
  }
}

/** The way out of queued messages; retries are those of the outbox. */
export const messageHandlers: readonly Handler<MessageDeps>[] = [
  { on: 'message.queued', name: 'delivery.send-message', handle: (deps, tx, event) => sendOne(tx, deps, queued.parse(event.payload).messageId) },
];
