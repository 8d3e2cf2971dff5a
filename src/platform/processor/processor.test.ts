import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const BELOW = constants.priority.PRIORITY_BELOW_NORMAL;
const GROUP = '/proc/self/autogroup';
const SCRIPT = `
  import { existsSync, readFileSync } from 'node:fs';
  import { getPriority } from 'node:os';
  import { yieldProcessor } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
  const group = () => (existsSync('${GROUP}') ? Number(readFileSync('${GROUP}', 'utf8').trim().split(' ').at(-1)) : null);
  const before = group();
  yieldProcessor();
  console.log(JSON.stringify({ own: getPriority(), before, after: group() }));
`;

/** Priorities of a process that yields, and of its session's group before and after; `detached`: it leads a session of its own. */
async function afterYielding(detached: boolean): Promise<{ own: number; before: number | null; after: number | null }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], { detached, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  for await (const chunk of child.stdout) out += String(chunk);
  return JSON.parse(out) as Awaited<ReturnType<typeof afterYielding>>;
}

describe('a process that yields the processor', () => {
  it('lets others run first, and its whole session where sessions are weighed as groups', async () => {
    expect(await afterYielding(true)).toEqual({ own: BELOW, before: existsSync(GROUP) ? expect.any(Number) : null, after: existsSync(GROUP) ? BELOW : null });
  });

  it('never lowers the session of others', async () => {
    const { own, before, after } = await afterYielding(false);
    expect(own).toBe(BELOW);
    expect(after).toBe(before);
  });
});
