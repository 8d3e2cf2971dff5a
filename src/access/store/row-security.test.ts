import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, instant, manualClock, type AccountId } from '#kernel';
import { EVERY_ROW, sql, withRows, type Database, type Tx } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createDemoAccounts } from '../demo/create-demo-accounts.ts';
import { demoAccountId } from '../demo/demo-cast.ts';
import { insertTotp, totpOf } from './factors.ts';
import { endSession, findSession, insertSession } from './sessions.ts';

const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
const [officer, head] = [demoAccountId('officer'), demoAccountId('head')];
let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
  await createDemoAccounts({ db: test.db, clock }, []);
  await test.db.transaction().execute(async (tx) => {
    for (const person of [officer, head]) {
      await insertSession(tx, `hash of ${person}`, person, '127.0.0.1', clock.now(), 'full');
      await insertTotp(tx, `totp of ${person}`, person, `sealed for ${person}`, clock.now());
    }
  });
});
afterAll(() => test.drop());

/** Statements that forgot their WHERE. */
const sessions = async (db: Database | Tx) => (await sql<{ account_id: AccountId }>`SELECT account_id FROM access_session ORDER BY 1`.execute(db)).rows.map((row) => row.account_id);
const secrets = async (db: Database | Tx) => (await sql<{ account_id: AccountId }>`SELECT account_id FROM access_totp ORDER BY 1`.execute(db)).rows.map((row) => row.account_id);

describe('rows of sessions and second factors are seen only by who names them', () => {
  it('nothing is there for who names nobody, and nothing is changed', async () => {
    expect([await sessions(test.db), await secrets(test.db)]).toEqual([[], []]);
    expect((await sql`UPDATE access_session SET ended_at = 1, ended_why = 'expired'`.execute(test.db)).numAffectedRows).toBe(0n);
    expect((await findSession(test.db, `hash of ${officer}`))?.endedAt).toBeNull();
  });

  it('who names one person or one session reaches no other, even without a WHERE', async () => {
    expect(await withRows(test.db, 'mingjian.person', officer, async (tx) => [await sessions(tx), await secrets(tx)])).toEqual([[officer], [officer]]);
    expect(await withRows(test.db, 'mingjian.session', `hash of ${head}`, sessions)).toEqual([head]);
    expect(await withRows(test.db, 'mingjian.person', EVERY_ROW, sessions)).toEqual([head, officer].sort());
    const ended = await withRows(test.db, 'mingjian.session', `hash of ${head}`, (tx) => sql`UPDATE access_session SET seen_at = seen_at + 1`.execute(tx));
    expect(ended.numAffectedRows).toBe(1n);
  });

  it('a row cannot be written in the name of somebody else', async () => {
    const forged = withRows(test.db, 'mingjian.person', officer, (tx) =>
      sql`INSERT INTO access_totp (factor_id, account_id, secret, created_at) VALUES ('forged', ${demoAccountId('legal')}, 's', 1)`.execute(tx));
    await expect(forged).rejects.toThrow(/row-level security/);
  });

  it('the setting ends with the work for which it was made: within a transaction, after a failure, on the same connection', async () => {
    await test.db.transaction().execute(async (tx) => {
      expect(await withRows(tx, 'mingjian.person', officer, sessions)).toEqual([officer]);
      expect(await sessions(tx)).toEqual([]);
    });
    await expect(withRows(test.db, 'mingjian.person', EVERY_ROW, () => Promise.reject(new Error('in between')))).rejects.toThrow('in between');
    for (let i = 0; i < 10; i++) expect(await sessions(test.db)).toEqual([]);
  });

  it('the store finds, and ends, what it is asked for', async () => {
    expect((await totpOf(test.db, head))?.secret).toBe(`sealed for ${head}`);
    expect(await totpOf(test.db, asId<AccountId>('nobody'))).toBeUndefined();
    await endSession(test.db, `hash of ${officer}`, 'signed-out', clock.now());
    expect((await findSession(test.db, `hash of ${officer}`))?.endedAt).toBe(clock.now());
    expect((await findSession(test.db, `hash of ${head}`))?.endedAt).toBeNull();
  });
});
