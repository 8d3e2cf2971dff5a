import { useQuery } from '@tanstack/react-query';
import { Button, Collapse, Empty, Popconfirm, Tag } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { DisputeList, type Dispute } from '../../shared/register/dispute-list.tsx';
import { HELD_TITLE, StandardFindings } from '../../shared/register/standard-findings.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { useAct } from '../parts/act.tsx';
import { Panel } from '../parts/panel.tsx';
import { DisputeForm, type Value } from './dispute-form.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '登记参数', en: 'What is registered' },
  intro: { zh: '平台按这些登记值判定您的数据。认为登记有误的，可以对这一项提出异议；采纳后登记值从指定的日期起更换，原值和全部经过都保留。异议本身不停止案件办理。', en: 'Your data are judged by these values. If one is wrong, dispute it: once accepted it changes from a named day on, and what stood before is kept. A dispute does not stop a case by itself.' },
  none: { zh: '未登记', en: 'not registered' },
  judged: { zh: '用于：{what}', en: 'used for: {what}' },
  owner: { zh: '由{who}答复', en: 'answered by: {who}' },
  dispute: { zh: '有异议', en: 'Dispute' },
  open: { zh: '◌ 异议在办', en: '◌ under dispute' },
  mine: { zh: '异议与答复', en: 'Disputes and answers' },
  noDispute: { zh: '没有提出过异议', en: 'Nothing has been disputed' },
  withdraw: { zh: '撤回异议', en: 'Withdraw' },
  sureWithdraw: { zh: '对“{what}”的异议撤回后不再答复，不可恢复；需要时可以重新提出。', en: 'The dispute about “{what}” will not be answered once withdrawn, and cannot be restored; it may be raised anew.' },
  since: { zh: '自 {day} 起', en: 'since {day}' },
} as const satisfies Record<string, Text>;

function ValueItem({ value }: { value: Value }) {
  const { t } = useSpeech();
  const article = useArticle();
  const [asks, ask] = useState(false);
  return (
    <li className="quiet">
      <strong>{t(value)}</strong> <span style={{ fontVariantNumeric: 'tabular-nums' }}>{value.value === '' ? t(TEXT.none) : `${value.value} ${value.measure}`}</span>
      {value.validFrom !== null && <span style={{ fontSize: 13 }}> · {t(TEXT.since, { day: value.validFrom })}</span>}
      <div style={{ fontSize: 13 }}>{t(TEXT.judged, { what: t(value.judged) })}{value.thresholds.map((one) => <span key={one.value}> · {t(one)} {one.value}</span>)}</div>
      <div style={{ fontSize: 12, opacity: 0.85 }}>{article(value.source)} {t(TEXT.owner, { who: t(value.owner) })}</div>
      {value.openDispute !== null ? <Tag>{t(TEXT.open)}</Tag> : asks ? <DisputeForm value={value} done={() => ask(false)} /> : <Button size="small" onClick={() => ask(true)}>{t(TEXT.dispute)}</Button>}
    </li>
  );
}

function Withdraw({ dispute }: { dispute: Dispute }) {
  const { t } = useSpeech();
  const act = useAct(t(TEXT.withdraw), () => call('POST /api/unit/disputes/:disputeId/withdrawal', { params: { disputeId: dispute.disputeId } }));
  if (dispute.state !== 'OPEN') return null;
  return <Popconfirm title={t(TEXT.withdraw)} description={t(TEXT.sureWithdraw, { what: t(dispute.title) })} onConfirm={() => act.mutate(undefined)}><Button size="small" loading={act.isPending}>{t(TEXT.withdraw)}</Button></Popconfirm>;
}

const KINDS = {
  limits: { zh: '限值', en: 'limits' }, permits: { zh: '许可排放量', en: 'permitted amounts' }, outfalls: { zh: '排口参数', en: 'the outfall' },
  factors: { zh: '监测设备参数', en: 'monitoring devices' }, meters: { zh: '电表', en: 'meters' },
} as const satisfies Record<Value['kind'], Text>;

/** By outfall and kind: a phone shows one group at a time. */
function grouped(values: readonly Value[]) {
  const groups = new Map<string, { readonly name: string; readonly kind: Value['kind']; readonly items: Value[] }>();
  for (const value of values) {
    const key = `${value.outfall ?? ''} ${value.kind}`;
    const group = groups.get(key) ?? { name: value.outfallName ?? '', kind: value.kind, items: [] };
    group.items.push(value);
    groups.set(key, group);
  }
  return [...groups];
}

/** What the register says of the unit, value by value, and the way to dispute each. */
export function RegisteredPage() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['registered'], queryFn: () => call('GET /api/unit/register-values') });
  const list = usePages(['disputes'], (at) => call('GET /api/register/disputes', { query: at }));
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>
        {({ values }) => (
          <div className="columns">
            <Panel title={t(TEXT.title)}>
              <p style={{ marginTop: 0 }}>{t(TEXT.intro)}</p>
              <Collapse
                defaultActiveKey={grouped(values)[0]?.[0] ?? ''}
                items={grouped(values).map(([key, { name, kind, items }]) => ({ key, label: `${name} · ${t(KINDS[kind])}`, children: <ul className="todo">{items.map((value) => <ValueItem key={`${value.kind} ${value.key} ${value.field}`} value={value} />)}</ul> }))}
              />
            </Panel>
            <div><Panel title={t(HELD_TITLE)}><StandardFindings /></Panel>
            <Panel title={t(TEXT.mine)}><Loaded query={list.query}>{() => (list.rows.length === 0 ? <Empty description={t(TEXT.noDispute)} /> : <><DisputeList items={list.rows} extra={(dispute) => <Withdraw dispute={dispute} />} /><More list={list} /></>)}</Loaded></Panel></div>
          </div>
        )}
      </Loaded>
    </>
  );
}
