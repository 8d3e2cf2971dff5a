import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { givenBy } from './faces.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string | undefined => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);

describe('the faces of the modules', () => {
  const named = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => [...readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(/from '#([\w/]+)'/g)].map(([, face = '']) => face));
  /** Every face some file names: of the modules and of their parts; not those that only tests use. */
  const faces = [...new Set(named)].filter((face) => !face.endsWith('testing')).map((face) => `src/${face}/index.ts`).filter((path) => existsSync(join(root, path)));

  it('say of every name they give out what it is', () => {
    const given = faces.flatMap((face) => givenBy(face, read));
    expect(faces.length).toBeGreaterThan(30);
    expect(given.length).toBeGreaterThan(800);
    expect([...new Set(given.filter(({ told }) => !told).map(({ name, path }) => `${path}: ${name}`))].sort()).toEqual([]);
  });

  it('a planted silence is caught, through two files', () => {
    const files = new Map([
      ['src/x/index.ts', `export { a, type B } from './y/index.ts'; export * from './z.ts';`],
      ['src/x/y/index.ts', `export { one as a, type B } from './a.ts';`],
      ['src/x/y/a.ts', `export const one = 1;\n/** Words. */\nexport interface B { readonly c: number }`],
      ['src/x/z.ts', 'export const z = 1;'],
    ]);
    expect(givenBy('src/x/index.ts', (path) => files.get(path))).toEqual([
      { name: 'one', path: 'src/x/y/a.ts', told: false },
      { name: 'B', path: 'src/x/y/a.ts', told: true },
      { name: 'z', path: 'src/x/z.ts', told: false },
    ]);
  });
});
