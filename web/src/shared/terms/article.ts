import { useQuery } from '@tanstack/react-query';
import { call } from '../api.ts';
import { articleIn, onceSaid } from './article-in.ts';
import { useSpeech } from '../i18n.tsx';

/** Bases in law, and the words in which the law's data speak, in the reader's language (`law/instruments`). Not `load`ed, it uses what the page has: not everybody may ask. */
export function useArticle(load = true): (text: string | null | undefined) => string {
  const { language } = useSpeech();
  const { data } = useQuery({ queryKey: ['law'], queryFn: () => call('GET /api/law'), staleTime: 600_000, enabled: load && language === 'en' });
  return (text) => (text === null || text === undefined ? '' : language === 'zh' ? onceSaid(text) : articleIn(onceSaid(text), data?.instruments ?? []));
}

/** The name of a factor in the reader's language; what nothing names in English is shown by its code. */
export function useFactorName(): (row: { readonly factor: string; readonly factorZh: string }) => string {
  const { language } = useSpeech();
  const inEnglish = useArticle();
  return ({ factor, factorZh }) => {
    if (language === 'zh') return factorZh || factor;
    const name = inEnglish(factorZh);
    return name === '' || /\p{Script=Han}/u.test(name) ? factor : name;
  };
}
