import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Skeleton, Tag, Typography } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useDark } from '../../shared/app-frame.tsx';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import type { Lane } from '../../shared/chart/source-chart.tsx';
import { BASES, REASONS, STATES, VERDICTS } from './validity-words.ts';

const SourceChart = lazy(() => import('../../shared/chart/source-chart.tsx'));

type Periods = Routes['GET /api/outfalls/:outfall/validity']['response'];
export type Grain = 'hour' | 'day' | 'month';

const TEXT = {
  title: { zh: '有效性与判定', en: 'Validity and judgement' },
  hour: { zh: '按小时', en: 'by hour' }, day: { zh: '按日', en: 'by day' }, month: { zh: '按月', en: 'by month' },
  mean: { zh: '均值', en: 'Mean' }, low: { zh: '最低', en: 'lowest' }, high: { zh: '最高', en: 'highest' },
  validity: { zh: '有效性', en: 'Validity' }, judged: { zh: '判定', en: 'Judged' },
  basis: { zh: '判定口径：{basis}', en: 'Judged on: {basis}' },
  limit: { zh: '限值 {limit}', en: 'limit {limit}' },
  near: { zh: '{n} 个落在不确定度带内（仅提示，不从数值中扣减）', en: '{n} with the limit inside the guard band (shown, never subtracted)' },
  provisional: { zh: '{n} 个暂定（标记期限未满）', en: '{n} provisional (may still be marked)' },
  chart: { zh: '{factor} 的均值、有效性与判定', en: 'Means, validity and judgement of {factor}' },
} as const satisfies Record<string, Text>;

const WIDTH: Readonly<Record<Grain, number>> = { hour: 3_600_000, day: 86_400_000, month: 31 * 86_400_000 };

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly tone: string;
}

/** Neighbours that say the same become one stretch, so that a year of days stays a few rectangles. */
function stretches(items: Periods['items'], grain: Grain, of: (item: Periods['items'][number]) => { label: string; tone: string } | undefined): Stretch[] {
  const out: Stretch[] = [];
  items.forEach((item, i) => {
    const said = of(item);
    if (said === undefined) return;
    const from = Date.parse(item.from);
    const next = items[i + 1];
    const to = next === undefined ? from + WIDTH[grain] : Date.parse(next.from);
    const last = out.at(-1);
    if (last !== undefined && last.to >= from && last.label === said.label) out[out.length - 1] = { ...last, to };
    else out.push({ from, to, ...said });
  });
  return out;
}

function useLanes(data: Periods | undefined, grain: Grain): Lane[] {
  const { t } = useSpeech();
  return useMemo(() => {
    if (data === undefined) return [];
    const { items, limits } = data;
    const shown = limits.find((limit) => (grain === 'hour' ? limit.period !== 'day' : limit.period === 'day'));
    const points = (of: (item: Periods['items'][number]) => number | null) => items.map((item) => [Date.parse(item.from), of(item)] as const);
    return [
      {
        id: 'mean', title: t(TEXT.mean), unit: limits[0]?.unit ?? '',
        curves: [
          { name: t(TEXT.mean), points: points((item) => (item.mean === null ? null : Number(item.mean))) },
          ...(grain === 'hour' ? [] : [{ name: t(TEXT.low), dashed: true, points: points((item) => item.min) }, { name: t(TEXT.high), dashed: true, points: points((item) => item.max) }]),
        ],
        ...(shown === undefined ? {} : { limit: { value: Number(shown.limit), label: t(TEXT.limit, { limit: shown.limit }) } }),
      },
      { id: 'validity', title: t(TEXT.validity), spans: stretches(items, grain, (item) => ({ label: t(REASONS[item.reason] ?? { zh: item.reason, en: item.reason }), tone: VERDICTS[item.verdict].hex })) },
      { id: 'judged', title: t(TEXT.judged), spans: stretches(items, grain, (item) => (item.state === 'NOT_JUDGED' ? undefined : { label: t(STATES[item.state]), tone: STATES[item.state].hex })) },
    ];
  }, [data, grain, t]);
}

/** How many of each; words and shapes, not colour alone. */
function Counts({ data }: { data: Periods }) {
  const { t } = useSpeech();
  const count = (of: (item: Periods['items'][number]) => boolean) => data.items.filter(of).length;
  const near = count((item) => item.nearLimit);
  const provisional = count((item) => item.provisional);
  return (
    <Flex wrap gap={6} align="center">
      <Typography.Text type="secondary">{t(TEXT.basis, { basis: t(BASES[data.basis]) })}</Typography.Text>
      {(['VALID', 'INVALID', 'CANNOT_TELL'] as const).map((verdict) => <Tag key={verdict} style={{ marginInlineEnd: 0 }}>{VERDICTS[verdict].shape} {t(VERDICTS[verdict])} {count((item) => item.verdict === verdict)}</Tag>)}
      {(['EXCEEDED', 'EXEMPT_CANDIDATE', 'COMPLIANT'] as const).map((state) => <Tag key={state} style={{ marginInlineEnd: 0, whiteSpace: 'normal' }}>{t(STATES[state])} {count((item) => item.state === state)}</Tag>)}
      {near > 0 && <Typography.Text type="secondary">{t(TEXT.near, { n: near })}</Typography.Text>}
      {provisional > 0 && <Typography.Text type="secondary">{t(TEXT.provisional, { n: provisional })}</Typography.Text>}
    </Flex>
  );
}

interface Props {
  readonly outfall: string;
  readonly factor: string;
  readonly name: string;
  readonly grain: Grain;
  readonly from: number;
  readonly to: number;
  readonly asOf: number | undefined;
}

/** One factor over hours, days or months: its means, whether each stands, and how it was judged, as known then. */
export function ValidityCard({ outfall, factor, name, grain, from, to, asOf }: Props) {
  const { t } = useSpeech();
  const dark = useDark();
  const query = useQuery({
    queryKey: ['validity', outfall, factor, grain, from, to, asOf],
    queryFn: () => call('GET /api/outfalls/:outfall/validity', {
      params: { outfall },
      query: { factor, by: grain, from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }) },
    }),
  });
  const lanes = useLanes(query.data, grain);
  return (
    <Card size="small" title={`${t(TEXT.title)} · ${name} · ${t(TEXT[grain])}`}>
      <Loaded query={query} isEmpty={(data) => data.items.length === 0}>
        {(data) => (
          <Flex vertical gap={8}>
            <Counts data={data} />
            <Suspense fallback={<Skeleton active />}>
              <SourceChart from={from} to={to} lanes={lanes} dark={dark} label={t(TEXT.chart, { factor: name })} />
            </Suspense>
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}
