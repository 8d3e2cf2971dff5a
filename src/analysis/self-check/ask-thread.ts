import { Worker } from 'node:worker_threads';

/**
 * Gives one task to a thread of its own and takes what it says; the thread is ended when the signal aborts.
 *
 * @param script a worker that tells `{ share }` (0 to 1) as it goes and ends with one message of another shape, its answer
 * @returns the answer, or undefined when it was cancelled; throws when the thread ended without one
 */
export function askThread<A extends object>(script: URL, task: object, tell: (share: number) => void, signal: AbortSignal | undefined): Promise<A | undefined> {
  const worker = new Worker(script, { workerData: task });
  const stop = (): void => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  return new Promise<A | undefined>((resolve, reject) => {
    let answer: A | undefined;
    worker.on('message', (message: { readonly share: number } | A) => {
      if ('share' in message) tell(message.share);
      else answer = message;
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (signal?.aborted === true) resolve(undefined);
      else if (answer === undefined) reject(new Error(`a checking thread ended with ${code}`));
      else resolve(answer);
    });
  }).finally(() => signal?.removeEventListener('abort', stop));
}
