import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Flex, Input, Popover, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { OpenOrAll } from '../list/open-or-all.tsx';
import { usePages } from '../../shared/pages.tsx';
import { useAct } from '../parts/act.tsx';
import { SureButton } from '../parts/sure-button.tsx';
import { SheetTabs } from './sheet-tabs.tsx';
import { useArticle } from '../../shared/terms/article.ts';

type Hint = Routes['GET /api/supervision/risk-hints']['response']['items'][number];

const TEXT = {
  title: { zh: '同行业风险提示', en: 'Risks that recur in a trade' },
  open: { zh: '待决定', en: 'To decide' },
  risk: { zh: '风险', en: 'Risk' },
  found: { zh: '已核实的单位', en: 'Found true at' },
  to: { zh: '提示给谁', en: 'Told to' },
  count: { zh: '{n} 家：', en: '{n}: ' },
  words: { zh: '单位看到的内容', en: 'What the unit reads' },
  at: { zh: '产生', en: 'Offered' },
  state: { zh: '状态', en: 'State' },
  act: { zh: '处理', en: 'Act' },
  send: { zh: '发送', en: 'Send' },
  about: { zh: '向 {n} 家单位发出风险提示：{names}。', en: 'The hint goes to {n} units: {names}.' },
  decline: { zh: '不发送', en: 'Do not send' },
  reason: { zh: '不发送的理由', en: 'Why not' },
  empty: { zh: '没有在同行业反复出现、待提示的风险', en: 'No risk recurs in a trade' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/sheets/hints');
const SHOWN = 8;

const namesOf = (units: Hint['to']): string => units.map((unit) => unit.name).join('、');

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
      <SureButton size="small" type="primary" title={TEXT.send} about={t(TEXT.about, { n: hint.to.length, names: namesOf(hint.to) })} send={() => call('POST /api/supervision/risk-hints/:hintId/sending', { params })} />
      <Popover trigger="click" content={form}><Button size="small">{t(TEXT.decline)}</Button></Popover>
    </Flex>
  );
}

/** What was found true at several units of a trade: control staff see whom it would be pointed out to, and send it or not. */
export function HintsPage() {
  const { t } = useSpeech();
  const article = useArticle();
  const all = route.useSearch().open === 'false';
  const list = usePages(['risk-hints', all], (at) => call('GET /api/supervision/risk-hints', { query: { ...at, ...(all ? {} : { open: 'true' as const }) } }), 30_000);
  const columns: readonly Column<Hint>[] = [
    { key: 'risk', title: t(TEXT.risk), width: 200, text: (hint) => `${hint.model} ${t(hint.modelTitle)} · ${t(hint.trade)} · ${article(hint.basis)}`, render: (hint) => <><Link to="/models/$modelId" params={{ modelId: hint.model }}>{hint.model} {t(hint.modelTitle)}</Link><br /><Typography.Text type="secondary">{t(hint.trade)} · {article(hint.basis)}</Typography.Text></> },
    { key: 'found', title: t(TEXT.found), width: 220, text: (hint) => namesOf(hint.found), render: (hint) => <Names units={hint.found} /> },
    { key: 'words', title: t(TEXT.words), width: 320, text: (hint) => `${t(hint.title)} ${t(hint.text)}`, render: (hint) => <><strong>{t(hint.title)}</strong><div>{t(hint.text)}</div></> },
    { key: 'to', title: t(TEXT.to), width: 240, text: (hint) => namesOf(hint.to), render: (hint) => <>{t(TEXT.count, { n: hint.to.length })}<Names units={hint.to} /></> },
    { key: 'at', title: t(TEXT.at), width: 146, num: true, text: (hint) => formatTime(msOf(hint.offeredAt)) },
    { key: 'state', title: t(TEXT.state), width: 110, text: (hint) => t(hint.stateText) },
    { key: 'act', title: t(TEXT.act), width: 130, render: (hint) => <Acts hint={hint} /> },
  ];
  return (
    <>
      <PageTitle extra={<SheetTabs at="/sheets/hints" />}>{t(TEXT.title)}</PageTitle>
      <ListTable<Hint> name="hints" title={t(TEXT.title)} list={list} rowKey={(hint) => hint.hintId} columns={columns} empty={t(TEXT.empty)} filters={<OpenOrAll open={t(TEXT.open)} />} />
    </>
  );
}
