import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asId, calendarDay, type RegionKey } from '#kernel';
import { isParameterKey, LawFileError, lawBrowser, loadLaw, PARAMETERS } from './index.ts';

const law = loadLaw();
const jiangsu = asId<RegionKey>('jiangsu');
const today = calendarDay('2026-06-01');

describe('法规数据', () => {
  it('[JS-1.3] 每个值都有来源、条文、有效期与是否核实', () => {
    for (const entry of lawBrowser(law)) {
      expect(entry.source, entry.id).not.toBe('');
      expect(entry.article, entry.id).not.toBe('');
      expect(typeof entry.verified).toBe('boolean');
    }
  });

  it('地区没有规定的参数回到全国值', () => {
    expect(law.valueAt('review.model', jiangsu, today)).toMatchObject({
      value: 'TWO_BODIES',
      region: 'jiangsu',
      article: '第七条',
    });
    expect(law.valueAt('cases.hearingAmountEntity', jiangsu, today)).toMatchObject({
      value: 200_000,
      region: 'national',
      verified: false,
    });
    for (const key of Object.keys(PARAMETERS)) {
      if (isParameterKey(key)) expect(law.valueAt(key, jiangsu, calendarDay('2026-11-22'))).toBeDefined();
    }
  });

  it('[JS-15.1] [JS-15.5] 转现场的七种情形：两项应当，五项可以', () => {
    const grounds = law.onsiteGrounds(jiangsu, today);
    expect(grounds.filter((g) => g.force === 'MUST')).toHaveLength(2);
    expect(grounds.filter((g) => g.force === 'MAY')).toHaveLength(5);
  });

  it('同样的文件得到同样的摘要', () => {
    expect(loadLaw().digest).toBe(law.digest);
    expect(law.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('错误的文件指出文件、行与路径', () => {
    const dir = mkdtempSync(join(tmpdir(), 'law-'));
    try {
      mkdirSync(join(dir, 'calendar'));
      writeFileSync(
        join(dir, 'calendar', '2030.yaml'),
        'kind: calendar\nyear: 2030\nstatus: PUBLISHED\nvalidFrom: 2030-02-31\nsource: x\narticle: y\nverified: true\nreviewed: 2026-01-01\nholidays: []\nmakeUp: []\nvalidUntil: 2030-12-31\n',
      );
      const load = () => loadLaw(dir);
      expect(load).toThrow(LawFileError);
      expect(load).toThrow(/calendar\/2030\.yaml:4 validFrom: not a calendar day: 2030-02-31/);
      expect(load).toThrow(/validUntil/);
      expect(load).toThrow(/clock T1 is not defined/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
