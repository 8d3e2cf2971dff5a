import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Empty, Flex, Input, Popover, Segmented, Table, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { SheetTabs } from './sheet-tabs.tsx';

type Hint = Routes['GET /api/supervision/risk-hints']['response']['items'][number];

const TEXT = {
  title: { zh: '同行业风险提示', en: 'Risks that recur in a trade' },
  open: { zh: '待决定', en: 'To decide' },
  all: { zh: '全部', en: 'All' },
  risk: { zh: '风险', en: 'Risk' },
  found: { zh: '已核实的单位', en: 'Found true at' },
  to: { zh: '提示给谁', en: 'Told to' },
  count: { zh: '{n} 家：', en: '{n}: ' },
  words: { zh: '单位看到的内容', en: 'What the unit reads' },
  at: { zh: '产生', en: 'Offered' },
  act: { zh: '处理', en: 'Act' },
  send: { zh: '发送', en: 'Send' },
  decline: { zh: '不发送', en: 'Do not send' },
  reason: { zh: '不发送的理由', en: 'Why not' },
  empty: { zh: '没有在同行业反复出现、待提示的风险', en: 'No risk recurs in a trade' },
} as const satisfies Record<string, Text>;

const SHOWN = 8;

function Names({ units }: { units: Hint['to'] }) {
  return (
    <>
      {units.slice(0, SHOWN).map((unit, i) => <span key={unit.unitId}>{i > 0 && '、'}<Link to="/units/$unitId" params={{ unitId: unit.unitId }}>{unit.name}</Link></span>)}
      {units.length > SHOWN && <Popover content={<div style={{ maxWidth: 420 }}>{units.slice(SHOWN).map((unit) => unit.name).join('、')}</div>}><Button type="link" size="small">… +{units.length - SHOWN}</Button></Popover>}
    </>
  );
}

function Acts({ hint }: { hint: Hint }) {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const params = { hintId: hint.hintId };
  const send = useAct(t(TEXT.send), () => call('POST /api/supervision/risk-hints/:hintId/sending', { params }));
  const decline = useAct(t(TEXT.decline), () => call('POST /api/supervision/risk-hints/:hintId/declination', { params, body: { reason } }));
  if (!hint.maySettle) return <>{t(hint.stateText)}{hint.settledAt !== null && <div className="num">{formatTime(msOf(hint.settledAt))}</div>}{hint.note !== null && <div>{hint.note}</div>}</>;
  const form = (
    <Flex vertical gap={8} style={{ width: 280 }}>
      <label>{t(TEXT.reason)}<Input.TextArea rows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} /></label>
      <Button loading={decline.isPending} onClick={() => decline.mutate(undefined)}>{t(TEXT.decline)}</Button>
      {decline.isError && <ProblemAlert error={decline.error} />}
    </Flex>
  );
  return (
    <Flex vertical gap={6}>
      <Button size="small" type="primary" loading={send.isPending} onClick={() => send.mutate(undefined)}>{t(TEXT.send)}</Button>
      <Popover trigger="click" content={form}><Button size="small">{t(TEXT.decline)}</Button></Popover>
      {send.isError && <ProblemAlert error={send.error} />}
    </Flex>
  );
}

/** What was found true at several units of a trade: control staff see whom it would be pointed out to, and send it or not. */
export function HintsPage() {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  const query = useQuery({ queryKey: ['risk-hints', all], refetchInterval: 30_000, queryFn: () => call('GET /api/supervision/risk-hints', { query: { limit: 200, ...(all ? {} : { open: 'true' as const }) } }) });
  const columns: TableColumnsType<Hint> = [
    { title: t(TEXT.risk), key: 'risk', width: 200, render: (_, hint) => <><Link to="/models/$modelId" params={{ modelId: hint.model }}>{hint.model} {t(hint.modelTitle)}</Link><br /><Typography.Text type="secondary">{t(hint.trade)} · {hint.basis}</Typography.Text></> },
    { title: t(TEXT.found), key: 'found', width: 220, render: (_, hint) => <Names units={hint.found} /> },
    { title: t(TEXT.words), key: 'words', render: (_, hint) => <><strong>{t(hint.title)}</strong><div>{t(hint.text)}</div></> },
    { title: t(TEXT.to), key: 'to', width: 240, render: (_, hint) => <>{t(TEXT.count, { n: hint.to.length })}<Names units={hint.to} /></> },
    { title: t(TEXT.at), key: 'at', width: 146, className: 'num', render: (_, hint) => formatTime(msOf(hint.offeredAt)) },
    { title: t(TEXT.act), key: 'act', width: 130, render: (_, hint) => <Acts hint={hint} /> },
  ];
  return (
    <>
      <PageTitle extra={<Flex gap={8} wrap><SheetTabs at="/sheets/hints" /><Segmented value={all ? 'all' : 'open'} options={[{ value: 'open', label: t(TEXT.open) }, { value: 'all', label: t(TEXT.all) }]} onChange={(value) => setAll(value === 'all')} /></Flex>}>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>{({ items }) => <Table<Hint> size="small" rowKey="hintId" pagination={false} dataSource={items} columns={columns} scroll={{ x: 1200 }} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }} />}</Loaded>
    </>
  );
}
