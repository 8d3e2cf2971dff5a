import { Worker } from 'node:worker_threads';
import { MINUTE } from '#kernel';
import { EMPTY_REGISTER, type Registry } from '#register';
import type { Model } from '../contract.ts';
import { lawHere } from '../setup.ts';
import type { WorkerMessage, WorkerTask } from './backtest-worker.ts';
import { Watchdog } from '../live/watchdog.ts';
import { judgeBatch, type Batch, type BatchResult, type BatchTrial } from './judge-batch.ts';
import { nameOf, type NamedModel } from './named-models.ts';
import type { ValueRows } from './value-rows.ts';

/** Those who judge batches, each at his own batch; `judge` waits for a free one. */
export interface Judges {
  readonly places: number;
  judge(batch: Batch): Promise<BatchResult>;
  close(): Promise<void>;
}

/** Memory of columns that is to be handed over; what is shared is not. */
function buffersOf(rows: ValueRows | undefined): ArrayBuffer[] {
  if (rows === undefined) return [];
  const { outfall, start, knownAt, names, ends, fields } = rows;
  return [outfall, start, knownAt, names, ends, ...Object.values(fields)].map((column) => column.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

/** A thread that ended can answer nothing: whoever waits for it is told. */
function ask(worker: Worker, batch: Batch): Promise<BatchResult> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      done();
    };
    const onMessage = (result: BatchResult) => settle(() => resolve(result));
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = (code: number) => settle(() => reject(new Error(`a judging thread ended with ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    // The columns go over without being copied.
    worker.postMessage({ batch } satisfies WorkerMessage, [...new Set([...buffersOf(batch.hours), ...buffersOf(batch.steps), ...buffersOf(batch.power)])]);
  });
}

/** Threads that wait for work: to start one takes longer than many a back-test. */
const warm: Worker[] = [];
const WARM_MS = 5 * MINUTE;
const MOST_WARM = 4;

function startThread(): Worker {
  const worker = new Worker(new URL('./backtest-worker.ts', import.meta.url));
  worker.on('exit', () => void (warm.includes(worker) && warm.splice(warm.indexOf(worker), 1)));
  return worker;
}

/** Keeps a thread that has nothing to do for a while, without keeping the process alive. */
function keepWarm(worker: Worker): void {
  if (warm.length >= MOST_WARM) return void worker.terminate();
  worker.unref();
  warm.push(worker);
  setTimeout(() => {
    if (warm.includes(worker)) void worker.terminate();
  }, WARM_MS).unref();
}

/** Has threads ready while something else is being looked up. */
export function warmUp(places: number): void {
  while (warm.length < Math.min(places, MOST_WARM)) keepWarm(startThread());
}

/** Threads that are told the register and the models by name. */
function threads(registry: Registry, models: readonly NamedModel[], trial: BatchTrial, places: number): Judges {
  const { units, outfalls, factors, limits, permits, meters, other } = registry.data;
  const task: WorkerTask = { data: { ...EMPTY_REGISTER, units, outfalls, factors, limits, permits, meters, other }, law: lawHere().data, models, trial };
  const all = Array.from({ length: places }, () => {
    const worker = warm.pop() ?? startThread();
    worker.ref();
    worker.postMessage({ task } satisfies WorkerMessage);
    return worker;
  });
  const idle = [...all];
  const waiting: ((worker: Worker) => void)[] = [];
  const release = (worker: Worker) => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  return {
    places,
    async judge(batch) {
      const worker = idle.pop() ?? (await new Promise<Worker>((resolve) => waiting.push(resolve)));
      const result = await ask(worker, batch);
      release(worker);
      return result;
    },
    // A thread that is still judging was cancelled or has failed.
    close: async () => void (await Promise.all(all.map((worker) => (idle.includes(worker) ? keepWarm(worker) : worker.terminate())))),
  };
}

/** Judges in `places` threads; without places, or where a model cannot be named to a thread, here. */
export function openJudges(registry: Registry, models: readonly Model[], trial: BatchTrial, places: number, watchdog = new Watchdog()): Judges {
  const names = models.flatMap((model) => nameOf(model) ?? []);
  if (places > 0 && names.length === models.length) return threads(registry, names, trial, places);
  return { places: 1, judge: (batch) => judgeBatch(registry, models, trial, batch, watchdog), close: () => Promise.resolve() };
}
