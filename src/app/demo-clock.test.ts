import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createAccount, DEMO_CITY, DEMO_REGION } from '#access';
import { appendLeaf } from '#evidence';
import { asId, instant, manualClock, type AccountId } from '#kernel';
import { testDatabase } from '#platform/db/testing';
import { importRegister } from '#register';
import { beginDemoClock, isDemonstration, requireRealData } from './demo-clock.ts';

const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
async function emptyData() {
  const records = await testDatabase();
  onTestFinished(() => records.drop());
  return records;
}

it('a demonstration begins in an empty data folder and goes on in its own, with whatever was added to it', async () => {
  const { db, url } = await emptyData();
  await beginDemoClock(url);
  expect(await isDemonstration(db)).toBe(true);
  await addPerson(db);
  await beginDemoClock(url);
  await expect(requireRealData(url)).rejects.toThrow('--demo');
});

async function addPerson(db: Awaited<ReturnType<typeof testDatabase>>['db']) {
  const made = await createAccount({ db, clock, seal: (tx, leaf) => appendLeaf(tx, clock, leaf) },
    { login: 'zhao', name: '赵立行', password: 'a long password', roles: ['security-admin'], region: DEMO_REGION }, asId<AccountId>('platform'));
  if (!made.ok) throw new Error(made.en);
}

it('no demonstration begins among real accounts or real units: it says so and changes nothing', async () => {
  const people = await emptyData();
  await addPerson(people.db);
  await expect(beginDemoClock(people.url)).rejects.toThrow('1 个账号 accounts, 0 家单位 units');
  expect(await isDemonstration(people.db)).toBe(false);

  const units = await emptyData();
  const dir = mkdtempSync(join(tmpdir(), 'real-data-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'enterprises.csv'), 'enterprise,name,industry,industry_zh,county,lat,lon,operator,key_polluter\nE1,某厂,coal_power,火电,某县,32.1,118.9,,true\n');
  expect(await importRegister({ db: units.db, clock }, { dir, by: 'test', home: { authority: DEMO_CITY, region: DEMO_REGION } })).toMatchObject({ imported: true });
  await expect(beginDemoClock(units.url)).rejects.toThrow('0 个账号 accounts, 1 家单位 units');
  expect(await isDemonstration(units.db)).toBe(false);
});
