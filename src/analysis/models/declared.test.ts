import { MINUTE } from '#kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Context, Evaluation, Model } from '../contract.ts';
import { MEASURE_THRESHOLDS } from './declared/measure-thresholds.ts';
import { showMinimum, thresholdsOf, wordsOf, type Input, type Need } from './declared/index.ts';
import { OWN_WORDS, SOURCED } from './declared/own-words.ts';
import { TIER_THRESHOLDS } from './declared/tier-thresholds.ts';
import { TIME_THRESHOLDS } from './declared/time-thresholds.ts';
import { MODELS } from './index.ts';
import { fullWorld } from './testing/full-world.ts';
import { lacking } from './testing/lacking.ts';
import { at, type World } from './testing/world.ts';

const DAYS = 62;
/** 2026-05-02 is the 62nd day and a Saturday; 2026-04-27 a Monday, on which the weekly models are asked; the 2nd is when a month is judged. */
const ASKED = [57, 32, 60];
const ASKED_SELDOM = /judged on Mondays|once a week|^month (not closed|already judged)/u;
const worlds = new Map<string, World>();
const contexts = new Map<string, () => Context>();

beforeAll(() => {
  for (const type of ['gas', 'water'] as const) worlds.set(type, fullWorld(type, DAYS, 5));
  // Shifts are judged where there are any.
  worlds.set('E05', fullWorld('gas', DAYS, 5, true));
}, 60_000);

/** The moment at which the engine would ask the model on a day. */
function contextOn(model: Model, day: number): Context {
  const now = at(day, 2) + (model.trigger === 'day' ? 0 : 10 * MINUTE);
  const world = model.id === 'E05' ? 'E05' : model.media.includes('gas') ? 'gas' : 'water';
  const key = `${world}${now}`;
  const ask = contexts.get(key) ?? (worlds.get(world) as World).asking(now);
  contexts.set(key, ask);
  return ask();
}

const ask = (model: Model, ctx: Context): Evaluation => model.evaluate(ctx, model.params);
const inputsOf = (need: Need): { inputs: readonly Input[]; fewer: number } =>
  typeof need === 'string' ? { inputs: [need], fewer: 0 } : 'of' in need ? { inputs: [need.of], fewer: need.atLeast - 1 } : { inputs: need, fewer: 0 };

describe('what every model declares', () => {
  it('says every threshold in Chinese and English, with unit and source, and no word belongs to nobody', () => {
    const used = new Set<string>();
    for (const model of MODELS) {
      for (const name of Object.keys(model.params)) {
        const word = wordsOf(model.id, name);
        expect(word, `${model.id}.${name}`).toBeDefined();
        expect(word?.zh).toMatch(/\p{Script=Han}/u);
        expect(word?.en.length).toBeGreaterThan(2);
        expect(word?.unit.zh.length).toBeGreaterThan(0);
        expect(word?.source.zh.length).toBeGreaterThan(3);
        used.add(name).add(`${model.id}.${name}`);
      }
      expect(thresholdsOf(model.id, model.params).map((one) => one.name)).toEqual(Object.keys(model.params));
    }
    for (const name of Object.keys({ ...TIER_THRESHOLDS, ...TIME_THRESHOLDS, ...MEASURE_THRESHOLDS, ...OWN_WORDS, ...SOURCED })) expect(used, name).toContain(name);
  });
  it('calls nothing verified that was neither measured, computed nor science', () => {
    expect(wordsOf('C02', 'remindRatio')?.source.verified).toBe(true);
    expect(wordsOf('C02', 'shortRatio')?.source.verified).toBe(false);
    expect(wordsOf('F05', 'gasHours')?.source).toMatchObject({ verified: false });
  });
  it('says its minimum as a sentence in both languages', () => {
    expect(showMinimum({ days: 12, needs: ['oxygen', ['fuel', 'carbonDioxide'], { of: 'samples', atLeast: 10 }] })).toMatchObject({
      zh: '须有：氧含量、燃料量与含硫量或二氧化碳、手工监测结果不少于 10 个、满 12 天数据；不足时答“不能判定”并说明缺什么。',
      en: 'Needs oxygen, fuel and its sulphur or CO2, at least 10 of manual results, 12 days of data; with less it answers "cannot tell" and says what is missing.',
    });
  });
});

describe.each(MODELS.map((model) => [model.id, model] as const))('model:%s', (_, model) => {
  it('can tell when all it declares is there', () => {
    const said = ASKED.map((day) => ask(model, lacking(contextOn(model, day), [])));
    expect(said.map(({ outcome, reason }) => `${outcome} ${reason}`)).toContainEqual(expect.not.stringContaining('CANNOT_TELL'));
  });
  if (model.minimum.days > 0) {
    it(`cannot tell after ${model.minimum.days - 1} days`, () => {
      const { outcome, reason } = ask(model, lacking(contextOn(model, model.minimum.days - 1), []));
      // Some are asked once a week or month and say so first.
      if (!ASKED_SELDOM.test(reason)) expect({ outcome, reason }).toMatchObject({ outcome: 'CANNOT_TELL', reason: expect.stringMatching(/.+/u) });
      else expect(outcome).toBe('NOT_MET');
    });
  }
  for (const need of model.minimum.needs) {
    const { inputs, fewer } = inputsOf(need);
    it(`cannot tell, and says why, ${fewer > 0 ? `with ${fewer} of` : 'without'} ${inputs.join(' and ')}`, () => {
      const without = inputs.includes('history') ? [3, 3] : ASKED;
      const said = without.map((day) => ask(model, lacking(contextOn(model, day), inputs, fewer)));
      expect(said.map((one) => one.outcome)).toContain('CANNOT_TELL');
      expect(said.map((one) => one.outcome)).not.toContain('MET');
      for (const one of said) if (one.outcome === 'CANNOT_TELL') expect(one.reason).not.toBe('');
    });
  }
});
