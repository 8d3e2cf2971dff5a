import { Worker } from 'node:worker_threads';
import type { ColumnTable } from './native.ts';
import type { ReadingAnswer, ReadingTask } from './reading-thread.ts';

interface Waiting {
  resolve(table: ColumnTable): void;
  reject(error: unknown): void;
}

/**
 * One thread of the process reads all answers in columns. The socket asks for a buffer for every 64 kB, and V8 answers some ten megabytes
 * of them by looking through the whole heap they belong to: this thread has hardly any (docs/decisions/0006).
 */
let thread: Worker | undefined;
let asked = 0;
const waiting = new Map<number, Waiting>();

function settle(read: number, done: (one: Waiting) => void): void {
  const one = waiting.get(read);
  waiting.delete(read);
  if (waiting.size === 0) thread?.unref();
  if (one !== undefined) done(one);
}

/** A thread that ended answers nothing: whoever waits is told, and the next reading starts another. */
function ended(worker: Worker, error: unknown): void {
  if (thread !== worker) return;
  thread = undefined;
  for (const read of waiting.keys()) settle(read, (one) => one.reject(error));
}

function started(): Worker {
  const worker = new Worker(new URL('./reading-thread.ts', import.meta.url));
  worker.on('message', (answer: ReadingAnswer) => settle(answer.read, (one) => ('table' in answer ? one.resolve(answer.table) : one.reject(answer.error))));
  worker.on('error', (error) => ended(worker, error));
  worker.on('exit', (code) => ended(worker, new Error(`the thread that reads columns ended with ${code}`)));
  worker.unref();
  return worker;
}

const tell = (task: ReadingTask): void => (thread ??= started()).postMessage(task);

/**
 * Memory for columns that is used again, shared between threads. Whoever has done with all that was read into it says `clear`,
 * and `close` when nothing more is read.
 */
export class ReadingRoom {
  static #opened = 0;
  readonly number = ReadingRoom.#opened++;

  clear(): void {
    tell({ clear: this.number });
  }

  close(): void {
    tell({ close: this.number });
  }
}

/** The answer to a statement in Native format, column by column; its values lie in `room` where one is given, else they are the caller's. */
export function readColumns(from: { readonly url: string; readonly database: string }, statement: string, parameters: Record<string, unknown>, signal?: AbortSignal, room?: ReadingRoom): Promise<ColumnTable> {
  const read = asked++;
  return new Promise<ColumnTable>((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error);
    const cancel = () => {
      tell({ cancel: read });
      settle(read, (one) => one.reject(signal?.reason));
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const done = () => signal?.removeEventListener('abort', cancel);
    waiting.set(read, {
      resolve: (table) => (done(), resolve(table)),
      reject: (error) => (done(), reject(error as Error)),
    });
    tell({ read, ...from, statement, parameters, room: room?.number });
    thread?.ref();
  });
}
