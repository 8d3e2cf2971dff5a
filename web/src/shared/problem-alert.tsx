import { Alert } from 'antd';
import { Problem } from './api.ts';
import { useSpeech } from './i18n.tsx';

/** The words of a refusal in the reader's language, with its article and what is missing. */
export function ProblemAlert({ error }: { error: unknown }) {
  const { language } = useSpeech();
  if (!(error instanceof Problem)) return <Alert type="error" showIcon title={String(error)} />;
  const text = language === 'zh' ? error.zh : error.en;
  const more = [error.basis, ...(language === 'zh' ? error.missing : error.missingEn)].filter(Boolean);
  const shown = more.length > 3 ? <ul style={{ margin: 0, paddingInlineStart: 18 }}>{more.map((line) => <li key={line}>{line}</li>)}</ul> : more.join(' · ');
  return <Alert type="error" showIcon title={text} description={more.length === 0 ? undefined : shown} />;
}
