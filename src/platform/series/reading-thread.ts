import { parentPort } from 'node:worker_threads';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { ColumnRoom } from './column-room.ts';
import { readNative, type ColumnTable } from './native.ts';

/** What is asked of the thread. `room` is a number that the asking side gave; without one the columns are handed over. */
export type ReadingTask =
  | { readonly read: number; readonly url: string; readonly database: string; readonly statement: string; readonly parameters: Record<string, unknown>; readonly room: number | undefined }
  | { readonly cancel: number }
  | { readonly clear: number }
  | { readonly close: number };

export type ReadingAnswer = { readonly read: number; readonly table: ColumnTable } | { readonly read: number; readonly error: unknown };

/** Memory for an answer, used again: megabytes asked for anew with each answer make V8 look through its whole heap each time. */
const buffers: Buffer[] = [];
const MOST_BUFFERS = 4;
const BUFFER_BYTES = 2 ** 20;
/** Longer answers are seldom; their memory is given back. */
const KEPT_BYTES = 2 ** 25;

/** Reads an answer that comes in pieces; what `read` returns must hold nothing of the buffer. */
async function gathered<T>(stream: AsyncIterable<unknown>, read: (answer: Buffer) => T): Promise<T> {
  let buffer = buffers.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  let length = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    if (length + piece.length > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (length + piece.length));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    piece.copy(buffer, length);
    length += piece.length;
  }
  const answer = read(buffer.subarray(0, length));
  if (buffers.length < MOST_BUFFERS && buffer.length <= KEPT_BYTES) buffers.push(buffer);
  return answer;
}

const clients = new Map<string, ClickHouseClient>();
const rooms = new Map<number, ColumnRoom>();
const running = new Map<number, AbortController>();

function clientOf(url: string, database: string): ClickHouseClient {
  const key = `${database} ${url}`;
  // Its errors reach the caller; its own log would print them a second time.
  const client = clients.get(key) ?? createClient({ url, database, request_timeout: 120_000, max_open_connections: 4, log: { level: ClickHouseLogLevel.OFF } });
  clients.set(key, client);
  return client;
}

function roomOf(number: number | undefined): ColumnRoom | undefined {
  if (number === undefined) return undefined;
  const room = rooms.get(number) ?? new ColumnRoom();
  rooms.set(number, room);
  return room;
}

/** Memory of an answer that is nobody's room: it is handed over, once for all columns that lie in it. */
const memoryOf = (table: ColumnTable): ArrayBuffer[] => [
  ...new Set(Object.values(table.columns).flatMap((column) => ('ends' in column ? [column.ends.buffer, column.values.buffer] : [column.values.buffer])).filter((memory) => memory instanceof ArrayBuffer)),
];

async function read(task: Extract<ReadingTask, { read: number }>): Promise<void> {
  const abort = new AbortController();
  running.set(task.read, abort);
  try {
    const { stream } = await clientOf(task.url, task.database).exec({ query: task.statement, query_params: task.parameters, abort_signal: abort.signal });
    const table = await gathered(stream, (answer) => readNative(answer, roomOf(task.room)));
    parentPort?.postMessage({ read: task.read, table } satisfies ReadingAnswer, memoryOf(table));
  } catch (error) {
    parentPort?.postMessage({ read: task.read, error } satisfies ReadingAnswer);
  } finally {
    running.delete(task.read);
  }
}

parentPort?.on('message', (task: ReadingTask) => {
  if ('read' in task) void read(task);
  else if ('cancel' in task) running.get(task.cancel)?.abort();
  else if ('clear' in task) rooms.get(task.clear)?.clear();
  else rooms.delete(task.close);
});
