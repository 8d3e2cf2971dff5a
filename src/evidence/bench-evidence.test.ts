import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant, manualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { benchEvidence, loadLogKeys } from '#evidence';

const folder = mkdtempSync(join(tmpdir(), 'mingjian-bench-'));
let t: TestDatabase;
beforeAll(async () => void (t = await testDatabase()));
afterAll(async () => {
  await t.drop();
  rmSync(folder, { recursive: true });
});

it('appends, seals and checks at the rate ingest asks for, with room for a busy machine', async () => {
  const clock = manualClock(instant(1_793_000_000_000));
  const n = Number(process.env['BENCH_LEAVES'] ?? 10_000);
  const result = await benchEvidence(
    { db: t.db, clock, blobs: openBlobs(folder), keys: loadLogKeys(folder, 'bench/evidence/2026a', {}) },
    n,
  );
  console.info(JSON.stringify(result));
  expect(result.appendedPerSecond).toBeGreaterThan(500);
  expect(result.sealedPerSecond).toBeGreaterThan(300);
});
