import { useQuery } from '@tanstack/react-query';
import { call } from '../api.ts';
import { articleIn } from './article-in.ts';
import { useSpeech } from '../i18n.tsx';

/** Bases in law in the reader's language. */
export function useArticle(): (text: string | null | undefined) => string {
  const { language } = useSpeech();
  const { data } = useQuery({ queryKey: ['law'], queryFn: () => call('GET /api/law'), staleTime: 600_000, enabled: language === 'en' });
  return (text) => (text === null || text === undefined ? '' : language === 'zh' ? text : articleIn(text, data?.instruments ?? []));
}
