import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Checkbox, Flex, Segmented, Skeleton, Typography } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useDark } from '../../shared/app-frame.tsx';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { NO_DATA, spokenLanes } from '../../shared/chart/lanes.ts';
import type { Lane, Shade } from '../../shared/chart/source-chart.tsx';
import { FramesDrawer } from './frames-drawer.tsx';

const SourceChart = lazy(() => import('../../shared/chart/source-chart.tsx'));

const TEXT = {
  chart: { zh: '各来源数据（同一时间轴）', en: 'All sources on one time axis' },
  hint: { zh: '滚轮或双指缩放，拖动平移；点击任一时刻查看原始报文', en: 'Wheel or two fingers zoom, drag pans; click a moment for its raw frames' },
  all: { zh: '全部来源', en: 'All sources' },
  key: { zh: '关键来源', en: 'Key sources' },
  peers: { zh: '同类排放口曲线', en: 'Peers beside' },
  none: { zh: '这段时间没有数据', en: 'No data in this span' },
} as const satisfies Record<string, Text>;

type PeerCurves = Routes['GET /api/outfalls/:outfall/peer-curves']['response'];

const NO_SHADES: readonly Shade[] = [];
const NO_FACTORS: readonly string[] = [];

interface Props {
  readonly outfall: string;
  readonly from: number;
  readonly to: number;
  readonly shades?: readonly Shade[];
  /** Factors the claim is about: these lanes stay when only the key sources are shown. */
  readonly factors?: readonly string[];
  readonly asOf?: number | undefined;
  /** Offers the curves of the trade's other outfalls beside those of `factors`. */
  readonly peers?: boolean;
}

const KEPT = new Set(['a19001', 'a00000', 'w00000', 'power-production', 'power-treatment', 'power-main', 'doors', 'videos', 'marks', 'flags', 'maintenance']);
/** The platform reads no longer span of others' hours at once. */
const MOST_BESIDE = 31 * 86_400_000;

function usePeerLanes(factors: readonly string[], { outfall, from, to, asOf }: Pick<Props, 'outfall' | 'from' | 'to' | 'asOf'>) {
  return useQueries({
    queries: factors.map((factor) => ({
      queryKey: ['peer-curves', outfall, factor, from, to, asOf],
      queryFn: () => call('GET /api/outfalls/:outfall/peer-curves', {
        params: { outfall }, query: { factor, from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 600, ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }) },
      }),
    })),
    combine: lanesOf,
  });
}
/** Of peers without data nothing is drawn. */
const lanesOf = (answers: readonly { readonly data: PeerCurves | undefined }[]) => answers.flatMap(({ data }) => ((data?.lane.curves ?? []).length === 0 || data === undefined ? [] : [data.lane]));

/** An outfall's curves, spans and limits on one axis; a click opens the frames of that moment. */
export function OutfallChart({ outfall, from, to, shades = NO_SHADES, factors = NO_FACTORS, asOf, peers = false }: Props) {
  const { t, language } = useSpeech();
  const dark = useDark();
  const [all, setAll] = useState(false);
  const [picked, pick] = useState<number>();
  const query = useQuery({
    queryKey: ['series', outfall, from, to, asOf],
    queryFn: () => call('GET /api/outfalls/:outfall/series', {
      params: { outfall },
      query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 1200, ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }) },
    }),
    // A span moved along shows the one before it until the next has come.
    placeholderData: keepPreviousData,
  });
  const [beside, setBeside] = useState(false);
  const others = usePeerLanes(beside ? factors : NO_FACTORS, { outfall, from, to, asOf });
  const lanes = useMemo<Lane[]>(() => {
    const given = (query.data?.lanes ?? []).flatMap((lane) => [lane, ...others.filter((one) => one.id === `peers-${lane.id}`)]);
    const kept = all ? given : given.filter((lane) => KEPT.has(lane.id) || lane.limit !== undefined || lane.id.startsWith('peers-') || factors.includes(lane.id));
    return spokenLanes(kept, language);
  }, [query.data, others, all, factors, language]);
  const onPick = useCallback((at: number) => pick(at), []);
  return (
    <>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 6 }}>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.hint)}</Typography.Text>
        <Flex gap={8} align="center" wrap>
        {peers && factors.length > 0 && to - from <= MOST_BESIDE && <Checkbox checked={beside} onChange={(event) => setBeside(event.target.checked)}>{t(TEXT.peers)}</Checkbox>}
        <Segmented size="small" value={all ? 'all' : 'key'} options={[{ value: 'key', label: t(TEXT.key) }, { value: 'all', label: t(TEXT.all) }]} onChange={(value) => setAll(value === 'all')} />
        </Flex>
      </Flex>
      <Loaded query={query} isEmpty={(data) => data.lanes.every((lane) => (lane.curves ?? []).length === 0 && (lane.spans ?? []).length === 0)} empty={NO_DATA}>
        {() => (
          <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
            <SourceChart from={from} to={to} lanes={lanes} shades={shades} onPick={onPick} dark={dark} label={t(TEXT.chart)} />
          </Suspense>
        )}
      </Loaded>
      <FramesDrawer outfall={outfall} at={picked} onClose={() => pick(undefined)} />
    </>
  );
}
