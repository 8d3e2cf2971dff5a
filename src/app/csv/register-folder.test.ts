import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSideRecords, readVideoEvents } from '#ingest';
import { instant, manualClock } from '#kernel';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { exportRegisterFolder, importRegisterFolder } from './register-folder.ts';

const clock = manualClock(instant(Date.parse('2026-03-02T09:00:00+08:00')));
const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };
const FILES = {
  'enterprises.csv': 'enterprise,name\nE1,甲厂\n',
  'outfalls.csv': 'outfall,enterprise,type\nO1,E1,gas\n',
  'meters.csv': 'meter,outfall,role\nM1,O1,production\n',
  'power.csv': 'ts_ms,meter,kw\n1772300000000,M1,12.5\n1772300600000,M1,13\n',
  'doors.csv': 'outfall,open_ms,close_ms,method,person,badge\nO1,1772300000000,1772300060000,card,P1,7\nO1,1772301000000,,,P2,\n',
  'video.csv': 'outfall,start_ms,end_ms,camera,event,size\nO1,1772300000000,1772300060000,C1,DOOR_OPENED,640\n',
};

const dirs: string[] = [];
function folder(files: Readonly<Record<string, string>> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'register-folder-'));
  dirs.push(dir);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

let test: TestDatabase;
beforeAll(async () => void (test = await testDatabase()));
afterAll(async () => {
  for (const dir of dirs) rmSync(dir, { recursive: true });
  await test.drop();
});

const take = (dir: string) => importRegisterFolder({ db: test.db, clock }, { dir, by: 'test', home: { authority: 'JS-QC', region: 'jiangsu' } });
const count = (added: number, changed: number, unchanged: number) => ({ added, changed, unchanged });
const leaves = async () => {
  const { rows } = await sql<{ text: string }>`SELECT convert_from(bytes, 'UTF8') AS text FROM evidence_leaf ORDER BY idx`.execute(test.db);
  return rows.map(({ text }) => JSON.parse(text) as Record<string, unknown>).filter((leaf) => leaf['t'] === 'series').map((leaf) => [leaf['ref'], leaf['rows']]);
};

it('[NX-A2.5] doors, meter readings and camera events of a folder are stored, given back by the export, and taken once', async () => {
  const dir = folder(FILES);
  expect((await take(dir)).side).toEqual({ doors: count(2, 0, 0), power: count(2, 0, 0), videos: count(1, 0, 0) });
  const out = folder();
  expect(await exportRegisterFolder(test.db, out)).toEqual(Object.keys(FILES).sort());
  for (const name of ['power.csv', 'doors.csv', 'video.csv'] as const) expect(readFileSync(join(out, name), 'utf8')).toBe(FILES[name]);
  for (const again of [dir, out]) {
    expect(await take(again)).toMatchObject({ added: 0, changed: 0, side: { doors: count(0, 0, 2), power: count(0, 0, 2), videos: count(0, 0, 1) } });
  }
  expect(await leaves()).toEqual([['doors.csv', 2], ['power.csv', 2], ['video.csv', 1]]);
  expect(readdirSync(out).sort()).toEqual(Object.keys(FILES).sort());
});

it('a later telling of a fact stands as a revision, keeps what it is silent about, and loses nothing', async () => {
  const later = {
    ...FILES,
    'doors.csv': 'outfall,open_ms,close_ms,method,person\nO1,1772300000000,1772300060000,card,P1\nO1,1772301000000,1772301090000,,\n',
    'video.csv': FILES['video.csv'].replace('1772300060000', '1772300120000'),
  };
  expect((await take(folder(later))).side).toEqual({ doors: count(0, 1, 1), power: count(0, 0, 2), videos: count(0, 1, 0) });
  expect((await leaves()).slice(3)).toEqual([['doors.csv', 1], ['video.csv', 1]]);
  const doors = await readSideRecords(test.db, 'DOOR', ['O1'], ALWAYS);
  expect(doors.map(({ endAt, value }) => [endAt, value])).toEqual([
    [1772300060000, { method: 'card', person: 'P1', badge: '7' }],
    [1772301090000, { person: 'P2' }],
  ]);
  expect((await readVideoEvents(test.db, 'O1', ALWAYS)).map(({ endAt, attributes }) => [endAt, attributes])).toEqual([[1772300120000, { size: '640' }]]);
  const { rows } = await sql`SELECT 1 FROM side_record WHERE kind = 'DOOR' UNION ALL SELECT 1 FROM video_event`.execute(test.db);
  expect(rows).toHaveLength(5);
});

it('with a wrong row nothing is stored, of any file', async () => {
  const refused = await take(folder({ ...FILES, 'doors.csv': 'outfall,open_ms\nO1,yesterday\n', 'power.csv': 'ts_ms,meter,kw\n1772309000000,M1,9\n' }));
  expect(refused).toMatchObject({ imported: false, side: {} });
  expect(refused.problems[0]).toMatchObject({ file: 'doors.csv', line: 2, column: 'open_ms' });
  expect(await readSideRecords(test.db, 'POWER', ['M1'], ALWAYS)).toHaveLength(2);
});
