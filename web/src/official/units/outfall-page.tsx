import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Card, Flex, Segmented, Select, Table } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { HELD_TITLE, StandardFindings } from '../../shared/register/standard-findings.tsx';
import { formatDay, formatNumber } from '../../shared/tiers.ts';
import { useNow } from '../../shared/moment.ts';
import { OutfallChart } from '../parts/outfall-chart.tsx';
import { Fact } from '../parts/tags.tsx';
import type { OutfallPage } from '../shapes.ts';
import { TruthingCard } from '../truthing/truthing-card.tsx';
import { AsKnown } from './as-known.tsx';
import { QuantitiesCard } from './quantities-card.tsx';
import { ValidityCard, type Grain } from './validity-card.tsx';
import { VerdictTrace } from './verdict-trace.tsx';
import { useArticle, useFactorName } from '../../shared/terms/article.ts';
import { unitShown } from '../../shared/terms/unit-shown.ts';

const TEXT = {
  data: { zh: '数据', en: 'Data' },
  earlier: { zh: '前一段', en: 'the span before' },
  later: { zh: '后一段', en: 'the span after' },
  newest: { zh: '到最新', en: 'to the newest' },
  limits: { zh: '排放限值', en: 'Limits' },
  factor: { zh: '因子', en: 'Factor' },
  limit: { zh: '限值', en: 'Limit' },
  period: { zh: '均值', en: 'Mean' },
  basis: { zh: '口径', en: 'Basis' },
  source: { zh: '依据', en: 'Source' },
  mn: { zh: '数采仪', en: 'Device' },
  door: { zh: '门禁', en: 'Door' },
  power: { zh: '用电', en: 'Power' },
  o2: { zh: '基准氧', en: 'Reference O₂' },
  flow: { zh: '设计流量', en: 'Design flow' },
  step: { zh: '分钟数据间隔', en: 'Step' },
  minutes: { zh: '{n} 分钟', en: '{n} min' },
  hour: { zh: '小时', en: 'hour' },
  day: { zh: '日', en: 'day' },
  instant: { zh: '瞬时', en: 'instant' },
  five_minutes: { zh: '5 分钟均值，按日计次', en: 'five-minute means, counted by the day' },
  zs: { zh: '折算', en: 'converted' },
  c: { zh: '实测', en: 'measured' },
} as const satisfies Record<string, Text>;

const DAY = 86_400_000;
const SPANS = [
  { days: 1, zh: '1 天', en: '1 day' }, { days: 3, zh: '3 天', en: '3 days' }, { days: 7, zh: '7 天', en: '7 days' },
  { days: 30, zh: '30 天', en: '30 days' }, { days: 90, zh: '90 天', en: '90 days' }, { days: 365, zh: '1 年', en: '1 year' },
  { days: 1095, zh: '3 年', en: '3 years' }, { days: 1826, zh: '5 年', en: '5 years' },
] as const;
const grainOf = (days: number): Grain => (days <= 30 ? 'hour' : days <= 365 ? 'day' : 'month');

const route = getRouteApi('/outfalls/$outfall');

function Limits({ outfall }: { outfall: OutfallPage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const nameOf = useFactorName();
  return (
    <Card size="small" title={t(TEXT.limits)}>
      <Table size="small" pagination={false} rowKey={(row) => `${row.factor}${row.period}${row.basis}${row.limit}${row.source}`} dataSource={outfall.limits} scroll={{ x: 560 }} columns={[
        { title: t(TEXT.factor), key: 'factor', render: (_, row) => nameOf(row) },
        { title: t(TEXT.limit), key: 'limit', className: 'num', render: (_, row) => `${row.limit} ${unitShown(row.unit)}` },
        { title: t(TEXT.period), key: 'period', render: (_, row) => t(TEXT[row.period]) },
        { title: t(TEXT.basis), key: 'basis', render: (_, row) => t(TEXT[row.basis]) },
        { title: t(TEXT.source), key: 'source', render: (_, row) => article(row.source) },
      ]} />
    </Card>
  );
}

function Years({ page, from, to, days, asOf }: { page: OutfallPage; from: number; to: number; days: number; asOf: number | undefined }) {
  const { t } = useSpeech();
  const nameOf = useFactorName();
  const limited = page.limits.map((limit) => limit.factor);
  const [chosen, choose] = useState<string>();
  const factors = [...new Map([...page.limits, ...page.factors].map((row) => [row.factor, nameOf(row)]))];
  const factor = chosen ?? limited[0] ?? factors[0]?.[0];
  if (factor === undefined) return null;
  const name = factors.find(([code]) => code === factor)?.[1] ?? factor;
  const common = { outfall: page.outfall, factor, asOf };
  return (
    <>
      <Select aria-label={t(TEXT.factor)} style={{ width: 220, maxWidth: '100%' }} value={factor} onChange={choose} options={factors.map(([value, label]) => ({ value, label }))} />
      <ValidityCard {...common} name={name} grain={grainOf(days)} from={from} to={to} />
      <VerdictTrace {...common} from={from} to={to} />
      <QuantitiesCard {...common} />
    </>
  );
}

/** Moves the span along time by its own length, back and forth, and to the present. */
function Along({ from, to, now, move }: { from: number; to: number; now: number; move(end: number | undefined): void }) {
  const { t } = useSpeech();
  const later = to + (to - from);
  return (
    <Flex gap={6} align="center" wrap>
      <Button size="small" aria-label={t(TEXT.earlier)} onClick={() => move(from)}>‹</Button>
      <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatDay(from)} – {formatDay(to)}</span>
      <Button size="small" aria-label={t(TEXT.later)} disabled={to >= now} onClick={() => move(later >= now ? undefined : later)}>›</Button>
      {to < now && <Button size="small" type="link" onClick={() => move(undefined)}>{t(TEXT.newest)}</Button>}
    </Flex>
  );
}

/** One outfall: years of its data by hours, days or months, what was known when, verdicts with their trace, quantities, limits. */
export function OutfallPageView() {
  const { outfall } = route.useParams();
  const { t } = useSpeech();
  const now = useNow();
  const [days, setDays] = useState(7);
  const [asOf, know] = useState<number>();
  // The demonstration's clock is learnt a moment after the first look: the end follows it, hour by hour.
  const newest = Math.ceil(now / 3_600_000) * 3_600_000;
  const [past, setEnd] = useState<number>();
  const end = past ?? newest;
  const from = end - days * DAY;
  const query = useQuery({ queryKey: ['outfall', outfall], queryFn: () => call('GET /api/outfalls/:outfall', { params: { outfall } }) });
  return (
    <Loaded query={query}>
      {(page) => (
        <>
          <PageTitle extra={<div className="scroll-x" style={{ maxWidth: 'calc(100vw - 48px)' }}><Segmented value={days} options={SPANS.map((span) => ({ value: span.days, label: t(span) }))} onChange={setDays} /></div>}>
            <Link to="/units/$unitId" params={{ unitId: page.unitId }} style={{ textDecoration: 'underline' }}>{page.unitName}</Link> · {page.name}
          </PageTitle>
          <Flex vertical gap={12}>
            <AsKnown from={from} to={end} asOf={asOf} onChange={know} />
            <Card size="small" title={t(TEXT.data)} extra={<Along from={from} to={end} now={newest} move={setEnd} />}><OutfallChart outfall={outfall} from={from} to={end} asOf={asOf} /></Card>
            <Years page={page} from={from} to={end} days={days} asOf={asOf} />
            <Card size="small">
              <div className="facts">
                <Fact label={t(TEXT.mn)}>{page.mn ?? '—'}</Fact>
                <Fact label={t(TEXT.door)}>{page.doorMn ?? '—'}</Fact>
                <Fact label={t(TEXT.power)}>{page.powerMn ?? '—'}</Fact>
                <Fact label={t(TEXT.o2)}>{page.o2Ref === null ? '—' : `${page.o2Ref} %`}</Fact>
                <Fact label={t(TEXT.flow)}>{page.designFlow === null ? '—' : `${formatNumber(page.designFlow)} ${page.type === 'gas' ? 'm³/h' : 'L/s'}`}</Fact>
                <Fact label={t(TEXT.step)}>{t(TEXT.minutes, { n: page.minuteStep })}</Fact>
              </div>
            </Card>
            <Limits outfall={page} />
            <Card size="small" title={t(HELD_TITLE)}><StandardFindings outfall={outfall} /></Card>
            <TruthingCard outfall={outfall} />
          </Flex>
        </>
      )}
    </Loaded>
  );
}
