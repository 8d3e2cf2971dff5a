import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Empty, Tabs, Tag } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { usePages, whole } from '../list/rows.ts';
import { Readings } from '../parts/readings.tsx';
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
  noAccounts: { zh: '没有账号', en: 'No accounts' },
  noAudit: { zh: '没有操作记录', en: 'Nothing has been done yet' },
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
  const columns: readonly Column<AccountRow>[] = [
    { key: 'login', title: t(TEXT.login), width: 150, text: (row) => row.login },
    { key: 'name', title: t(TEXT.name), width: 220, text: (row) => row.name, render: (row) => <>{row.name} {row.demo && <Tag>{t(TEXT.demo)}</Tag>}</> },
    { key: 'roles', title: t(TEXT.roles), width: 260, text: (row) => row.roles.map(roleName).join('、') },
    { key: 'belongs', title: t(TEXT.belongs), width: 130, text: (row) => row.authorityId ?? row.unitId },
    { key: 'certificate', title: t(TEXT.certificate), width: 260, num: true, text: (row) => (row.certificate === null ? null : `${row.certificate.number} ${row.certificate.from} – ${row.certificate.to}`) },
    { key: 'state', title: t(TEXT.state), width: 90, text: (row) => t(row.disabledAt === null ? TEXT.active : TEXT.disabled) },
  ];
  return <ListTable<AccountRow> name="accounts" title={t(TEXT.accounts)} list={whole(query, query.data?.items ?? [])} rowKey={(row) => row.accountId} columns={columns} empty={t(TEXT.noAccounts)} />;
}

function Audit() {
  const { t } = useSpeech();
  const list = usePages(['audit'], ({ cursor, limit }) => ask('GET /api/access/audit', { query: { limit, ...(cursor === undefined ? {} : { before: cursor }) } }), 10_000);
  const columns: readonly Column<AuditRow>[] = [
    { key: 'at', title: t(TEXT.at), width: 150, num: true, text: (row) => formatTime(row.at) },
    { key: 'account', title: t(TEXT.account), width: 180, text: (row) => (row.behalf === null ? row.accountId : t(TEXT.onBehalf, { who: row.accountId, whom: row.behalf })) },
    { key: 'action', title: t(TEXT.action), width: 190, text: (row) => row.action },
    { key: 'path', title: t(TEXT.path), width: 320, text: (row) => `${row.method} ${row.path}` },
    { key: 'status', title: t(TEXT.status), width: 80, num: true, text: (row) => row.status },
  ];
  return <ListTable<AuditRow> name="audit" title={t(TEXT.audit)} list={list} rowKey={(row) => row.auditId} columns={columns} empty={t(TEXT.noAudit)} />;
}

function AllReadings() {
  const list = usePages(['readings'], ({ cursor, limit }) => call('GET /api/access/readings', { query: { limit, ...(cursor === undefined ? {} : { before: cursor }) } }));
  return <Readings list={list} />;
}

const route = getRouteApi('/admin');

/** Who may do what, who is who, and what was done. Stewards see no case. */
export function AdministrationPage() {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const { tab } = route.useSearch();
  const navigate = useNavigate({ from: '/admin' });
  const may = (action: string) => me?.actions.includes(action) ?? false;
  const tabs = [
    { key: 'matrix', label: t(TEXT.matrix), children: <PermissionMatrix /> },
    ...(may('access.accounts') ? [{ key: 'accounts', label: t(TEXT.accounts), children: <Accounts /> }] : []),
    ...(may('access.delegate-for') ? [{ key: 'delegations', label: t(TEXT.delegations), children: <Delegations /> }] : []),
    ...(may('access.factor-rule') ? [{ key: 'factors', label: t(TEXT.factors), children: <FactorRule /> }] : []),
    ...(may('access.identity-link') ? [{ key: 'identities', label: t(TEXT.identities), children: <Identities /> }] : []),
    ...(may('access.readings') ? [{ key: 'readings', label: t(TEXT.readings), children: <AllReadings /> }] : []),
    ...(may('access.audit-read') ? [{ key: 'audit', label: t(TEXT.audit), children: <Audit /> }] : []),
  ];
  return <><PageTitle>{t(TEXT.title)}</PageTitle>{tabs.length === 0 ? <Empty /> : <Tabs destroyOnHidden items={tabs} activeKey={tabs.some((one) => one.key === tab) ? (tab as string) : 'matrix'} onChange={(key) => void navigate({ search: key === 'matrix' ? {} : { tab: key } })} />}</>;
}
