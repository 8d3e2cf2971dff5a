import type { Text } from '../../shared/i18n.tsx';

export const FAMILIES = {
  emission: { zh: '排放数据', en: 'emission' }, power: { zh: '用电', en: 'power' }, site: { zh: '站房', en: 'station' }, marks: { zh: '标记', en: 'marks' },
  manual: { zh: '人工监测', en: 'manual' }, external: { zh: '外部数据', en: 'external' }, transport: { zh: '传输', en: 'transport' },
} as const satisfies Record<string, Text>;
export const isFamily = (text: string): text is keyof typeof FAMILIES => Object.hasOwn(FAMILIES, text);

export const spoken = (counts: readonly { readonly episodes: number; readonly cleared: number }[]) =>
  counts.reduce((sum, one) => ({ episodes: sum.episodes + one.episodes, cleared: sum.cleared + one.cleared }), { episodes: 0, cleared: 0 });
