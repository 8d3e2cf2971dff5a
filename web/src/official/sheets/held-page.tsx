import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Empty, Flex, Input, Popover, Segmented, Table, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { TierTag } from '../parts/tags.tsx';
import { SheetTabs } from './sheet-tabs.tsx';

type HeldRow = Routes['GET /api/supervision/held']['response']['items'][number];

const TEXT = {
  title: { zh: '暂缓未发', en: 'Held back' },
  open: { zh: '暂缓中', en: 'Held' },
  all: { zh: '全部', en: 'All' },
  tier: { zh: '级别', en: 'Tier' },
  claim: { zh: '情况', en: 'Matter' },
  unit: { zh: '单位 · 排放口', en: 'Unit · outfall' },
  reason: { zh: '理由和依据', en: 'Reason and basis' },
  until: { zh: '发出时间', en: 'Sent at' },
  held: { zh: '暂缓于', en: 'Held at' },
  act: { zh: '处理', en: 'Act' },
  send: { zh: '立即发出', en: 'Send now' },
  tell: { zh: '告知执法部门', en: 'Tell enforcement' },
  note: { zh: '疑似造假或设备不正常运行的依据', en: 'What speaks for falsification' },
  empty: { zh: '没有暂缓的通知', en: 'Nothing is held back' },
  grows: { zh: '情况加重时', en: 'when it grows' },
} as const satisfies Record<string, Text>;

const ENDS = {
  HELD: { zh: '暂缓中', en: 'held' }, SENT: { zh: '已发出', en: 'sent' }, JOINED: { zh: '并入在办督办单', en: 'joined a running sheet' }, CLEARED: { zh: '已排除', en: 'cleared' },
  PANEL: { zh: '转研判', en: 'with the panel' }, REPORTED: { zh: '已告知执法部门', en: 'enforcement told' }, SUPERSEDED: { zh: '理由已更新', en: 'other reason now' },
} as const satisfies Record<HeldRow['state'], Text>;

function Acts({ row }: { row: HeldRow }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const [note, setNote] = useState('');
  const params = { heldId: row.heldId };
  const send = useAct(t(TEXT.send), () => call('POST /api/supervision/held/:heldId/send', { params }));
  const tell = useAct(t(TEXT.tell), () => call('POST /api/supervision/held/:heldId/tell-enforcement', { params, body: { note } }));
  if (row.state !== 'HELD') return row.sheetId === null ? <>{t(ENDS[row.state])}</> : <Link to="/sheets/$sheetId" params={{ sheetId: row.sheetId }}>{t(ENDS[row.state])}</Link>;
  const may = (action: string) => me?.actions.includes(action) ?? false;
  const form = (
    <Flex vertical gap={8} style={{ width: 280 }}>
      <label>{t(TEXT.note)}<Input.TextArea rows={3} maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} /></label>
      <Button type="primary" loading={tell.isPending} onClick={() => tell.mutate(undefined)}>{t(TEXT.tell)}</Button>
      {tell.isError && <ProblemAlert error={tell.error} />}
    </Flex>
  );
  return (
    <Flex vertical gap={6}>
      {row.mayTell && may('supervision.tell-enforcement') && <Popover trigger="click" content={form}><Button size="small" type="primary">{t(TEXT.tell)}</Button></Popover>}
      {row.maySend && may('supervision.send-held') && <Button size="small" loading={send.isPending} onClick={() => send.mutate(undefined)}>{t(TEXT.send)}</Button>}
      {send.isError && <ProblemAlert error={send.error} />}
    </Flex>
  );
}

/** Everything the platform saw and did not tell the unit (yet), with the reason; control staff may decide otherwise. */
export function HeldPage() {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  const query = useQuery({ queryKey: ['held', all], refetchInterval: 15_000, queryFn: () => call('GET /api/supervision/held', { query: { limit: 200, ...(all ? {} : { open: 'true' as const }) } }) });
  const columns: TableColumnsType<HeldRow> = [
    { title: t(TEXT.tier), key: 'tier', width: 118, render: (_, row) => <TierTag tier={row.tier} /> },
    { title: t(TEXT.claim), key: 'claim', render: (_, row) => <Link to="/clues/$clueId" params={{ clueId: row.clueId }}>{t(row.sentence)}</Link> },
    { title: t(TEXT.unit), key: 'unit', width: 220, render: (_, row) => <><Link to="/units/$unitId/file" params={{ unitId: row.unitId }}>{row.unitName}</Link><br /><Typography.Text type="secondary">{row.outfallName}</Typography.Text></> },
    { title: t(TEXT.reason), key: 'reason', width: 260, render: (_, row) => <>{t(row.reasonText)}<br /><Typography.Text type="secondary">{row.basis}</Typography.Text></> },
    { title: t(TEXT.held), key: 'held', width: 146, className: 'num', render: (_, row) => formatTime(msOf(row.heldAt)) },
    { title: t(TEXT.until), key: 'until', width: 146, className: 'num', render: (_, row) => (row.until === null ? t(TEXT.grows) : formatTime(msOf(row.until))) },
    { title: t(TEXT.act), key: 'act', width: 150, render: (_, row) => <Acts row={row} /> },
  ];
  return (
    <>
      <PageTitle extra={<Flex gap={8} wrap><SheetTabs at="/sheets/held" /><Segmented value={all ? 'all' : 'open'} options={[{ value: 'open', label: t(TEXT.open) }, { value: 'all', label: t(TEXT.all) }]} onChange={(value) => setAll(value === 'all')} /></Flex>}>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>{({ items }) => <Table<HeldRow> size="small" rowKey="heldId" pagination={false} dataSource={items} columns={columns} scroll={{ x: 1100 }} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }} />}</Loaded>
    </>
  );
}
