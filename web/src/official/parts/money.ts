import { useSpeech } from '../../shared/i18n.tsx';

/** Whole yuan with separators, in the reader's language; the law knows no cents here. */
export function useMoney(): (yuan: number | null | undefined) => string {
  const { language } = useSpeech();
  return (yuan) => (yuan === null || yuan === undefined ? '—' : `${new Intl.NumberFormat('zh-CN').format(yuan)} ${language === 'zh' ? '元' : 'yuan'}`);
}
