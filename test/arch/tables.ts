import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Number range of a migration → the module that owns its tables, in both engines. `90`: words about tables of several modules, and no table. */
export const OWNERS: Readonly<Record<string, string>> = {
  '00': 'platform', '01': 'access', '02': 'evidence', '03': 'register', '04': 'ingest', '05': 'quality', '06': 'analysis',
  '07': 'supervision', '08': 'review', '09': 'cases', '10': 'archive', '11': 'documents', '12': 'delivery', '13': 'disclosure', '90': 'nobody',
};

/** Where migrations lie: records (PostgreSQL) and series (ClickHouse). */
export const FOLDERS = ['db/migrations', 'series/migrations'] as const;

export interface MigrationFile {
  readonly folder: string;
  readonly name: string;
  readonly text: string;
}

export const migrationsBelow = (root: string): MigrationFile[] =>
  FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).sort().map((name) => ({ folder, name, text: readFileSync(join(root, folder, name), 'utf8') })));

/** Table → module, as the migrations leave it; what a later one drops is gone. */
export function tableOwners(files: readonly MigrationFile[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { name, text } of files) {
    for (const [, made = ''] of text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)) owners.set(made, OWNERS[name.slice(0, 2)] ?? 'nobody');
    for (const [, gone = ''] of text.matchAll(/DROP TABLE (?:IF EXISTS )?(\w+)/g)) owners.delete(gone);
  }
  return owners;
}

/** What is wrong with the names: no number, a number used twice in its folder, a range nobody owns, a table made for nobody. */
export function faultyMigrations(files: readonly MigrationFile[]): string[] {
  const seen = new Set<string>();
  return files.flatMap(({ folder, name, text }) => {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
    if (number === undefined) return [`${folder}/${name}: not NNNN-name.sql`];
    const owner = OWNERS[number.slice(0, 2)];
    const twice = seen.has(folder + number);
    seen.add(folder + number);
    if (twice) return [`${folder}/${name}: number ${number} is used twice`];
    if (owner === undefined) return [`${folder}/${name}: no module owns the range ${number.slice(0, 2)}`];
    return owner === 'nobody' && /CREATE TABLE/.test(text) ? [`${folder}/${name}: a table for nobody`] : [];
  });
}
