const COMPACT = { zh: new Intl.NumberFormat('zh-CN', { notation: 'compact', maximumFractionDigits: 2 }), en: new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 }) } as const;

/** `160万`, `1.6M` rather than 1,600,000: what is named beside an axis keeps its room. */
export const formatCompact = (value: number, language: 'zh' | 'en'): string => COMPACT[language].format(value);
