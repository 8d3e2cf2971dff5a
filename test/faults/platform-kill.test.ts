import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, sql } from '#platform/db';
import { freePort } from '#platform/engines';
import { TestDevice } from './ingest-device.ts';

const ROUNDS = 20;
const DEVICES = 10;
/** What a process is recognised by, below the supervisor; `supervisor` is the whole tree at once. */
const VICTIMS = ['gateway.ts', 'postgres -D', 'worker.ts', 'series-host.ts', 'server.ts', 'supervisor'] as const;
const CLI = join(import.meta.dirname, '../../src/app/cli.ts');
const run = promisify(execFile);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly args: string;
}

async function below(root: number): Promise<Running[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=,args=']);
  const all = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args: args ?? '' }];
  });
  const found: Running[] = [];
  for (let parents = [root]; parents.length > 0; ) {
    const children = all.filter((one) => parents.includes(one.parent));
    found.push(...children);
    parents = children.map((one) => one.pid);
  }
  return found;
}

describe('kill -9 of any process of the platform while devices send', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-kill-'));
  const devices = Array.from({ length: DEVICES }, (_, i) => new TestDevice(i));
  let env: NodeJS.ProcessEnv;
  let port: number;
  let platform: ChildProcess;
  let sending = true;
  let flow: Promise<void>;

  const start = async (): Promise<void> => {
    platform = spawn(process.execPath, [CLI, 'serve'], { env, stdio: 'ignore' });
    await ready();
  };
  const stop = async (): Promise<void> => {
    if (platform.exitCode !== null || platform.signalCode !== null) return;
    const ended = once(platform, 'exit');
    platform.kill('SIGTERM');
    await ended;
  };
  /** Until every store answers again. */
  const ready = async (): Promise<void> => {
    for (let i = 0; i < 600; i++) {
      const well = await fetch(`http://127.0.0.1:${env['PORT']}/readyz`).then((answer) => answer.ok, () => false);
      if (well) return;
      await pause(100);
    }
    throw new Error('the platform did not come back within a minute');
  };
  const databaseUrl = (): string =>
    (JSON.parse(readFileSync(join(folder, 'engines/running.json'), 'utf8')) as { databaseUrl: string }).databaseUrl;

  beforeAll(async () => {
    port = await freePort();
    env = {
      ...process.env, MINGJIAN_DATA: folder, PORT: String(await freePort()), HJ212_PORT: String(port), MINGJIAN_HOST: '127.0.0.1', LOG_LEVEL: 'error',
      DATABASE_URL: undefined, CLICKHOUSE_URL: undefined,
    };
    await start();
    const register = join(folder, 'register');
    mkdirSync(register);
    writeFileSync(join(register, 'enterprises.csv'), 'enterprise,name\nE1,示范污水处理厂\n');
    const rows = devices.map((device, i) => `E1-DW${i},E1,water,${device.mn}`);
    writeFileSync(join(register, 'outfalls.csv'), `outfall,enterprise,type,mn\n${rows.join('\n')}\n`);
    await run(process.execPath, [CLI, 'registry', 'import', register], { env });
    await pause(5_000); // The gateway looks at the register once a second: what comes earlier is set aside.
    flow = (async () => {
      while (sending) {
        for (const device of devices) {
          if (!device.connected) await device.dial(port).catch(() => undefined);
          device.send();
        }
        await pause(20);
      }
    })();
  }, 180_000);

  afterAll(async () => {
    sending = false;
    await flow;
    for (const device of devices) device.hangUp();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it(`[PAPER-0.1] [JS-19] [JS-25.2] fault:F01 ${ROUNDS} times: no acknowledged frame is missing, none counts twice, the log holds`, { timeout: 420_000 }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const victim = VICTIMS[round % VICTIMS.length] as string;
      const acknowledged = devices.reduce((sum, device) => sum + device.acknowledged.size, 0);
      const running = await below(platform.pid as number);
      if (victim === 'supervisor') {
        const ended = once(platform, 'exit');
        platform.kill('SIGKILL');
        await ended;
        for (const one of running) try { process.kill(one.pid, 'SIGKILL'); } catch { /* went with its parent */ }
        await start();
      } else {
        const one = running.find(({ args }) => args.includes(victim));
        expect(one, victim).toBeDefined();
        process.kill((one as Running).pid, 'SIGKILL');
        await pause(300);
        await ready();
      }
      // It does not only live: devices are answered again.
      for (let i = 0; i < 600 && devices.reduce((sum, device) => sum + device.acknowledged.size, 0) <= acknowledged; i++) await pause(50);
      expect(devices.reduce((sum, device) => sum + device.acknowledged.size, 0), `after ${victim}`).toBeGreaterThan(acknowledged);
    }
    sending = false;
    await flow;
    for (let i = 0; i < 1_200 && devices.some((device) => device.unanswered > 0); i++) {
      for (const device of devices) if (!device.connected) await device.dial(port).catch(() => undefined);
      await pause(50);
    }
    expect(devices.map((device) => device.unanswered)).toEqual(devices.map(() => 0));
    const db = openDatabase(databaseUrl(), { max: 2 });
    const { rows } = await sql<{ key: string }>`SELECT mn || ' ' || qn AS key FROM frame_journal WHERE state = 'ACCEPTED'`.execute(db);
    await db.destroy();
    expect(rows.length).toBe(devices.reduce((sum, device) => sum + device.sent, 0));
    const kept = new Set(rows.map((row) => row.key));
    expect(kept.size).toBe(rows.length);
    expect(devices.flatMap((device) => [...device.acknowledged].filter((qn) => !kept.has(`${device.mn} ${qn}`)))).toEqual([]);
    const check = await run(process.execPath, [CLI, 'evidence', 'check'], { env });
    expect(check.stderr).not.toContain('Error');
  });

  it('[JS-25.2] a log that was changed lets nothing begin: it is named, and no port is opened for devices', { timeout: 120_000 }, async () => {
    const db = openDatabase(databaseUrl(), { max: 1, role: '' });
    const { rows } = await sql<{ idx: number }>`UPDATE evidence_leaf SET bytes = bytes || '\\x00'::bytea WHERE idx = (SELECT max(idx) FROM evidence_leaf) RETURNING idx`.execute(db);
    await db.destroy();
    await stop();
    platform = spawn(process.execPath, [CLI, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    platform.stderr?.on('data', (bytes: Buffer) => (told += bytes.toString()));
    let opened = false;
    const knocking = setInterval(() => connect(port, '127.0.0.1').once('connect', () => (opened = true)).on('error', () => undefined), 100);
    const [code] = (await once(platform, 'exit')) as [number];
    clearInterval(knocking);
    expect({ code, opened, named: told.includes(`leaf ${rows[0]?.idx}`), stack: told.includes('    at ') }, told).toEqual({ code: 1, opened: false, named: true, stack: false });
  });
});
