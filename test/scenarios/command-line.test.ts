import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '../../src/app/cli.ts');

interface Answer {
  readonly code: number;
  readonly text: string;
}

/** The command as a person calls it, from a folder of his own. */
const call = (cwd: string, program: string, ...args: string[]): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd }, (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: out + err }));
  });

describe('the command line: exit codes and words', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names what works and nothing that does not yet', async () => {
    const { code, text } = await call(folder, CLI, '--help');
    expect(code).toBe(0);
    for (const word of ['decode', 'registry', 'replay', 'detect', 'backtest', 'simulate', 'verify', 'verifier', 'case', 'evidence', 'bench', 'user', 'key']) expect(text).toContain(word);
    for (const word of ['witness', 'backup', 'restore', '--role']) expect(text).not.toContain(word);
  });

  it.each([
    [2, ['no-such-command']],
    [2, ['decode', '--no-such-option']],
    [2, ['decode', 'missing.bin']],
    [2, ['key', 'add', 'A1', '--key', '0123456789abcdef']],
    [2, ['key', 'add', 'A1', '--file', 'missing.key']],
    [2, ['simulate', '--days', 'many']],
    [3, ['verify']],
    [3, ['verify', 'missing.zip']],
    [3, ['verify', '--no-such-option', 'x.zip']],
  ] as const)('answers %i to %j in one clear sentence', async (expected, args) => {
    const { code, text } = await call(folder, CLI, ...args);
    expect({ code, stack: text.includes('    at ') }, text).toEqual({ code: expected, stack: false });
    expect(text.trim()).not.toBe('');
  });

  it('reads files where the caller stands, and what is no frame is told as found (exit 1)', async () => {
    writeFileSync(join(folder, 'rubbish.bin'), Buffer.from([0, 255, 35, 35, 1, 2, 3]));
    expect((await call(folder, CLI, 'decode', 'rubbish.bin')).code).toBe(1);
  });

  it('writes the verifier as one file that runs alone', async () => {
    expect((await call(folder, CLI, 'verifier', 'alone.mjs')).code).toBe(0);
    expect(existsSync(join(folder, 'alone.mjs'))).toBe(true);
    const { code, text } = await call(folder, join(folder, 'alone.mjs'), 'missing.zip');
    expect({ code, stack: text.includes('    at ') }, text).toEqual({ code: 3, stack: false });
  });
});
