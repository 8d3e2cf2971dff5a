import { instant, type Instant, SECOND } from '#kernel';
import { flagValue, type Edition } from './edition.ts';
import type { Group, SegmentFields } from './encode.ts';
import { formatQn } from './hj-time.ts';
import type { Frame } from './message.ts';
import { EXE_RTN, QN_RTN } from './replies.ts';
import { plainValue } from './readings.ts';

/**
 * An exchange the host opens: request → 9011 → data … → 9012, or notice → 9013 (HJ 212-2017 6.5).
 * LINK_DOWN: no answer after all resends. TIMED_OUT: accepted, but no result came.
 */
export type ExchangeState = 'SENT' | 'ACCEPTED' | 'DONE' | 'FAILED' | 'REFUSED' | 'LINK_DOWN' | 'TIMED_OUT';

/** One command to a device and how far it has come. */
export interface Exchange {
  readonly state: ExchangeState;
  readonly kind: 'request' | 'notice';
  readonly fields: SegmentFields;
  readonly qn: string;
  readonly sent: number;
  readonly dueAt: Instant;
  /** QnRtn or ExeRtn that ended it. */
  readonly result: string | null;
  readonly dataFrames: number;
}

/** How long to wait and how often to ask again (HJ 212-2017 6.5). */
export interface Timing {
  /** Wait before sending again; 10 s on mobile links, 5 s on wired ones by default. */
  readonly overTimeMs: number;
  readonly resends: number;
  /** Wait for 9012 or more data after 9011. */
  readonly resultMs: number;
}

/** Timing for mobile links. */
export const DEFAULT_TIMING: Timing = { overTimeMs: 10 * SECOND, resends: 3, resultMs: 60 * SECOND };

/** What to do after a step: nothing, or send the request (again). */
export interface ExchangeStep {
  readonly exchange: Exchange;
  readonly send: SegmentFields | null;
}

const NOTICE_COMMANDS: ReadonlySet<string> = new Set(['2012', '2022']);

/** Opens an exchange at `now`; QN is made of the moment and is its identity. */
export function openExchange(
  command: { readonly cn: string; readonly st: string; readonly mn: string; readonly pw: string; readonly cp: Group[] },
  edition: Edition,
  now: Instant,
  timing: Timing = DEFAULT_TIMING,
): ExchangeStep {
  const qn = formatQn(now);
  const fields: SegmentFields = { ...command, qn, flag: flagValue(edition, false, true) };
  const exchange: Exchange = {
    state: 'SENT',
    kind: NOTICE_COMMANDS.has(command.cn) ? 'notice' : 'request',
    fields,
    qn,
    sent: 1,
    dueAt: instant(now + timing.overTimeMs),
    result: null,
    dataFrames: 0,
  };
  return { exchange, send: fields };
}

const isOpen = (exchange: Exchange): boolean => exchange.state === 'SENT' || exchange.state === 'ACCEPTED';

const ended = (exchange: Exchange, state: ExchangeState, result: string | null): Exchange => ({
  ...exchange,
  state,
  result,
});

/** 2005 puts the QN of the message answered inside CP. */
const answeredQn = (frame: Frame): string | undefined => frame.qn ?? plainValue(frame.cp, 'QN');

/** Takes a frame from the device; frames of other exchanges leave everything as it is. */
export function onAnswer(exchange: Exchange, frame: Frame, now: Instant, timing: Timing = DEFAULT_TIMING): Exchange {
  if (!isOpen(exchange)) return exchange;
  const mine = answeredQn(frame) === exchange.qn;
  if (frame.cn === '9013') return mine && exchange.kind === 'notice' ? ended(exchange, 'DONE', null) : exchange;
  if (frame.cn === '9011') {
    if (!mine) return exchange;
    const result = plainValue(frame.cp, 'QnRtn') ?? QN_RTN.UNKNOWN;
    if (result !== QN_RTN.READY) return ended(exchange, 'REFUSED', result);
    return { ...exchange, state: 'ACCEPTED', dueAt: instant(now + timing.resultMs) };
  }
  if (frame.cn === '9012') {
    if (!mine) return exchange;
    const result = plainValue(frame.cp, 'ExeRtn') ?? EXE_RTN.FAILED;
    return ended(exchange, result === EXE_RTN.DONE ? 'DONE' : 'FAILED', result);
  }
  if (frame.cn !== exchange.fields.cn || exchange.state !== 'ACCEPTED') return exchange;
  return { ...exchange, dataFrames: exchange.dataFrames + 1, dueAt: instant(now + timing.resultMs) };
}

/** Time passes: resend, or give up. */
export function onTime(exchange: Exchange, now: Instant, timing: Timing = DEFAULT_TIMING): ExchangeStep {
  if (!isOpen(exchange) || now < exchange.dueAt) return { exchange, send: null };
  if (exchange.state === 'ACCEPTED') return { exchange: ended(exchange, 'TIMED_OUT', null), send: null };
  if (exchange.sent > timing.resends) return { exchange: ended(exchange, 'LINK_DOWN', null), send: null };
  const again: Exchange = { ...exchange, sent: exchange.sent + 1, dueAt: instant(now + timing.overTimeMs) };
  return { exchange: again, send: exchange.fields };
}
