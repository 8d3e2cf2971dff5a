import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Tag, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { TIERS, type Tier } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { whole } from '../../shared/pages.tsx';
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
  none: { zh: '没有模型', en: 'No models' },
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
  const open = (model: Model) => void navigate({ to: '/models/$modelId', params: { modelId: model.id } });
  const count = (model: Model, tier: Tier) => model.last30Days.filter((one) => one.tier === tier).reduce((sum, one) => sum + one.episodes, 0);
  const columns: readonly Column<Model>[] = [
    { key: 'name', title: t(TEXT.name), width: 240, text: (model) => `${model.id} ${t(model.title)} v${model.version}`, render: (model) => <><Link to="/models/$modelId" params={{ modelId: model.id }} style={{ color: 'inherit' }}><strong>{model.id}</strong> {t(model.title)}</Link><br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>v{model.version}</Typography.Text></> },
    { key: 'family', title: t(TEXT.family), width: 110, text: (model) => (isFamily(model.family) ? t(FAMILIES[model.family]) : model.family) },
    { key: 'about', title: t(TEXT.sees), width: 320, text: (model) => t(model.about), render: (model) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}>{t(model.about)}</Typography.Paragraph> },
    ...(Object.keys(TIERS) as Tier[]).map((tier) => ({ key: tier, title: `${TIERS[tier].shape} ${t(TIERS[tier])}`, width: 92, num: true, text: (model: Model) => count(model, tier) })),
    { key: 'cleared', title: t(TEXT.cleared), width: 100, num: true, text: (model) => spoken(model.last30Days).cleared },
    { key: 'health', title: t(TEXT.health), width: 150, text: (model) => (model.exceptions === null ? t(TEXT.fine) : `${t(TEXT.failed, { n: model.exceptions.outfalls })} ${model.exceptions.reason}`), render: (model) => (model.exceptions === null ? <Tag>{t(TEXT.fine)}</Tag> : <Tag title={model.exceptions.reason}>{t(TEXT.failed, { n: model.exceptions.outfalls })}</Tag>) },
  ];
  return (
    <>
      <PageTitle extra={<Link to="/model-health">{t(TEXT.board)}</Link>}>{t(TEXT.title)}</PageTitle>
      <Catalogue />
      <Typography.Title level={2} style={{ fontSize: 16 }}>{t(TEXT.spoke)}</Typography.Title>
      <ListTable<Model> name="models" title={t(TEXT.title)} list={whole(query, items)} rowKey={(model) => model.id} columns={columns} open={open} empty={t(TEXT.none)} />
    </>
  );
}
