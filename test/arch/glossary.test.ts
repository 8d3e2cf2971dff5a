import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Identifiers and codes of a file: without its comments, and of its strings only those that are one word. */
const codeOf = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, (string) => (/^['"`][\w.-]+['"`]$/.test(string) ? string : "''"));
/** Keys and codes of a file of law, without what people read. */
const dataOf = (text: string): string => text.replace(/#.*$/gm, '').replace(/\b(?:zh|en|note|title|text|source|article):.*$/gm, '');

/** What is used by code and data; tests and generated types are no proof of that. */
const used = (): string =>
  ['src', 'law'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|yaml)$/.test(entry.name) && !/\.(test|gen)\.ts$/.test(entry.name))
      .map((entry) => (entry.name.endsWith('.ts') ? codeOf : dataOf)(readFileSync(join(entry.parentPath, entry.name), 'utf8'))),
  ).join('\n');

/** Words of the page in code type, outside the name of a file or a list of kinds. */
const wordsOf = (page: string): string[] => [...new Set([...page.matchAll(/`([A-Za-z][\w-]*)`/g)].map(([, word = '']) => word))];
const missing = (words: readonly string[], text: string): string[] => {
  const found = new Set(text.match(/[A-Za-z][\w-]*/g));
  return words.filter((word) => !found.has(word));
};

describe('GLOSSARY.md', () => {
  const page = readFileSync(join(root, 'GLOSSARY.md'), 'utf8').replace('`this type`', '');
  const text = used();

  it('every word in code type exists in the code', () => {
    const words = wordsOf(page);
    expect(words.length).toBeGreaterThan(200);
    expect(missing(words, text)).toEqual([]);
  });

  it('gives each Chinese term once', () => {
    const terms = [...page.matchAll(/^\| (\S[^|]*?) \| [^|]+ \|(?: \S+ \|)?$/gm)].map(([, term = '']) => term).filter((term) => term !== '中文' && !term.startsWith('-'));
    expect(terms.filter((term, i) => terms.indexOf(term) !== i)).toEqual([]);
  });

  it('a planted word is caught, also where only a comment or a sentence has it', () => {
    expect(missing(['PenaltyCase', 'PunishmentCase'], text)).toEqual(['PunishmentCase']);
    expect(missing(['here', 'there', 'ever'], codeOf(`/* there */ const here = 'never ever';`))).toEqual(['there', 'ever']);
  });
});
