import type { Words } from '../shapes.ts';

/** How a patrol came upon it. The record keeps the Chinese word, as papers print it. */
export const HOW_FOUND: readonly Words[] = [
  { zh: '线上巡查', en: 'On-line patrol' },
  { zh: '无人机', en: 'Drone' },
  { zh: '走航车', en: 'Mobile laboratory' },
  { zh: '卫星遥感', en: 'Satellite' },
  { zh: '公众举报', en: 'Report of the public' },
];

/** What the record says, in the reader's language where the word is one of these. */
export const howFound = (text: string): Words => HOW_FOUND.find(({ zh }) => zh === text) ?? { zh: text, en: text };
