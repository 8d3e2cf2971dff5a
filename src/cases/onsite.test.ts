import { describe, expect, it } from 'vitest';
import type { CaseCommand } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { evidence, sample } from './testing/index.ts';
import { act, filed, law, must, start } from './testing/pure-case.ts';

const at = (region: string): PenaltyCase => ({ ...filed(), region: region as PenaltyCase['region'] });
const go = (state: PenaltyCase, ground: string) => act(state, { ...sample('SWITCH_MODE', start), ground } as CaseCommand, start);

describe('由非现场转现场', () => {
  it('[PAPER-3.2-5a] [JS-15.1] [JS-15.2] [JS-15.3] [JS-15.4] [JS-15.5] 江苏五种情形都可以转，转后案件为现场与非现场结合；别的理由不行', () => {
    for (const ground of ['DEVICE_FAULT', 'CONDITION_MISMATCH', 'DATA_MISMATCH', 'DEVICE_TAMPERED', 'OTHER']) {
      expect(go(at('jiangsu'), ground), ground).toMatchObject({ ok: true });
      expect(law.onsiteGrounds(at('jiangsu').region, '2026-03-16' as never).find((g) => g.code === ground)?.force, ground).toBe('MAY');
    }
    expect(must(at('jiangsu'), { ...sample('SWITCH_MODE', start), ground: 'DATA_MISMATCH' } as CaseCommand, start)).toMatchObject({ mode: 'MIXED' });
    expect(go(at('jiangsu'), 'COMPLEX')).toMatchObject({ ok: false, code: 'CASE-003', basis: expect.stringContaining('第十五条') });
  });

  it('[NX-3.7d] 宁夏：证据不足、情况复杂的转现场', () => {
    const ningxia = { ...at('ningxia'), handedOverAt: start };
    for (const ground of ['INSUFFICIENT', 'COMPLEX']) expect(go(ningxia, ground), ground).toMatchObject({ ok: true });
    expect(go(ningxia, 'DEVICE_TAMPERED')).toMatchObject({ ok: false });
  });

  it('[NX-3.7b] 在线数据、视频、台账都可以作为同一案件的证据，现场固定的与非现场的并列', () => {
    const tampering = { ...filed(), violation: 'DATA_FALSIFY_UNIT' as const };
    const trace = must(tampering, evidence('TRACE', 'AUDIO_VISUAL'), start);
    const ledger = must(trace, { ...evidence('CONDITION', 'DOCUMENT'), title: '生产台账' }, start);
    const fixed = must(ledger, { ...evidence('SITE', 'SITE_RECORD'), mode: 'ONSITE' }, start);
    expect(fixed.evidence.slice(-3).map((e) => [e.evidenceKind, e.mode])).toEqual([['AUDIO_VISUAL', 'OFFSITE'], ['DOCUMENT', 'OFFSITE'], ['SITE_RECORD', 'ONSITE']]);
    expect(act(tampering, evidence('PARTY', 'AUDIO_VISUAL'), start)).toMatchObject({ ok: false, code: 'CASE-003' });
  });
});
