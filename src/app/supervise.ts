import { fork, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { dataFolder, type Config } from '#platform/config';
import { REFUSED } from './child.ts';
import { beginDemoClock, requireRealData } from './demo-clock.ts';
import { forgetAddresses, tellAddresses } from './engine-addresses.ts';
import { holdData } from './hold-data.ts';
import { startEngines } from './start-engines.ts';
import { say, sayStep } from './terminal.ts';

type ChildName = 'gateway' | 'worker' | 'server' | 'demo';

const RESTART_MS = 400;
/** A busy machine compiles slowly; the person sees the step and may stop it. */
const READY_MS = 180_000;
const STOP_MS = 10_000;

/** A port that is taken is an error that says which and how to choose another, before anything was started. */
async function requireFreePort(name: string, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(error.code === 'EADDRINUSE'
        ? `端口 ${port} 已被占用，请用 ${name}=… 另选 · port ${port} is taken: choose another with ${name}=…`
        : `port ${port}: ${error.message}`)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

interface Kept {
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/** Starts one child and keeps it alive until `stop`; a child that dies is started again, one that refuses is not: `refused` is told. */
function keep(name: ChildName, env: NodeJS.ProcessEnv, refused?: () => void): Kept {
  let stopping = false;
  let current: ChildProcess;
  let told: () => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    told = resolve;
    setTimeout(() => reject(new Error(`${name} did not become ready within ${READY_MS / 1000} s`)), READY_MS).unref();
  });
  const launch = (): void => {
    // A session of its own: Ctrl-C reaches the supervisor alone, which stops its children in the right order.
    current = fork(join(import.meta.dirname, `${name}.ts`), [], { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
    current.on('message', (message) => (message as { ready?: boolean }).ready && told());
    current.once('exit', (code) => {
      if (stopping || refused === undefined) return;
      if (code === REFUSED) refused();
      else setTimeout(launch, RESTART_MS);
    });
  };
  launch();
  return {
    ready,
    stop: () => {
      stopping = true;
      if (current.exitCode !== null || current.signalCode !== null) return Promise.resolve();
      return new Promise((resolve) => {
        const force = setTimeout(() => current.kill('SIGKILL'), STOP_MS);
        current.once('exit', () => {
          clearTimeout(force);
          resolve();
        });
        current.kill('SIGTERM');
      });
    },
  };
}

/** The whole platform under one supervisor: engines, gateway, worker, server, and in a demonstration its province. */
export async function supervise(config: Config): Promise<void> {
  process.once('exit', holdData(config));
  await requireFreePort('PORT', config.httpPort, config.host);
  await requireFreePort('HJ212_PORT', config.hj212Port, config.host);
  const kept: { stop(): Promise<void> }[] = [];
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say('正在停止 stopping …');
    forgetAddresses(config);
    for (const each of kept.reverse()) await each.stop();
    say('已停止 stopped');
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  try {
    const engines = await sayStep('启动数据库引擎 starting the engines', () => startEngines(config));
    kept.push(engines);
    // Children read the same modules; what one has compiled the others take from the cache.
    const cache = join(dataFolder(config, 'cache'), 'compiled');
    const { databaseUrl, clickhouseUrl } = engines;
    await (config.demo ? beginDemoClock : requireRealData)(databaseUrl);
    tellAddresses(config, { pid: process.pid, databaseUrl, clickhouseUrl });
    const env = { DATABASE_URL: databaseUrl, CLICKHOUSE_URL: clickhouseUrl, MINGJIAN_DATA: config.dataDir, MINGJIAN_DEMO: config.demo ? '1' : '', NODE_COMPILE_CACHE: cache };
    const start = (...names: ChildName[]): Promise<unknown> => {
      const children = names.map((name) => keep(name, env, () => void stop(1)));
      kept.push(...children);
      return Promise.all(children.map((child) => child.ready));
    };
    // The worker looks at the evidence log before anything is taken or shown: one that is not what was signed lets nothing begin.
    await sayStep('核对存证日志、启动研判 checking the evidence log, starting the worker', () => start('worker'));
    await sayStep('启动网关、服务 starting gateway and server', () => start('gateway', 'server'));
    announce(config);
    if (config.demo) kept.push(keep('demo', { ...env, PORT: String(config.httpPort), HJ212_PORT: String(config.hj212Port) }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop(2);
  }
}

function announce(config: Config): void {
  say('');
  say(`  工作台与企业端 people   http://localhost:${config.httpPort}/`);
  say(`  设备 devices (HJ 212)  tcp://localhost:${config.hj212Port}`);
  say(`  数据 data              ${config.dataDir}`);
  say('  按 Ctrl-C 停止 · press Ctrl-C to stop');
  say('');
}
