import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBag } from '#evidence/verify';

const FILE = join(import.meta.dirname, '../../../shared/corpus/bagit/bags.json');
const absent = !existsSync(FILE) && process.env['CI'] !== 'true';
if (absent) console.warn('bagit corpus not found: conformance tests skipped');

interface Bag {
  source: string;
  expect: 'valid' | 'invalid' | 'warning';
  files: Record<string, string>;
}

describe.skipIf(absent)('[SH-15.1] BagIt corpus (pkg:P01)', () => {
  const bags: Bag[] = absent ? [] : (JSON.parse(readFileSync(FILE, 'utf8')) as Bag[]);

  it.each(bags.map((bag) => [bag.source, bag.expect, bag] as const))('%s is %s', (_source, expected, bag) => {
    const files = new Map(Object.entries(bag.files).map(([path, base64]) => [path, Buffer.from(base64, 'base64')]));
    const { problems, warnings } = checkBag(files);
    expect([problems.length > 0, expected === 'warning' && warnings.length === 0]).toEqual([
      expected === 'invalid',
      false,
    ]);
  });
});
