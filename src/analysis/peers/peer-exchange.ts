import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { MemoryBoard, type DailySummary, type PeerBoard } from './peers.ts';

/** How the summaries of one pass get from one judging thread to the others. */
export interface PeerExchange {
  readonly board: PeerBoard;
  /** Everybody's summaries of the moments before are on the board when it returns. Must be asked before each daily moment. */
  meet(): void;
  /** This thread has passed a daily moment: the others may have what it published. */
  post(): void;
}

/** One thread judges everything: there is nobody to wait for. */
export function aloneExchange(): PeerExchange {
  return { board: new MemoryBoard(), meet: () => undefined, post: () => undefined };
}

/** What a thread is given to meet the others: a port to each, and a count of daily moments posted by each. */
export interface Meeting {
  readonly part: number;
  /** By part; undefined at its own place. */
  readonly ports: readonly (MessagePort | undefined)[];
  readonly counts: SharedArrayBuffer;
}

/** A port from each thread to each other one. */
export function meetings(of: number): Meeting[] {
  const counts = new SharedArrayBuffer(of * Int32Array.BYTES_PER_ELEMENT);
  const ports: (MessagePort | undefined)[][] = Array.from({ length: of }, () => Array.from({ length: of }, () => undefined));
  for (let a = 0; a < of; a++) {
    for (let b = a + 1; b < of; b++) {
      const { port1, port2 } = new MessageChannel();
      (ports[a] as (MessagePort | undefined)[])[b] = port1;
      (ports[b] as (MessagePort | undefined)[])[a] = port2;
    }
  }
  return ports.map((own, part) => ({ part, ports: own, counts }));
}

interface Letter {
  readonly pass: number;
  readonly summaries: readonly DailySummary[];
}

/**
 * A barrier per day. All threads read the same capture, so all post the same daily moments in the same order: a thread
 * that has posted n of them waits until each other thread has posted n as well. `pass` tells letters of a reading that
 * was begun again from those of the one before.
 */
export function threadExchange(meeting: Meeting, pass: number): PeerExchange {
  const counts = new Int32Array(meeting.counts);
  const kept = new MemoryBoard();
  let fresh: DailySummary[] = [];
  const board: PeerBoard = {
    publish: (summary) => {
      fresh.push(summary);
      kept.publish(summary);
    },
    daysOf: (outfall, at) => kept.daysOf(outfall, at),
  };
  const take = (port: MessagePort): void => {
    for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
      const letter = got.message as Letter;
      if (letter.pass === pass) letter.summaries.forEach((summary) => kept.publish(summary));
    }
  };
  return {
    board,
    meet: () => {
      const own = Atomics.load(counts, meeting.part);
      for (const [part, port] of meeting.ports.entries()) {
        if (port === undefined) continue;
        for (let theirs = Atomics.load(counts, part); theirs < own; theirs = Atomics.load(counts, part)) Atomics.wait(counts, part, theirs);
        take(port);
      }
    },
    post: () => {
      for (const port of meeting.ports) port?.postMessage({ pass, summaries: fresh } satisfies Letter);
      fresh = [];
      Atomics.add(counts, meeting.part, 1);
      Atomics.notify(counts, meeting.part);
    },
  };
}
