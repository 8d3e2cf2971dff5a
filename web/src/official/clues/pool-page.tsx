import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Empty, Flex, Segmented, Select, Table, Tooltip, Typography, type TableColumnsType } from 'antd';
import { useCallback } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { useTierWords } from '../../shared/supervision/tier-words.ts';
import { formatTime, TIERS, type Tier } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { ProvisionalTag, TierTag } from '../parts/tags.tsx';
import { useListKeys } from '../parts/use-list-keys.ts';
import { ask, type ClueRow } from '../shapes.ts';
import { EnterPatrol } from './patrol-form.tsx';
import { VIEWS, viewOf, type ClueOrder } from './views.ts';

const TEXT = {
  title: { zh: '线索池', en: 'Clue pool' },
  all: { zh: '全部级别', en: 'All tiers' },
  tier: { zh: '级别', en: 'Tier' },
  state: { zh: '状态', en: 'State' },
  anyState: { zh: '全部状态', en: 'Any state' },
  claim: { zh: '线索', en: 'Claim' },
  unit: { zh: '单位 · 排放口', en: 'Unit · outfall' },
  period: { zh: '起', en: 'From' },
  until: { zh: '止', en: 'To' },
  changed: { zh: '更新', en: 'Changed' },
  more: { zh: '继续载入', en: 'Load more' },
  order: { zh: '排列', en: 'Order' },
  newest: { zh: '最近更新在前', en: 'Newest change first' },
  priority: { zh: '研判先后', en: 'Harm × certainty ÷ effort' },
  rank: { zh: '先后', en: 'Rank' },
  rankWhy: { zh: '预期危害（级别、污染物、天数）× 确定性（相互印证的来源）÷ 查清所需工时；只用于排列先后', en: 'Expected harm (tier, pollutant, days) × certainty (sources that agree) ÷ hours to settle it; an order, nothing more' },
  keys: { zh: '键盘：j 下一条，k 上一条，Enter 打开', en: 'Keys: j next, k previous, Enter open' },
  empty: { zh: '没有符合条件的线索', en: 'No clue fits these filters' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/clues');
const PANEL_STATES = viewOf('panel').states.join(',');

/** The panel's own desk comes in the order of its work; everything else by what changed. */
const orderOf = ({ order, state }: { order?: ClueOrder | undefined; state?: string | undefined }): ClueOrder => order ?? (state === PANEL_STATES ? 'priority' : 'newest');

function useColumns(ranked: boolean): TableColumnsType<ClueRow> {
  const { t, language } = useSpeech();
  return [
    ...(ranked ? [{ title: <Tooltip title={t(TEXT.rankWhy)}><span>{t(TEXT.rank)}</span></Tooltip>, key: 'rank', width: 72, className: 'num', render: (_: unknown, clue: ClueRow) => clue.priority.toFixed(1) }] : []),
    { title: t(TEXT.tier), key: 'tier', width: 118, render: (_, clue) => <TierTag tier={clue.tier} /> },
    { title: t(TEXT.claim), key: 'claim', render: (_, clue) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}><Link to="/clues/$clueId" params={{ clueId: clue.clueId }} style={{ color: 'inherit' }}>{t(clue.sentence)}</Link></Typography.Paragraph> },
    { title: t(TEXT.unit), key: 'unit', width: 230, render: (_, clue) => <>{clue.unitName}<br /><Typography.Text type="secondary">{clue.outfallName ?? clue.outfall ?? '—'}</Typography.Text></> },
    { title: t(TEXT.state), key: 'state', width: 120, render: (_, clue) => <Flex vertical align="start" gap={2}><span>{language === 'zh' ? clue.stateZh : clue.stateEn}</span>{clue.provisional && <ProvisionalTag />}</Flex> },
    { title: t(TEXT.period), key: 'from', width: 146, className: 'num', render: (_, clue) => formatTime(msOf(clue.periodFrom)) },
    { title: t(TEXT.until), key: 'to', width: 146, className: 'num', render: (_, clue) => formatTime(msOf(clue.periodTo)) },
    { title: t(TEXT.changed), key: 'changed', width: 146, className: 'num', render: (_, clue) => formatTime(msOf(clue.changedAt)) },
  ];
}

function Filters() {
  const { t } = useSpeech();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/clues' });
  const counts = useQuery({ queryKey: ['clue-counts'], queryFn: () => ask('GET /api/review/counts') });
  const words = useTierWords();
  const states = Object.entries(counts.data?.states ?? {});
  const numbers = counts.data?.counts ?? {};
  const total = (view: string) => viewOf(view).states.reduce((sum, state) => sum + (numbers[state] ?? 0), 0);
  return (
    <Flex wrap gap={8} style={{ marginBottom: 10 }}>
      <Segmented
        value={VIEWS.find((view) => view.states.join(',') === (search.state ?? ''))?.key ?? ''}
        options={VIEWS.map((view) => ({ value: view.key, label: `${t(view)} ${counts.data && view.states.length > 0 ? total(view.key) : ''}` }))}
        onChange={(key) => { const states = viewOf(key).states.join(','); void navigate({ search: ({ state: _gone, ...rest }) => (states === '' ? rest : { ...rest, state: states }) }); }}
      />
      <Select
        aria-label={t(TEXT.state)} style={{ width: 170 }} allowClear placeholder={t(TEXT.anyState)} value={search.state?.includes(',') ? null : (search.state ?? null)}
        options={states.map(([value, words]) => ({ value, label: `${t(words)} ${numbers[value] ?? 0}` }))}
        onChange={(state: string | undefined) => void navigate({ search: ({ state: _gone, ...rest }) => (state ? { ...rest, state } : rest) })}
      />
      <Select<Tier>
        aria-label={t(TEXT.tier)} style={{ width: 150 }} allowClear placeholder={t(TEXT.all)} value={search.tier ?? null}
        options={(Object.keys(TIERS) as Tier[]).map((tier) => ({ value: tier, label: `${TIERS[tier].shape} ${t(words(tier))}` }))}
        onChange={(tier: Tier | undefined) => void navigate({ search: ({ tier: _gone, ...rest }) => (tier ? { ...rest, tier } : rest) })}
      />
      <Select<ClueOrder>
        aria-label={t(TEXT.order)} style={{ width: 190 }} value={orderOf(search)}
        options={(['priority', 'newest'] as const).map((value) => ({ value, label: t(TEXT[value]) }))}
        onChange={(order) => void navigate({ search: (rest) => ({ ...rest, order }) })}
      />
    </Flex>
  );
}

/** Clues in a dense list; the filters are the address. */
export function CluePoolPage() {
  const { t } = useSpeech();
  const search = route.useSearch();
  const navigate = useNavigate();
  const order = orderOf(search);
  const columns = useColumns(order === 'priority');
  const query = useInfiniteQuery({
    queryKey: ['clues', search, order],
    queryFn: ({ pageParam }) => call('GET /api/review/clues', { query: { ...search, order, limit: 60, ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: 15_000,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = useCallback((clue: ClueRow) => void navigate({ to: '/clues/$clueId', params: { clueId: clue.clueId } }), [navigate]);
  const keys = useListKeys(items, open);
  return (
    <>
      <PageTitle extra={<Flex wrap gap={12} align="center"><Typography.Text type="secondary">{t(TEXT.keys)}</Typography.Text><EnterPatrol /></Flex>}>{t(TEXT.title)}</PageTitle>
      <Filters />
      <Loaded query={query}>
        {() => (
          <>
            <Table<ClueRow>
              size="small" rowKey="clueId" pagination={false} dataSource={items} columns={columns} scroll={{ x: 980 }} sticky
              rowClassName={keys.rowClass} onRow={keys.onRow} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }}
            />
            {query.hasNextPage && <Button block style={{ marginTop: 8 }} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t(TEXT.more)}</Button>}
          </>
        )}
      </Loaded>
    </>
  );
}
