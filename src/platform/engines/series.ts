import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, keepAlive, type KeptAlive } from './keep-alive.ts';

/** A running embedded series engine. */
export interface SeriesEngine {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the embedded series engine; it comes back on the same port when it dies.
 *
 * @param memoryBytes cap of one query, so that a wide back-test cannot end the process
 */
export async function startSeriesEngine(dataDir: string, memoryBytes = 3_000_000_000): Promise<SeriesEngine> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [dataDir, String(port), String(memoryBytes)];
  const host = keepAlive(() =>
    fork(join(import.meta.dirname, 'series-host.ts'), args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: true }),
  );
  await ready(url, host);
  return { url, stop: () => host.stop('SIGTERM') };
}

async function ready(url: string, host: KeptAlive): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (host.failures() > 1) break;
    const answered = await fetch(`${url}/ping`).then((response) => response.ok, () => false);
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await host.stop('SIGKILL');
  throw new Error(`the series engine did not start: ${host.errors().slice(-600)}`);
}
