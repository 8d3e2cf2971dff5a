import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DAY, HOUR, instant, manualClock } from '#kernel';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, keepAnswers, refuse, sweepKeys, type App } from '#platform/http';
import { silentLogger } from '#platform/log';

const clock = manualClock(instant(1_800_000_000_000));
const log = silentLogger();
let t: TestDatabase;
let app: App;
/** What the acts of these routes really did. */
let done: string[] = [];
let hold: Promise<void> = Promise.resolve();
let letGo = (): void => undefined;

const body = z.object({ text: z.string() });

/** A server of its own over the same database: another process, or the same after a crash. */
async function server(): Promise<App> {
  const made = await createHttp({ log });
  keepAnswers(made, { db: t.db, clock, who: (request) => String(request.headers['x-account']) });
  const config = { action: 'test.act' };
  made.post('/act', { config, schema: { body } }, async (request, reply) => {
    done.push(request.body.text);
    await hold;
    return reply.code(201).send({ nth: done.length, text: request.body.text });
  });
  made.post('/refused', { config, schema: { body } }, async (request, reply) => {
    done.push(request.body.text);
    return refuse(reply, { ok: false, code: 'TEST-001', zh: '不可以', en: 'no' });
  });
  made.post('/later', { config, schema: { body } }, async (request, reply) => {
    done.push(request.body.text);
    return done.length === 1 ? refuse(reply, { ok: false, code: 'TEST-002', zh: '稍后', en: 'later', status: 503 }) : { ok: true };
  });
  made.post('/defect', { config, schema: { body } }, async (request) => {
    done.push(request.body.text);
    throw new Error('after its commit');
  });
  made.post('/secret', { config: { ...config, keys: 'no-answer' }, schema: { body } }, async (request) => {
    done.push(request.body.text);
    return { code: 'shown once' };
  });
  made.post('/reading', { config: { ...config, keys: 'none' }, schema: { body } }, async (request) => {
    done.push(request.body.text);
    return {};
  });
  made.post('/public', { config: { action: 'public' }, schema: { body } }, async (request) => {
    done.push(request.body.text);
    return {};
  });
  await made.ready();
  return made;
}

beforeAll(async () => {
  t = await testDatabase();
  app = await server();
});
afterAll(async () => {
  await app.close();
  await t.drop();
});
beforeEach(() => {
  done = [];
  hold = Promise.resolve();
});

const post = (url: string, key: string | undefined, text = 'a', account = 'zhou', to = app) =>
  to.inject({ method: 'POST', url, payload: { text }, headers: { 'x-account': account, ...(key === undefined ? {} : { 'idempotency-key': key }) } });
const codeOf = (answer: { json<T>(): T }) => answer.json<{ code?: string }>().code;

describe('Idempotency-Key on an act', () => {
  it('answers the same request as the first time, byte for byte, and acts once', async () => {
    const [first, again] = [await post('/act', 'k1'), await post('/act', '"k1"')];
    expect([first.statusCode, first.headers['idempotency-replayed']]).toEqual([201, undefined]);
    expect([again.statusCode, again.headers['idempotency-replayed'], again.body, again.headers['content-type']]).toEqual([201, 'true', first.body, first.headers['content-type']]);
    expect(done).toEqual(['a']);
  });

  it('acts each time where no key or another key is given', async () => {
    for (const key of [undefined, undefined, 'k2', 'k3']) expect((await post('/act', key)).statusCode).toBe(201);
    expect(done).toHaveLength(4);
  });

  it('refuses the same key for another body, another address or a key that is none, naming the header', async () => {
    await post('/act', 'k4', 'a');
    const others = [await post('/act', 'k4', 'b'), await post('/act?x=1', 'k4', 'a'), await post('/refused', 'k4', 'a')];
    for (const no of others) expect([no.statusCode, no.json<object>()]).toEqual([422, expect.objectContaining({ code: 'HTTP-KEY-2', field: 'headers.idempotency-key' })]);
    expect(done).toEqual(['a']);
    for (const key of ['', 'x'.repeat(256), 'a b']) expect((await post('/act', key)).json()).toMatchObject({ status: 400, code: 'HTTP-KEY-1', field: 'headers.idempotency-key' });
  });

  it('gives a refusal again without asking again; one that says "later" may be tried again', async () => {
    const [first, again] = [await post('/refused', 'k5'), await post('/refused', 'k5')];
    expect([first.statusCode, again.statusCode, again.body]).toEqual([409, 409, first.body]);
    expect(done).toEqual(['a']);
    done = [];
    expect([(await post('/later', 'k6')).statusCode, (await post('/later', 'k6')).statusCode, (await post('/later', 'k6')).statusCode]).toEqual([503, 200, 200]);
    expect(done).toHaveLength(2);
  });

  it('lets one of many at the same time act; the others are told that it runs, or what it answered', async () => {
    hold = new Promise((resolve) => { letGo = resolve; });
    const many = Array.from({ length: 12 }, () => post('/act', 'k7'));
    const early = await Promise.race(many);
    expect([early.statusCode, codeOf(early), early.headers['retry-after']]).toEqual([409, 'HTTP-KEY-3', '1']);
    letGo();
    const answers = await Promise.all(many);
    const acted = answers.filter((each) => each.statusCode === 201);
    expect(acted.filter((each) => each.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    expect(new Set(acted.map((each) => each.body)).size).toBe(1);
    for (const told of answers) if (told.statusCode !== 201) expect(codeOf(told)).toBe('HTTP-KEY-3');
    expect(done).toEqual(['a']);
    expect((await post('/act', 'k7')).statusCode).toBe(201);
    expect(done).toEqual(['a']);
  });

  it("never gives one person another's answer", async () => {
    const [mine, theirs] = [await post('/act', 'k8', 'a', 'zhou'), await post('/act', 'k8', 'a', 'wu')];
    expect([theirs.statusCode, theirs.headers['idempotency-replayed'], theirs.body === mine.body]).toEqual([201, undefined, false]);
    expect(done).toHaveLength(2);
  });

  it('says "look" instead of acting again where the answer was never kept: after a defect, and after a crash', async () => {
    expect((await post('/defect', 'k9')).statusCode).toBe(500);
    expect((await post('/defect', 'k9')).json()).toMatchObject({ status: 409, code: 'HTTP-KEY-4' });
    expect(done).toEqual(['a']);
    hold = new Promise((resolve) => { letGo = resolve; });
    const lost = post('/act', 'k10');
    while (done.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const next = await server();
    const look = await post('/act', 'k10', 'a', 'zhou', next);
    expect([look.statusCode, codeOf(look)]).toEqual([409, 'HTTP-KEY-4']);
    letGo();
    expect((await lost).statusCode).toBe(201);
    expect((await post('/act', 'k10', 'a', 'zhou', next)).statusCode).toBe(201);
    await next.close();
    expect(done).toEqual(['a', 'a']);
  });

  it('keeps no secret: the act is done once and its answer given once', async () => {
    expect((await post('/secret', 'k12')).json()).toEqual({ code: 'shown once' });
    expect(codeOf(await post('/secret', 'k12'))).toBe('HTTP-KEY-4');
    expect(done).toEqual(['a']);
    const { rows } = await sql`SELECT 1 FROM idempotency_key WHERE key = 'k12' AND answer IS NOT NULL`.execute(t.db);
    expect(rows).toHaveLength(0);
  });

  it('keeps nothing of what only reads, and nothing of people who are not signed in', async () => {
    for (const url of ['/reading', '/public']) for (const _ of [1, 2]) expect((await post(url, 'k13')).statusCode).toBe(200);
    expect(done).toHaveLength(4);
    const { rows } = await sql`SELECT 1 FROM idempotency_key WHERE key = 'k13'`.execute(t.db);
    expect(rows).toHaveLength(0);
  });

  it("forgets after a day of the platform's clock, swept or not", async () => {
    await post('/act', 'k14');
    clock.advance(23 * HOUR);
    await sweepKeys({ db: t.db, clock });
    expect((await post('/act', 'k14')).headers['idempotency-replayed']).toBe('true');
    clock.advance(HOUR);
    expect((await post('/act', 'k14', 'b')).statusCode).toBe(201);
    expect(done).toEqual(['a', 'b']);
    clock.advance(DAY);
    await sweepKeys({ db: t.db, clock });
    const { rows } = await sql`SELECT 1 FROM idempotency_key`.execute(t.db);
    expect(rows).toHaveLength(0);
  });

  it('is described in OpenAPI on every act, and on nothing else', () => {
    const { paths = {} } = app.swagger() as { paths?: Record<string, { post?: { parameters?: readonly { in: string; name: string }[] } }> };
    const described = Object.keys(paths).filter((path) => paths[path]?.post?.parameters?.some((one) => one.in === 'header' && one.name === 'Idempotency-Key'));
    expect(described.sort()).toEqual(['/act', '/defect', '/later', '/refused', '/secret']);
  });
});
