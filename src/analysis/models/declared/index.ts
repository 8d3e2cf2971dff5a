import type { Params } from '../../contract.ts';
import { MEASURE_THRESHOLDS } from './measure-thresholds.ts';
import { OWN_WORDS, SOURCED } from './own-words.ts';
import { SOURCES, UNITS, type Word } from './threshold.ts';
import { TIER_THRESHOLDS } from './tier-thresholds.ts';
import { TIME_THRESHOLDS } from './time-thresholds.ts';

export { showMinimum, type Input, type Minimum, type Need } from './inputs.ts';

const WORDS = { ...TIER_THRESHOLDS, ...TIME_THRESHOLDS, ...MEASURE_THRESHOLDS };

/** Every threshold a model may have. A default under another name does not compile: `{…} as const satisfies Thresholds`. */
export type Thresholds = { readonly [Name in keyof typeof WORDS | `voice${string}`]?: number };

interface Texts {
  readonly zh: string;
  readonly en: string;
}

export interface ShownThreshold extends Texts {
  readonly name: string;
  readonly unit: Texts;
  readonly source: Texts & { readonly verified: boolean };
}

const known: Readonly<Record<string, Word>> = { ...WORDS, ...OWN_WORDS };

/** Evidence fusion has one for each model that may speak. */
const voiceWord = (name: string): Word | undefined =>
  /^voice[A-G]\d\d$/u.test(name) ? [`模型 ${name.slice(5)} 在证据融合中的权重倍数，1 为仿真拟合值`, `times the fitted weight of model ${name.slice(5)} in evidence fusion`, '1'] : undefined;

/** A threshold of a model in words, with its unit and where its default comes from; undefined for names nobody declared (a department's rule). */
export function wordsOf(model: string, name: string): ShownThreshold | undefined {
  const word = known[`${model}.${name}`] ?? known[name] ?? voiceWord(name);
  if (word === undefined) return undefined;
  const [zh, en, unit] = word;
  return { name, zh, en, unit: UNITS[unit], source: SOURCES[SOURCED[`${model}.${name}`] ?? SOURCED[name] ?? 'judgement'] };
}

/** Every threshold of a model, in the order the model has them; a rule's own names stand for themselves. */
export const thresholdsOf = (model: string, params: Params, rule: Texts = SOURCES.judgement): ShownThreshold[] =>
  Object.keys(params).map((name) => wordsOf(model, name) ?? { name, zh: name, en: name, unit: UNITS['1'], source: { zh: rule.zh, en: rule.en, verified: false } });
