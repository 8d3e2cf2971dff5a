import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Everything a process is told from outside, read once at its start. */
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
  /** Memory (MiB) that the state of outfalls may take in the judging worker. */
  readonly judgeMemoryMb: number;
  /** Address under which browsers reach the platform, e.g. `https://mingjian.example.gov.cn`; else the host they name. */
  readonly origin: string | undefined;
  /** Proxies in front of the platform, as addresses or subnets; only they are believed about who asks. */
  readonly trustedProxies: readonly string[];
  /** STUN or TURN servers for remote inquiries across networks; none by default. */
  readonly iceServers: readonly string[];
  /** The authority's own identity service; absent where people sign in here only. */
  readonly identity: IdentityConfig | undefined;
}

/** An OpenID Connect provider and what of it is believed. */
export interface IdentityConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its button says. */
  readonly name: string;
  /** Values of `amr` or `acr` that count as a second factor; none is believed unless named. */
  readonly trusted: readonly string[];
}

function port(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined || value === '') return fallback;
  const n = Number(value);
  if (!Number.isInteger(n) || n < 0 || n > 65_535) throw new Error(`${name} is not a port number: ${value}`);
  return n;
}

/** An address over TLS; plain HTTP only on this machine. */
function address(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const local = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) throw new Error(`${name} is no https address: ${value}`);
  return value;
}

function identity(env: NodeJS.ProcessEnv): IdentityConfig | undefined {
  const issuer = address('MINGJIAN_OIDC_ISSUER', env.MINGJIAN_OIDC_ISSUER);
  if (issuer === undefined) return undefined;
  const given = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`${name} is missing beside MINGJIAN_OIDC_ISSUER`);
    return value;
  };
  return {
    issuer, clientId: given('MINGJIAN_OIDC_CLIENT_ID'), clientSecret: given('MINGJIAN_OIDC_CLIENT_SECRET'), name: env.MINGJIAN_OIDC_NAME || '统一身份认证',
    trusted: list(env.MINGJIAN_OIDC_TRUSTED),
  };
}

const list = (value: string | undefined): string[] => (value ?? '').split(',').map((one) => one.trim()).filter(Boolean);

function proxies(name: string, value: string | undefined): string[] {
  const named = list(value);
  const wrong = named.find((one) => !/^(?:loopback|(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]*)(?:\/\d{1,3})?)$/i.test(one));
  if (wrong !== undefined) throw new Error(`${name} is no address or subnet: ${wrong}`);
  return named;
}

function megabytes(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined || value === '') return fallback;
  const n = Number(value);
  if (!(n > 0)) throw new Error(`${name} is no amount of memory in MiB: ${value}`);
  return n;
}

/** Reads the environment once; a wrong value is an error that names the variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, demo = false): Config {
  return {
    iceServers: list(env.MINGJIAN_ICE_SERVERS),
    trustedProxies: proxies('MINGJIAN_TRUSTED_PROXIES', env.MINGJIAN_TRUSTED_PROXIES),
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
    origin: address('MINGJIAN_ORIGIN', env.MINGJIAN_ORIGIN),
    identity: identity(env),
    judgeMemoryMb: megabytes('MINGJIAN_JUDGE_MEMORY_MB', env.MINGJIAN_JUDGE_MEMORY_MB, 2048),
  };
}

/** A private folder below the data folder, made when missing. */
export function dataFolder(config: Pick<Config, 'dataDir'>, name: string): string {
  const folder = join(config.dataDir, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
