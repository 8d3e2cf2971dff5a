import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';

/** A child process that is started again when it dies and nobody stopped it. */
export interface KeptAlive {
  /** Newest lines of its error output. */
  errors(): string;
  /** How often it ended by itself since it was last known to be well. */
  failures(): number;
  pid(): number | undefined;
  stop(signal: NodeJS.Signals): Promise<void>;
}

const FORCE_AFTER_MS = 10_000;
const RESTART_AFTER_MS = 300;
const RESTART_AT_MOST_MS = 5_000;

export function keepAlive(start: () => ChildProcess, onLine: (text: string) => void = () => undefined): KeptAlive {
  let stopping = false;
  let errors = '';
  let failures = 0;
  let child = launch();
  let timer: NodeJS.Timeout | undefined;

  function launch(): ChildProcess {
    const next = start();
    next.stderr?.on('data', (chunk: Buffer) => void (errors = (errors + chunk.toString()).slice(-4_000)));
    next.stdout?.on('data', (chunk: Buffer) => onLine(chunk.toString()));
    next.on('error', (error) => void (errors += error.message));
    next.once('exit', () => {
      if (stopping) return;
      failures++;
      timer = setTimeout(() => void (child = launch()), Math.min(RESTART_AT_MOST_MS, RESTART_AFTER_MS * failures));
    });
    const well = setTimeout(() => void (next.exitCode === null && (failures = 0)), 30_000);
    well.unref();
    return next;
  }

  return {
    errors: () => errors,
    failures: () => failures,
    pid: () => child.pid,
    stop(signal) {
      stopping = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
      return new Promise((resolve) => {
        const force = setTimeout(() => child.kill('SIGKILL'), FORCE_AFTER_MS);
        child.once('exit', () => {
          clearTimeout(force);
          resolve();
        });
        child.kill(signal);
      });
    },
  };
}

/** A loopback port nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
