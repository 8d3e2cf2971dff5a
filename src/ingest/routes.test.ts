import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#access';
import {
  type AccountId,
  asId,
  type AuthorityId,
  type DeviceMn,
  instant,
  manualClock,
  MINUTE,
  type OutfallId,
  type RegionKey,
  type UnitId,
} from '#kernel';
import { loadLaw } from '#law';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { type App, createHttp } from '#platform/http';
import { silentLogger } from '#platform/log';
import { buildRegistry, EMPTY_REGISTER, type LiveRegistry } from '#register';
import { minuteFrame } from './bench-decode.ts';
import { directoryOfRegister, profileOf } from './devices/directory-of-register.ts';
import { encodeFrame, encodeSegment } from './hj212/index.ts';
import { importCapture } from './import-capture.ts';
import { readJournal } from './read-journal.ts';
import { registerIngestRoutes } from './routes.ts';
import { runDecode } from './run-decode.ts';
import { saveStatus } from './store/status.ts';

const MN = '010000A8900016F000169DC0';
const NOW = instant(Date.UTC(2026, 0, 1, 12));
const clock = manualClock(NOW);
const unit = {
  unit: asId<UnitId>('U1'),
  name: '测试单位',
  industry: 'coal_power',
  industryZh: '',
  county: '',
  lat: undefined,
  lon: undefined,
  operator: '',
  keyPolluter: true,
  attributes: {},
};
const outfall = {
  outfall: asId<OutfallId>('O1'),
  unit: asId<UnitId>('U1'),
  type: 'gas' as const,
  mn: asId<DeviceMn>(MN),
  doorMn: undefined,
  powerMn: undefined,
  o2Ref: 6,
  analysisCycleHours: undefined,
  designFlow: undefined,
  minuteStep: 10,
  stackAreaM2: undefined,
  velocityCoefficient: undefined,
  attributes: { hj212_crc: 'modbus|B381', hj212_edition: '2017' },
};
const registry = {
  ...buildRegistry({ ...EMPTY_REGISTER, units: [unit], outfalls: [outfall] }),
  version: 1,
  authorityOf: () => asId<AuthorityId>('A1'),
};
const live: LiveRegistry = { current: () => registry, refresh: async () => false };
const directory = directoryOfRegister(() => registry);

let test: TestDatabase;
let app: App;
let actor: Partial<Actor> = {};

beforeAll(async () => {
  test = await testDatabase();
  app = await createHttp({ log: silentLogger() });
  app.decorateRequest('actor');
  app.addHook('onRequest', async (request) => void (request.actor = actor as Actor));
  registerIngestRoutes(app, { db: test.db, clock, registry: live, law: loadLaw() });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const official = (authority: string): Partial<Actor> =>
  ({
    accountId: asId<AccountId>('p'),
    name: 'p',
    roles: ['monitoring-control'],
    authorityId: asId<AuthorityId>(authority),
    region: asId<RegionKey>('jiangsu'),
  }) as Partial<Actor>;

async function* chunks(bytes: Uint8Array, size = 777): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

const line = (i: number, mn = MN): string =>
  `${Date.UTC(2026, 0, 1) + i * MINUTE + 61_000}\t${Buffer.from(minuteFrame(i, mn)).toString('latin1').trimEnd()}`;

describe('import door', () => {
  it('[JS-27.1] keeps recorded arrivals, survives damaged lines, and takes nothing twice', async () => {
    const text = [
      ...Array.from({ length: 30 }, (_, i) => line(i)),
      'rubbish',
      'x\t##0001',
      '\t##',
      line(99, 'F'.repeat(24)),
      line(3),
    ].join('\n');
    const bytes = Buffer.from(text);
    const deps = { db: test.db, clock, directory };
    const report = await importCapture(deps, chunks(bytes), { source: 'cap.tsv' });
    expect(report).toMatchObject({ frames: 32, accepted: 30, duplicates: 1, quarantined: 1 });
    expect(report.damagedLines.map(({ line: n, reason }) => [n, reason])).toEqual([
      [31, 'no tab'],
      [32, 'no time'],
      [33, 'no time'],
    ]);
    expect(await importCapture(deps, chunks(bytes), { source: 'cap.tsv' })).toMatchObject({
      accepted: 0,
      duplicates: 32,
    });
    const [first] = await readJournal(test.db, directory, -1, 1);
    expect(first?.arrivedAt).toBe(Date.UTC(2026, 0, 1) + 61_000);
    expect(first?.row.marks).toEqual(['IMPORTED']);
    expect(first?.row.peer).toBe('cap.tsv:1');
  });

  it('a packed capture reads like a plain one', async () => {
    const { openCapture, readCapture } = await import('./capture.ts');
    const { writeFileSync, mkdtempSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(`${tmpdir()}/mingjian-capture-`);
    const plain = Buffer.from([1, 2, 3].map((i) => line(i)).join('\r\n'));
    writeFileSync(`${folder}/a.tsv`, plain);
    writeFileSync(`${folder}/a.tsv.gz`, gzipSync(plain));
    writeFileSync(`${folder}/a.tsv.zst`, zstdCompressSync(plain));
    const read = async (name: string) => {
      const out: string[] = [];
      for await (const items of readCapture(openCapture(`${folder}/${name}`))) {
        for (const item of items) if (item.ok) out.push(`${item.at} ${Buffer.from(item.bytes).toString()}`);
      }
      return out;
    };
    const expected = await read('a.tsv');
    expect(expected).toHaveLength(3);
    expect(await read('a.tsv.gz')).toEqual(expected);
    expect(await read('a.tsv.zst')).toEqual(expected);
    await expect(read('none.tsv.gz')).rejects.toThrow(/ENOENT/);
    rmSync(folder, { recursive: true });
  });

  it('the watermark never skips and never repeats, whatever the page size', async () => {
    const all = (await readJournal(test.db, directory, -1, 10_000)).map((frame) => frame.seq);
    for (const limit of [1, 7, 31, 64]) {
      const seen: number[] = [];
      for (let after = -1; ; after = seen.at(-1) as number) {
        const page = await readJournal(test.db, directory, after, limit);
        if (page.length === 0) break;
        seen.push(...page.map((frame) => frame.seq));
      }
      expect(seen).toEqual(all);
    }
  });
});

describe('over HTTP', () => {
  const get = (url: string) => app.inject({ method: 'GET', url });
  const range = 'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z';

  it('raw frames of an outfall with their leaves, by cursor, without the password in the text', async () => {
    actor = official('A1');
    const first = await get(`/api/outfalls/O1/frames?${range}&limit=20`);
    expect(first.statusCode).toBe(200);
    const page = first.json<{ items: { leaf: number; text: string }[]; nextCursor: string }>();
    expect(page.items).toHaveLength(20);
    expect(page.items[0]?.text).toContain('PW=***');
    expect(first.body).not.toContain('PW=123456');
    const second = (await get(`/api/outfalls/O1/frames?${range}&limit=20&cursor=${page.nextCursor}`)).json<
      typeof page
    >();
    expect(second.items[0]?.leaf).toBeGreaterThan(page.items.at(-1)?.leaf as number);
  });

  it("someone else's outfall answers like one that does not exist", async () => {
    actor = official('A2');
    expect((await get(`/api/outfalls/O1/frames?${range}`)).json()).toMatchObject({ status: 404, code: 'INGEST-001' });
    expect((await get(`/api/outfalls/O9/frames?${range}`)).json()).toMatchObject({ status: 404, code: 'INGEST-001' });
    actor = official('A1');
    expect((await get('/api/outfalls/O1/frames?from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z')).statusCode).toBe(
      422,
    );
    expect((await get('/api/outfalls/O1/frames?from=x&to=y')).statusCode).toBe(400);
  });

  it('lists the quarantine', async () => {
    const list = (await get('/api/ingest/apart')).json<{ items: { mn: string; state: string }[] }>();
    expect(list.items.map((item) => [item.mn, item.state])).toEqual([['F'.repeat(24), 'QUARANTINED']]);
    expect((await get('/api/ingest/apart?state=REFUSED')).statusCode).toBe(200);
  });

  it('pages through frames that arrived in the same millisecond and skips none', async () => {
    const strangers = ['A', 'B', 'C'].map((letter) => letter.repeat(24));
    const text = strangers.map((mn) => line(7, mn)).join('\n');
    await importCapture({ db: test.db, clock, directory }, chunks(Buffer.from(text)), { source: 'equal.tsv' });
    const seen: string[] = [];
    for (let place: string | undefined = ''; place !== undefined; ) {
      const next: { items: { mn: string }[]; nextCursor: string | null } = (await get(`/api/ingest/apart?limit=2${place}`)).json();
      seen.push(...next.items.map((item) => item.mn));
      place = next.nextCursor === null ? undefined : `&cursor=${next.nextCursor}`;
    }
    expect(seen).toEqual(['F'.repeat(24), ...strangers.reverse()]);
  });

  it('names the outfall and the unit a device stands at, also of one that was never heard', async () => {
    type Page = { items: { mn: string; outfall: unknown; lastAt: string | null; silent: boolean }[]; nextCursor: string | null };
    const list = async (query = '') => (await get(`/api/ingest/devices${query}`)).json<Page>();
    const place = { outfall: 'O1', name: 'O1', unitName: '测试单位' };
    expect((await list()).items).toEqual([expect.objectContaining({ mn: MN, outfall: place, lastAt: null, silent: false, frames: 0 })]);
    const heard = { lastAt: NOW, lastDataAt: null, lastCn: '2011', lastPeer: '127.0.0.1', clockOffset: 0, frames: 1 };
    await saveStatus(test.db, [{ mn: MN, ...heard }, { mn: 'F'.repeat(24), ...heard }]);
    expect((await list()).items.map((item) => [item.outfall, item.lastAt === null])).toEqual([[place, false], [null, false]]);
    const first = await list('?limit=1');
    expect((await list(`?limit=1&cursor=${first.nextCursor}`)).items.map((item) => item.mn)).toEqual(['F'.repeat(24)]);
  });

  it('takes a camera event once, with a leaf, keeps a later end beside it, and refuses one from the future', async () => {
    const body = {
      outfall: 'O1',
      camera: 'C1',
      kind: 'DOOR_OPENED',
      startAt: '2026-01-01T08:00:00+08:00',
      endAt: '2026-01-01T08:01:00+08:00',
    };
    const post = (payload: object) => app.inject({ method: 'POST', url: '/api/video-events', payload });
    const first = (await post(body)).json<{ event: string; known: boolean }>();
    expect(first).toMatchObject({ known: false });
    expect((await post(body)).json()).toEqual({ event: first.event, known: true });
    expect(
      (await post({ ...body, startAt: '2030-01-01T00:00:00Z', endAt: '2030-01-01T00:00:00Z' })).json(),
    ).toMatchObject({ code: 'INGEST-003' });
    expect((await post({ ...body, outfall: '=cmd|x' })).statusCode).toBe(400);
    const events = (await get(`/api/outfalls/O1/video-events?from=2025-12-31T00:00:00Z&to=2026-01-02T00:00:00Z`)).json<{
      items: object[];
    }>();
    expect(events.items).toHaveLength(1);
    const later = (await post({ ...body, endAt: '2026-01-01T08:05:00+08:00', photoSha: 'a'.repeat(64) })).json<{ event: string; known: boolean }>();
    expect(later).toMatchObject({ known: false });
    expect(later.event).not.toBe(first.event);
    expect((await post({ ...body, endAt: '2026-01-01T08:05:00+08:00' })).json()).toEqual({ event: later.event, known: true });
    const { rows } = await sql<{ event: string; end_at: number; photo_sha: string | null }>`SELECT event, end_at, photo_sha FROM video_event ORDER BY revision`.execute(test.db);
    expect(rows).toEqual([
      { event: first.event, end_at: Date.UTC(2026, 0, 1, 0, 1), photo_sha: null },
      { event: later.event, end_at: Date.UTC(2026, 0, 1, 0, 5), photo_sha: 'a'.repeat(64) },
    ]);
    const shown = (await get(`/api/outfalls/O1/video-events?from=2025-12-31T00:00:00Z&to=2026-01-02T00:00:00Z`)).json<typeof events>();
    expect(shown.items).toEqual([expect.objectContaining({ event: later.event, endAt: '2026-01-01T08:05:00.000+08:00' })]);
  });
});

describe('reading for the command line', () => {
  it('one JSON line per frame and per piece of noise, and one for a reassembled message', async () => {
    const part = (pno: number) =>
      encodeFrame(
        encodeSegment({
          qn: `2026010109000000${pno}`,
          st: '31',
          cn: '2061',
          mn: MN,
          pw: '1',
          flag: 6,
          pnum: 2,
          pno,
          cp: `DataTime=20260101080000;a-Avg=${pno}`,
        }),
      );
    const input = Buffer.concat([Buffer.from('noise'), minuteFrame(1), part(2), part(1)]);
    let out = '';
    const summary = await runDecode(chunks(input, 10), (lines) => void (out += lines));
    const lines = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(summary).toEqual({ good: 3, bad: 1 });
    expect(lines.map((item) => item['error'] ?? (item['assembled'] ? 'assembled' : item['cn']))).toEqual([
      'NOISE',
      '2051',
      '2061',
      '2061',
      'assembled',
    ]);
    expect(lines[0]).toMatchObject({ ok: false, raw: Buffer.from('noise').toString('base64'), offset: 0 });
  });

  it('the frame that benches measure with has the 421 bytes their pages speak of', () => {
    expect([0, 69, 123_456].map((i) => minuteFrame(i).length)).toEqual([421, 421, 421]);
  });

  it('profiles come from extra columns of outfalls.csv', () => {
    expect(directory.deviceOf(MN)?.profile).toEqual({ edition: '2017', crc: ['modbus', { constant: 'B381' }] });
    expect(profileOf({})).toBeUndefined();
    expect(directory.deviceOf('nobody')).toBeUndefined();
  });
});
