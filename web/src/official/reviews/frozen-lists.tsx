import { Link } from '@tanstack/react-router';
import { Card, Collapse, Flex, Table, Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { ask, type FrozenList } from '../shapes.ts';
import { More, usePages } from '../../shared/pages.tsx';

const TEXT = {
  title: { zh: '涉嫌违法问题线索清单', en: 'Lists of suspected violations' },
  version: { zh: '第 {n} 版', en: 'version {n}' },
  clues: { zh: '{n} 条线索', en: '{n} clues' },
  moved: { zh: '新增 {a} · 变更 {c} · 移出 {r}', en: '{a} added · {c} changed · {r} removed' },
  clue: { zh: '线索', en: 'Clue' },
  claim: { zh: '研判情况', en: 'Claim' },
  change: { zh: '与上一版相比', en: 'Against the version before' },
  why: { zh: '原因', en: 'Why' },
  ADDED: { zh: '新增', en: 'added' },
  CHANGED: { zh: '变更', en: 'changed' },
  REMOVED: { zh: '移出', en: 'removed' },
} as const satisfies Record<string, Text>;

interface Line { readonly clueId: string; readonly sentence: string; readonly change?: keyof typeof TEXT & ('ADDED' | 'CHANGED' | 'REMOVED'); readonly why?: string }

/** Every clue of the version, and below them those that left it, each with what changed and why. */
function linesOf(list: FrozenList): Line[] {
  const of = (clueId: string) => list.changes.find((change) => change.clueId === clueId);
  const there = list.clues.map((entry): Line => ({ clueId: entry.clueId, sentence: entry.sentence, ...of(entry.clueId) }));
  return [...there, ...list.changes.filter((change) => change.change === 'REMOVED').map((change): Line => ({ ...change, sentence: '' }))];
}

function Version({ list }: { list: FrozenList }) {
  const { t } = useSpeech();
  return (
    <Table<Line> size="small" rowKey="clueId" pagination={false} dataSource={linesOf(list)} scroll={{ x: 700 }} columns={[
      { title: t(TEXT.clue), key: 'clue', render: (_, line) => <Link to="/clues/$clueId" params={{ clueId: line.clueId }}>{line.clueId}</Link> },
      { title: t(TEXT.claim), key: 'claim', render: (_, line) => line.sentence || '—' },
      { title: t(TEXT.change), key: 'change', width: 130, render: (_, line) => (line.change === undefined ? '—' : <Tag>{t(TEXT[line.change])}</Tag>) },
      { title: t(TEXT.why), key: 'why', render: (_, line) => line.why ?? '—' },
    ]} />
  );
}

/** The list as an object with versions, newest first: what stood on it, what changed and why, and its paper. */
export function FrozenLists() {
  const { t } = useSpeech();
  const pages = usePages(['lists'], (at) => ask('GET /api/review/lists', { query: at }), 30_000);
  const lists = pages.rows;
  if (lists.length === 0) return null;
  const count = (list: FrozenList, change: string) => list.changes.filter((one) => one.change === change).length;
  return (
    <Card size="small" title={t(TEXT.title)} style={{ marginTop: 12 }}>
      <Collapse size="small" items={lists.map((list) => ({
        key: list.listId,
        label: (
          <Flex wrap gap={12} style={{ fontVariantNumeric: 'tabular-nums' }}>
            <span>{t(TEXT.version, { n: list.version })} · {t(TEXT.clues, { n: list.clues.length })}</span>
            <span>{t(TEXT.moved, { a: count(list, 'ADDED'), c: count(list, 'CHANGED'), r: count(list, 'REMOVED') })}</span>
            <Typography.Text type="secondary">{formatTime(msOf(list.frozenAt))}</Typography.Text>
          </Flex>
        ),
        children: <><a href={`/api/documents/${list.documentId}/file`} target="_blank" rel="noreferrer">{list.documentNo}（PDF）</a><Version list={list} /></>,
      }))} />
      <More list={pages} />
    </Card>
  );
}
