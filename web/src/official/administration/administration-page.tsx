import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Empty, Tabs } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { usePages } from '../../shared/pages.tsx';
import { Readings } from '../parts/readings.tsx';
import { Accounts } from './accounts.tsx';
import { Delegations } from './delegations.tsx';
import { FactorRule } from './factor-rule.tsx';
import { Identities } from './identities.tsx';
import { Offices } from './offices.tsx';
import { PermissionMatrix } from './permission-matrix.tsx';

type AuditRow = Routes['GET /api/access/audit']['response']['items'][number];

const TEXT = {
  title: { zh: '管理', en: 'Administration' },
  matrix: { zh: '权限矩阵', en: 'Permission matrix' },
  accounts: { zh: '账号', en: 'Accounts' },
  offices: { zh: '机关信息', en: 'Authority' },
  delegations: { zh: '代办委托', en: 'Deputies' },
  factors: { zh: '第二重验证', en: 'Second factors' },
  identities: { zh: '统一身份', en: 'Identities' },
  audit: { zh: '操作审计', en: 'Audit trail' },
  readings: { zh: '证据查阅', en: 'Readings of evidence' },
  action: { zh: '操作', en: 'Action' },
  noAudit: { zh: '没有操作记录', en: 'Nothing has been done yet' },
  at: { zh: '时间', en: 'Time' },
  account: { zh: '账号', en: 'Account' },
  onBehalf: { zh: '{who} 代 {whom}', en: '{who} for {whom}' },
  path: { zh: '路径', en: 'Path' },
  status: { zh: '结果', en: 'Status' },
} as const satisfies Record<string, Text>;

function Audit() {
  const { t } = useSpeech();
  const list = usePages(['audit'], ({ cursor, limit }) => call('GET /api/access/audit', { query: { limit, ...(cursor === undefined ? {} : { before: cursor }) } }), 10_000);
  const columns: readonly Column<AuditRow>[] = [
    { key: 'at', title: t(TEXT.at), width: 150, num: true, text: (row) => formatTime(msOf(row.at)) },
    { key: 'account', title: t(TEXT.account), width: 180, text: (row) => (row.behalfName === null ? row.name : t(TEXT.onBehalf, { who: row.name, whom: row.behalfName })) },
    { key: 'action', title: t(TEXT.action), width: 190, text: (row) => t(row.words) },
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
    ...(may('access.office') ? [{ key: 'offices', label: t(TEXT.offices), children: <Offices /> }] : []),
    ...(may('access.delegate-for') ? [{ key: 'delegations', label: t(TEXT.delegations), children: <Delegations /> }] : []),
    ...(may('access.factor-rule') ? [{ key: 'factors', label: t(TEXT.factors), children: <FactorRule /> }] : []),
    ...(may('access.identity-link') ? [{ key: 'identities', label: t(TEXT.identities), children: <Identities /> }] : []),
    ...(may('access.readings') ? [{ key: 'readings', label: t(TEXT.readings), children: <AllReadings /> }] : []),
    ...(may('access.audit-read') ? [{ key: 'audit', label: t(TEXT.audit), children: <Audit /> }] : []),
  ];
  return <><PageTitle>{t(TEXT.title)}</PageTitle>{tabs.length === 0 ? <Empty /> : <Tabs destroyOnHidden items={tabs} activeKey={tabs.some((one) => one.key === tab) ? (tab as string) : 'matrix'} onChange={(key) => void navigate({ search: key === 'matrix' ? {} : { tab: key } })} />}</>;
}
