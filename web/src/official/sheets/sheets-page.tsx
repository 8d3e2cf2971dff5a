import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Empty, Flex, Segmented, Table, Typography, type TableColumnsType } from 'antd';
import { useCallback } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf, useNow } from '../../shared/moment.ts';
import { Due } from '../parts/due.tsx';
import { ProvisionalTag, TierTag } from '../parts/tags.tsx';
import { useListKeys } from '../parts/use-list-keys.ts';
import type { SheetRow } from '../shapes.ts';
import { CLOCK_STARTS, MESSAGE_STATES, RUNGS } from '../../shared/supervision/words.ts';
import { SheetTabs } from './sheet-tabs.tsx';

const TEXT = {
  title: { zh: '电子督办', en: 'E-supervision' },
  open: { zh: '办理中', en: 'Open' },
  all: { zh: '全部', en: 'All' },
  tier: { zh: '级别', en: 'Tier' },
  state: { zh: '状态', en: 'State' },
  claim: { zh: '督办事项', en: 'Matter' },
  unit: { zh: '单位 · 排放口', en: 'Unit · outfall' },
  due: { zh: '反馈期限', en: 'Answer due' },
  way: { zh: '渠道 · 阶梯', en: 'Channels · rung' },
  delivered: { zh: '送达', en: 'Delivered' },
  no: { zh: '文号', en: 'Number' },
  empty: { zh: '没有督办单', en: 'No sheets' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/sheets');

/** Which channels reached for the unit, the rung its failure took, and what held the notice back. */
function Way({ sheet }: { sheet: SheetRow }) {
  const { t } = useSpeech();
  return (
    <>
      {sheet.channels.map((one) => <div key={one.text.zh}>{t(one.text)} {t(MESSAGE_STATES[one.state])}</div>)}
      {sheet.rung !== null && <div><strong>→ {t(RUNGS[sheet.rung])}</strong></div>}
      {sheet.heldFor.map((one) => <div key={one.zh}><Typography.Text type="secondary">◌ {t(one)}</Typography.Text></div>)}
    </>
  );
}

/** Reminders and warnings sent to units, with the term for their answer. */
export function SheetsPage() {
  const { t, language } = useSpeech();
  const now = useNow();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/sheets' });
  const all = search.open === 'false';
  const query = useQuery({
    queryKey: ['sheets', all], refetchInterval: 15_000,
    queryFn: () => call('GET /api/supervision/sheets', { query: { limit: 200, ...(all ? {} : { open: 'true' as const }) } }),
  });
  const items = query.data?.items ?? [];
  const open = useCallback((sheet: SheetRow) => void navigate({ to: '/sheets/$sheetId', params: { sheetId: sheet.sheetId } }), [navigate]);
  const keys = useListKeys(items, open);
  const columns: TableColumnsType<SheetRow> = [
    { title: t(TEXT.tier), key: 'tier', width: 118, render: (_, sheet) => <TierTag tier={sheet.tier} /> },
    { title: t(TEXT.claim), key: 'claim', render: (_, sheet) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}>{t(sheet.sentence)}</Typography.Paragraph> },
    { title: t(TEXT.unit), key: 'unit', width: 230, render: (_, sheet) => <><Link to="/units/$unitId/file" params={{ unitId: sheet.unitId }}>{sheet.unitName}</Link><br /><Typography.Text type="secondary">{sheet.outfallName}</Typography.Text></> },
    { title: t(TEXT.state), key: 'state', width: 130, render: (_, sheet) => <>{language === 'zh' ? sheet.stateZh : sheet.stateEn} {sheet.provisional && <ProvisionalTag />}</> },
    { title: t(TEXT.due), key: 'due', width: 130, className: 'num', render: (_, sheet) => { const due = msOf(sheet.feedbackDue); return <>{due === null || !sheet.open ? '—' : <Due dueAt={due} state="OPEN" overdue={due < now && sheet.state !== 'FEEDBACK_RECEIVED'} />}<br /><Typography.Text type="secondary">{t(CLOCK_STARTS[sheet.clockStart], { n: sheet.clockHours })}</Typography.Text></>; } },
    { title: t(TEXT.way), key: 'way', width: 200, render: (_, sheet) => <Way sheet={sheet} /> },
    { title: t(TEXT.delivered), key: 'delivered', width: 146, className: 'num', render: (_, sheet) => formatTime(msOf(sheet.deliveredAt)) },
    { title: t(TEXT.no), key: 'no', width: 190, render: (_, sheet) => sheet.documentNo ?? '—' },
  ];
  return (
    <>
      <PageTitle extra={<Flex gap={8} wrap><SheetTabs at="/sheets" /><Segmented value={all ? 'false' : 'true'} options={[{ value: 'true', label: t(TEXT.open) }, { value: 'false', label: t(TEXT.all) }]} onChange={(value) => void navigate({ search: value === 'false' ? { open: 'false' } : {} })} /></Flex>}>
        {t(TEXT.title)}
      </PageTitle>
      <Loaded query={query}>
        {() => <Table<SheetRow> size="small" rowKey="sheetId" pagination={false} dataSource={items} columns={columns} scroll={{ x: 1200 }} sticky
          rowClassName={keys.rowClass} onRow={keys.onRow} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }} />}
      </Loaded>
    </>
  );
}
