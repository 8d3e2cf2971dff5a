import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Page {
  readonly path: string;
  readonly text: string;
}

/** Applied migrations keep the words they were applied with (their digest is recorded); 9001 says them anew in the database. */
const APPLIED = new Set(['0001', '0301', '0401', '0601', '0801', '0803', '0804', '0901', '0903', '1201'].map((number) => `db/migrations/${number}`));

function pages(): Page[] {
  const folders = ['src', 'test', 'sim', 'web/src', 'docs', 'law', 'db', 'series', 'bin'];
  const below = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  const top = readdirSync(root).filter((name) => name.endsWith('.md')).map((name) => join(root, name));
  return [...below, ...top]
    .filter((file) => /\.(tsx?|mjs|sql|ya?ml|md|typ)$/.test(file) && !/\.gen\.ts$|node_modules/.test(file))
    .map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }))
    .filter(({ path }) => path !== 'test/arch/references.test.ts' && !APPLIED.has(path.slice(0, 'db/migrations/0000'.length)));
}

/** Pages of this repository that a text names: beside it, at the top, or below docs/. */
const named = ({ path }: Page, name: string): boolean =>
  [dirname(path), '.', 'docs', 'docs/decisions'].some((folder) => existsSync(join(root, folder, name)));

/** Numbers and names that only somebody with other papers could follow. */
function outside(page: Page): string[] {
  return page.text.split('\n').flatMap((line, i) => {
    const at = `${page.path}:${i + 1}`;
    const found = [
      ...[...line.matchAll(/(?<![\w'"/.-])R\d{1,2}(?![\w'²])/g)].filter(() => !/RFC/.test(line)).map(([word]) => word),
      ...[...line.matchAll(/[\w./-]*[\w-]+\.md\b/g)].map(([word]) => word).filter((word) => !/^(https?:)?\/\//.test(word) && !named(page, word)),
      ...(/§ ?\d/.test(line) && !/HJ|RFC|GB|GM/.test(line) ? ['§ of an unnamed text'] : []),
      ...[...line.matchAll(/docs\/decisions\/(\d{4})/g)].filter(([, no = '']) => !DECISIONS.some((name) => name.startsWith(no))).map(([word]) => word),
    ];
    return found.map((what) => `${at}: ${what}`);
  });
}

const DECISIONS = readdirSync(join(root, 'docs/decisions'));
const ids = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map((match) => match.slice(1).join('')))].sort();

const conflicts = (text: string): string[] => [...text.matchAll(/^(?:<{7} .*|={7}|>{7} .*)$/gm)].map(([line]) => line);

describe('references', () => {
  const all = pages();
  const code = all.filter(({ path }) => /^(src|test|sim|web)\//.test(path)).map((page) => page.text).join('\n');

  it('lead to what is in this repository, to a standard or to an article', () => {
    expect(all.length).toBeGreaterThan(500);
    expect(all.flatMap(outside)).toEqual([]);
  });

  it.runIf(existsSync(join(root, '.git')))('no tracked text holds a conflict of two branches', () => {
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
    expect(tracked.length).toBeGreaterThan(500);
    const texts = tracked.map((path) => ({ path, bytes: readFileSync(join(root, path)) })).filter(({ bytes }) => !bytes.includes(0));
    expect(texts.flatMap(({ path, bytes }) => conflicts(bytes.toString()).map((line) => `${path}: ${line}`))).toEqual([]);
    expect(conflicts(['<'.repeat(7) + ' HEAD', 'a', '='.repeat(7), 'b', '>'.repeat(7) + ' 6381f9c (words)'].join('\n'))).toHaveLength(3);
  });

  it('to attacks and faults: every id has its row, every row is used', () => {
    const page = readFileSync(join(root, 'docs/attacks-and-faults.md'), 'utf8');
    const told = page.split('\n## ').flatMap((section) => {
      const kind = /\(`(sec|fault|ev|pkg|doc):`\)/.exec(section)?.[1];
      return kind === undefined ? [] : ids(section, /^\| ([A-Z]\d{2}) \|/gm).map((id) => `${kind}:${id}`);
    });
    expect(told.sort()).toEqual(ids(code, /\b(sec:X|fault:F|ev:E|pkg:P|doc:D)(\d{2})\b/g));
  });

  it('to shared methods: every id has its row, every row is used', () => {
    const page = readFileSync(join(root, 'docs/methods.md'), 'utf8');
    expect(ids(page, /^\| (U\d{2}) \|/gm)).toEqual(ids(code, /\b(U\d{2})\b/g));
  });

  it('files that a page names are there, under that end of their path', () => {
    const paths = ['src', 'test', 'sim', 'web/src', 'law', 'db', 'series', 'bin'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => `/${folder}/${String(path)}`));
    const gone = all.filter(({ path }) => path.endsWith('.md')).flatMap(({ path, text }) =>
      [...text.matchAll(/`([a-z][\w./-]*\.(?:tsx?|mjs|sql|ya?ml|typ))`/g)].map(([, file = '']) => file)
        .filter((file) => !existsSync(join(root, file)) && !paths.some((one) => one.endsWith(`/${file}`))).map((file) => `${path}: ${file}`));
    expect(gone).toEqual([]);
  });

  it('links of the pages lead somewhere, and both READMEs link and command the same', () => {
    const links = ({ text }: Page) => [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, to = '']) => to).filter((to) => !/^https?:/.test(to));
    const dead = all.filter(({ path }) => path.endsWith('.md')).flatMap((page) => links(page).filter((to) => !existsSync(join(root, dirname(page.path), to))).map((to) => `${page.path}: ${to}`));
    expect(dead).toEqual([]);
    const [english, chinese] = ['README.md', 'README.zh-CN.md'].map((path) => all.find((page) => page.path === path) as Page);
    const said = (page: Page | undefined) => [...(page?.text ?? '').matchAll(/\b(?:npx mingjian \w+|npm (?:run \w+|start|test)|MINGJIAN_\w+|--[a-z-]+)/g)].map(([word]) => word);
    for (const of of [said, (page: Page | undefined) => (page === undefined ? [] : links(page).filter((to) => !/README/.test(to)))]) {
      expect(of(english).length).toBeGreaterThan(5);
      expect([...new Set(of(chinese))].sort()).toEqual([...new Set(of(english))].sort());
    }
  });

  it('a planted one is caught', () => {
    const planted = ['see R12', '(rulings R5)', '（R7）', 'other.md has it', 'domain/law.md', 'as §3 says', 'docs/decisions/9999'].map((text) => outside({ path: 'src/cases/x.ts', text }));
    expect(planted.every((found) => found.length > 0)).toBe(true);
    expect(outside({ path: 'src/cases/x.ts', text: `docs/methods.md, HJ 75 §12, no: 'R16', docs/decisions/0004` })).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  it('has a row for every top folder', () => {
    const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !/^\.|^node_modules$|^data$/.test(entry.name));
    expect(folders.map((entry) => entry.name).filter((name) => !page.includes(`| \`${name}/\` |`))).toEqual([]);
  });
});
