import { join } from 'node:path';
import { destination, multistream, pino, type Level, type Logger as PinoLogger } from 'pino';

/** Structured log; secrets and persons are left out by the name of their field. */
export type Logger = PinoLogger;

/** Fields that may hold a secret or a person; they never reach a log line (sec:X25). */
const REDACTED = ['password', '*.password', 'pw', '*.pw', 'cookie', '*.cookie', 'authorization', '*.authorization', 'token', '*.token'];

/**
 * The log of one process: everything to `<folder>/<name>.log`, warnings and errors also to the terminal.
 * Without a folder all of it goes to the terminal.
 */
export function createLogger(name: string, level = 'info', folder?: string): Logger {
  const options = { name, level, redact: { paths: REDACTED, censor: '[redacted]' }, base: { name } };
  if (folder === undefined) return pino(options);
  const file = destination({ dest: join(folder, `${name}.log`), mkdir: true, sync: false });
  return pino(options, multistream([{ level: level as Level, stream: file }, { level: 'warn', stream: process.stderr }]));
}

/** A log that says nothing, for tests. */
export const silentLogger = (): Logger => pino({ level: 'silent' });
