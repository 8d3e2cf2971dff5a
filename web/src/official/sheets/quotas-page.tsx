import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Card, Flex, Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf, useNow } from '../../shared/moment.ts';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatDay, formatTime } from '../../shared/tiers.ts';
import { ServiceCard } from '../cases/service/service-card.tsx';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { SureButton } from '../parts/sure-button.tsx';
import { SheetTabs } from './sheet-tabs.tsx';

type QuotaRow = Routes['GET /api/supervision/quotas']['response']['items'][number];

const TEXT = {
  title: { zh: '许可排放量预警', en: 'Permitted quantities' },
  unit: { zh: '单位', en: 'Unit' },
  amount: { zh: '排放口 · 因子 · 期间', en: 'Outfall · factor · period' },
  used: { zh: '预警时：已排放 / 许可', en: 'When warned: used / permitted' },
  account: { zh: '现在的核算', en: 'Account now' },
  reckon: { zh: '按现在的数据核算', en: 'Reckon by the data of now' },
  measured: { zh: '实测 {used} / 许可 {permitted}，占 {share}', en: 'Measured {used} of {permitted} permitted, {share}' },
  over: { zh: '实测已达到许可量', en: 'What was measured reaches the permitted amount' },
  notOver: { zh: '实测没有达到许可量', en: 'What was measured is below the permitted amount' },
  standIn: { zh: '另有缺失、无效小时的替代值 {standIn}，不据以认定', en: 'Besides, {standIn} stands in for missing and invalid hours; nothing is found by it' },
  until: { zh: '数据截至 {until}，以现在所知为准', en: 'Data until {until}, as known now' },
  noAccount: { zh: '登记表中已没有这一许可量', en: 'The register names no such amount any more' },
  state: { zh: '状态', en: 'State' },
  at: { zh: '预警时间', en: 'Told at' },
  paper: { zh: '预警单', en: 'Paper' },
  service: { zh: '送达', en: 'Service' },
  act: { zh: '确认', en: 'Confirm' },
  note: { zh: '核对情况', en: 'What was checked' },
  holds: { zh: '属实', en: 'True' },
  not: { zh: '不属实', en: 'Untrue' },
  holdsAbout: { zh: '确认{unit} {outfall} {factor} {period}的预警属实，记入预警单和月报。', en: 'The warning of {unit}, {outfall}, {factor}, {period} is confirmed as true; it goes into the paper and the monthly report.' },
  notAbout: { zh: '确认{unit} {outfall} {factor} {period}的预警不属实，记入预警单。', en: 'The warning of {unit}, {outfall}, {factor}, {period} is confirmed as untrue; it is noted with the paper.' },
  makeAbout: { zh: '形成 {month} 超许可量月报，编号后送执法部门。', en: 'The report for {month} is numbered and goes to enforcement.' },
  report: { zh: '超许可量月报', en: 'Monthly report' },
  month: { zh: '月份（YYYY-MM）', en: 'Month (YYYY-MM)' },
  make: { zh: '形成月报并送执法部门', en: 'Make and send to enforcement' },
  empty: { zh: '没有预警', en: 'No warnings' },
} as const satisfies Record<string, Text>;

function Confirm({ row }: { row: QuotaRow }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const [note, setNote] = useState('');
  const words = { unit: row.unitName, outfall: row.outfallName, factor: row.factorName, period: row.period };
  const confirm = (holds: boolean) => () => call('POST /api/supervision/quotas/:quotaId/confirmation', { params: { quotaId: row.quotaId }, body: { holds, note } });
  // A yes may be taken back until it is reported.
  if (!['TO_CONFIRM', 'CONFIRMED'].includes(row.state) || !(me?.actions.includes('supervision.confirm-quota') ?? false)) return <>{row.note ?? '—'}</>;
  return (
    <Flex vertical gap={6}>
      {row.note !== null && <span>{row.note}</span>}
      <Input.TextArea aria-label={t(TEXT.note)} placeholder={t(TEXT.note)} rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
      <Flex gap={6}>
        {row.state === 'TO_CONFIRM' && <SureButton size="small" type="primary" title={TEXT.holds} about={t(TEXT.holdsAbout, words)} send={confirm(true)} />}
        <SureButton size="small" title={TEXT.not} about={t(TEXT.notAbout, words)} send={confirm(false)} />
      </Flex>
    </Flex>
  );
}

function Report() {
  const { t } = useSpeech();
  const now = useNow();
  const { data: me } = useMe();
  const [month, setMonth] = useState(() => formatDay(Date.parse(`${formatDay(now).slice(0, 7)}-01T00:00:00+08:00`) - 1).slice(0, 7));
  if (!(me?.actions.includes('supervision.report-quota') ?? false)) return null;
  return (
    <Flex gap={8} wrap align="center">
      <Input aria-label={t(TEXT.month)} style={{ width: 120 }} value={month} onChange={(event) => setMonth(event.target.value)} />
      <SureButton title={TEXT.make} about={t(TEXT.makeAbout, { month })} send={() => call('POST /api/supervision/quota-reports', { body: { month } })} />
    </Flex>
  );
}

function Reports() {
  const { t } = useSpeech();
  const list = usePages(['quota-reports'], (at) => call('GET /api/supervision/quota-reports', { query: at }));
  return (
    <Card size="small" title={t(TEXT.report)} extra={<Report />} style={{ marginTop: 12 }}>
      {list.rows.map((one) => <Flex gap={8} wrap key={one.reportId}><span>{one.month}</span><a href={`/api/documents/${one.documentId}/file`} target="_blank" rel="noreferrer">{one.documentNo}</a><Typography.Text type="secondary">{formatTime(msOf(one.at))}</Typography.Text></Flex>)}
      <More list={list} />
    </Card>
  );
}

/** The account as the confirmation and the monthly report take it; a year of hours is read for it, so only where a person has to answer, or wants it. */
function Account({ row }: { row: QuotaRow }) {
  const { t } = useSpeech();
  const [wanted, want] = useState(['TO_CONFIRM', 'CONFIRMED'].includes(row.state));
  const query = useQuery({
    queryKey: ['quota-account', row.quotaId, row.state], enabled: wanted,
    queryFn: () => call('GET /api/supervision/quotas/:quotaId/account', { params: { quotaId: row.quotaId } }),
  });
  if (!wanted) return <Button size="small" aria-label={`${t(TEXT.reckon)} ${row.documentNo}`} onClick={() => want(true)}>{t(TEXT.reckon)}</Button>;
  return (
    <Loaded query={query}>
      {(account) => {
        if (account === null) return <>{t(TEXT.noAccount)}</>;
        const { over, ...figures } = account;
        return (
          <Flex vertical>
            <span>{t(TEXT.measured, figures)}</span>
            <strong>{t(over ? TEXT.over : TEXT.notOver)}</strong>
            <Typography.Text type="secondary">{t(TEXT.standIn, figures)}</Typography.Text>
            <Typography.Text type="secondary">{t(TEXT.until, figures)}</Typography.Text>
          </Flex>
        );
      }}
    </Loaded>
  );
}

/** Where permitted amounts stand: warned at the region's ratio, over-quantities confirmed and reported by the month. */
export function QuotasPage() {
  const { t } = useSpeech();
  const list = usePages(['quotas'], (at) => call('GET /api/supervision/quotas', { query: at }), 30_000);
  const [served, setServed] = useState<QuotaRow>();
  const columns: readonly Column<QuotaRow>[] = [
    { key: 'unit', title: t(TEXT.unit), width: 150, text: (row) => row.unitName, render: (row) => <Link to="/units/$unitId/file" params={{ unitId: row.unitId }}>{row.unitName}</Link> },
    { key: 'amount', title: t(TEXT.amount), width: 200, text: (row) => `${row.outfallName} · ${row.factorName} · ${row.period}`, render: (row) => <><div><Link to="/outfalls/$outfall" params={{ outfall: row.outfall }}>{row.outfallName}</Link></div>{row.factorName} · {row.period}</> },
    { key: 'used', title: t(TEXT.used), width: 150, num: true, text: (row) => `${row.used} / ${row.permitted} (${row.share})`, render: (row) => <>{row.used} / {row.permitted}<br /><strong>{row.share}</strong></> },
    { key: 'account', title: t(TEXT.account), width: 260, render: (row) => <Account row={row} /> },
    { key: 'state', title: t(TEXT.state), width: 110, text: (row) => t(row.stateText) },
    { key: 'at', title: t(TEXT.at), width: 146, num: true, text: (row) => formatTime(msOf(row.createdAt)) },
    { key: 'paper', title: t(TEXT.paper), width: 130, text: (row) => row.documentNo, render: (row) => <><a href={`/api/documents/${row.documentId}/file`} target="_blank" rel="noreferrer">{row.documentNo}</a> <Button size="small" aria-label={`${t(TEXT.service)} ${row.documentNo}`} onClick={() => setServed(row)}>{t(TEXT.service)}</Button></> },
    { key: 'act', title: t(TEXT.act), width: 230, text: (row) => row.note, render: (row) => <Confirm row={row} /> },
  ];
  return (
    <>
      <PageTitle extra={<SheetTabs at="/sheets/quotas" />}>{t(TEXT.title)}</PageTitle>
      <ListTable<QuotaRow> name="quotas" title={t(TEXT.title)} list={list} rowKey={(row) => row.quotaId} columns={columns} empty={t(TEXT.empty)} />
      <Reports />
      <Modal open={served !== undefined} title={served?.documentNo} footer={null} onCancel={() => setServed(undefined)}>
        {served !== undefined && <ServiceCard subjectId={served.quotaId} stamp={Date.parse(served.createdAt)} />}
      </Modal>
    </>
  );
}
