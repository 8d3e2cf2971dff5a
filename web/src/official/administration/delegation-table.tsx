import { Button, Tag } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import type { Rows } from '../../shared/pages.tsx';
import { useAct } from '../parts/act.tsx';

export type Delegation = Routes['GET /api/access/delegations']['response']['items'][number];

const TEXT = {
  title: { zh: '代办委托', en: 'Deputies' },
  none: { zh: '没有代办委托', en: 'Nobody stands in for anybody' },
  from: { zh: '委托人', en: 'For' },
  to: { zh: '受托人', en: 'Deputy' },
  roles: { zh: '岗位', en: 'Roles' },
  days: { zh: '起止（含）', en: 'From – to, inclusive' },
  reason: { zh: '理由', en: 'Reason' },
  madeBy: { zh: '办理人', en: 'Arranged by' },
  state: { zh: '状态', en: 'State' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
} as const satisfies Record<string, Text>;

const STATES = {
  'ahead': { zh: '○ 未开始', en: '○ not begun' },
  'in-force': { zh: '● 生效中', en: '● in force' },
  'over': { zh: '已到期', en: 'ended' },
  'withdrawn': { zh: '✗ 已撤回', en: '✗ withdrawn' },
} as const satisfies Record<Delegation['state'], Text>;

function Withdraw({ row }: { row: Delegation }) {
  const { t } = useSpeech();
  const act = useAct(t(TEXT.withdraw), () => call('POST /api/access/delegations/:delegationId/withdrawal', { params: { delegationId: row.delegationId } }));
  return <>{act.isError && <ProblemAlert error={act.error} />}<Button size="small" danger loading={act.isPending} onClick={() => act.mutate(undefined)}>{t(TEXT.withdraw)}</Button></>;
}

/** Who stands in for whom, from when to when. */
export function DelegationTable({ list }: { list: Rows<Delegation> }) {
  const { t } = useSpeech();
  const columns: readonly Column<Delegation>[] = [
    { key: 'from', title: t(TEXT.from), width: 100, text: (row) => row.from.name },
    { key: 'to', title: t(TEXT.to), width: 100, text: (row) => row.to.name },
    { key: 'roles', title: t(TEXT.roles), width: 170, text: (row) => row.roles.map((role) => t(role)).join('、'), render: (row) => row.roles.map((role) => <Tag key={role.role}>{t(role)}</Tag>) },
    { key: 'days', title: t(TEXT.days), width: 200, num: true, text: (row) => `${row.firstDay} – ${row.lastDay}` },
    { key: 'reason', title: t(TEXT.reason), width: 240, text: (row) => row.reason },
    { key: 'madeBy', title: t(TEXT.madeBy), width: 110, text: (row) => row.madeBy.name },
    { key: 'state', title: t(TEXT.state), width: 170, text: (row) => t(STATES[row.state]), render: (row) => <>{t(STATES[row.state])} {(row.state === 'ahead' || row.state === 'in-force') && <Withdraw row={row} />}</> },
  ];
  return <ListTable<Delegation> name="delegations" title={t(TEXT.title)} list={list} rowKey={(row) => row.delegationId} columns={columns} empty={t(TEXT.none)} />;
}
