import { closeSync, fsyncSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { OutfallId } from '#kernel';
import { loadRegistry, type Registry, type RegisterProblem } from '#register';
import { alarmLines } from '../alarm.ts';
import { modelCatalogue } from '../catalogue.ts';
import type { Model } from '../contract.ts';
import { chooseModels, detectShare, type ShareOptions, type ShareResult } from './detect-share.ts';
import type { ModelAnswer } from '../engine.ts';
import { BrokenOff, Watchdog, type Hung } from '../live/watchdog.ts';
import { meetings, type Meeting } from '../peers/peer-exchange.ts';

/** Order for an offline run: register files, capture, and where the alarms go. */
export interface DetectOptions {
  readonly registryDir: string;
  readonly capture: string;
  /** Where `alarms.jsonl` goes; nothing is written when not given. */
  readonly out?: string;
  /** Ids of the models to run; all when not given. */
  readonly models?: readonly string[];
  /** Only what was known at this moment (epoch ms). */
  readonly asOf?: number;
  /** Other models than the catalogue's; these run in one thread. */
  readonly catalogue?: readonly Model[];
  /** Threads; by default as many as there are cores (at most eight) for a capture that is worth it. */
  readonly threads?: number;
  onProgress?(progress: { readonly bytes: number; readonly total: number; readonly at: number }): void;
}

/** What an offline run did: alarms as lines of `alarms.jsonl`, counts of frames, span of time in epoch ms. */
export interface DetectReport {
  readonly alarms: readonly string[];
  readonly frames: number;
  readonly damaged: number;
  readonly unknownDevices: number;
  readonly outfalls: number;
  readonly from: number;
  readonly until: number;
  readonly registerProblems: readonly RegisterProblem[];
  /** Models that failed somewhere: counted, never hidden. */
  readonly exceptions: readonly (ModelAnswer & { readonly outfall: OutfallId })[];
}

const WORTH_THREADS = 16 * 1024 * 1024;
const MAX_THREADS = 8;

function threadsFor(options: DetectOptions, outfalls: number): number {
  if (options.catalogue !== undefined) return 1;
  const wanted = options.threads ?? (statSync(options.capture).size < WORTH_THREADS ? 1 : Math.min(availableParallelism(), MAX_THREADS));
  return Math.max(1, Math.min(wanted, outfalls));
}

export interface ThreadMessage {
  readonly result?: ShareResult;
  readonly progress?: Parameters<NonNullable<DetectOptions['onProgress']>>[0];
  /** Judging was broken off; what the thread's watchdog knows by now. */
  readonly brokenOff?: Pick<BrokenOff, 'message' | 'outfall' | 'blamed'> & { readonly hung: Hung };
}

interface Thread {
  readonly worker: Worker;
  readonly result: Promise<ShareResult>;
}

function startThread(options: ShareOptions, meeting: Meeting, of: number, watchdog: Watchdog, onProgress: DetectOptions['onProgress']): Thread {
  const share = { part: meeting.part, of };
  const transferList = meeting.ports.filter((port) => port !== undefined);
  const worker = new Worker(new URL('./detect-worker.ts', import.meta.url), { workerData: { options, share, meeting, hung: watchdog.hung }, transferList });
  const result = new Promise<ShareResult>((resolve, reject) => {
    let found: ShareResult | undefined;
    worker.on('message', ({ result: judged, progress, brokenOff }: ThreadMessage) => {
      if (progress !== undefined && share.part === 0) onProgress?.(progress);
      found = judged ?? found;
      if (brokenOff === undefined) return;
      watchdog.hearOf(brokenOff.hung);
      reject(new BrokenOff(brokenOff.message, brokenOff.outfall, brokenOff.blamed));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => (found === undefined ? reject(new Error(`a judging thread ended with ${code}`)) : resolve(found)));
  });
  return { worker, result };
}

/** Threads wait for each other once a day; when one fails the others would wait for ever, so they are ended. */
async function inThreads(options: ShareOptions, of: number, watchdog: Watchdog, onProgress: DetectOptions['onProgress']): Promise<readonly ShareResult[]> {
  const threads = meetings(of).map((meeting) => startThread(options, meeting, of, watchdog, onProgress));
  try {
    return await Promise.all(threads.map((thread) => thread.result));
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.worker.terminate()));
    throw error;
  }
}

async function detectAll(options: DetectOptions, registry: Registry, watchdog: Watchdog): Promise<readonly ShareResult[]> {
  const { registryDir, capture, models, asOf } = options;
  const plain: ShareOptions = { registryDir, capture, models, asOf };
  chooseModels(options.catalogue ?? modelCatalogue, models);
  const of = threadsFor(options, registry.data.outfalls.length);
  const onProgress = options.onProgress?.bind(options);
  if (of === 1) {
    const more = { registry, watchdog, ...(options.catalogue ? { catalogue: options.catalogue } : {}), ...(onProgress ? { onProgress } : {}) };
    return [await detectShare(plain, { part: 0, of: 1 }, more)];
  }
  return inThreads(plain, of, watchdog, onProgress);
}

/** A model that does not come to an end is stopped; all is read anew then, without asking it there. */
async function detectUntilDone(options: DetectOptions, registry: Registry, watchdog: Watchdog): Promise<readonly ShareResult[]> {
  for (;;) {
    try {
      return await detectAll(options, registry, watchdog);
    } catch (error) {
      watchdog.mayBeginAnew(error);
    }
  }
}

const sum = (results: readonly ShareResult[], field: 'frames' | 'damaged' | 'unknownDevices'): number => results.reduce((total, one) => total + one[field], 0);

/**
 * The whole pipeline offline: capture → facts → models → episodes → `alarms.jsonl`. The same
 * input gives the same bytes, whatever the number of threads. Register rows that are wrong are left out and reported;
 * damaged lines are survived, and a model that fails or does not come to an end: its answer is EXCEPTION there. Throws for an unreadable file (ENOENT, RangeError) or an unknown model id (RangeError).
 */
export async function runDetect(options: DetectOptions, watchdog = new Watchdog()): Promise<DetectReport> {
  const { registry, problems } = loadRegistry(options.registryDir);
  const results = await detectUntilDone(options, registry, watchdog);
  const alarms = alarmLines(results.flatMap((result) => result.episodes));
  if (options.out !== undefined) writeWhole(options.out, alarms);
  const [first] = results as [ShareResult, ...ShareResult[]];
  return {
    alarms, frames: sum(results, 'frames'), damaged: sum(results, 'damaged'), unknownDevices: sum(results, 'unknownDevices'),
    outfalls: registry.data.outfalls.length, from: first.from, until: first.until, registerProblems: problems,
    exceptions: results.flatMap((result) => result.exceptions),
  };
}

/** A reader never sees half a file. */
function writeWhole(path: string, lines: readonly string[]): void {
  const part = `${path}.part`;
  const file = openSync(part, 'w');
  for (const line of lines) writeSync(file, `${line}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(part, path);
}
