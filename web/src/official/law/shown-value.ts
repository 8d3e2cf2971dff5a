type Language = 'zh' | 'en';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of the law as data in one line: names carry both languages and are told in the reader's. */
function said(value: unknown, language: Language): string {
  if (Array.isArray(value)) return value.map((one) => said(one, language)).join(language === 'zh' ? '、' : ', ');
  if (!isRecord(value)) return String(value ?? '—');
  const own = value[language];
  if (typeof own === 'string') return own;
  return Object.entries(value).map(([name, one]) => `${name} ${said(one, language)}`).join(' · ');
}

/** What a line of the law browser shows for its value: parameters come as JSON, all else as words. */
export function shownValue(value: string, language: Language, words: (text: string) => string): string {
  try {
    return words(said(JSON.parse(value), language));
  } catch {
    return words(value);
  }
}
