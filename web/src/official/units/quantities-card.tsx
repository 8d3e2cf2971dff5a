import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Progress, Table, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { formatDay, formatNumber } from '../../shared/tiers.ts';
import { PERMIT_PERIODS } from './validity-words.ts';

const TEXT = {
  title: { zh: '排放量、捕集率与许可量', en: 'Quantities, capture and permit' },
  standing: { zh: '{period}：{used} / {cap} kg', en: '{period}: {used} of {cap} kg' },
  reached80: { zh: '已达 {ratio} 预警线', en: 'warning line of {ratio} reached' },
  projected: { zh: '按当前速度期末约 {kg} kg', en: 'about {kg} kg at the end at this pace' },
  quarter: { zh: '季度', en: 'Quarter' }, capture: { zh: '捕集率', en: 'Capture' }, effective: { zh: '传输有效率', en: 'Effective transmission' },
  target: { zh: '达标', en: 'Target' }, met: { zh: '达到', en: 'met' }, notMet: { zh: '未达到', en: 'not met' },
  month: { zh: '月份', en: 'Month' }, measured: { zh: '自动', en: 'Automatic' }, manual: { zh: '手工', en: 'Manual' }, substituted: { zh: '替代', en: 'Substituted' },
  total: { zh: '合计 kg', en: 'Total kg' }, undecided: { zh: '待人工小时', en: 'Hours left to a person' },
  note: { zh: '替代量只计入总量，不作为超标依据', en: 'Substituted mass feeds totals only, never a finding of exceedance' },
} as const satisfies Record<string, Text>;

type Quantities = Routes['GET /api/outfalls/:outfall/quantities']['response'];
const percent = (share: string | null): string => (share === null ? '—' : `${(Number(share) * 100).toFixed(2)} %`);

function Standings({ standings }: Pick<Quantities, 'standings'>) {
  const { t } = useSpeech();
  return standings.map((one) => {
    const words = t(TEXT.standing, { period: t(PERMIT_PERIODS[one.period]), used: formatNumber(Number(one.usedKg), 5), cap: formatNumber(Number(one.capKg), 5) });
    return (
      <div key={one.period}>
        <Typography.Text>{words} · {percent(one.share)}{one.reached !== null && <strong> ▲ {t(TEXT.reached80, { ratio: percent(one.reached) })}</strong>}</Typography.Text>
        <Progress percent={Math.min(100, Number(one.share) * 100)} showInfo={false} status={Number(one.share) >= 1 ? 'exception' : 'normal'} aria-label={words} />
        {one.projectedKg !== null && <Typography.Text type="secondary">{t(TEXT.projected, { kg: formatNumber(Number(one.projectedKg), 5) })}</Typography.Text>}
      </div>
    );
  });
}

/** What was emitted by source of the figure, how much of it was captured, and where the outfall stands in its permit. */
export function QuantitiesCard({ outfall, factor, asOf }: { outfall: string; factor: string; asOf: number | undefined }) {
  const { t } = useSpeech();
  const query = useQuery({
    queryKey: ['quantities', outfall, factor, asOf],
    queryFn: () => call('GET /api/outfalls/:outfall/quantities', { params: { outfall }, query: { factor, ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }) } }),
  });
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Loaded query={query} isEmpty={(data) => data.months.length === 0}>
        {(data) => (
          <Flex vertical gap={12}>
            <Standings standings={data.standings} />
            <Table size="small" rowKey="from" pagination={false} dataSource={data.captures} scroll={{ x: 420 }} columns={[
              { title: t(TEXT.quarter), key: 'from', render: (_, row) => formatDay(Date.parse(row.from)).slice(0, 7) },
              { title: t(TEXT.capture), key: 'capture', className: 'num', render: (_, row) => percent(row.capture) },
              { title: t(TEXT.effective), key: 'effective', className: 'num', render: (_, row) => percent(row.effective) },
              { title: t(TEXT.target), key: 'target', render: (_, row) => (row.targetMet === null ? '—' : t(row.targetMet ? TEXT.met : TEXT.notMet)) },
            ]} />
            <Table size="small" rowKey="from" pagination={{ pageSize: 12, hideOnSinglePage: true }} dataSource={data.months} scroll={{ x: 560 }} columns={[
              { title: t(TEXT.month), key: 'from', render: (_, row) => formatDay(Date.parse(row.from)).slice(0, 7) },
              { title: t(TEXT.measured), dataIndex: 'measuredKg', className: 'num' }, { title: t(TEXT.manual), dataIndex: 'manualKg', className: 'num' },
              { title: t(TEXT.substituted), dataIndex: 'substitutedKg', className: 'num' }, { title: t(TEXT.total), dataIndex: 'totalKg', className: 'num' },
              { title: t(TEXT.undecided), dataIndex: 'undecidedHours', className: 'num' },
            ]} />
            <Typography.Text type="secondary">{t(TEXT.note)}</Typography.Text>
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}
