import { useQuery } from '@tanstack/react-query';
import { Empty, Table, Tabs, Tag, type TableColumnsType } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { ReadingsTable } from '../parts/readings.tsx';
import { useRoleNames } from '../parts/use-words.ts';
import { ask, type AccountRow, type AuditRow } from '../shapes.ts';
import { Delegations } from './delegations.tsx';
import { FactorRule } from './factor-rule.tsx';
import { Identities } from './identities.tsx';
import { PermissionMatrix } from './permission-matrix.tsx';

const TEXT = {
  title: { zh: '管理', en: 'Administration' },
  matrix: { zh: '权限矩阵', en: 'Permission matrix' },
  accounts: { zh: '账号', en: 'Accounts' },
  delegations: { zh: '代办委托', en: 'Deputies' },
  factors: { zh: '第二重验证', en: 'Second factors' },
  identities: { zh: '统一身份', en: 'Identities' },
  audit: { zh: '操作审计', en: 'Audit trail' },
  readings: { zh: '证据查阅', en: 'Readings of evidence' },
  action: { zh: '操作', en: 'Action' },
  roles: { zh: '角色', en: 'Roles' },
  login: { zh: '登录名', en: 'Sign-in name' },
  name: { zh: '姓名', en: 'Name' },
  belongs: { zh: '所属', en: 'Belongs to' },
  certificate: { zh: '执法证（有效期）', en: 'Certificate (valid)' },
  state: { zh: '状态', en: 'State' },
  active: { zh: '✓ 启用', en: '✓ active' },
  disabled: { zh: '✗ 停用', en: '✗ disabled' },
  demo: { zh: '演示', en: 'demonstration' },
  at: { zh: '时间', en: 'Time' },
  account: { zh: '账号', en: 'Account' },
  onBehalf: { zh: '{who} 代 {whom}', en: '{who} for {whom}' },
  path: { zh: '路径', en: 'Path' },
  status: { zh: '结果', en: 'Status' },
} as const satisfies Record<string, Text>;

function Accounts() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['accounts'], queryFn: () => ask('GET /api/access/accounts') });
  const roleName = useRoleNames();
  const columns: TableColumnsType<AccountRow> = [
    { title: t(TEXT.login), dataIndex: 'login', width: 150 },
    { title: t(TEXT.name), key: 'name', width: 220, render: (_, row) => <>{row.name} {row.demo && <Tag>{t(TEXT.demo)}</Tag>}</> },
    { title: t(TEXT.roles), key: 'roles', render: (_, row) => row.roles.map(roleName).join('、') },
    { title: t(TEXT.belongs), key: 'belongs', width: 130, render: (_, row) => row.authorityId ?? row.unitId ?? '—' },
    { title: t(TEXT.certificate), key: 'certificate', width: 260, className: 'num', render: (_, row) => (row.certificate === null ? '—' : `${row.certificate.number} ${row.certificate.from} – ${row.certificate.to}`) },
    { title: t(TEXT.state), key: 'state', width: 90, render: (_, row) => t(row.disabledAt === null ? TEXT.active : TEXT.disabled) },
  ];
  return <Loaded query={query}>{({ items }) => <Table<AccountRow> size="small" rowKey="accountId" pagination={{ defaultPageSize: 50, hideOnSinglePage: true }} dataSource={items} columns={columns} scroll={{ x: 1050 }} />}</Loaded>;
}

function Audit() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['audit'], queryFn: () => ask('GET /api/access/audit', { query: { limit: 200 } }), refetchInterval: 10_000 });
  const columns: TableColumnsType<AuditRow> = [
    { title: t(TEXT.at), key: 'at', width: 150, className: 'num', render: (_, row) => formatTime(row.at) },
    { title: t(TEXT.account), key: 'account', width: 180, render: (_, row) => (row.behalf === null ? row.accountId : t(TEXT.onBehalf, { who: row.accountId, whom: row.behalf })) },
    { title: t(TEXT.action), dataIndex: 'action', width: 190 },
    { title: t(TEXT.path), key: 'path', render: (_, row) => `${row.method} ${row.path}` },
    { title: t(TEXT.status), dataIndex: 'status', width: 80, className: 'num' },
  ];
  return <Loaded query={query} isEmpty={({ items }) => items.length === 0}>{({ items }) => <Table<AuditRow> size="small" rowKey="auditId" pagination={{ defaultPageSize: 50, hideOnSinglePage: true }} dataSource={items} columns={columns} scroll={{ x: 850 }} />}</Loaded>;
}

function Readings() {
  const query = useQuery({ queryKey: ['readings'], queryFn: () => call('GET /api/access/readings', { query: { limit: 200 } }) });
  return <Loaded query={query} isEmpty={({ items }) => items.length === 0}>{({ items }) => <ReadingsTable items={items} />}</Loaded>;
}

/** Who may do what, who is who, and what was done. Stewards see no case. */
export function AdministrationPage() {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const may = (action: string) => me?.actions.includes(action) ?? false;
  const tabs = [
    { key: 'matrix', label: t(TEXT.matrix), children: <PermissionMatrix /> },
    ...(may('access.accounts') ? [{ key: 'accounts', label: t(TEXT.accounts), children: <Accounts /> }] : []),
    ...(may('access.delegate-for') ? [{ key: 'delegations', label: t(TEXT.delegations), children: <Delegations /> }] : []),
    ...(may('access.factor-rule') ? [{ key: 'factors', label: t(TEXT.factors), children: <FactorRule /> }] : []),
    ...(may('access.identity-link') ? [{ key: 'identities', label: t(TEXT.identities), children: <Identities /> }] : []),
    ...(may('access.readings') ? [{ key: 'readings', label: t(TEXT.readings), children: <Readings /> }] : []),
    ...(may('access.audit-read') ? [{ key: 'audit', label: t(TEXT.audit), children: <Audit /> }] : []),
  ];
  return <><PageTitle>{t(TEXT.title)}</PageTitle>{tabs.length === 0 ? <Empty /> : <Tabs items={tabs} />}</>;
}
