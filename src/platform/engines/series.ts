import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface SeriesEngine {
  readonly url: string;
  /** Called when the process ended although nobody stopped it. */
  onExit(listener: () => void): void;
  stop(): Promise<void>;
}

/** Starts the embedded series engine. `memoryBytes` caps one query, so that a wide back-test cannot end the process. */
export async function startSeriesEngine(dataDir: string, memoryBytes = 3_000_000_000): Promise<SeriesEngine> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const child = fork(join(import.meta.dirname, 'series-host.ts'), [dataDir, String(memoryBytes)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const port = await readyPort(child);
  let stopping = false;
  return {
    url: `http://127.0.0.1:${port}`,
    onExit: (listener) => void child.once('exit', () => stopping || listener()),
    stop: () => {
      stopping = true;
      return ended(child);
    },
  };
}

function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let out = '';
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => void (errors = (errors + chunk.toString()).slice(-4_000)));
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const port = /ready (\d+)/.exec(out)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the series engine ended while starting (${code}): ${errors.slice(-600)}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 8_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
