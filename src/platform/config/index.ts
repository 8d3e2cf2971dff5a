import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Config {
  /** Folder that holds everything the platform keeps (engines, blobs, keys). */
  readonly dataDir: string;
  readonly httpPort: number;
  readonly hj212Port: number;
  readonly host: string;
  /** PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** ClickHouse to use instead of the embedded one. */
  readonly clickhouseUrl: string | undefined;
  readonly demo: boolean;
  /** Real decisions: the development seal is refused (doc:D11). */
  readonly production: boolean;
  readonly regionKey: string;
  readonly logLevel: string;
}

function port(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined || value === '') return fallback;
  const n = Number(value);
  if (!Number.isInteger(n) || n < 0 || n > 65_535) throw new Error(`${name} is not a port number: ${value}`);
  return n;
}

/** Reads the environment once; a wrong value is an error that names the variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, demo = false): Config {
  return {
    dataDir: resolve(env.MINGJIAN_DATA ?? 'data'),
    httpPort: port('PORT', env.PORT, 8080),
    hj212Port: port('HJ212_PORT', env.HJ212_PORT, 9212),
    host: env.MINGJIAN_HOST ?? '0.0.0.0',
    databaseUrl: env.DATABASE_URL || undefined,
    clickhouseUrl: env.CLICKHOUSE_URL || undefined,
    demo: demo || env.MINGJIAN_DEMO === '1',
    production: env.MINGJIAN_PRODUCTION === '1',
    regionKey: env.MINGJIAN_REGION ?? 'jiangsu',
    logLevel: env.LOG_LEVEL ?? 'info',
  };
}

/** A private folder below the data folder, made when missing. */
export function dataFolder(config: Pick<Config, 'dataDir'>, name: string): string {
  const folder = join(config.dataDir, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
