import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_CITY, signIn } from '#access';
import { DAY, instant, manualClock } from '#kernel';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { secretBox } from '#platform/secrets';
import { testSeries } from '#platform/series/testing';
import { moveDemoClock } from '../../src/app/demo-clock.ts';

const CLI = join(import.meta.dirname, '../../src/app/cli.ts');

const STACK = /^ +at .*:\d+:\d+\)?$/m;

interface Answer {
  readonly code: number;
  readonly text: string;
}

/** The command as a person calls it, from a folder of his own. */
const call = (cwd: string, program: string, ...args: string[]): Promise<Answer> => callIn({}, cwd, program, ...args);

const callIn = (env: NodeJS.ProcessEnv, cwd: string, program: string, ...args: string[]): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env } }, (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: out + err }));
  });

describe('the command line: exit codes and words', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names what works and nothing that does not yet', async () => {
    const { code, text } = await call(folder, CLI, '--help');
    expect(code).toBe(0);
    for (const word of ['decode', 'registry', 'replay', 'detect', 'backtest', 'simulate', 'verify', 'verifier', 'case', 'evidence', 'bench', 'authority', 'user', 'region', 'model', 'key']) expect(text).toContain(word);
    for (const word of ['witness', 'backup', 'restore']) expect(text).not.toContain(word);
    const options = (await call(folder, CLI, 'serve', '--help')).text;
    expect(options).toContain('--demo');
    expect(options).not.toContain('--role');
  });

  it.each([
    [2, ['no-such-command']],
    [2, ['decode', '--no-such-option']],
    [2, ['decode', 'missing.bin']],
    [2, ['key', 'add', 'A1', '--key', '0123456789abcdef']],
    [2, ['key', 'add', 'A1', '--file', 'missing.key']],
    [2, ['simulate', '--days', 'many']],
    [2, ['bench', 'no-such-scenario']],
    [2, ['authority', 'add', 'X']],
    [2, ['authority', 'add', 'X', '--zh', '厅', '--en', 'X', '--prefix', '环', '--level', 'village']],
    [2, ['user']],
    [2, ['user', 'add', 'x']],
    [2, ['user', 'add', 'x', '--name', 'X', '--roles', 'no-such-role']],
    [2, ['user', 'add', 'x', '--name', 'X', '--roles', 'legal', '--region', 'nowhere']],
    [2, ['user', 'reset', 'x']],
    [2, ['region', 'show', 'nowhere']],
    [2, ['region', 'check', 'missing.yaml']],
    [2, ['model', 'show']],
    [3, ['verify']],
    [3, ['verify', 'missing.zip']],
    [3, ['verify', '--no-such-option', 'x.zip']],
  ] as const)('answers %i to %j in one clear sentence', async (expected, args) => {
    const { code, text } = await call(folder, CLI, ...args);
    expect({ code, stack: STACK.test(text) }, text).toEqual({ code: expected, stack: false });
    expect(text.trim()).not.toBe('');
  });

  it('reads files where the caller stands, and what is no frame is told as found (exit 1)', async () => {
    writeFileSync(join(folder, 'rubbish.bin'), Buffer.from([0, 255, 35, 35, 1, 2, 3]));
    expect((await call(folder, CLI, 'decode', 'rubbish.bin')).code).toBe(1);
  });

  it('writes the verifier as one file that runs alone', async () => {
    expect((await call(folder, CLI, 'verifier', 'alone.mjs')).code).toBe(0);
    expect(existsSync(join(folder, 'alone.mjs'))).toBe(true);
    const { code, text } = await call(folder, join(folder, 'alone.mjs'), 'missing.zip');
    expect({ code, stack: STACK.test(text) }, text).toEqual({ code: 3, stack: false });
  });
});

describe('administration at the machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-admin-'));
  let records: TestDatabase;
  let values: Awaited<ReturnType<typeof testSeries>>;
  beforeAll(async () => {
    [records, values] = await Promise.all([testDatabase(), testSeries()]);
    await createDemoAccounts({ db: records.db, clock: manualClock(instant(Date.now())) }, []);
  });
  afterAll(async () => {
    await Promise.all([records.drop(), values.drop()]);
    rmSync(folder, { recursive: true });
  });
  const run = (...args: string[]) =>
    callIn({ DATABASE_URL: records.url, CLICKHOUSE_URL: values.url, MINGJIAN_DATA: folder, MINGJIAN_PASSWORD: 'a password for tests only' }, folder, CLI, ...args);
  const audited = async () => (await sql<{ path: string; status: number; account_id: string }>`SELECT path, status, account_id FROM access_audit WHERE method = 'COMMAND' ORDER BY audit_id`.execute(records.db)).rows;

  it('keeps people: each act through the same permission, with a leaf and a line in the trail under whoever sits there', async () => {
    const leaves = async () => (await sql<{ n: number }>`SELECT count(*)::int AS n FROM evidence_leaf`.execute(records.db)).rows[0]?.n ?? 0;
    const before = await leaves();
    const steps = [
      ['user', 'add', 'zhao', '--name', '赵立行', '--roles', 'legal', '--authority', DEMO_CITY],
      ['user', 'roles', 'zhao', '--set', 'legal,case-reviewer'],
      ['user', 'disable', 'zhao'],
      ['user', 'enable', 'zhao'],
      ['user', 'reset', 'zhao', '--password'],
      ['user', 'reset', 'zhao', '--factors', '手机遗失，本人到场'],
    ];
    for (const step of steps) expect(await run(...step), step.join(' ')).toMatchObject({ code: 0 });
    expect(await leaves()).toBe(before + steps.length);
    const refusals = [['user', 'disable', 'nobody'], ['user', 'roles', 'zhao', '--set', 'legal,admin']];
    for (const step of refusals) {
      const { code, text } = await run(...step);
      expect({ code, stack: STACK.test(text), text }).toMatchObject({ code: 2, stack: false, text: expect.stringMatching(/ACCESS-0/) });
    }
    const trail = await audited();
    expect(trail.map(({ status }) => status)).toEqual([...steps.map(() => 200), 404, 422]);
    expect(new Set(trail.map(({ account_id }) => account_id.slice(0, 3)))).toEqual(new Set(['os:']));
    expect(JSON.stringify(trail)).not.toContain('password for tests');
    const { text } = await run('user', 'list', '--json');
    const listed = JSON.parse(text) as { login: string; roles: string[] }[];
    expect(listed.find(({ login }) => login === 'zhao')?.roles).toEqual(['case-reviewer', 'legal']);
    expect(text).not.toMatch(/scrypt|passwordHash/);
  }, 400_000);

  it("writes at the demonstration's time where the data are a demonstration", async () => {
    await moveDemoClock(records.db, 100 * DAY);
    expect((await run('user', 'disable', 'lab')).code).toBe(0);
    const { rows } = await sql<{ disabled_at: number }>`SELECT disabled_at FROM access_account WHERE login = 'lab'`.execute(records.db);
    expect(Math.round(((rows[0]?.disabled_at ?? 0) - Date.now()) / DAY)).toBe(100);
  }, 120_000);

  it('serves data of a demonstration only as one', async () => {
    await moveDemoClock(records.db, 0);
    const { code, text } = await callIn({ DATABASE_URL: records.url, CLICKHOUSE_URL: values.url, MINGJIAN_DATA: folder, MINGJIAN_DEMO: '', PORT: '0', HJ212_PORT: '0' }, folder, CLI, 'serve');
    expect({ code, stack: STACK.test(text), named: text.includes('--demo') }, text).toEqual({ code: 2, stack: false, named: true });
  }, 120_000);

  it('benches leave alone the servers that are named: they work on engines and a folder of their own', async () => {
    const rows = async () => (await sql<{ n: number }>`SELECT count(*)::int AS n FROM evidence_leaf`.execute(records.db)).rows;
    const before = await rows();
    const { code, text } = await run('bench', 'evidence');
    expect(code, text).toBe(0);
    expect(await rows()).toEqual(before);
  }, 300_000);

  it('shows regions and finds what is wrong in a profile, by line and field', async () => {
    expect((await run('region', 'list')).text).toMatch(/jiangsu[\s\S]*shanghai/);
    expect((await run('region', 'show', 'shanghai')).text).toContain('review.gatePaper');
    const profile = join(import.meta.dirname, '../../law/regions/ningxia.yaml');
    copyFileSync(profile, join(folder, 'good.yaml'));
    expect(await run('region', 'check', 'good.yaml')).toMatchObject({ code: 0 });
    writeFileSync(join(folder, 'bad.yaml'), readFileSync(profile, 'utf8').replace(/validFrom: [\d-]+/, 'validFrom: 2021-02-30').replace('key: review.model', 'key: review.modell'));
    const { code, text } = await run('region', 'check', 'bad.yaml');
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringMatching(/bad\.yaml:\d+ .*2021-02-30[\s\S]*bad\.yaml:\d+ .*review\.modell/) });
  });

  it('shows the models as they stand', async () => {
    expect((await run('model', 'list')).text).toMatch(/^A01 /m);
    expect(await run('model', 'show', 'b01')).toMatchObject({ code: 0, text: expect.stringContaining('B01@') });
    expect(await run('model', 'show', 'Z99')).toMatchObject({ code: 2, text: expect.stringContaining('Z99') });
  }, 120_000);
});

describe('first installation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-first-'));
  let records: TestDatabase;
  let values: Awaited<ReturnType<typeof testSeries>>;
  beforeAll(async () => {
    [records, values] = await Promise.all([testDatabase(), testSeries()]);
  });
  afterAll(async () => {
    await Promise.all([records.drop(), values.drop()]);
    rmSync(folder, { recursive: true });
  });
  const PASSWORD = 'a password for tests only';
  const run = (...args: string[]) => callIn({ DATABASE_URL: records.url, CLICKHOUSE_URL: values.url, MINGJIAN_DATA: folder, MINGJIAN_PASSWORD: PASSWORD }, folder, CLI, ...args);

  it('an empty platform gets its authority, then an official, who signs in; each act has a leaf and a line', async () => {
    const add = (id: string, level: string, ...more: string[]) => ['authority', 'add', id, '--zh', `${id}局`, '--en', `${id} authority`, '--level', level, '--prefix', `环${id}`, ...more];
    const person = ['user', 'add', 'zhao', '--name', '赵立行', '--roles', 'legal', '--authority', 'XX-AB'];
    expect(await run(...person)).toMatchObject({ code: 2, text: expect.stringMatching(/ACCESS-055 authorityId/) });
    expect(await run(...add('XX-AB', 'city', '--parent', 'XX'))).toMatchObject({ code: 2, text: expect.stringMatching(/ACCESS-055 parentId/) });
    for (const step of [add('XX', 'province'), add('XX-AB', 'city', '--parent', 'XX'), person]) expect(await run(...step), step.join(' ')).toMatchObject({ code: 0 });
    expect(await run(...add('XX-AB', 'city'))).toMatchObject({ code: 2, text: expect.stringMatching(/ACCESS-058 authorityId/) });
    const listed = JSON.parse((await run('authority', 'list', '--json')).text) as object[];
    expect(listed).toMatchObject([{ authorityId: 'XX', level: 'province', parentId: null, region: 'jiangsu' }, { authorityId: 'XX-AB', level: 'city', parentId: 'XX', docPrefix: '环XX-AB' }]);
    const clock = manualClock(instant(Date.now()));
    const opened = await signIn({ db: records.db, clock, box: () => secretBox(new Uint8Array(32)), seal: async () => undefined, demonstration: false }, 'zhao', PASSWORD, 'x');
    expect(opened).toMatchObject({ ok: true, value: { actor: { name: '赵立行', authorityId: 'XX-AB', area: ['XX-AB'], roles: ['legal'] } } });
    const { rows: leaves } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM evidence_leaf`.execute(records.db);
    const { rows: trail } = await sql<{ path: string; status: number }>`SELECT path, status FROM access_audit WHERE method = 'COMMAND' ORDER BY audit_id`.execute(records.db);
    expect({ leaves: leaves[0]?.n, trail: trail.map(({ path, status }) => `${path} ${status}`) }).toEqual({
      leaves: 3,
      trail: ['user add zhao 422', 'authority add XX-AB 422', 'authority add XX 200', 'authority add XX-AB 200', 'user add zhao 200', 'authority add XX-AB 409'],
    });
  }, 400_000);
});
