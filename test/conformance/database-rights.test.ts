import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, openDatabase, readMigrations, sql } from '#platform/db';
import { freePort, startPostgres, type PostgresEngine } from '#platform/engines';
import { TestDevice } from '../faults/ingest-device.ts';

const CLI = join(import.meta.dirname, '../../src/app/cli.ts');
const run = promisify(execFile);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('a PostgreSQL of somebody else: DATABASE_URL without superuser rights', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-rights-'));
  let server: PostgresEngine;
  /** URL of a database under a login role. */
  const as = (role: string, database: string) => server.url.replace('//mingjian@', `//${role}@`).replace(/\/[^/]*$/, `/${database}`);
  async function on(url: string, ...statements: string[]): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      let last: pg.QueryResult | undefined;
      for (const statement of statements) last = await client.query(statement);
      return last as pg.QueryResult;
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    // A server of its own: roles are common to all databases of one.
    server = await startPostgres({ dataDir: join(folder, 'postgres') });
    await on(server.url, 'CREATE ROLE maker LOGIN NOSUPERUSER CREATEDB CREATEROLE', 'CREATE ROLE keeper LOGIN NOSUPERUSER CREATEDB NOCREATEROLE');
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a login that may make roles brings its database to the newest schema and works as the application role', async () => {
    await on(as('maker', 'postgres'), 'CREATE DATABASE made');
    expect((await migrate(as('maker', 'made'))).length).toBe(readMigrations().length);
    expect(await migrate(as('maker', 'made'))).toEqual([]);
    const db = openDatabase(as('maker', 'made'), { max: 1 });
    const { rows } = await sql<{ me: string; login: string; super: boolean }>`SELECT current_user AS me, session_user AS login,
      (SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname IN (current_user, session_user)) AS super`.execute(db);
    expect(rows).toEqual([{ me: 'mingjian_app', login: 'maker', super: false }]);
    await expect(sql`DROP TABLE outbox`.execute(db)).rejects.toThrow(/must be owner/);
    await db.destroy();
  });

  it('where the role was made and granted by an administrator, CREATEDB is enough, and less would be', async () => {
    await on(as('maker', 'postgres'), 'GRANT mingjian_app TO keeper');
    await on(as('keeper', 'postgres'), 'CREATE DATABASE kept');
    await migrate(as('keeper', 'kept'));
    const { rows } = await on(as('keeper', 'kept'), `SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user`);
    expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolbypassrls: false }]);
  });

  it('row security is FORCEd: even the owner of the tables sees no session, no factor and no reporter whom he does not name', async () => {
    const owner = as('keeper', 'kept');
    const { rows: forced } = await on(owner, `SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND pg_get_userbyid(relowner) = current_user ORDER BY 1`);
    expect(forced.map((row: { relname: string }) => row.relname)).toEqual(['access_session', 'access_totp', 'disclosure_report']);
    const one = `INSERT INTO disclosure_report (report_id, code_hash, text, place, contact, source_hash, state, at, changed_at) VALUES ('r1', 'c', 't', '', '13900000000', 's', 'RECEIVED', 1, 1)`;
    await expect(on(owner, one)).rejects.toThrow(/row-level security/);
    await on(owner, `BEGIN; SET LOCAL mingjian.report = 'c'; ${one}; COMMIT`);
    expect((await on(owner, 'SELECT * FROM disclosure_report')).rows).toEqual([]);
    expect((await on(owner, `BEGIN`, `SET LOCAL mingjian.report = 'c'`, 'SELECT contact FROM disclosure_report')).rows).toEqual([{ contact: '13900000000' }]);
    // Only a superuser of that server stands above it.
    expect((await on(as('mingjian', 'kept'), 'SELECT contact FROM disclosure_report')).rows).toEqual([{ contact: '13900000000' }]);
  });

  it('the whole platform runs on it: devices are answered, frames are kept, the evidence log holds', { timeout: 240_000 }, async () => {
    const [http, hj212] = [await freePort(), await freePort()];
    const env: NodeJS.ProcessEnv = {
      ...process.env, MINGJIAN_DATA: join(folder, 'data'), PORT: String(http), HJ212_PORT: String(hj212), MINGJIAN_HOST: '127.0.0.1', LOG_LEVEL: 'error',
      DATABASE_URL: as('keeper', 'kept'), CLICKHOUSE_URL: undefined,
    };
    const platform: ChildProcess = spawn(process.execPath, [CLI, 'serve'], { env, stdio: 'ignore' });
    try {
      let ready = false;
      for (let i = 0; i < 1_200 && !ready; i++) {
        ready = await fetch(`http://127.0.0.1:${http}/readyz`).then((answer) => answer.ok, () => false);
        if (!ready) await pause(100);
      }
      expect(ready).toBe(true);
      const device = new TestDevice(1);
      const register = join(folder, 'register');
      mkdirSync(register);
      writeFileSync(join(register, 'enterprises.csv'), 'enterprise,name\nE1,示范污水处理厂\n');
      writeFileSync(join(register, 'outfalls.csv'), `outfall,enterprise,type,mn\nE1-DW1,E1,water,${device.mn}\n`);
      await run(process.execPath, [CLI, 'registry', 'import', register], { env });
      await device.dial(hj212);
      for (let i = 0; i < 50; i++) device.send();
      for (let i = 0; i < 400 && device.unanswered > 0; i++) await pause(50);
      device.hangUp();
      expect({ sent: device.sent, unanswered: device.unanswered }).toEqual({ sent: 50, unanswered: 0 });
      const check = await run(process.execPath, [CLI, 'evidence', 'check'], { env });
      expect(check.stdout).toContain('成立 holds');
      expect((await on(as('keeper', 'kept'), `SELECT count(*)::int AS n FROM frame_journal WHERE state IN ('ACCEPTED', 'QUARANTINED')`)).rows).toEqual([{ n: 50 }]);
    } finally {
      const ended = once(platform, 'exit');
      platform.kill('SIGTERM');
      await ended;
    }
  });
});
