import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel';
import { buildPackage, bundleVerifier, policyText } from '#evidence';
import { readZip, runVerifier, unsafeName, verifyPackage, writeZip } from '#evidence/verify';
import { packageFixture, type PackageFixture } from '../package/package-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'mingjian-verifier-'));
let fixture: PackageFixture;
let zip: Uint8Array;

beforeAll(async () => {
  fixture = await packageFixture(10);
  const built = await buildPackage(fixture.deps, fixture.content);
  if (isRefusal(built)) throw new Error(built.en);
  zip = built.value.zip;
  writeFileSync(join(folder, 'good.zip'), zip);
  writeFileSync(join(folder, 'policy.txt'), policyText(fixture.deps));
  const bad = Buffer.from(zip);
  bad.writeUInt8(bad.readUInt8(5_000) ^ 1, 5_000);
  writeFileSync(join(folder, 'bad.zip'), bad);
});
afterAll(async () => {
  await fixture.drop();
  rmSync(folder, { recursive: true });
});

describe('hostile ZIP files (pkg:P12, sec:X21)', () => {
  const text = Buffer.from('x');

  it('names that leave their folder, absolute, device and control names, and names that differ only by case', async () => {
    for (const name of [
      '../x',
      'a/../../x',
      '/etc/x',
      '~/x',
      'C:/x',
      'a\\b',
      'a//b',
      './a',
      'CON',
      'a/nul.txt',
      'a\u0000b',
      'a.',
      ' ',
      'a/',
    ])
      expect([name, unsafeName(name) === undefined]).toEqual([name, false]);
    for (const names of [['p/../../x'], ['p/a', 'p/A'], ['p/a', 'q/b'], ['p/é', 'p/e\u0301']]) {
      const report = await verifyPackage(writeZip(new Map(names.map((name) => [name, text]))));
      expect([names, report.exit, report.lines[0]?.status]).toEqual([names, 1, 'fails']);
    }
  });

  it('compressed entries, also a bomb: refused without inflating, in no time', async () => {
    const started = performance.now();
    const bomb = zipSync({ 'p/zeros.bin': new Uint8Array(50_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    const report = await verifyPackage(bomb);
    expect([report.exit, report.lines[0]?.problems[0]?.where]).toEqual([1, 'p/zeros.bin']);
    const lying = Buffer.from(writeZip(new Map([['p/a', deflateRawSync(Buffer.alloc(1_000))]])));
    lying.writeUInt16LE(8, lying.readUInt32LE(lying.length - 6) + 10);
    expect((await verifyPackage(lying)).exit).toBe(1);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('overlapping entries, lying sizes and counts, links: every header must say exactly what it must', async () => {
    const good = Buffer.from(
      writeZip(
        new Map([
          ['p/a', Buffer.from('aaaa')],
          ['p/b', Buffer.from('bbbb')],
        ]),
      ),
    );
    const directory = good.readUInt32LE(good.length - 6);
    const changes: ((zip: Buffer) => void)[] = [
      (z) => void z.writeUInt32LE(0xffff_fff0, directory + 24),
      (z) => void z.writeUInt32LE(0, directory + 49 + 42),
      (z) => void z.writeUInt16LE(1, z.length - 12),
      (z) => void z.writeUInt16LE(60_001, z.length - 12),
      (z) => void z.writeUInt32LE(0xa1ff_0000, directory + 38),
      (z) => void z.writeUInt32LE(4_000_000_000, z.length - 6),
    ];
    expect(readZip(good).problems).toEqual([]);
    for (const [i, change] of changes.entries()) {
      const copy = Buffer.from(good);
      change(copy);
      expect([i, (await verifyPackage(copy)).exit]).toEqual([i, 1]);
    }
  });
});

describe('the command', () => {
  const run = async (...args: string[]) => {
    let [out, err] = ['', ''];
    const code = await runVerifier(args, { out: (s) => void (out += s), err: (s) => void (err += s) });
    return { code, out, err };
  };

  it('exit 0, 1, 2 and 3, in Chinese and as JSON, never with a stack trace', async () => {
    const [good, bad, policy] = ['good.zip', 'bad.zip', 'policy.txt'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    expect(await run(good, '--policy', policy)).toMatchObject({ code: 0 });
    expect((await run(good, '--policy', policy)).out).toContain('结论：成立');
    expect(await run(good)).toMatchObject({ code: 2 });
    const failed = await run(bad, '--policy', policy, '--json');
    expect([failed.code, (JSON.parse(failed.out) as { exit: number }).exit]).toEqual([1, 1]);
    for (const args of [
      [],
      [good, good],
      ['--help-me'],
      [join(folder, 'none.zip')],
      [good, '--policy', join(folder, 'none')],
      [good, '--policy', good],
    ]) {
      const wrong = await run(...args);
      expect([args.length, wrong.code, /\n\s+at /.test(wrong.err + wrong.out)]).toEqual([args.length, 3, false]);
    }
  });
});

describe('[PAPER-3.2-5c] the bundled verifier', () => {
  const node = existsSync('/usr/bin/node') ? '/usr/bin/node' : process.execPath;

  it('is one file that plain Node runs with no packages and no network, with the same verdicts (pkg:P08)', async () => {
    const alone = mkdtempSync(join(tmpdir(), 'mingjian-alone-'));
    try {
      const file = join(alone, 'mingjian-verify.mjs');
      await bundleVerifier(file);
      expect(readdirSync(alone)).toEqual(['mingjian-verify.mjs']);
      expect(statSync(file).size).toBeLessThan(400_000);
      expect(
        Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1]),
      ).toBeGreaterThanOrEqual(20);
      const unshare =
        existsSync('/usr/bin/unshare') && spawnSync('unshare', ['-rn', 'true']).status === 0 ? ['unshare', '-rn'] : [];
      const verdict = (...args: string[]) => {
        const [command, ...rest] = [...unshare, node, file, ...args] as [string, ...string[]];
        const ran = spawnSync(command, rest, { cwd: alone, encoding: 'utf8', env: {} });
        return [ran.status, ran.stderr] as const;
      };
      const policy = join(folder, 'policy.txt');
      expect(verdict(join(folder, 'good.zip'), '--policy', policy)).toEqual([0, '']);
      expect(verdict(join(folder, 'bad.zip'), '--policy', policy)).toEqual([1, '']);
      expect(verdict(join(folder, 'good.zip'))).toEqual([2, '']);
      expect(verdict()[0]).toBe(3);
    } finally {
      rmSync(alone, { recursive: true });
    }
  });
});
