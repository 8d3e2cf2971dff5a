import { useQuery } from '@tanstack/react-query';
import { Flex, Segmented } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { call } from '../../shared/api.ts';
import { useDark } from '../../shared/app-frame.tsx';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { FramesDrawer } from '../parts/frames.tsx';
import { NO_DATA, spokenLanes } from '../../shared/chart/lanes.ts';
import SourceChart, { type Lane, type Shade } from '../../shared/chart/source-chart.tsx';

const TEXT = {
  label: { zh: '排口数据曲线与限值', en: 'Curves of the outfall against the limits' },
  limited: { zh: '有限值的', en: 'With a limit' },
  all: { zh: '全部数据', en: 'Everything' },
  hint: { zh: '点击任一时刻查看原始报文', en: 'Click a moment for its raw frames' },
} as const satisfies Record<string, Text>;

const NO_SHADES: readonly Shade[] = [];
const NO_FACTORS: readonly string[] = [];

interface Props {
  readonly outfall: string;
  readonly from: number;
  readonly to: number;
  readonly shades?: readonly Shade[];
  /** Only curves that are measured against a limit; the rest on request. */
  readonly onlyLimited?: boolean;
  readonly factors?: readonly string[];
  /** A click on a moment opens its raw frames. */
  readonly withFrames?: boolean;
}

/** The same curves the officials see, from the same route, drawn by the same chart. */
export default function OutfallCurves({ outfall, from, to, shades = NO_SHADES, onlyLimited = false, factors = NO_FACTORS, withFrames = false }: Props) {
  const { t, language } = useSpeech();
  const dark = useDark();
  const [all, setAll] = useState(!onlyLimited);
  const [picked, pick] = useState<number>();
  const onPick = useCallback((at: number) => pick(at), []);
  const query = useQuery({
    queryKey: ['series', outfall, from, to],
    queryFn: () => call('GET /api/outfalls/:outfall/series', { params: { outfall }, query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 600 } }),
  });
  const lanes = useMemo<Lane[]>(() => {
    const given = query.data?.lanes ?? [];
    const limited = given.filter((lane) => lane.limit !== undefined || factors.includes(lane.id));
    const kept = all || limited.length === 0 ? given : limited;
    return spokenLanes(kept, language);
  }, [query.data, all, factors, language]);
  return (
    <Loaded query={query} isEmpty={(data) => data.lanes.every((lane) => (lane.curves ?? []).every((curve) => curve.points.length === 0) && (lane.spans ?? []).length === 0)} empty={NO_DATA}>
      {() => (
        <>
          <Flex justify={withFrames ? 'space-between' : 'end'} align="center" wrap gap={6} style={{ marginBottom: 4 }}>
            {withFrames && <span style={{ fontSize: 12, opacity: 0.85 }}>{t(TEXT.hint)}</span>}
            <Segmented size="small" value={all ? 'all' : 'limited'} options={[{ value: 'limited', label: t(TEXT.limited) }, { value: 'all', label: t(TEXT.all) }]} onChange={(value) => setAll(value === 'all')} />
          </Flex>
          <SourceChart from={from} to={to} lanes={lanes} shades={shades} dark={dark} label={t(TEXT.label)} {...(withFrames ? { onPick } : {})} />
          {withFrames && <FramesDrawer outfall={outfall} at={picked} onClose={() => pick(undefined)} />}
        </>
      )}
    </Loaded>
  );
}
