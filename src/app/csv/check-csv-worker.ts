import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { runDetect } from '#analysis';
import { writeCsvProvince, type CsvOptions } from './csv-province.ts';
import { readCsvSeries, type CsvNote } from './csv-series.ts';

/** What crosses to the thread: the file as text, and what is registered of the outfall it stands for. */
export interface CsvTask {
  readonly text: string;
  readonly options: CsvOptions;
}

export type CsvAnswer = { readonly alarms: readonly string[]; readonly hours: number; readonly notes: readonly CsvNote[] } | { readonly wrong: string };

const tell = (message: { readonly share: number } | CsvAnswer): void => parentPort?.postMessage(message);
const { text, options } = workerData as CsvTask;
const dir = mkdtempSync(join(tmpdir(), 'mingjian-check-'));
try {
  const { series, notes } = readCsvSeries(text);
  const { capture, notes: unconverted } = writeCsvProvince(dir, series, options);
  const report = await runDetect({ registryDir: dir, capture, onProgress: ({ bytes, total }) => tell({ share: bytes / total }) });
  tell({ alarms: report.alarms, hours: series.reduce((sum, one) => sum + (one.length * one.stepMs) / 3_600_000, 0), notes: [...notes, ...unconverted] });
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  tell({ wrong: error.message });
} finally {
  rmSync(dir, { recursive: true });
}
