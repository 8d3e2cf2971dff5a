import { afterAll, beforeAll, expect, it } from 'vitest';
import { isRefusal } from '#kernel';
import { buildPackage, policyText } from '#evidence';
import { verifyPackage } from '#evidence/verify';
import { packageFixture, type PackageFixture } from './package-fixture.ts';

// PACKAGE_FRAMES=10000 gives the full figure of pkg:P09; a tenth of it keeps the suite quick.
const FRAMES = Number(process.env['PACKAGE_FRAMES'] ?? 1_000);

let fixture: PackageFixture;
beforeAll(async () => void (fixture = await packageFixture(FRAMES)), 120_000);
afterAll(() => fixture.drop());

it('a package of many frames is verified within a minute per 10,000 and in bounded memory (pkg:P09)', async () => {
  const built = await buildPackage(fixture.deps, fixture.content);
  if (isRefusal(built)) throw new Error(built.en);
  const [start, before] = [performance.now(), process.memoryUsage().rss];
  const report = await verifyPackage(built.value.zip, { policy: policyText(fixture.deps) });
  const [seconds, more] = [(performance.now() - start) / 1_000, (process.memoryUsage().rss - before) / 2 ** 20];
  console.info(
    JSON.stringify({ frames: FRAMES, megabytes: built.value.zip.length / 2 ** 20, seconds, rssGrowth: more }),
  );
  expect(report.exit).toBe(0);
  expect(seconds).toBeLessThan(60);
  expect(more).toBeLessThan(512);
}, 120_000);
