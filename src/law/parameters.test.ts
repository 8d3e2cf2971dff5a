import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARAMETERS } from './parameters.ts';

const src = join(import.meta.dirname, '..');
const texts = globSync('**/*.ts', { cwd: src })
  .filter((file) => !file.startsWith('law/') && !file.endsWith('.test.ts') && !file.includes('/testing/'))
  .map((file) => readFileSync(join(src, file), 'utf8'));
const unread = (keys: readonly string[]) => keys.filter((key) => !texts.some((text) => text.includes(`'${key}'`)));

describe('parameters of the regions', () => {
  it('every one is read where the work is done: a value nobody reads would only look like a rule', () => {
    expect(texts.length).toBeGreaterThan(300);
    expect(unread(Object.keys(PARAMETERS))).toEqual([]);
  });

  it('a planted one that nobody reads is caught', () => {
    expect(unread(['cases.collectiveAmount', `cases.${'planted'}`])).toEqual(['cases.planted']);
  });

  it('a pattern of document numbers that could give one number twice, or names what nobody knows, is refused', () => {
    const fits = (pattern: string) => PARAMETERS['documents.numberPattern'].safeParse(pattern).success;
    expect(['{prefix}{abbr}〔{year}〕{seq}号', '{prefix}{abbr}字第{year}{seq:6}号'].map(fits)).toEqual([true, true]);
    for (const wrong of ['{prefix}{year}{seq}', '{abbr}{year}{seq}', '{prefix}{abbr}{seq}', '{prefix}{abbr}{year}', '{prefix}{abbr}{year}{seq}{cmd}', '{prefix}{abbr}{year}{seq}{seq}', '{{prefix}{abbr}{year}{seq}', '{prefix}{abbr}{year}{seq:x}']) {
      expect(fits(wrong), wrong).toBe(false);
    }
  });
});
