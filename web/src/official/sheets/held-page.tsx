import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Flex, Input, Popover, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { PageTitle } from '../../shared/room.tsx';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { useTierWords } from '../../shared/supervision/tier-words.ts';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { OpenOrAll } from '../list/open-or-all.tsx';
import { usePages } from '../../shared/pages.tsx';
import { useAct } from '../parts/act.tsx';
import { SureButton } from '../parts/sure-button.tsx';
import { TierTag } from '../parts/tags.tsx';
import { SheetTabs } from './sheet-tabs.tsx';
import { useArticle } from '../../shared/terms/article.ts';

type HeldRow = Routes['GET /api/supervision/held']['response']['items'][number];

const TEXT = {
  title: { zh: '暂缓未发', en: 'Held back' },
  open: { zh: '暂缓中', en: 'Held' },
  tier: { zh: '级别', en: 'Tier' },
  claim: { zh: '情况', en: 'Matter' },
  unit: { zh: '单位 · 排放口', en: 'Unit · outfall' },
  reason: { zh: '理由和依据', en: 'Reason and basis' },
  state: { zh: '状态', en: 'State' },
  until: { zh: '发出时间', en: 'Sent at' },
  held: { zh: '暂缓于', en: 'Held at' },
  act: { zh: '处理', en: 'Act' },
  send: { zh: '立即发出', en: 'Send now' },
  tell: { zh: '告知执法部门', en: 'Tell enforcement' },
  about: { zh: '现在就向{unit}发出{tier}通知，并按其渠道送达。', en: 'A {tier} notice goes to {unit} now, through its channels.' },
  note: { zh: '疑似造假或设备不正常运行的依据', en: 'What speaks for falsification' },
  empty: { zh: '没有暂缓的通知', en: 'Nothing is held back' },
  grows: { zh: '情况加重时', en: 'when it grows' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/sheets/held');

const ENDS = {
  HELD: { zh: '暂缓中', en: 'held' }, SENT: { zh: '已发出', en: 'sent' }, JOINED: { zh: '并入在办督办单', en: 'joined a running sheet' }, CLEARED: { zh: '已排除', en: 'cleared' },
  PANEL: { zh: '转研判', en: 'with the panel' }, REPORTED: { zh: '已告知执法部门', en: 'enforcement told' }, SUPERSEDED: { zh: '理由已更新', en: 'other reason now' },
} as const satisfies Record<HeldRow['state'], Text>;

function Acts({ row }: { row: HeldRow }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const words = useTierWords();
  const [note, setNote] = useState('');
  const params = { heldId: row.heldId };
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
      {row.maySend && may('supervision.send-held') && <SureButton size="small" title={TEXT.send} about={t(TEXT.about, { unit: row.unitName, tier: t(words(row.tier)) })} send={() => call('POST /api/supervision/held/:heldId/send', { params })} />}
    </Flex>
  );
}

/** Everything the platform saw and did not tell the unit (yet), with the reason; control staff may decide otherwise. */
export function HeldPage() {
  const { t } = useSpeech();
  const words = useTierWords();
  const article = useArticle();
  const all = route.useSearch().open === 'false';
  const list = usePages(['held', all], (at) => call('GET /api/supervision/held', { query: { ...at, ...(all ? {} : { open: 'true' as const }) } }), 15_000);
  const columns: readonly Column<HeldRow>[] = [
    { key: 'tier', title: t(TEXT.tier), width: 118, text: (row) => t(words(row.tier)), render: (row) => <TierTag tier={row.tier} /> },
    { key: 'claim', title: t(TEXT.claim), width: 280, text: (row) => t(row.sentence), render: (row) => <Link to="/clues/$clueId" params={{ clueId: row.clueId }}>{t(row.sentence)}</Link> },
    { key: 'unit', title: t(TEXT.unit), width: 220, text: (row) => `${row.unitName} · ${row.outfallName}`, render: (row) => <><Link to="/units/$unitId/file" params={{ unitId: row.unitId }}>{row.unitName}</Link><br /><Typography.Text type="secondary">{row.outfallName}</Typography.Text></> },
    { key: 'reason', title: t(TEXT.reason), width: 260, text: (row) => `${t(row.reasonText)} ${article(row.basis)}`, render: (row) => <>{t(row.reasonText)}<br /><Typography.Text type="secondary">{article(row.basis)}</Typography.Text></> },
    { key: 'held', title: t(TEXT.held), width: 146, num: true, text: (row) => formatTime(msOf(row.heldAt)) },
    { key: 'until', title: t(TEXT.until), width: 146, num: true, text: (row) => (row.until === null ? t(TEXT.grows) : formatTime(msOf(row.until))) },
    { key: 'state', title: t(TEXT.state), width: 120, text: (row) => t(ENDS[row.state]) },
    { key: 'act', title: t(TEXT.act), width: 150, render: (row) => <Acts row={row} /> },
  ];
  return (
    <>
      <PageTitle extra={<SheetTabs at="/sheets/held" />}>{t(TEXT.title)}</PageTitle>
      <ListTable<HeldRow> name="held" title={t(TEXT.title)} list={list} rowKey={(row) => row.heldId} columns={columns} empty={t(TEXT.empty)} filters={<OpenOrAll open={t(TEXT.open)} />} />
    </>
  );
}
