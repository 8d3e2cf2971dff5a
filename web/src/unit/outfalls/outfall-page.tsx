import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Segmented, Skeleton, Table } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { Go, useWord } from '../parts/go.tsx';
import { useNow } from '../../shared/moment.ts';
import { Panel } from '../parts/panel.tsx';
import { useMay } from '../parts/queries.ts';
import { inWords, PERIODS } from '../parts/words.ts';
import { PermittedAmounts } from './permitted-amounts.tsx';
import type { Outfall } from '../shapes.ts';
import { useArticle, useFactorName } from '../../shared/terms/article.ts';
import { unitShown } from '../../shared/terms/unit-shown.ts';

const OutfallCurves = lazy(() => import('./outfall-curves.tsx'));

const TEXT = {
  curves: { zh: '曲线与限值', en: 'Curves against the limits' },
  same: { zh: '执法人员看到的是同一条曲线。', en: 'Officials see the same curves.' },
  limits: { zh: '现行限值', en: 'Limits in force' },
  factor: { zh: '因子', en: 'Factor' },
  limit: { zh: '限值', en: 'Limit' },
  period: { zh: '口径', en: 'Mean' },
  basis: { zh: '计算', en: 'Basis' },
  c: { zh: '实测', en: 'as measured' },
  zs: { zh: '折算', en: 'converted' },
  source: { zh: '依据', en: 'Source' },
  mark: { zh: '标记数据', en: 'Mark data' },
  earlier: { zh: '更早', en: 'Earlier' },
  later: { zh: '更晚', en: 'Later' },
} as const satisfies Record<string, Text>;

const DAY = 24 * 3_600_000;
const SPANS = [
  { days: 1, zh: '1 天', en: '1 day' },
  { days: 7, zh: '7 天', en: '7 days' },
  { days: 30, zh: '30 天', en: '30 days' },
] as const;

function Curves({ outfall }: { outfall: string }) {
  const { t } = useSpeech();
  const [days, setDays] = useState(1);
  const [back, setBack] = useState(0);
  const to = Math.ceil(useNow() / 3_600_000) * 3_600_000 - back * days * DAY;
  return (
    <Panel title={t(TEXT.curves)} extra={<span style={{ fontSize: 12, opacity: 0.8 }}>{t(TEXT.same)}</span>}>
      <Flex justify="space-between" wrap gap={8} style={{ marginBottom: 6 }}>
        <Segmented value={days} options={SPANS.map((span) => ({ value: span.days, label: t(span) }))} onChange={(value) => { setDays(Number(value)); setBack(0); }} />
        <Flex gap={6} align="center" wrap>
          <Button size="small" onClick={() => setBack(back + 1)}>← {t(TEXT.earlier)}</Button>
          <span style={{ fontVariantNumeric: 'tabular-nums', fontSize: 12 }}>{formatTime(to - days * DAY, false)} – {formatTime(to, false)}</span>
          <Button size="small" disabled={back === 0} onClick={() => setBack(back - 1)}>{t(TEXT.later)} →</Button>
        </Flex>
      </Flex>
      <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}><OutfallCurves outfall={outfall} from={to - days * DAY} to={to} onlyLimited withFrames /></Suspense>
    </Panel>
  );
}

function Limits({ outfall }: { outfall: Outfall }) {
  const { t } = useSpeech();
  const article = useArticle();
  const factorName = useFactorName();
  return (
    <Panel title={t(TEXT.limits)}>
      <div className="scroll-x">
        <Table
          size="small" rowKey={(row) => `${row.factor}-${row.period}-${row.basis}-${row.limit}`} dataSource={outfall.limits} pagination={false}
          columns={[
            { title: t(TEXT.factor), render: (_, row) => factorName(row) },
            { title: t(TEXT.limit), className: 'num', render: (_, row) => `${row.limit} ${unitShown(row.unit)}` },
            { title: t(TEXT.period), render: (_, row) => t(inWords(PERIODS, row.period)) },
            { title: t(TEXT.basis), render: (_, row) => t(row.basis === 'zs' ? TEXT.zs : TEXT.c) },
            { title: t(TEXT.source), render: (_, row) => article(row.source) },
          ]}
        />
      </div>
    </Panel>
  );
}

export function OutfallPageView() {
  const { t } = useSpeech();
  const outfall = useWord('outfall');
  const maySee = useMay('analysis.read');
  const query = useQuery({ queryKey: ['outfall', outfall], queryFn: () => call('GET /api/outfalls/:outfall', { params: { outfall } }) });
  return (
    <Loaded query={query}>
      {(page) => (
        <>
          <PageTitle extra={<Go to={`/marks?outfall=${page.outfall}`}>{t(TEXT.mark)}</Go>}>{page.name}</PageTitle>
          {maySee && <Curves outfall={page.outfall} />}
          <Limits outfall={page} />
          {page.permits.length > 0 && <PermittedAmounts outfall={page} />}
        </>
      )}
    </Loaded>
  );
}
