import { Button, Table, Tag, type TableColumnsType } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';

export type Delegation = Routes['GET /api/access/delegations']['response']['items'][number];

const TEXT = {
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
export function DelegationTable({ items }: { items: readonly Delegation[] }) {
  const { t } = useSpeech();
  const columns: TableColumnsType<Delegation> = [
    { title: t(TEXT.from), key: 'from', width: 100, render: (_, row) => row.from.name },
    { title: t(TEXT.to), key: 'to', width: 100, render: (_, row) => row.to.name },
    { title: t(TEXT.roles), key: 'roles', width: 170, render: (_, row) => row.roles.map((role) => <Tag key={role.role}>{t(role)}</Tag>) },
    { title: t(TEXT.days), key: 'days', width: 200, className: 'num', render: (_, row) => `${row.firstDay} – ${row.lastDay}` },
    { title: t(TEXT.reason), dataIndex: 'reason' },
    { title: t(TEXT.madeBy), key: 'madeBy', width: 110, render: (_, row) => row.madeBy.name },
    { title: t(TEXT.state), key: 'state', width: 170, render: (_, row) => <>{t(STATES[row.state])} {(row.state === 'ahead' || row.state === 'in-force') && <Withdraw row={row} />}</> },
  ];
  return <Table<Delegation> size="small" rowKey="delegationId" pagination={{ defaultPageSize: 20, hideOnSinglePage: true }} dataSource={[...items]} columns={columns} scroll={{ x: 1000 }} style={{ marginBottom: 12 }} />;
}
