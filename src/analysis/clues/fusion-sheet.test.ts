import { describe, expect, it } from 'vitest';
import { modelById } from '../catalogue.ts';
import type { Episode } from './episode.ts';
import { fusionOf } from './fusion-sheet.ts';
import { FUSION_WEIGHTS } from '../models/index.ts';

const HOUR = 3_600_000;
const episode = (model: string, family: Episode['family'], tier: Episode['tier'], more: Partial<Episode> = {}): Episode =>
  ({ model, family, tier, start: 0, end: HOUR, raisedAt: HOUR, stats: {}, params: {}, cleared: undefined, suppressed: undefined, ...more }) as Episode;

describe('证据融合单 fusion sheet', () => {
  it('one source says nothing together; what was cleared does not speak', () => {
    expect(fusionOf([episode('C01', 'emission', 'WARN'), episode('C08', 'emission', 'WARN')], modelById)).toBeNull();
    const cleared = { zh: '', en: '', reason: 'MARK', at: 0 };
    expect(fusionOf([episode('C01', 'emission', 'WARN'), episode('F06', 'site', 'WARN', { cleared })], modelById)).toBeNull();
  });

  it('of each source the strongest finding counts; the sheet can be reckoned again by hand', () => {
    const sheet = fusionOf([episode('C01', 'emission', 'WARN'), episode('C03', 'emission', 'REMIND'), episode('F06', 'site', 'WARN'), episode('A08', 'emission', 'REMIND'), episode('B05', 'emission', 'REMIND')], modelById);
    if (sheet === null) throw new Error('no sheet');
    expect(sheet.recorded).toBe(false);
    const kind = FUSION_WEIGHTS.kinds.find((one) => one.zh === sheet.kind.zh);
    expect(sheet.prior).toBe(kind?.prior);
    expect(new Set(sheet.voices.map((voice) => voice.family)).size).toBe(sheet.voices.length);
    for (const voice of sheet.voices) {
      expect(voice.adds).toBeCloseTo(Math.min(kind?.cap ?? 0, (voice.weight ?? 0) * 2), 9);
      expect(voice.times).toBeCloseTo(Math.exp(voice.adds), 9);
    }
    expect(sheet.silent.map((one) => one.why)).toContain('NO_WEIGHT');
    expect([...sheet.voices, ...sheet.silent].map((one) => one.model).sort()).toEqual(['A08', 'B05', 'C01', 'C03', 'F06']);
    expect(sheet.probability).toBeGreaterThan(0);
    expect(sheet.missing.length).toBeGreaterThan(0);
  });

  it('what G11 concluded stands as it concluded it, also where the weights have been fitted anew since', () => {
    const stats = { kind: 'forged-data', probability: 0.72, families: 2, evidence: 'F06@QY1-DA002,C01', adds: '2.10,1.40', missing: 'manual', weights: FUSION_WEIGHTS.version };
    const of = (weights: string) => fusionOf([episode('C01', 'emission', 'WARN'), episode('G11', 'external', 'WARN', { stats: { ...stats, weights } })], modelById);
    expect(of(FUSION_WEIGHTS.version)).toMatchObject({ recorded: true, probability: 0.72, voices: [{ model: 'F06', family: 'site', tier: null, adds: 2.1 }, { model: 'C01', tier: 'WARN', adds: 1.4 }] });
    expect(of('0')).toMatchObject({ recorded: true, prior: null, probability: 0.72, voices: [{ weight: null, adds: 2.1 }, { weight: null, adds: 1.4 }] });
  });
});
