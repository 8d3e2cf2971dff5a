import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, isRefusal, manualClock } from '#kernel';
import { sql, transact, type Database } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { appendLeaf } from './append-leaves.ts';

const clock = manualClock(instant(1_793_000_000_000));
let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

async function readLog(): Promise<{ ref: string }[]> {
  const rows = await t.db.selectFrom('evidence_leaf').select('bytes').orderBy('idx').execute();
  return rows.map((row) => JSON.parse(row.bytes.toString()) as { ref: string });
}

describe('the leaf of an act comes at the end of its transaction', () => {
  it('an act may ask for its leaf before its last lock: two acts that would have waited in a circle both end (docs/decisions/0009)', async () => {
    const row = (tx: Database) => sql`SELECT pg_advisory_xact_lock(7700)`.execute(tx);
    const before = (await readLog()).length;
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: held, resolve: hold } = Promise.withResolvers<void>();
    const early = transact(t.db, async (tx) => {
      await appendLeaf(tx, clock, { t: 'case', ref: 'early' });
      ask();
      await held;
      await row(tx);
      await appendLeaf(tx, clock, { t: 'case', ref: 'early-too' });
    });
    const late = transact(t.db, async (tx) => {
      await asked;
      await row(tx);
      hold();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await appendLeaf(tx, clock, { t: 'case', ref: 'late' });
    });
    await Promise.all([early, late]);
    expect((await readLog()).slice(before).map((leaf) => leaf.ref)).toEqual(['late', 'early', 'early-too']);
  });

  it('a refused act leaves no leaf; outside a use case a leaf is refused, for nobody would write it', async () => {
    const before = (await readLog()).length;
    const refusal = await transact(t.db, async (tx) => {
      await appendLeaf(tx, clock, { t: 'case', ref: 'c1' });
      return { ok: false, code: 'X', zh: '否', en: 'no' };
    });
    expect(isRefusal(refusal)).toBe(true);
    await expect(t.db.transaction().execute((tx) => appendLeaf(tx, clock, { t: 'case', ref: 'c1' }))).rejects.toThrow(/not opened by transact/);
    expect(await readLog()).toHaveLength(before);
  });
});
