import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type FactorCode } from '#kernel';
import type { Finding, Model } from '../contract.ts';
import type { Episode } from '../clues/episode.ts';
import type { OutfallSetup } from '../setup.ts';
import type { Shadow } from '../standing.ts';
import { ShadowRuns } from './shadow-runs.ts';

const NOW = Date.parse('2026-03-02T10:10:00+08:00');
const finding = (start: number): Finding => ({
  factors: ['a21002' as FactorCode], start, end: start + HOUR, tier: 'REMIND', score: 1, stats: {}, text: { zh: '甲。', en: 'A.' }, clearedBy: [],
});

describe('影子运行 what proposals find', () => {
  let found: readonly Finding[] = [];
  const model: Model = {
    id: 'B01', version: '1', title: { zh: '', en: '' }, family: 'emission', trigger: 'hour', media: ['gas'], standsAlone: true, params: {}, legalHooks: [], mergeGapHours: 0,
    about: { zh: '', en: '', source: '' }, minimum: { days: 0, needs: [] }, evaluate: () => ({ outcome: 'MET', reason: '', missing: [], findings: found }),
  };
  const shadow: Shadow = { proposal: 'P1', model, params: {} };
  const open = (): { runs: ShadowRuns; episodes: Episode[] } => {
    const episodes: Episode[] = [];
    const setup = { outfall: { outfall: 'O1', unit: 'U1', type: 'gas' }, facts: {} } as unknown as OutfallSetup;
    const options = { shadowsAt: () => [shadow], onShadow: (_: string, change: { kind: string; episode?: Episode }) => void (change.kind === 'episode' && episodes.push(change.episode as Episode)) };
    const seen = { facts: undefined as never, opinions: { episodes: [] } as never, context: () => undefined as never };
    return { runs: new ShadowRuns(setup, options, seen), episodes };
  };

  it('重启后即使尚未再问也不丢：再存一次仍是原样，到期照样定论，编号不重复', () => {
    const first = open();
    found = [finding(NOW - HOUR)];
    first.runs.evaluate(shadow, NOW, {} as never);
    const stored = structuredClone(first.runs.state);
    const second = open();
    second.runs.restore(stored);
    expect(second.runs.state).toEqual(stored);
    // The mark deadline passes before anybody asks again.
    second.runs.settle(NOW + 5 * DAY, () => undefined);
    expect(second.episodes).toMatchObject([{ id: first.episodes[0]?.id, version: 2, provisional: false }]);
    found = [finding(NOW + 5 * DAY)];
    second.runs.evaluate(shadow, NOW + 5 * DAY + HOUR, {} as never);
    expect(second.episodes.at(-1)).toMatchObject({ version: 1 });
    expect(second.episodes.at(-1)?.id).not.toBe(first.episodes[0]?.id);
  });
});
