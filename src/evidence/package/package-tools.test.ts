import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel';
import { buildPackage, type BuiltPackage } from '#evidence';
import { unpack } from './forge-package.ts';
import { packageFixture, type PackageFixture } from './package-fixture.ts';

let fixture: PackageFixture;
let built: BuiltPackage;
beforeAll(async () => {
  fixture = await packageFixture(5);
  const result = await buildPackage(fixture.deps, fixture.content);
  if (isRefusal(result)) throw new Error(result.en);
  built = result.value;
});
afterAll(() => fixture.drop());

describe('ordinary tools', () => {
  const tools = existsSync('/usr/bin/unzip') && existsSync('/usr/bin/sha256sum') && existsSync('/usr/bin/cksum');
  it.skipIf(!tools)('unzip, sha256sum, sha512sum and cksum check the bag without us (pkg:P02)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mingjian-tools-'));
    try {
      writeFileSync(join(folder, 'p.zip'), built.zip);
      const bag = join(folder, built.name);
      // unzip trusts the locale for names; our own reader unpacks, unzip -t tests the container.
      expect(execFileSync('unzip', ['-tq', 'p.zip'], { cwd: folder, encoding: 'utf8' })).toContain(
        'No errors detected',
      );
      for (const [path, bytes] of unpack(built.name, built.zip)) {
        mkdirSync(dirname(join(bag, path)), { recursive: true });
        writeFileSync(join(bag, path), bytes);
      }
      const run = (tool: string, file: string): string =>
        execFileSync(tool, ['-c', file], { cwd: bag, encoding: 'utf8' });
      expect(run('sha256sum', 'manifest-sha256.txt')).not.toContain('FAILED');
      expect(run('sha512sum', 'manifest-sha512.txt')).not.toContain('FAILED');
      expect(run('sha256sum', 'tagmanifest-sha256.txt')).toContain('log/origin.txt: OK');
      expect(run('cksum', 'sm3sums.txt')).toContain('data/audit/events.jsonl: OK');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
