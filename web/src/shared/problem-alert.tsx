import { Alert } from 'antd';
import { Problem } from './api.ts';
import { Unreachable } from './ask.ts';
import { useSpeech, type Text } from './i18n.tsx';
import { useArticle } from './terms/article.ts';

const OFFLINE = { zh: '网络不通，请检查网络后重试', en: 'No connection; check the network and try again' } as const satisfies Text;

/** The words of a refusal in the reader's language, with its article and what is missing. */
export function ProblemAlert({ error }: { error: unknown }) {
  const { language, t } = useSpeech();
  const inWords = useArticle(false);
  if (error instanceof Unreachable) return <Alert type="error" showIcon title={t(OFFLINE)} />;
  if (!(error instanceof Problem)) return <Alert type="error" showIcon title={String(error)} />;
  const text = language === 'zh' ? error.zh : error.en;
  const more = [error.basis, ...(language === 'zh' ? error.missing : error.missingEn)].filter((line) => line !== undefined && line !== '').map(inWords);
  const shown = more.length > 3 ? <ul style={{ margin: 0, paddingInlineStart: 18 }}>{more.map((line) => <li key={line}>{line}</li>)}</ul> : more.join(' · ');
  return <Alert type="error" showIcon title={text} description={more.length === 0 ? undefined : shown} />;
}
