import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Card, Flex, Segmented, Table } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatNumber } from '../../shared/tiers.ts';
import { useNow } from '../../shared/moment.ts';
import { OutfallChart } from '../parts/outfall-chart.tsx';
import { Fact } from '../parts/tags.tsx';
import type { OutfallPage } from '../shapes.ts';

const TEXT = {
  data: { zh: '数据', en: 'Data' },
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
  zs: { zh: '折算', en: 'converted' },
  c: { zh: '实测', en: 'measured' },
} as const satisfies Record<string, Text>;

const DAY = 86_400_000;
const SPANS = [
  { days: 1, zh: '1 天', en: '1 day' }, { days: 3, zh: '3 天', en: '3 days' }, { days: 7, zh: '7 天', en: '7 days' },
  { days: 30, zh: '30 天', en: '30 days' }, { days: 90, zh: '90 天', en: '90 days' },
] as const;

const route = getRouteApi('/outfalls/$outfall');

function Limits({ outfall }: { outfall: OutfallPage }) {
  const { t } = useSpeech();
  return (
    <Card size="small" title={t(TEXT.limits)}>
      <Table size="small" pagination={false} rowKey={(row) => `${row.factor}${row.period}${row.basis}${row.source}`} dataSource={outfall.limits} scroll={{ x: 560 }} columns={[
        { title: t(TEXT.factor), key: 'factor', render: (_, row) => row.factorZh || row.factor },
        { title: t(TEXT.limit), key: 'limit', className: 'num', render: (_, row) => `${row.limit} ${row.unit}` },
        { title: t(TEXT.period), key: 'period', render: (_, row) => t(TEXT[row.period]) },
        { title: t(TEXT.basis), key: 'basis', render: (_, row) => t(TEXT[row.basis]) },
        { title: t(TEXT.source), dataIndex: 'source' },
      ]} />
    </Card>
  );
}

/** One outfall: its curves on one axis over days or months, devices, limits. */
export function OutfallPageView() {
  const { outfall } = route.useParams();
  const { t } = useSpeech();
  const now = useNow();
  const [days, setDays] = useState(7);
  const [end] = useState(() => Math.ceil(now / 3_600_000) * 3_600_000);
  const query = useQuery({ queryKey: ['outfall', outfall], queryFn: () => call('GET /api/outfalls/:outfall', { params: { outfall } }) });
  return (
    <Loaded query={query}>
      {(page) => (
        <>
          <PageTitle extra={<Segmented value={days} options={SPANS.map((span) => ({ value: span.days, label: t(span) }))} onChange={setDays} />}>
            <Link to="/units/$unitId" params={{ unitId: page.unitId }}>{page.unitName}</Link> · {page.name}
          </PageTitle>
          <Flex vertical gap={12}>
            <Card size="small" title={t(TEXT.data)}><OutfallChart outfall={outfall} from={end - days * DAY} to={end} /></Card>
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
          </Flex>
        </>
      )}
    </Loaded>
  );
}
