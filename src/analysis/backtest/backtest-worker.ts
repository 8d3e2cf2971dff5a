import { parentPort } from 'node:worker_threads';
import { makeLaw, type Law, type LawData } from '#law';
import { buildRegistry, type RegisterData, type Registry } from '#register';
import type { Model } from '../contract.ts';
import { Watchdog } from '../live/watchdog.ts';
import { modelNamed, type NamedModel } from './named-models.ts';
import { judgeBatch, type Batch, type BatchTrial } from './judge-batch.ts';

/** What holds for all batches of a run. */
export interface WorkerTask {
  readonly data: RegisterData;
  /** As the asking thread has read it: reading it anew costs more than many a back-test. */
  readonly law: LawData;
  readonly models: readonly NamedModel[];
  readonly trial: BatchTrial;
}

export type WorkerMessage = { readonly task: WorkerTask } | { readonly batch: Batch };

let law: Law | undefined;
let run: { readonly registry: Registry; readonly models: readonly Model[]; readonly trial: BatchTrial; readonly watchdog: Watchdog } | undefined;

parentPort?.on('message', (message: WorkerMessage) => {
  if ('task' in message) {
    const { data, models, trial } = message.task;
    law ??= makeLaw(message.task.law);
    run = { registry: buildRegistry(data), models: models.map((name) => modelNamed(name) as Model), trial, watchdog: new Watchdog() };
  } else if (run !== undefined) void judgeBatch(run.registry, run.models, run.trial, message.batch, run.watchdog, law).then((result) => parentPort?.postMessage(result));
});
