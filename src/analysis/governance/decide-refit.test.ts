import { isRefusal } from '#kernel';
import { describe, expect, it } from 'vitest';
import { g11 } from '../models/g11-evidence-fusion.ts';
import { fuse, FUSION_WEIGHTS, LOUDEST, voiceOf } from '../models/index.ts';
import type { Params, PastFinding } from '../contract.ts';
import { LEAST_REVIEWED, likelihood, refitVoices, type ReviewedClue } from './decide-refit.ts';

const clues = (n: number, models: readonly string[], right: boolean): ReviewedClue[] => Array.from({ length: n }, () => ({ models, right }));
/** C08 held every time, C12 three times in ten; C01 was hardly heard of. */
const reviewed = [...clues(30, ['C08'], true), ...clues(9, ['C12'], true), ...clues(21, ['C12'], false), ...clues(4, ['C01'], false)];
const refit = (all: readonly ReviewedClue[], inForce: Params = g11.params): Params => {
  const found = refitVoices(all, LOUDEST, inForce);
  if (isRefusal(found)) throw new Error(found.zh);
  return found as Params;
};

describe('证据融合按复核结论重新拟合 evidence fusion refitted on reviewed clues', () => {
  it('without reviewed clues a model speaks as the fit on simulated provinces has it', () => {
    for (const weight of [0.3, 1, 2.2]) expect(likelihood(weight, { right: 0, wrong: 0 }, { right: 0, wrong: 0 })).toBeCloseTo(weight, 9);
  });
  it('who was right grows louder, who was wrong softer, who was hardly judged stays', () => {
    const set = refit(reviewed);
    expect(set[voiceOf('C08')]).toBeGreaterThan(1);
    expect(set[voiceOf('C12')]).toBeLessThan(1);
    expect(set[voiceOf('C12')]).toBeGreaterThanOrEqual(0);
    expect(set).not.toHaveProperty(voiceOf('C01'));
  });
  it('more of the same evidence moves it further, and the order of the clues does not show', () => {
    const ten = [...reviewed, ...reviewed, ...reviewed];
    expect(refit(ten)[voiceOf('C12')]).toBeLessThanOrEqual(refit(reviewed)[voiceOf('C12')] ?? 0);
    expect(refit([...reviewed].reverse())).toEqual(refit(reviewed));
  });
  it('proposes nothing where what it finds is in force already', () => {
    expect(refit(reviewed, { ...g11.params, ...refit(reviewed) })).toEqual({});
  });
  it('refuses too few clues, and clues of which hardly any was wrong', () => {
    expect(refitVoices(clues(LEAST_REVIEWED - 1, ['C08'], true), LOUDEST, g11.params)).toMatchObject({ code: 'ANALYSIS-054' });
    expect(refitVoices(clues(200, ['C08'], true), LOUDEST, g11.params)).toMatchObject({ code: 'ANALYSIS-054' });
  });
  it('a refitted voice is heard: the same findings become likelier or less likely', () => {
    const past = (model: string, family: PastFinding['family']): PastFinding => ({ model, family, tier: 'WARN', start: 0, end: 1, raisedAt: 1 });
    const kind = FUSION_WEIGHTS.kinds[0] as (typeof FUSION_WEIGHTS.kinds)[number];
    const set = refit(reviewed);
    const said = (model: string, times: (model: string) => number) => fuse([past(model, 'emission'), past('F06', 'site')], kind, [[0, 0], [1, 1]], 0, times).probability;
    expect(said('C12', (model) => set[voiceOf(model)] ?? 1)).toBeLessThan(said('C12', () => 1));
  });
});
