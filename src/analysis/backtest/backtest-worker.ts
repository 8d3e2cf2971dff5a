import { parentPort, workerData } from 'node:worker_threads';
import { buildRegistry, type RegisterData } from '#register';
import { modelCatalogue } from '../catalogue.ts';
import { chooseModels } from '../detect-share.ts';
import { judgeBatch, type Batch, type BatchTrial } from './judge-batch.ts';

export interface WorkerTask {
  readonly data: RegisterData;
  readonly models: readonly string[];
  readonly trial: BatchTrial;
}

const { data, models, trial } = workerData as WorkerTask;
const registry = buildRegistry(data);
const chosen = chooseModels(modelCatalogue, models);

parentPort?.on('message', (batch: Batch) => {
  void judgeBatch(registry, chosen, trial, batch).then((result) => parentPort?.postMessage(result));
});
