import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLaw } from '#law';

const root = join(import.meta.dirname, '../..');
const bare = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');

describe('texts of one province', () => {
  it('no screen names them: what may be cited where one sits is said by the server', () => {
    const names = [...loadLaw().data.regions.flatMap(({ measures }) => measures.cited), 'Jiangsu measures', 'Jiangsu Measures'];
    const files = globSync('web/src/**/*.{ts,tsx}', { cwd: root });
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap((file) => names.filter((name) => bare(readFileSync(join(root, file), 'utf8')).includes(name)).map((name) => `${file}: ${name}`));
    expect(found).toEqual([]);
  });
});
