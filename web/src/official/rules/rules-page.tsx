import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Card, Empty, Flex, Tag, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { usePages } from '../../shared/pages.tsx';

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
  const list = usePages(['proposals', 'list'], (at) => call('GET /api/analysis/proposals', { query: at }));
  const open = (row: Row) => void navigate({ to: '/rules/proposals/$proposalId', params: { proposalId: row.proposal } });
  const columns: readonly Column<Row>[] = [
    { key: 'what', title: t(TEXT.what), width: 320, text: (row) => `${t(row.title)} ${row.reason}`, render: (row) => <><Link to="/rules/proposals/$proposalId" params={{ proposalId: row.proposal }}>{t(row.title)}</Link><br /><Typography.Text type="secondary">{row.reason}</Typography.Text></> },
    { key: 'model', title: t(TEXT.model), width: 100, text: (row) => `${row.model}@${row.version}` },
    { key: 'kind', title: t(TEXT.kind), width: 120, text: (row) => t(row.kindText) },
    { key: 'state', title: t(TEXT.state), width: 120, text: (row) => t(row.stateText), render: (row) => <Tag>{row.open ? '●' : '○'} {t(row.stateText)}</Tag> },
    { key: 'from', title: t(TEXT.from), width: 150, num: true, text: (row) => formatTime(msOf(row.validFrom)) },
    { key: 'changed', title: t(TEXT.changed), width: 150, num: true, text: (row) => formatTime(msOf(row.changedAt)) },
  ];
  return (
    <>
      <PageTitle extra={mayWrite && <Button type="primary" onClick={() => void navigate({ to: '/rules/edit' })}>{t(TEXT.create)}</Button>}>{t(TEXT.title)}</PageTitle>
      <Flex vertical gap={12}>
        <Card size="small" title={t(TEXT.proposals)}>
          <ListTable<Row> name="proposals" title={t(TEXT.proposals)} list={list} rowKey={(row) => row.proposal} columns={columns} open={open} empty={t(TEXT.noProposals)} />
        </Card>
        <Rules mayWrite={mayWrite} />
      </Flex>
    </>
  );
}
