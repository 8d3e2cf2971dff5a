import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultyMigrations, migrationsBelow, tableOwners } from './tables.ts';

const root = join(import.meta.dirname, '../..');
const files = migrationsBelow(root);

describe('migrations of both engines', () => {
  it('are numbered once each, within the range of the module that owns their tables', () => expect(faultyMigrations(files)).toEqual([]));

  it('of the series store can run again at every start: nothing is made, dropped or filled unconditionally', () => {
    const statements = files.filter((file) => file.folder.startsWith('series')).flatMap(({ name, text }) => text.split(/^-- next\s*$/m).map((one) => ({ name, one: one.trim() })));
    const guarded = /IF NOT EXISTS|IF EXISTS|^INSERT INTO (\w+)\b[\s\S]*\(SELECT count\(\) FROM \1\) = 0/;
    expect(statements.filter(({ one }) => one !== '' && !guarded.test(one)).map(({ name }) => name)).toEqual([]);
  });

  it('a planted fault is caught', () => {
    const file = (name: string, text = '') => ({ folder: 'db/migrations', name, text });
    expect(faultyMigrations([file('0601-a.sql'), file('0601-b.sql')])).toEqual(['db/migrations/0601-b.sql: number 0601 is used twice']);
    expect(faultyMigrations([file('7701-a.sql'), file('a.sql'), file('9001-a.sql', 'CREATE TABLE a (b int)')])).toHaveLength(3);
    expect(faultyMigrations([{ ...file('0601-a.sql'), folder: 'series/migrations' }, file('0601-b.sql')])).toEqual([]);
  });
});

describe('ARCHITECTURE.md, who owns which table', () => {
  const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const section = page.split('## Who owns which table')[1]?.split('\n## ')[0] ?? '';
  const told = new Map([...section.matchAll(/^\| ([a-z]+) \| (.+) \|$/gm)].flatMap(([, owner = '', tables = '']) => [...tables.matchAll(/`(\w+)`/g)].map(([, table = '']) => [table, owner] as const)));

  it('says what the migrations say, no table more and none less', () => {
    const sorted = (map: ReadonlyMap<string, string>) => [...map].map(([table, owner]) => `${owner}: ${table}`).sort();
    expect(sorted(told)).toEqual(sorted(tableOwners(files)));
  });
});
