import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLaw } from '#law';
import { mermaidOf, withPicture } from './life-of-a-case.ts';

const PAGE = join(import.meta.dirname, '../../docs/life-of-a-case.md');

describe('docs/life-of-a-case.md', () => {
  it('流程图与流程表一致', () => {
    const page = readFileSync(PAGE, 'utf8');
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, withPicture(page, loadLaw()));
    expect(readFileSync(PAGE, 'utf8')).toBe(withPicture(page, loadLaw()));
  });

  it('图里从收到移送走得到归档', () => {
    const picture = mermaidOf('MAIN');
    expect(picture).toContain('[*] --> PRELIM_REVIEW');
    expect(picture).toContain('CLOSED --> ARCHIVED : 归档');
    expect(picture).toContain('ARCHIVED --> [*]');
  });
});
