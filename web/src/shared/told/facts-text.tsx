import { useSpeech, type Text } from '../i18n.tsx';
import { withoutHours } from './without-hours.ts';

const TEXT = { hours: { zh: '逐小时数值（{n} 个）', en: 'Hour by hour ({n} values)' } } as const satisfies Record<string, Text>;

/** Facts as a paper tells them, a long run by its number of hours and its peak; the hours are one touch away. */
export function FactsText({ text, className = 'said' }: { text: string; className?: string }) {
  const { t } = useSpeech();
  const told = withoutHours(text);
  const n = told.runs.reduce((sum, run) => sum + run.split(/、|, /u).length, 0);
  return (
    <>
      <p className={className}>{told.text}</p>
      {n > 0 && <details><summary>{t(TEXT.hours, { n })}</summary>{told.runs.map((run) => <p className={className} key={run}>{run}</p>)}</details>}
    </>
  );
}
