import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Fields that may hold a secret or a person; they never reach a log line (sec:X25). */
const REDACTED = ['password', '*.password', 'pw', '*.pw', 'cookie', '*.cookie', 'authorization', '*.authorization', 'token', '*.token'];

export const createLogger = (name: string, level = 'info'): Logger =>
  pino({ name, level, redact: { paths: REDACTED, censor: '[redacted]' }, base: { name } });

export const silentLogger = (): Logger => pino({ level: 'silent' });
