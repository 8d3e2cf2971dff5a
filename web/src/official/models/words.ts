import type { Text } from '../../shared/i18n.tsx';

export const FAMILIES = {
  emission: { zh: '排放数据', en: 'emission' }, power: { zh: '用电', en: 'power' }, site: { zh: '站房', en: 'station' }, marks: { zh: '标记', en: 'marks' },
  manual: { zh: '人工监测', en: 'manual' }, external: { zh: '外部数据', en: 'external' }, transport: { zh: '传输', en: 'transport' },
} as const satisfies Record<string, Text>;
export const isFamily = (text: string): text is keyof typeof FAMILIES => Object.hasOwn(FAMILIES, text);

export const spoken = (counts: readonly { readonly episodes: number; readonly cleared: number }[]) =>
  counts.reduce((sum, one) => ({ episodes: sum.episodes + one.episodes, cleared: sum.cleared + one.cleared }), { episodes: 0, cleared: 0 });

/** The four tests of a model, and what each shows. */
export const TESTS = {
  property: { zh: '性质', en: 'property', about: { zh: '同一输入同一结果，不看未来数据', en: 'same input, same result; never looks ahead' } },
  null: { zh: '零假设', en: 'null', about: { zh: '守法数据上的误报不超过本方法的误报率', en: 'on honest data no more false findings than the method allows' } },
  positive: { zh: '正例', en: 'positive', about: { zh: '应发现的违法情形确能发现', en: 'finds the kinds of wrong it stands for' } },
  benign: { zh: '良性', en: 'benign', about: { zh: '形似违法的正常情形不发警告', en: 'does not warn of what only looks like them' } },
} as const satisfies Record<string, Text & { about: Text }>;
export const TEST_NAMES = Object.keys(TESTS) as (keyof typeof TESTS)[];
