import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Empty, Flex, Table, Typography, type TableColumnsType } from 'antd';
import { useCallback } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { useMe } from '../../shared/sign-in.tsx';
import { TierTag } from '../parts/tags.tsx';
import { useListKeys } from '../parts/use-list-keys.ts';
import type { ClueRow } from '../shapes.ts';
import { FrozenLists } from './frozen-lists.tsx';

const TEXT = {
  title: { zh: '数据审核', en: 'Data review' },
  rule: { zh: '审核与研判由不同的人办理', en: 'Reviewers are other people than those who analysed' },
  bodies: { zh: '研判与审核机构', en: 'Analysing and reviewing bodies' },
  agreement: { zh: '审核一致性', en: 'Agreement of reviewers' },
  route: { zh: '途径', en: 'Way' },
  state: { zh: '状态', en: 'State' },
  tier: { zh: '级别', en: 'Tier' },
  claim: { zh: '线索', en: 'Claim' },
  unit: { zh: '单位 · 排放口', en: 'Unit · outfall' },
  changed: { zh: '更新', en: 'Changed' },
  handed: { zh: '移送', en: 'Handed over' },
  empty: { zh: '没有待审核的线索', en: 'No clue waits for review' },
} as const satisfies Record<string, Text>;

const STATES = 'LISTED,UNDER_REVIEW,REVIEW_PASSED,RETURNED_FOR_MORE,HANDED_OVER,REVIEW_REJECTED';
/** What waits for the group stands first. */
const RANK = ['UNDER_REVIEW', 'LISTED', 'REVIEW_PASSED', 'RETURNED_FOR_MORE', 'HANDED_OVER', 'REVIEW_REJECTED'];

/** Clues before, in and after the review group. */
export function ReviewsPage() {
  const { t, language } = useSpeech();
  const navigate = useNavigate();
  const { data: me } = useMe();
  const mayCompare = me?.actions.includes('review.agreement') ?? false;
  const query = useQuery({ queryKey: ['clues', 'review'], queryFn: () => call('GET /api/review/clues', { query: { state: STATES, limit: 200 } }), refetchInterval: 15_000 });
  const items = [...(query.data?.items ?? [])].sort((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state));
  const open = useCallback((clue: ClueRow) => void navigate({ to: '/reviews/$clueId', params: { clueId: clue.clueId } }), [navigate]);
  const keys = useListKeys(items, open);
  const columns: TableColumnsType<ClueRow> = [
    { title: t(TEXT.state), key: 'state', width: 110, render: (_, clue) => (language === 'zh' ? clue.stateZh : clue.stateEn) },
    { title: t(TEXT.tier), key: 'tier', width: 118, render: (_, clue) => <TierTag tier={clue.tier} /> },
    { title: t(TEXT.claim), key: 'claim', render: (_, clue) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}>{t(clue.sentence)}</Typography.Paragraph> },
    { title: t(TEXT.unit), key: 'unit', width: 230, render: (_, clue) => <>{clue.unitName}<br /><Typography.Text type="secondary">{clue.outfallName ?? '—'}</Typography.Text></> },
    { title: t(TEXT.route), key: 'route', width: 130, render: (_, clue) => (language === 'zh' ? clue.routeZh : clue.routeEn) },
    { title: t(TEXT.handed), key: 'handed', width: 146, className: 'num', render: (_, clue) => formatTime(msOf(clue.handedOverAt)) },
    { title: t(TEXT.changed), key: 'changed', width: 146, className: 'num', render: (_, clue) => formatTime(msOf(clue.changedAt)) },
  ];
  return (
    <>
      <PageTitle extra={<Flex gap={16}>{mayCompare && <Link to="/review-agreement">{t(TEXT.agreement)} →</Link>}<Link to="/review-bodies">{t(TEXT.bodies)} →</Link></Flex>}>{t(TEXT.title)}</PageTitle>
      <Typography.Paragraph type="secondary">{t(TEXT.rule)}</Typography.Paragraph>
      <Loaded query={query}>
        {() => (
          <Table<ClueRow> size="small" rowKey="clueId" pagination={false} dataSource={items} columns={columns} scroll={{ x: 900 }} sticky
            rowClassName={keys.rowClass} onRow={keys.onRow} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }} />
        )}
      </Loaded>
      <FrozenLists />
    </>
  );
}
