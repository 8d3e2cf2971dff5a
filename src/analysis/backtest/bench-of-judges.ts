import { Worker } from 'node:worker_threads';
import { EMPTY_REGISTER, type Registry } from '#register';
import type { Model } from '../contract.ts';
import type { WorkerTask } from './backtest-worker.ts';
import { judgeBatch, type Batch, type BatchResult, type BatchTrial } from './judge-batch.ts';
import type { ValueRows } from './value-rows.ts';

/** Those who judge batches, each at his own batch; `judge` waits for a free one. */
export interface Judges {
  readonly places: number;
  judge(batch: Batch): Promise<BatchResult>;
  close(): Promise<void>;
}

function buffersOf(rows: ValueRows | undefined): ArrayBuffer[] {
  if (rows === undefined) return [];
  const { outfall, start, knownAt, names, ends, fields } = rows;
  return [...new Set([outfall, start, knownAt, names, ends, ...Object.values(fields)].map((column) => column.buffer as ArrayBuffer))];
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
    worker.postMessage(batch, [...new Set([...buffersOf(batch.hours), ...buffersOf(batch.steps), ...buffersOf(batch.power)])]);
  });
}

/** Threads that hold the register and the models by id. */
function threads(registry: Registry, models: readonly string[], trial: BatchTrial, places: number): Judges {
  const { units, outfalls, factors, limits, permits, meters, other } = registry.data;
  const task: WorkerTask = { data: { ...EMPTY_REGISTER, units, outfalls, factors, limits, permits, meters, other }, models, trial };
  const idle = Array.from({ length: places }, () => new Worker(new URL('./backtest-worker.ts', import.meta.url), { workerData: task }));
  const all = [...idle];
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
      try {
        return await ask(worker, batch);
      } finally {
        release(worker);
      }
    },
    close: async () => void (await Promise.all(all.map((worker) => worker.terminate()))),
  };
}

/** Models of the catalogue are judged in threads; others hold functions that cannot cross to one. */
export function openJudges(registry: Registry, models: readonly Model[], trial: BatchTrial, places: number): Judges {
  const ids = models.map((model) => model.id);
  if (places > 0) return threads(registry, ids, trial, places);
  return { places: 1, judge: (batch) => judgeBatch(registry, models, trial, batch), close: () => Promise.resolve() };
}
