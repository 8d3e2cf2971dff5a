import { Flex, Typography } from 'antd';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { DeadlineRow } from '../shapes.ts';
import { Due } from './due.tsx';
import { useClockName, useHolderNames } from './use-words.ts';

const NONE = { zh: '没有正在计算的期限', en: 'No clock runs' } as const satisfies Text;

/** Clocks of one matter: article, holder, what is left. */
export function DeadlineList({ rows, names = {} }: { rows: readonly DeadlineRow[]; names?: Readonly<Record<string, string>> }) {
  const { t } = useSpeech();
  const article = useArticle();
  const holderName = useHolderNames(names);
  const clockName = useClockName();
  const shown = [...rows].sort((a, b) => Number(b.state === 'OPEN') - Number(a.state === 'OPEN') || a.dueAt.localeCompare(b.dueAt));
  if (shown.length === 0) return <Typography.Text type="secondary">{t(NONE)}</Typography.Text>;
  return (
    <Flex vertical gap={6}>
      {shown.map((row) => (
        <Flex key={row.deadlineId} justify="space-between" gap={8} align="start">
          <span style={{ minWidth: 0 }}>
            {clockName(row.clockId)} · {article(row.article)}<br />
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>{holderName(row.holder)}</Typography.Text>
          </span>
          <Due dueAt={Date.parse(row.dueAt)} state={row.state} overdue={row.overdue} dayKind={row.dayKind} workingDaysLeft={row.workingDaysLeft} />
        </Flex>
      ))}
    </Flex>
  );
}
