import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useCallback } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { TIERS, type Tier } from '../../shared/tiers.ts';
import { Wide } from '../parts/wide.tsx';
import { useListKeys } from '../parts/use-list-keys.ts';
import { Catalogue } from './catalogue.tsx';
import { FAMILIES, isFamily, spoken } from './words.ts';

type Model = Routes['GET /api/analysis/models']['response']['items'][number];

const TEXT = {
  title: { zh: '模型目录', en: 'Catalogue of models' },
  name: { zh: '模型', en: 'Model' },
  sees: { zh: '看什么', en: 'What it sees' },
  family: { zh: '数据来源', en: 'Source' },
  spoke: { zh: '近 30 天', en: 'Last 30 days' },
  cleared: { zh: '其中已排除', en: 'Later cleared' },
  health: { zh: '运行', en: 'Health' },
  fine: { zh: '✓ 正常', en: '✓ fine' },
  board: { zh: '模型到岗：应判与已判', en: 'Model health: due and judged' },
  failed: { zh: '✗ {n} 个排放口出错', en: '✗ fails at {n} outfalls' },
} as const satisfies Record<string, Text>;

/** Each model in words, how often it spoke, and whether it runs. */
export function ModelsPage() {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const query = useQuery({ queryKey: ['models'], queryFn: () => call('GET /api/analysis/models') });
  const items = query.data?.items ?? [];
  const open = useCallback((model: Model) => void navigate({ to: '/models/$modelId', params: { modelId: model.id } }), [navigate]);
  const keys = useListKeys(items, open);
  const count = (model: Model, tier: Tier) => model.last30Days.filter((one) => one.tier === tier).reduce((sum, one) => sum + one.episodes, 0);
  const columns: TableColumnsType<Model> = [
    { title: t(TEXT.name), key: 'name', width: 240, render: (_, model) => <><strong>{model.id}</strong> {t(model.title)}<br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>v{model.version}</Typography.Text></> },
    { title: t(TEXT.family), key: 'family', width: 110, render: (_, model) => (isFamily(model.family) ? t(FAMILIES[model.family]) : model.family) },
    { title: t(TEXT.sees), key: 'about', render: (_, model) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}>{t(model.about)}</Typography.Paragraph> },
    ...(Object.keys(TIERS) as Tier[]).map((tier) => ({ title: <span>{TIERS[tier].shape} {t(TIERS[tier])}</span>, key: tier, width: 84, className: 'num', render: (_: unknown, model: Model) => count(model, tier) })),
    { title: t(TEXT.cleared), key: 'cleared', width: 100, className: 'num', render: (_, model) => spoken(model.last30Days).cleared },
    { title: t(TEXT.health), key: 'health', width: 150, render: (_, model) => (model.exceptions === null ? <Tag>{t(TEXT.fine)}</Tag> : <Tag title={model.exceptions.reason}>{t(TEXT.failed, { n: model.exceptions.outfalls })}</Tag>) },
  ];
  return (
    <>
      <PageTitle extra={<Link to="/model-health">{t(TEXT.board)}</Link>}>{t(TEXT.title)}</PageTitle>
      <Catalogue />
      <Typography.Title level={2} style={{ fontSize: 16 }}>{t(TEXT.spoke)}</Typography.Title>
      <Loaded query={query}>
        {() => <Wide label={t(TEXT.title)} min={1100}><Table<Model> size="small" rowKey="id" pagination={false} dataSource={items} columns={columns} rowClassName={keys.rowClass} onRow={keys.onRow} /></Wide>}
      </Loaded>
    </>
  );
}
