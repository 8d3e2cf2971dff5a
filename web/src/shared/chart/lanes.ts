import type { Routes } from '../api.gen.ts';
import { halfOf, limitWord, type Language, type Text } from '../i18n.tsx';
import type { Lane } from './source-chart.tsx';

type Given = Routes['GET /api/outfalls/:outfall/series']['response']['lanes'][number];

/** Lanes as the platform gives them, in the reader's language. */
export const spokenLanes = (lanes: readonly Given[], language: Language): Lane[] =>
  lanes.map(({ titleEn, title, curves, limit, spans, ...lane }) => ({
    ...lane, title: language === 'zh' ? title : titleEn,
    ...(curves === undefined ? {} : { curves: curves.map((curve) => ({ ...curve, name: halfOf(curve.name, language) })) }),
    ...(spans === undefined ? {} : { spans: spans.map(({ labelEn, ...span }) => ({ ...span, label: language === 'zh' ? span.label : labelEn })) }),
    ...(limit === undefined ? {} : { limit: { ...limit, label: limitWord(limit.label, language) } }),
  }) as Lane);

/** What is said where a span holds no data: the span, not the page, is empty. */
export const NO_DATA: Text = { zh: '这段时间没有收到数据，可换一段时间查看', en: 'Nothing was received in this span; choose another one' };
