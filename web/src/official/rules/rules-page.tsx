import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Card, Empty, Flex, Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useCallback } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { useListKeys } from '../parts/use-list-keys.ts';

type Row = Routes['GET /api/analysis/proposals']['response']['items'][number];

const TEXT = {
  title: { zh: '规则与模型治理', en: 'Rules and governance of models' },
  create: { zh: '编写规则', en: 'Write a rule' },
  proposals: { zh: '提案', en: 'Proposals' },
  rules: { zh: '部门规则', en: 'Departments’ rules' },
  kind: { zh: '类别', en: 'Kind' },
  model: { zh: '模型', en: 'Model' },
  what: { zh: '提案', en: 'Proposal' },
  state: { zh: '状态', en: 'State' },
  from: { zh: '生效', en: 'In force from' },
  changed: { zh: '最近变动', en: 'Last change' },
  noProposals: { zh: '还没有提案', en: 'No proposals yet' },
  noRules: { zh: '还没有批准的部门规则', en: 'No department’s rule has been approved' },
  inForce: { zh: '施行中', en: 'in force' },
  off: { zh: '未施行', en: 'not in force' },
  version: { zh: '修订', en: 'Revise' },
} as const satisfies Record<string, Text>;

function Rules({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['rules'], queryFn: () => call('GET /api/analysis/rules') });
  return (
    <Card size="small" title={t(TEXT.rules)}>
      <Loaded query={query}>
        {({ items }) => items.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(TEXT.noRules)} /> : (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {items.map((rule) => (
              <li key={rule.rule} style={{ marginBottom: 12 }}>
                <Flex wrap gap={8} align="center">
                  <Link to="/models/$modelId" params={{ modelId: rule.rule }}>{rule.rule} {t(rule.title)}@{rule.version}</Link>
                  <Tag>{rule.inForce ? `✓ ${t(TEXT.inForce)}` : `○ ${t(TEXT.off)}`}</Tag>
                  <Typography.Text type="secondary">{t(rule.department)}</Typography.Text>
                  {mayWrite && <Link to="/rules/edit" search={{ rule: rule.rule }}>{t(TEXT.version)}</Link>}
                </Flex>
                <div>{t(rule.purpose)}</div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

/** Every change of what is judged, and the rules that departments supplied. */
export function RulesPage() {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const navigate = useNavigate();
  const mayWrite = me?.actions.includes('model.propose') ?? false;
  const query = useQuery({ queryKey: ['proposals'], queryFn: () => call('GET /api/analysis/proposals', { query: { limit: 100 } }) });
  const items = query.data?.items ?? [];
  const open = useCallback((row: Row) => void navigate({ to: '/rules/proposals/$proposalId', params: { proposalId: row.proposal } }), [navigate]);
  const keys = useListKeys(items, open);
  const columns: TableColumnsType<Row> = [
    { title: t(TEXT.what), key: 'what', render: (_, row) => <><Link to="/rules/proposals/$proposalId" params={{ proposalId: row.proposal }}>{t(row.title)}</Link><br /><Typography.Text type="secondary">{row.reason}</Typography.Text></> },
    { title: t(TEXT.model), key: 'model', width: 100, render: (_, row) => `${row.model}@${row.version}` },
    { title: t(TEXT.kind), key: 'kind', width: 120, render: (_, row) => t(row.kindText) },
    { title: t(TEXT.state), key: 'state', width: 120, render: (_, row) => <Tag>{row.open ? '●' : '○'} {t(row.stateText)}</Tag> },
    { title: t(TEXT.from), key: 'from', width: 150, className: 'num', render: (_, row) => (row.validFrom === null ? '—' : formatTime(msOf(row.validFrom))) },
    { title: t(TEXT.changed), key: 'changed', width: 150, className: 'num', render: (_, row) => formatTime(msOf(row.changedAt)) },
  ];
  return (
    <>
      <PageTitle extra={mayWrite && <Button type="primary" onClick={() => void navigate({ to: '/rules/edit' })}>{t(TEXT.create)}</Button>}>{t(TEXT.title)}</PageTitle>
      <Flex vertical gap={12}>
        <Card size="small" title={t(TEXT.proposals)}>
          <Loaded query={query}>
            {() => <Table<Row> size="small" rowKey="proposal" pagination={false} dataSource={items} columns={columns} scroll={{ x: 860 }} rowClassName={keys.rowClass} onRow={keys.onRow} locale={{ emptyText: <Empty description={t(TEXT.noProposals)} /> }} />}
          </Loaded>
        </Card>
        <Rules mayWrite={mayWrite} />
      </Flex>
    </>
  );
}
