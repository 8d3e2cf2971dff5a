import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const WEB = join(import.meta.dirname, '../../web');

/** The screens as their sources stand, built as `npm start` builds them; kept by their digest for the next test. */
export async function builtScreens(): Promise<string> {
  const sources = readdirSync(WEB, { recursive: true, withFileTypes: true }).filter((f) => f.isFile() && !/[/\\](dist|node_modules)([/\\]|$)/.test(f.parentPath));
  const digest = sources.map((f) => join(f.parentPath, f.name)).sort().reduce((h, file) => h.update(file).update(readFileSync(file)), createHash('sha256')).digest('hex').slice(0, 16);
  const screens = join(tmpdir(), `mingjian-screens-${userInfo().username}-${digest}`);
  if (existsSync(screens)) return screens;
  const outDir = mkdtempSync(`${screens}-`);
  // Under vitest the variable says "test", which would build the slow development form of everything.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({ configFile: join(WEB, 'vite.config.ts'), logLevel: 'error', build: { outDir, reportCompressedSize: false } });
  if (before !== undefined) process.env['NODE_ENV'] = before;
  try {
    renameSync(outDir, screens);
  } catch {
    rmSync(outDir, { recursive: true }); // another test was faster with the same screens
  }
  return screens;
}
