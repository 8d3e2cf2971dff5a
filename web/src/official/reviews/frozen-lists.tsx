import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { ask } from '../shapes.ts';

const TEXT = {
  title: { zh: '涉嫌违法问题线索清单（江苏办法 第十条）', en: 'Lists of suspected violations (Jiangsu Measures art. 10)' },
  version: { zh: '第 {n} 版', en: 'version {n}' },
  clues: { zh: '{n} 条线索', en: '{n} clues' },
} as const satisfies Record<string, Text>;

const SHOWN = 6;

/** The frozen lists as they were sent, newest first: each is a signed paper. */
export function FrozenLists() {
  const { t } = useSpeech();
  const { data } = useQuery({ queryKey: ['lists'], queryFn: () => ask('GET /api/review/lists'), refetchInterval: 30_000 });
  const lists = data?.items.slice(0, SHOWN) ?? [];
  if (lists.length === 0) return null;
  return (
    <Card size="small" title={t(TEXT.title)} style={{ marginTop: 12 }}>
      <Flex vertical gap={4}>
        {lists.map((list) => (
          <Flex key={list.listId} wrap gap={12} style={{ fontVariantNumeric: 'tabular-nums' }}>
            <a href={`/api/documents/${list.documentId}/file`} target="_blank" rel="noreferrer">{list.documentNo}（PDF）</a>
            <span>{t(TEXT.version, { n: list.version })} · {t(TEXT.clues, { n: list.clues.length })}</span>
            <Typography.Text type="secondary">{formatTime(msOf(list.frozenAt))}</Typography.Text>
          </Flex>
        ))}
      </Flex>
    </Card>
  );
}
