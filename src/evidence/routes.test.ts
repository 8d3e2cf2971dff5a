import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, manualClock, toRfc3339 } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import {
  appendLeaves,
  loadLogKeys,
  logStatus,
  makeCheckpoint,
  registerEvidenceRoutes,
  type EvidenceDeps,
} from '#evidence';
import {
  leafHash,
  openCheckpoint,
  parsePolicy,
  readBundle,
  readTile,
  readTlogProof,
  verifyInclusion,
  type Policy,
} from '#evidence/log';

const folder = mkdtempSync(join(tmpdir(), 'mingjian-routes-'));
const clock = manualClock(instant(1_793_000_000_000));
let t: TestDatabase;
let app: App;
let deps: EvidenceDeps;

beforeAll(async () => {
  t = await testDatabase();
  deps = { db: t.db, clock, blobs: openBlobs(folder), keys: loadLogKeys(folder, 'hb.example/evidence/2026a', {}), published: async (id) => id === 'r7' || id === 'r8' };
  app = await createHttp({ log: silentLogger() });
  app.decorateRequest('actor');
  app.addHook('onRequest', async (request) => void (request.actor = { accountId: 'a1' } as typeof request.actor));
  registerEvidenceRoutes(app, deps);
  const leaves = Array.from({ length: 300 }, (_, i) => ({ t: i === 7 || i === 9 ? 'doc' : 'case', ref: `r${i}` }) as const);
  await transact(t.db, (tx) => appendLeaves(tx, clock, leaves));
});
afterAll(async () => {
  await app.close();
  await t.drop();
  rmSync(folder, { recursive: true });
});

const get = (url: string) => app.inject({ method: 'GET', url });

describe('[NX-3.1c] reading the log over HTTP', () => {
  it('before the first head: no checkpoint, a leaf is “not yet sealed”', async () => {
    expect((await get('/log/checkpoint')).statusCode).toBe(404);
    expect((await get('/api/evidence/leaves/3/proof')).json()).toMatchObject({ index: 3, sealed: false, proof: null });
    await makeCheckpoint(deps);
    expect((await get('/api/evidence/leaves/3/proof')).json()).toMatchObject({ index: 3, sealed: true, knownAt: toRfc3339(clock.now()) });
    expect((await get('/api/public/evidence/log')).json()).toMatchObject({ size: 300, sealed: 300, sealedAt: toRfc3339(clock.now()) });
  });

  it('an outside verifier needs only the policy, the checkpoint, tiles and one entry', async () => {
    const policy = parsePolicy((await get('/log/policy')).body) as Policy;
    const opened = openCheckpoint((await get('/log/checkpoint')).body, policy);
    if (!opened.ok) throw new Error(opened.reason);
    const tile = readTile((await get('/log/tile/0/001.p/44')).rawPayload) ?? [];
    const bundle = readBundle((await get('/log/tile/entries/001.p/44')).rawPayload) ?? [];
    expect(bundle.map((leaf) => Buffer.from(leafHash(leaf)))).toEqual(tile.map((hash) => Buffer.from(hash)));
    const proof = readTlogProof((await get('/api/evidence/leaves/299/proof')).json<{ proof: string }>().proof);
    expect(
      verifyInclusion(
        299n,
        opened.checkpoint.size,
        tile.at(-1) as Uint8Array,
        proof?.path ?? [],
        opened.checkpoint.root,
      ),
    ).toBe(true);
  });

  it('reading entries is itself recorded; the public door gives no entries however they are asked for', async () => {
    const before = (await logStatus(deps)).size;
    await get('/log/tile/entries/000');
    expect((await logStatus(deps)).size).toBe(before + 1);
    for (const url of [
      '/log/tile/x/../entries/000',
      '/log/tile/%65ntries/000',
      '/log/tile/0/..%2fentries/000',
      '/log/tile//entries/000',
    ]) {
      const reply = await get(url);
      expect([url, reply.statusCode === 404 || reply.headers['cache-control'] === 'private, no-store']).toEqual([
        url,
        true,
      ]);
    }
  });

  it('[JS-25.2] the public reads leaves of published documents; of all others hash and proof only', async () => {
    const shown = (i: number) => get(`/api/public/evidence/leaves/${i}`).then((reply) => reply.json<{ leaf: string | null; leafHash: string; proof: string }>());
    const published = await shown(7);
    expect(JSON.parse(published.leaf ?? '')).toMatchObject({ t: 'doc', ref: 'r7' });
    expect(Buffer.from(leafHash(Buffer.from(published.leaf ?? ''))).toString('hex')).toBe(published.leafHash);
    for (const index of [8, 9, 10]) {
      const bare = await shown(index);
      expect([index, bare.leaf, bare.leafHash.length, bare.proof.length > 0]).toEqual([index, null, 64, true]);
    }
  });

  it('wrong numbers are refused plainly', async () => {
    for (const url of ['/api/public/evidence/leaves/99999', '/log/tile/0/000.p/0', '/log/tile/7/000'])
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
    expect((await get('/api/evidence/leaves/-1/proof')).statusCode).toBe(400);
  });

  it('[PAPER-3.2-5c] the public may have a package checked here; what is no package fails and changes nothing', async () => {
    const post = (payload: Buffer) =>
      app.inject({
        method: 'POST',
        url: '/api/public/evidence/verify',
        headers: { 'content-type': 'application/zip' },
        payload,
      });
    const reply = await post(Buffer.from('PK rubbish'));
    expect([reply.statusCode, reply.json<{ exit: number }>().exit]).toEqual([200, 1]);
    expect((await post(Buffer.alloc(33 * 1024 * 1024))).statusCode).toBe(413);
  });
});
