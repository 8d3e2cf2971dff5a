import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'node_modules', '.bin');
const run = promisify(execFile);

/** What a tool says when it finds something; empty when it finds nothing. */
async function said(tool: string, args: readonly string[]): Promise<string> {
  try {
    await run(join(BIN, tool), [...args], { cwd: ROOT });
    return '';
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return stdout + stderr;
  }
}

describe('the house as a whole', () => {
  it('types hold', async () => expect(await said('tsc', ['--noEmit', '-p', 'tsconfig.json'])).toBe(''));
  it('types of the screens hold', async () => expect(await said('tsc', ['--noEmit', '-p', 'web/tsconfig.json'])).toBe(''));
  it('the linter finds nothing', async () => expect(await said('oxlint', ['--format=unix', '--deny-warnings'])).toBe(''));
});
