import { parentPort, workerData } from 'node:worker_threads';
import { buildRegistry, type RegisterData } from '#register';
import type { Batch } from '../backtest/judge-batch.ts';
import { modelCatalogue } from '../catalogue.ts';
import { modelOfRule } from '../rules/rule-model.ts';
import type { StandingRows } from '../standing.ts';
import { checkHistory, type Checked, type Span } from './check-history.ts';

/** Everything of one check; plain data, because it crosses to a thread. */
export interface SelfCheckTask {
  readonly data: RegisterData;
  readonly rules: readonly Parameters<typeof modelOfRule>[0][];
  readonly standing: StandingRows;
  readonly span: Span;
  readonly batch: Batch;
}

export interface SelfCheckAnswer {
  readonly checked: Checked;
}

const { data, rules, standing, span, batch } = workerData as SelfCheckTask;
const tell = (message: { readonly share: number } | SelfCheckAnswer): void => parentPort?.postMessage(message);
const TELL_MS = 200;
let told = 0;

const checked = checkHistory(buildRegistry(data), [...modelCatalogue, ...rules.map(modelOfRule)], standing, span, batch, (share) => {
  const now = performance.now();
  if (now - told < TELL_MS) return;
  told = now;
  tell({ share });
});
tell({ checked });
