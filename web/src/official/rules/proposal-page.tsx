import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Card, Descriptions, Flex, Table, Tag, Timeline, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { colleagues } from '../parts/colleagues.ts';
import { ComparisonView } from './comparison.tsx';
import { ProposalActs } from './proposal-acts.tsx';
import type { ProposalPage, RuleBody } from './rule-body.ts';

const TEXT = {
  change: { zh: '改什么', en: 'What changes' },
  why: { zh: '理由', en: 'Reason' },
  name: { zh: '参数', en: 'Parameter' },
  before: { zh: '现行值', en: 'In force' },
  after: { zh: '提议值', en: 'Proposed' },
  backtest: { zh: '回测报告', en: 'Back-test' },
  backtestOf: { zh: '{from} 至 {to}，{n} 个排放口，{h} 小时数据，用时 {s} 秒', en: '{from} to {to}: {n} outfalls, {h} hours of data, in {s} s' },
  noBacktest: { zh: '尚未回测', en: 'Not back-tested yet' },
  shadow: { zh: '影子运行', en: 'Shadow run' },
  shadowOf: { zh: '自 {from} 起与现行规则并行判断，所见不作线索；最早可于 {ripe} 决定', en: 'judged beside what is in force from {from}, never shown as clues; a decision is possible from {ripe}' },
  noShadow: { zh: '尚未影子运行', en: 'No shadow run yet' },
  untried: { zh: '此类提案无须试运行', en: 'This kind of proposal needs no trial' },
  record: { zh: '办理记录', en: 'Record' },
  exceptions: { zh: '出错 {n} 处：{why}', en: '{n} failures: {why}' },
  model: { zh: '模型', en: 'Model' },
  state: { zh: '状态', en: 'State' },
  from: { zh: '生效时间', en: 'In force from' },
  applies: { zh: '适用条件', en: 'Applies' }, remind: { zh: '提醒', en: 'Reminder' }, warn: { zh: '警告', en: 'Warning' }, workOrder: { zh: '工单', en: 'Work order' },
  purpose: { zh: '目的', en: 'Purpose' }, advice: { zh: '处置要求', en: 'Handling' }, params: { zh: '阈值', en: 'Thresholds' }, text: { zh: '说明文字', en: 'Text' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/rules/proposals/$proposalId');

function RuleText({ rule }: { rule: RuleBody }) {
  const { t } = useSpeech();
  const code = (text: string) => (text === '' ? '—' : <code style={{ overflowWrap: 'anywhere' }}>{text}</code>);
  return (
    <Descriptions
      size="small" column={1}
      items={[
        { key: 'applies', label: t(TEXT.applies), children: code(rule.applies) }, { key: 'remind', label: t(TEXT.remind), children: code(rule.remind) },
        { key: 'warn', label: t(TEXT.warn), children: code(rule.warn) }, { key: 'workOrder', label: t(TEXT.workOrder), children: code(rule.workOrder) },
        { key: 'params', label: t(TEXT.params), children: Object.entries(rule.params).map(([key, value]) => `${key} = ${value}`).join('；') || '—' },
        { key: 'text', label: t(TEXT.text), children: t(rule.text) }, { key: 'purpose', label: t(TEXT.purpose), children: t(rule.purpose) }, { key: 'advice', label: t(TEXT.advice), children: t(rule.advice) },
      ]}
    />
  );
}

function ChangeCard({ page }: { page: ProposalPage }) {
  const { t } = useSpeech();
  return (
    <Card size="small" title={t(TEXT.change)}>
      <p className="claim" style={{ fontSize: 15, marginBottom: 8 }}>{t(TEXT.why)}：{page.reason}</p>
      {page.parameters.length > 0 && (
        <Table
          size="small" pagination={false} rowKey="name" dataSource={page.parameters}
          columns={[{ title: t(TEXT.name), dataIndex: 'name' }, { title: t(TEXT.before), dataIndex: 'before', className: 'num' }, { title: t(TEXT.after), dataIndex: 'after', className: 'num', render: (value: number) => <strong>{value}</strong> }]}
        />
      )}
      {page.rule !== null && <RuleText rule={page.rule as RuleBody} />}
    </Card>
  );
}

function Trials({ page }: { page: ProposalPage }) {
  const { t } = useSpeech();
  const { backtest, shadow } = page;
  if (!page.needsTrial) return <Card size="small" title={t(TEXT.backtest)}><Typography.Text type="secondary">{t(TEXT.untried)}</Typography.Text></Card>;
  return (
    <>
      <Card size="small" title={t(TEXT.backtest)}>
        {backtest === null ? <Typography.Text type="secondary">{t(TEXT.noBacktest)}</Typography.Text> : (
          <>
            <p style={{ marginTop: 0 }}>{t(TEXT.backtestOf, { from: formatTime(msOf(backtest.from)), to: formatTime(msOf(backtest.to)), n: backtest.outfalls, h: backtest.hours, s: (backtest.ms / 1000).toFixed(1) })}</p>
            {backtest.exceptions.length > 0 && <p>{t(TEXT.exceptions, { n: backtest.exceptions.length, why: backtest.exceptions[0]?.reason ?? '' })}</p>}
            <ComparisonView comparison={backtest} />
          </>
        )}
      </Card>
      <Card size="small" title={t(TEXT.shadow)}>
        {shadow === null ? <Typography.Text type="secondary">{t(TEXT.noShadow)}</Typography.Text> : (
          <>
            <p style={{ marginTop: 0 }}>{t(TEXT.shadowOf, { from: formatTime(msOf(shadow.from)), ripe: formatTime(msOf(shadow.ripeAt)) })}</p>
            {shadow.exceptions.length > 0 && <p>{t(TEXT.exceptions, { n: shadow.exceptions.length, why: shadow.exceptions[0]?.reason ?? '' })}</p>}
            <ComparisonView comparison={shadow} />
          </>
        )}
      </Card>
    </>
  );
}

function Record({ page }: { page: ProposalPage }) {
  const { t } = useSpeech();
  const people = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000 });
  const nameOf = (id: string) => people.data?.items.find((one) => one.accountId === id)?.name ?? id;
  return (
    <Card size="small" title={t(TEXT.record)}>
      <Timeline
        items={page.events.map((event) => ({
          key: `${event.at}${event.act}`,
          content: <>{t(event.actText)} · {event.actedAs ?? nameOf(event.actorId)}<br /><Typography.Text type="secondary">{formatTime(msOf(event.at))}{event.reason === '' ? '' : ` · ${event.reason}`}</Typography.Text></>,
        }))}
      />
    </Card>
  );
}

/** One proposal: what changes and why, what the trials showed, the next step, and who did what. */
export function ProposalPageView() {
  const { proposalId } = route.useParams();
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['proposal', proposalId], queryFn: () => call('GET /api/analysis/proposals/:proposal', { params: { proposal: proposalId } }) });
  return (
    <Loaded query={query}>
      {(page) => (
        <>
          <PageTitle extra={<Tag>{page.open ? '●' : '○'} {t(page.stateText)}</Tag>}>{t(page.title)}</PageTitle>
          <div className="grid-2">
            <Flex vertical gap={12} style={{ minWidth: 0 }}>
              <ChangeCard page={page} />
              <Trials page={page} />
            </Flex>
            <Flex vertical gap={12} style={{ minWidth: 0 }}>
              <ProposalActs page={page} />
              <Card size="small">
                <Descriptions
                  size="small" column={1}
                  items={[
                    { key: 'model', label: t(TEXT.model), children: <Link to="/models/$modelId" params={{ modelId: page.model }}>{page.model}@{page.version}</Link> },
                    { key: 'state', label: t(TEXT.state), children: `${t(page.kindText)} · ${t(page.stateText)}` },
                    { key: 'from', label: t(TEXT.from), children: page.validFrom === null ? '—' : formatTime(msOf(page.validFrom)) },
                  ]}
                />
              </Card>
              <Record page={page} />
            </Flex>
          </div>
        </>
      )}
    </Loaded>
  );
}
