import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Flex, Segmented, Select, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { useTierWords } from '../../shared/supervision/tier-words.ts';
import { formatTime, TIERS, type Tier } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import type { Column } from '../list/columns.ts';
import { useNextClock } from '../list/next-clock.tsx';
import { ListTable } from '../list/list-table.tsx';
import { ProvisionalTag, TierTag } from '../parts/tags.tsx';
import { ask, type ClueRow } from '../shapes.ts';
import { EnterPatrol } from './patrol-form.tsx';
import { orderOf, usePool } from './pool.ts';
import { VIEWS, viewOf, type ClueOrder } from './views.ts';
import { inShort } from '../../shared/told/in-short.ts';

const TEXT = {
  title: { zh: '线索池', en: 'Clue pool' },
  all: { zh: '全部级别', en: 'All tiers' },
  tier: { zh: '级别', en: 'Tier' },
  state: { zh: '状态', en: 'State' },
  anyState: { zh: '全部状态', en: 'Any state' },
  claim: { zh: '线索', en: 'Claim' },
  unit: { zh: '单位 · 排放口', en: 'Unit · outfall' },
  period: { zh: '起止', en: 'From – to' },
  changed: { zh: '更新', en: 'Changed' },
  order: { zh: '排列', en: 'Order' },
  newest: { zh: '最近更新在前', en: 'Newest change first' },
  urgent: { zh: '最紧急在前', en: 'Most pressing first' },
  priority: { zh: '研判先后', en: 'Harm × certainty ÷ effort' },
  rank: { zh: '先后', en: 'Rank' },
  rankWhy: { zh: '预期危害（级别、污染物、天数）× 确定性（相互印证的来源）÷ 查清所需工时；只用于排列先后', en: 'Expected harm (tier, pollutant, days) × certainty (sources that agree) ÷ hours to settle it; an order, nothing more' },
  id: { zh: '编号', en: 'Id' },
  empty: { zh: '没有符合条件的线索', en: 'No clue fits these filters' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/clues');

function useColumns(ranked: boolean, rows: readonly ClueRow[]): readonly Column<ClueRow>[] {
  const { t, language } = useSpeech();
  const words = useTierWords();
  const search = route.useSearch();
  const clock = useNextClock('clue', rows, (clue) => clue.clueId, (clue) => [clue.unitId, clue.unitName]);
  return [
    ...(ranked ? [{ key: 'rank', title: t(TEXT.rank), hint: t(TEXT.rankWhy), width: 72, num: true, text: (clue: ClueRow) => clue.priority, render: (clue: ClueRow) => clue.priority.toFixed(1) }] : []),
    { key: 'tier', title: t(TEXT.tier), width: language === 'zh' ? 118 : 152, text: (clue) => t(words(clue.tier)), render: (clue) => <TierTag tier={clue.tier} /> },
    { key: 'claim', title: t(TEXT.claim), width: 300, text: (clue) => t(clue.sentence), render: (clue) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}><Link to="/clues/$clueId" params={{ clueId: clue.clueId }} search={search} style={{ color: 'inherit' }}>{t(inShort(clue.sentence))}</Link></Typography.Paragraph> },
    { key: 'unit', title: t(TEXT.unit), width: 216, text: (clue) => [clue.unitName, clue.outfallName ?? clue.outfall].filter(Boolean).join(' · '), render: (clue) => <>{clue.unitName}<br /><Typography.Text type="secondary">{clue.outfallName ?? clue.outfall ?? '—'}</Typography.Text></> },
    { key: 'state', title: t(TEXT.state), width: 120, text: (clue) => (language === 'zh' ? clue.stateZh : clue.stateEn), render: (clue) => <Flex vertical align="start" gap={2}><span>{language === 'zh' ? clue.stateZh : clue.stateEn}</span>{clue.provisional && <ProvisionalTag />}</Flex> },
    clock,
    { key: 'period', title: t(TEXT.period), width: 150, num: true, text: (clue) => `${formatTime(msOf(clue.periodFrom))} – ${formatTime(msOf(clue.periodTo))}`, render: (clue) => <>{formatTime(msOf(clue.periodFrom))}<br />– {formatTime(msOf(clue.periodTo))}</> },
    { key: 'changed', title: t(TEXT.changed), width: 146, num: true, text: (clue) => formatTime(msOf(clue.changedAt)) },
    { key: 'id', title: t(TEXT.id), width: 200, away: true, text: (clue) => clue.clueId },
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
    <Flex wrap gap={8}>
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
        options={(['urgent', 'priority', 'newest'] as const).map((value) => ({ value, label: t(TEXT[value]) }))}
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
  const list = usePool(search, 15_000);
  const columns = useColumns(orderOf(search) === 'priority', list.rows);
  const open = (clue: ClueRow) => void navigate({ to: '/clues/$clueId', params: { clueId: clue.clueId }, search });
  return (
    <>
      <PageTitle extra={<EnterPatrol />}>{t(TEXT.title)}</PageTitle>
      <ListTable<ClueRow> name="clues" title={t(TEXT.title)} list={list} rowKey={(clue) => clue.clueId} columns={columns} open={open} empty={t(TEXT.empty)} filters={<Filters />} />
    </>
  );
}
