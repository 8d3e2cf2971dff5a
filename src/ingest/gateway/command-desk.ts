import { appendLeaf, leafToken } from '#evidence';
import { type Clock, instant, MINUTE } from '#kernel';
import { type Database, transact } from '#platform/db';
import type { Logger } from '#platform/log';
import {
  DEFAULT_TIMING,
  encodeFrame,
  encodeSegment,
  type Exchange,
  type Frame,
  formatHjTime,
  type Group,
  onAnswer,
  onTime,
  openExchange,
  type SegmentFields,
  type Timing,
} from '../hj212/index.ts';
import { type DeviceCommand, openCommands, stepCommand } from '../store/device-commands.ts';
import type { Connection, Speech } from './connection.ts';

/** The connection a device speaks on, and how it speaks: a request carries its own password and system type (HJ 212-2017 表 2). */
export type Speaker = Speech & { readonly connection: Connection };

export interface CommandDeskDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timing?: Timing | undefined;
  speakerOf(mn: string): Speaker | undefined;
}

/** How long a request waits for its device to connect before the link counts as down. */
export const CONNECT_WAIT_MS = 10 * MINUTE;

interface Running {
  readonly command: DeviceCommand;
  exchange: Exchange;
  unsaved: boolean;
}

/**
 * The gateway's side of requests to devices: takes them up from their rows, sends them on the device's connection, resends
 * or gives up by the times of HJ 212-2017 6.5, and writes what became of them. Requests of a gateway that died are sent anew.
 */
export class CommandDesk {
  readonly #deps: CommandDeskDeps;
  readonly #timing: Timing;
  /** By MN: a device has one open request at a time. */
  readonly #running = new Map<string, Running>();
  #turning: Promise<void> | undefined;

  constructor(deps: CommandDeskDeps) {
    this.#deps = deps;
    this.#timing = deps.timing ?? DEFAULT_TIMING;
  }

  /** A frame that is in the journal. Only the connection the device speaks on counts: a rival's answer settles nothing. */
  hear(frame: Frame, connection: Connection): void {
    if (this.#running.size === 0) return;
    for (const mn of frame.mn === null ? connection.speaksFor.keys() : [frame.mn]) {
      const running = this.#running.get(mn);
      if (running === undefined || this.#deps.speakerOf(mn)?.connection !== connection || !this.#concerns(running.command, frame)) continue;
      const exchange = onAnswer(running.exchange, frame, this.#deps.clock.now(), this.#timing);
      if (exchange === running.exchange) continue;
      running.exchange = exchange;
      running.unsaved = true;
    }
  }

  /** Data that the device sends anyway is no answer to a request for a period. */
  #concerns({ cn, fromAt, toAt }: DeviceCommand, frame: Frame): boolean {
    if (frame.cn !== cn || fromAt === null || toAt === null) return true;
    return frame.dataAt !== null && frame.dataAt >= fromAt && frame.dataAt <= toAt;
  }

  /** One turn: resend or give up, write what changed, take up what was asked. Turns do not overlap. */
  turn(): Promise<void> {
    this.#turning ??= this.#turn()
      .catch((error: unknown) => this.#deps.log.warn({ err: error }, 'requests to devices not looked at'))
      .finally(() => (this.#turning = undefined));
    return this.#turning;
  }

  /** Until the turn under way is over. */
  async rest(): Promise<void> {
    await this.#turning;
  }

  async #turn(): Promise<void> {
    const now = this.#deps.clock.now();
    for (const [mn, running] of this.#running) {
      const { exchange, send } = onTime(running.exchange, now, this.#timing);
      if (exchange !== running.exchange) Object.assign(running, { exchange, unsaved: true });
      if (send !== null) this.#send(mn, send);
      if (running.unsaved) await this.#save(running);
    }
    for (const command of await openCommands(this.#deps.db)) {
      if (!this.#running.has(command.mn)) await this.#takeUp(command);
    }
  }

  async #takeUp(command: DeviceCommand): Promise<void> {
    const { mn, cn, st, fromAt, toAt } = command;
    const now = this.#deps.clock.now();
    const speaker = this.#deps.speakerOf(mn);
    if (speaker === undefined) {
      if (now - command.changedAt < CONNECT_WAIT_MS) return;
      return this.#write(command, { state: 'LINK_DOWN', qn: command.qn, sent: command.sent, dataFrames: command.dataFrames, result: null });
    }
    const cp: Group[] = fromAt === null || toAt === null ? [] : [[['BeginTime', formatHjTime(instant(fromAt))], ['EndTime', formatHjTime(instant(toAt))]]];
    const { exchange, send } = openExchange({ cn, st: speaker.st ?? st, mn, pw: speaker.password, cp }, speaker.edition, now, this.#timing);
    const running: Running = { command, exchange, unsaved: true };
    this.#running.set(mn, running);
    // On record before it leaves: what a device was asked is never unknown.
    await this.#save(running);
    if (send !== null) this.#send(mn, send);
  }

  #send(mn: string, fields: SegmentFields): void {
    this.#deps.speakerOf(mn)?.connection.send(encodeFrame(encodeSegment(fields)));
  }

  async #save(running: Running): Promise<void> {
    const { state, qn, sent, dataFrames, result } = running.exchange;
    running.unsaved = false;
    try {
      await this.#write(running.command, { state, qn, sent, dataFrames, result });
    } catch (error) {
      running.unsaved = true;
      throw error;
    }
    if (state !== 'SENT' && state !== 'ACCEPTED') this.#running.delete(running.command.mn);
  }

  /** The row, and for an end its leaf. */
  async #write({ commandId, mn, cn }: DeviceCommand, step: Parameters<typeof stepCommand>[2]): Promise<void> {
    const { db, clock } = this.#deps;
    await transact(db, async (tx) => {
      if (!(await stepCommand(tx, commandId, step, clock.now()))) return;
      const { state, result, dataFrames, qn } = step;
      if (state === 'SENT' || state === 'ACCEPTED' || state === 'WAITING') return;
      await appendLeaf(tx, clock, { t: 'config', ref: commandId, act: 'device-answered', mn: leafToken(mn), cn, state, result, frames: dataFrames, qn });
    });
  }
}
