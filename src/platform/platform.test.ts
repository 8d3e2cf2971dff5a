import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, defineRefusals, instant, manualClock, ok } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { closeDeadline, deadlinesOf, openDeadline, pauseDeadline, resumeDeadline, sweepDeadlines } from '#platform/deadlines';
import { silentLogger } from '#platform/log';
import { drainOutbox, emit, outboxState, raiseMarks, type Handler } from '#platform/outbox';
import { testSeries } from '#platform/series/testing';

const clock = manualClock(instant(1_800_000_000_000));
const log = silentLogger();
let t: TestDatabase;
beforeAll(async () => void (t = await testDatabase()));
afterAll(() => t.drop());

describe('a transaction', () => {
  it('keeps nothing of a use case that refuses', async () => {
    const refuse = defineRefusals({ 'TEST-001': { zh: '不可以', en: 'no' } });
    const result = await transact(t.db, async (tx) => {
      await emit(tx, clock, { type: 'x', subject: 'refused', payload: {} });
      return refuse('TEST-001');
    });
    expect(result).toMatchObject({ ok: false, code: 'TEST-001' });
    const { rows } = await sql`SELECT 1 FROM outbox WHERE subject = 'refused'`.execute(t.db);
    expect(rows).toHaveLength(0);
  });

  it('returns the value of one that holds', async () => {
    expect(await transact(t.db, async () => ok(1))).toEqual(ok(1));
  });
});

describe('the application role', () => {
  it('[JS-25.2] may not change or delete what was written to a ledger', async () => {
    await transact(t.db, (tx) => emit(tx, clock, { type: 'x', subject: 'ledger', payload: {} }));
    await expect(sql`UPDATE outbox SET type = 'y'`.execute(t.db)).rejects.toThrow(/permission denied/);
    await expect(sql`DELETE FROM outbox`.execute(t.db)).rejects.toThrow(/permission denied/);
    await expect(sql`TRUNCATE outbox CASCADE`.execute(t.db)).rejects.toThrow(/permission denied/);
  });

  it('owns no table and cannot leave row security', async () => {
    const client = new pg.Client({ connectionString: t.url });
    await client.connect();
    const { rows } = await client.query(`SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = 'mingjian_app'`);
    const owned = await client.query(`SELECT 1 FROM pg_tables WHERE tableowner = 'mingjian_app'`);
    await client.end();
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false }]);
    expect(owned.rows).toHaveLength(0);
  });
});

describe('the outbox', () => {
  const seen: string[] = [];
  let failing = true;
  const handler: Handler<{ db: typeof t.db; clock: typeof clock; log: typeof log }> = {
    on: 'thing.done',
    name: 'test.note',
    async handle(_deps, _tx, event) {
      if (event.subject === 'bad' && failing) throw new Error('not yet');
      seen.push(`${event.subject}:${(event.payload as { n: number }).n}`);
    },
  };

  it('gives each event to its handler once, and lets a failing subject hold back only itself', async () => {
    const deps = { db: t.db, clock, log };
    await transact(t.db, async (tx) => {
      for (const [subject, n] of [['bad', 1], ['good', 1], ['bad', 2], ['good', 2]] as const) {
        await emit(tx, clock, { type: 'thing.done', subject, payload: { n } });
      }
    });
    await drainOutbox(deps, [handler]);
    await drainOutbox(deps, [handler]);
    expect(seen).toEqual(['good:1', 'good:2']);
    failing = false;
    clock.advance(60_000);
    await drainOutbox(deps, [handler]);
    expect(seen).toEqual(['good:1', 'good:2', 'bad:1', 'bad:2']);
    expect(await drainOutbox(deps, [handler])).toBe(0);
  });

  it('looks no more at what is handled and a day old; nothing that waits is passed over', async () => {
    const deps = { db: t.db, clock, log };
    const seen: string[] = [];
    let failing = true;
    const handler: Handler<typeof deps> = {
      on: 'year.passed', name: 'test.years',
      handle: async (_, __, event) => {
        if (failing && event.subject === '2') throw new Error('not now');
        seen.push(event.subject);
      },
    };
    const happen = (subject: string) => transact(t.db, (tx) => emit(tx, clock, { type: handler.on, subject, payload: {} }));
    const mark = async () => (await sql<{ subject: string }>`SELECT o.subject FROM outbox_mark m JOIN outbox o USING (seq) WHERE m.handler = ${handler.name}`.execute(t.db)).rows[0]?.subject;
    for (const subject of ['1', '2', '3']) await happen(subject);
    await drainOutbox(deps, [handler]);
    await raiseMarks(deps, [handler]);
    expect(await mark()).toBeUndefined();
    clock.advance(2 * DAY);
    await raiseMarks(deps, [handler]);
    expect([await mark(), seen]).toEqual(['1', ['1', '3']]);
    failing = false;
    await drainOutbox(deps, [handler]);
    await happen('4');
    await raiseMarks(deps, [handler]);
    expect([await mark(), await outboxState(t.db, [handler])]).toMatchObject(['3', { waiting: 1 }]);
    expect(await drainOutbox(deps, [handler])).toBe(1);
    expect(seen).toEqual(['1', '3', '2', '4']);
  });
});

describe('deadlines', () => {
  const key = { clockId: 'T5', subjectKind: 'case', subjectId: 'c1' };
  const open = (dueAt: number, subjectId = 'c1') =>
    transact(t.db, (tx) =>
      openDeadline(tx, { ...key, subjectId, unitId: 'u', authorityId: 'a', holder: 'UNIT', article: '第四十四条', dayKind: 'WORKING_DAY', startedAt: clock.now(), dueAt }));

  it('raise one event when they run out, and none twice', async () => {
    await open(clock.now() + 1_000, 'c9');
    expect(await sweepDeadlines({ db: t.db, clock })).toBe(0);
    clock.advance(2_000);
    expect(await sweepDeadlines({ db: t.db, clock })).toBe(1);
    expect(await sweepDeadlines({ db: t.db, clock })).toBe(0);
  });

  it('stand still while paused and go on until the moment the law gives', async () => {
    const due = clock.now() + 10_000;
    await open(due);
    await transact(t.db, (tx) => pauseDeadline(tx, { ...key, at: clock.now(), reason: '听证' }));
    clock.advance(60_000);
    expect(await sweepDeadlines({ db: t.db, clock })).toBe(0);
    await transact(t.db, (tx) => resumeDeadline(tx, { ...key, at: clock.now(), dueAt: due + 60_000 }));
    expect((await deadlinesOf(t.db, 'case', 'c1'))[0]).toMatchObject({ dueAt: due + 60_000, state: 'OPEN' });
    await transact(t.db, (tx) => closeDeadline(tx, { ...key, closedAt: clock.now() }));
    expect((await deadlinesOf(t.db, 'case', 'c1'))[0]).toMatchObject({ state: 'MET', overdue: false });
  });

  it('of one kind run once on one subject', async () => {
    await open(clock.now() + 1_000, 'c2');
    await expect(open(clock.now() + 1_000, 'c2')).rejects.toThrow(/deadline_one_open/);
  });
});

describe('blobs', () => {
  it('are stored by digest and refuse to give back changed bytes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mingjian-blobs-'));
    const blobs = openBlobs(folder);
    const sha = await blobs.put(Buffer.from('明鉴'));
    expect(Buffer.from(await blobs.get(sha)).toString()).toBe('明鉴');
    const inner = join(folder, sha.slice(0, 2));
    expect(readdirSync(inner)).toEqual([sha]);
    rmSync(join(inner, sha));
    writeFileSync(join(inner, sha), '明錾');
    await expect(blobs.get(sha)).rejects.toThrow(/was changed/);
    await expect(blobs.get('../etc/passwd')).rejects.toThrow(/not a blob name/);
    rmSync(folder, { recursive: true });
  });
});

describe('the series engine', () => {
  it('answers as ClickHouse does: tables, inserts, bound parameters, errors with their code', async () => {
    const { series, drop } = await testSeries();
    await series.command('CREATE TABLE probe (id UInt32, name String, at Int64) ENGINE = MergeTree ORDER BY id');
    await series.insert('probe', [{ id: 1, name: "a'b\n明", at: 1_800_000_000_000 }, { id: 2, name: 'FORMAT CSV', at: 2 }]);
    expect(await series.query('SELECT id, name FROM probe WHERE id = {id:UInt32}', { id: 1 })).toEqual([{ id: 1, name: "a'b\n明" }]);
    expect(await series.query('SELECT count() AS n FROM probe WHERE name = {n:String}', { n: 'FORMAT CSV' })).toEqual([{ n: 1 }]);
    await expect(series.query('SELECT nothing FROM nowhere')).rejects.toMatchObject({ code: '60' });
    await drop();
  });
});
