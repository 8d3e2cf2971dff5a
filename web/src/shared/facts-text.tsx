import { useSpeech, type Text } from './i18n.tsx';

const TEXT = { hours: { zh: '逐小时数值（{n} 个）', en: 'Hour by hour ({n} values)' } } as const satisfies Record<string, Text>;

/** Where a narrative lists a run hour by hour; its number of hours and its peak stand in the sentence before. */
const HOURS = /，逐小时为：([^；。\n]+)|; hour by hour: ([^;.\n]+(?:\.\d[^;.\n]*)*)/gu;

/** The sentences without the lists of hours, and the lists. */
export function withoutHours(text: string): { readonly text: string; readonly runs: readonly string[] } {
  const runs: string[] = [];
  const rest = text.replace(HOURS, (_all, zh: string | undefined, en: string | undefined) => {
    runs.push(zh ?? en ?? '');
    return '';
  });
  return { text: rest, runs };
}

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
