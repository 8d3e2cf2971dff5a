import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/config';
import { freePort } from '#platform/engines';
import { holdData, holderOf } from '../../src/app/hold-data.ts';

const CLI = join(import.meta.dirname, '../../src/app/cli.ts');
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('a data folder and two who want it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-second-'));
  const env = async () => ({
    ...process.env, MINGJIAN_DATA: folder, PORT: String(await freePort()), HJ212_PORT: String(await freePort()), MINGJIAN_HOST: '127.0.0.1', LOG_LEVEL: 'error',
    DATABASE_URL: undefined, CLICKHOUSE_URL: undefined, MINGJIAN_DEMO: undefined,
  });
  let first: ChildProcess | undefined;
  afterAll(async () => {
    if (first !== undefined && first.exitCode === null) {
      const ended = once(first, 'exit');
      first.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('a stale hold is taken over: of a process that is gone, of a number another program has by now, of a broken file', () => {
    const config = readConfig({ MINGJIAN_DATA: join(folder, 'stale') });
    const file = join(folder, 'stale/engines/holder');
    mkdirSync(join(folder, 'stale/engines'), { recursive: true });
    for (const left of ['4194305 17', '1 17', '']) {
      writeFileSync(file, left);
      expect(holderOf(config), left).toBeUndefined();
      const release = holdData(config);
      expect(holderOf(config)).toBe(process.pid);
      expect(() => holdData(config)).toThrow(`(pid ${process.pid})`);
      release();
      expect(existsSync(file)).toBe(false);
    }
  });

  it('a second start, and a command while the first starts, end at once and leave the database alone', { timeout: 300_000 }, async () => {
    const call = async (...args: string[]) => {
      const own = await env();
      return new Promise<{ code: unknown; text: string }>((resolve) => {
        execFile(process.execPath, [CLI, ...args], { env: own }, (error, out, err) => resolve({ code: error?.code ?? 0, text: out + err }));
      });
    };
    const settings = await env();
    const platform = spawn(process.execPath, [CLI, 'serve'], { env: settings, stdio: 'ignore' });
    first = platform;
    const held = { code: 2, text: expect.stringContaining(`already running (pid ${platform.pid})`) };
    for (let i = 0; i < 600 && !existsSync(join(folder, 'engines/holder')); i++) await pause(50);
    expect(existsSync(join(folder, 'engines/running.json'))).toBe(false);
    expect(await call('serve')).toMatchObject(held);
    const ready = () => fetch(`http://127.0.0.1:${settings.PORT}/readyz`).then((answer) => answer.ok, () => false);
    for (let i = 0; i < 1_200 && !(await ready()); i++) await pause(100);
    const server = () => readFileSync(join(folder, 'engines/postgres/postmaster.pid'), 'utf8').split('\n')[0];
    const before = server();
    expect(await call('serve')).toMatchObject(held);
    expect(await call('user', 'list', '--json')).toEqual({ code: 0, text: '[]\n' });
    expect([await ready(), server(), platform.exitCode]).toEqual([true, before, null]);
  });
});
