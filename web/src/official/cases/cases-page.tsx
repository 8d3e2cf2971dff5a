import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Empty, Flex, Segmented, Table, type TableColumnsType } from 'antd';
import { useCallback } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { formatMoney } from '../parts/money.ts';
import { useListKeys } from '../parts/use-list-keys.ts';
import { ask, type CaseRow } from '../shapes.ts';
import { STAGES, stageOf } from './stages.ts';

const TEXT = {
  title: { zh: '案件', en: 'Cases' },
  open: { zh: '办理中', en: 'Open' },
  all: { zh: '全部', en: 'All' },
  no: { zh: '案号', en: 'Number' },
  unit: { zh: '当事人', en: 'Party' },
  cause: { zh: '案由', en: 'Cause' },
  state: { zh: '阶段 · 状态', en: 'Stage · state' },
  amount: { zh: '罚款', en: 'Fine' },
  received: { zh: '移送', en: 'Received' },
  filed: { zh: '立案', en: 'Filed' },
  changed: { zh: '更新', en: 'Changed' },
  replay: { zh: '裁量基准推演', en: 'Replay under a changed table' },
  empty: { zh: '没有案件', en: 'No cases' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/cases');

/** Cases of the authority, newest change first. */
export function CasesPage() {
  const { t, language } = useSpeech();
  const { data: me } = useMe();
  const navigate = useNavigate({ from: '/cases' });
  const all = route.useSearch().open === 'false';
  const query = useQuery({ queryKey: ['cases', all], queryFn: () => ask('GET /api/cases', { query: { limit: 200, ...(all ? {} : { open: 'true' as const }) } }), refetchInterval: 15_000 });
  const items = query.data?.items ?? [];
  const open = useCallback((row: CaseRow) => void navigate({ to: '/cases/$caseId', params: { caseId: row.caseId } }), [navigate]);
  const keys = useListKeys(items, open);
  const columns: TableColumnsType<CaseRow> = [
    { title: t(TEXT.no), dataIndex: 'caseNo', width: 210 },
    { title: t(TEXT.unit), dataIndex: 'unitName', width: 220 },
    { title: t(TEXT.cause), key: 'cause', render: (_, row) => (language === 'zh' ? row.cause : row.causeEn) ?? '—' },
    { title: t(TEXT.state), key: 'state', width: 210, render: (_, row) => { const stage = STAGES[stageOf(row.mainState)]; return `${stage ? t(stage) : ''} · ${language === 'zh' ? row.stateZh : row.stateEn}`; } },
    { title: t(TEXT.amount), key: 'amount', width: 120, className: 'num', render: (_, row) => formatMoney(row.amount) },
    { title: t(TEXT.received), key: 'received', width: 146, className: 'num', render: (_, row) => formatTime(row.handedOverAt) },
    { title: t(TEXT.filed), key: 'filed', width: 146, className: 'num', render: (_, row) => formatTime(row.filedAt) },
    { title: t(TEXT.changed), key: 'changed', width: 146, className: 'num', render: (_, row) => formatTime(row.changedAt) },
  ];
  return (
    <>
      <PageTitle extra={<Flex gap={12} align="center">{me?.actions.includes('discretion.replay') && <Link to="/discretion">{t(TEXT.replay)}</Link>}<Segmented value={all ? 'false' : 'true'} options={[{ value: 'true', label: t(TEXT.open) }, { value: 'false', label: t(TEXT.all) }]} onChange={(value) => void navigate({ search: value === 'false' ? { open: 'false' } : {} })} /></Flex>}>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>
        {() => <Table<CaseRow> size="small" rowKey="caseId" pagination={false} dataSource={items} columns={columns} scroll={{ x: 1150 }} sticky
          rowClassName={keys.rowClass} onRow={keys.onRow} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }} />}
      </Loaded>
    </>
  );
}
