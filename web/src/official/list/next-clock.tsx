import { useQueries } from '@tanstack/react-query';
import { Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Due } from '../parts/due.tsx';
import { useClockName, useHolderNames } from '../parts/use-words.ts';
import type { Column } from './columns.ts';

const TEXT = {
  next: { zh: '最近期限', en: 'Next clock' },
  none: { zh: '无正在计算的期限', en: 'no clock runs' },
} as const satisfies Record<string, Text>;

/** Ids asked for at once; they travel in the address. */
const AT_ONCE = 100;

/** A column of the clock that runs out first: what is left, which clock by which article, who holds it. Not exported: it is read for the rows at hand. */
export function useNextClock<T>(kind: 'case' | 'clue' | 'sheet', rows: readonly T[], idOf: (row: T) => string, unitNameOf: (row: T) => readonly [string, string]): Column<T> {
  const { t } = useSpeech();
  const article = useArticle();
  const clockName = useClockName();
  const holderName = useHolderNames(Object.fromEntries(rows.map(unitNameOf)));
  const ids = rows.map(idOf);
  const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, i) => ids.slice(i * AT_ONCE, (i + 1) * AT_ONCE).join(','));
  const clocks = useQueries({
    queries: parts.map((part) => ({ queryKey: ['next-clocks', kind, part], queryFn: () => call('GET /api/situation/clocks', { query: { kind, ids: part } }), refetchInterval: 60_000 })),
    combine: (results) => Object.assign({}, ...results.map(({ data }) => data?.items ?? {})) as Awaited<ReturnType<typeof call<'GET /api/situation/clocks'>>>['items'],
  });
  return {
    key: 'clock', title: t(TEXT.next), width: 240,
    render: (row) => {
      const clock = clocks[idOf(row)];
      if (clock === undefined) return <Typography.Text type="secondary" title={t(TEXT.none)}>—</Typography.Text>;
      return (
        <>
          <Due dueAt={Date.parse(clock.dueAt)} state={clock.paused ? 'PAUSED' : 'OPEN'} overdue={clock.overdue} dayKind={clock.dayKind} workingDaysLeft={clock.workingDaysLeft} /> {clockName(clock.clockId, clock.title)}
          <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(clock.article)} · {holderName(clock.holder)}</Typography.Text>
        </>
      );
    },
  };
}
