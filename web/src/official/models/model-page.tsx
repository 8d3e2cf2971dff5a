import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Alert, Card, Descriptions, Empty, Flex, Table, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { Fact, TierTag } from '../parts/tags.tsx';
import { Wide } from '../parts/wide.tsx';
import { hookIn } from './reason-words.ts';
import { ModelStanding } from '../rules/model-standing.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { Precision } from './precision.tsx';
import { ModelRecord } from './record.tsx';
import { FAMILIES, isFamily, spoken, TESTS } from './words.ts';

type Model = Routes['GET /api/analysis/models/:model']['response'];

const TEXT = {
  sees: { zh: '看到什么、怎样计算', en: 'What it sees and how it reckons' },
  source: { zh: '方法来源', en: 'Source' },
  family: { zh: '数据来源', en: 'Source family' },
  alone: { zh: '可否单独开工单', en: 'May open a work order alone' },
  yes: { zh: '可以', en: 'yes' },
  no: { zh: '须另一类来源佐证', en: 'needs evidence of another kind' },
  trigger: { zh: '何时判断', en: 'When it judges' },
  hooks: { zh: '法律指向', en: 'Legal hooks' },
  params: { zh: '阈值和参数（现行）', en: 'Thresholds in force' },
  minimum: { zh: '判断前至少要有的数据', en: 'Data it needs before it judges' },
  basis: { zh: '依据', en: 'Source' },
  key: { zh: '阈值', en: 'Threshold' },
  value: { zh: '现行值', en: 'In force' },
  initial: { zh: '出厂值', en: 'Default' },
  spoke: { zh: '近 30 天提出 {n} 次，其中 {c} 次后来排除（{p}）', en: 'Spoke {n} times in 30 days, {c} later cleared ({p})' },
  failed: { zh: '在 {n} 个排放口出错：{why}', en: 'Fails at {n} outfalls: {why}' },
  clues: { zh: '最近由它提出的线索', en: 'Its newest clues' },
  bench: { zh: '回溯试验', en: 'Back-test bench' },
  tests: { zh: '本版本的四项测试', en: 'The four tests of this version' },
  noTests: { zh: '本版本没有留存的测试结果', en: 'No stored run of the tests of this version' },
  byHand: { zh: '人工构造数据 {n} 项', en: '{n} on data made by hand' },
  none: { zh: '近期没有提出线索', en: 'No clues of late' },
} as const satisfies Record<string, Text>;

const TRIGGERS = {
  hour: { zh: '每小时数据到达时', en: 'as each hour arrives' }, tick: { zh: '每小时过十分', en: 'ten past every hour' }, day: { zh: '每日 02:00', en: 'daily at 02:00' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/models/$modelId');

function Clues({ modelId }: { modelId: string }) {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['model-clues', modelId], queryFn: () => call('GET /api/analysis/clues', { query: { model: modelId, limit: 20 } }) });
  return (
    <Card size="small" title={t(TEXT.clues)}>
      <Loaded query={query}>
        {({ items }) => items.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(TEXT.none)} /> : (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {items.map((clue) => (
              <li key={clue.clueId} style={{ marginBottom: 8 }}>
                <TierTag tier={clue.tier} /> <Link to="/clues/$clueId" params={{ clueId: clue.clueId }}>{clue.unitName} {clue.outfallName}</Link> <Typography.Text type="secondary">{formatTime(msOf(clue.raisedAt))}</Typography.Text>
                <div>{t(clue.claim)}</div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

/** Every threshold in words, with its unit, what it is now and was at first, and where it comes from. */
function Thresholds({ thresholds }: { thresholds: Model['thresholds'] }) {
  const { t } = useSpeech();
  const said = (value: number, unit: Text) => (t(unit) === '' || t(unit) === '1' ? String(value) : `${value} ${t(unit)}`);
  return (
    <Card size="small" title={t(TEXT.params)}>
      <Wide label={t(TEXT.params)} min={640}><Table size="small" rowKey="name" pagination={{ pageSize: 20, hideOnSinglePage: true, size: 'small' }} dataSource={thresholds} columns={[
        { title: t(TEXT.key), key: 'name', render: (_, row) => <>{t(row)}<br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{row.name}</Typography.Text></> },
        { title: t(TEXT.value), key: 'value', className: 'num', align: 'right', render: (_, row) => (row.value === row.default ? said(row.value, row.unit) : <strong>{said(row.value, row.unit)}</strong>) },
        { title: t(TEXT.initial), key: 'default', className: 'num', align: 'right', render: (_, row) => said(row.default, row.unit) },
        { title: t(TEXT.basis), key: 'source', render: (_, row) => `${row.source.verified ? '✓' : '?'} ${t(row.source)}` },
      ]} /></Wide>
    </Card>
  );
}

/** What the stored run of its tests said of the present version. */
function Tests({ tests }: { tests: Model['tests'] }) {
  const { t } = useSpeech();
  return (
    <Card size="small" title={t(TEXT.tests)}>
      {tests.length === 0 ? t(TEXT.noTests) : (
        <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {tests.map(({ name, passed, byHand, simulated }) => (
            <li key={name} style={{ marginBottom: 6 }}>
              {passed ? '✓' : '✗'} {t(TESTS[name])} <Typography.Text type="secondary">{t(TESTS[name].about)}</Typography.Text>
              <div>{t(TEXT.byHand, { n: byHand })}{simulated !== null && `；${t(simulated)}`}</div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** One model: in words, with thresholds, source and how often it was wrong. */
export function ModelPageView() {
  const { modelId } = route.useParams();
  const { t, language } = useSpeech();
  const { data: me } = useMe();
  const query = useQuery({ queryKey: ['model', modelId], queryFn: () => call('GET /api/analysis/models/:model', { params: { model: modelId } }) });
  return (
    <Loaded query={query}>
      {(model) => {
        const { episodes, cleared } = spoken(model.last30Days);
        const share = episodes === 0 ? '—' : `${Math.round((cleared / episodes) * 100)} %`;
        return (
          <>
            <PageTitle extra={me?.actions.includes('model.backtest') ? <Link to="/models/$modelId/bench" params={{ modelId }}>{t(TEXT.bench)}</Link> : null}>{model.id} {t(model.title)}@{model.version}</PageTitle>
            {model.exceptions !== null && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={t(TEXT.failed, { n: model.exceptions.outfalls, why: model.exceptions.reason })} />}
            <div className="grid-2">
              <Flex vertical gap={12} style={{ minWidth: 0 }}>
                <Card size="small" title={t(TEXT.sees)}>
                  <p className="claim" style={{ fontSize: 15 }}>{t(model.formula)}</p>
                  <Typography.Text type="secondary">{t(TEXT.source)}：{model.about.source}</Typography.Text>
                </Card>
                <Thresholds thresholds={model.thresholds} />
                <ModelRecord model={model} />
                <Precision overTime={model.overTime} />
                <Clues modelId={modelId} />
              </Flex>
              <Flex vertical gap={12} style={{ minWidth: 0 }}>
                <Card size="small">
                  <p style={{ marginTop: 0 }}>{t(TEXT.spoke, { n: episodes, c: cleared, p: share })}</p>
                  <div className="facts">
                    <Fact label={t(TEXT.family)}>{isFamily(model.family) ? t(FAMILIES[model.family]) : model.family}</Fact>
                    <Fact label={t(TEXT.trigger)}>{t(TRIGGERS[model.trigger])}</Fact>
                    <Fact label={t(TEXT.alone)}>{t(model.standsAlone ? TEXT.yes : TEXT.no)}</Fact>
                  </div>
                  <Descriptions size="small" column={1} items={[{ key: 'hooks', label: t(TEXT.hooks), children: model.legalHooks.map((hook) => hookIn(hook, language)).join(language === 'zh' ? '、' : '; ') || '—' }]} />
                </Card>
                <ModelStanding modelId={modelId} params={model.params} />
                <Tests tests={model.tests} />
                <Card size="small" title={t(TEXT.minimum)}>{t(model.minimum)}</Card>
              </Flex>
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
