import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Card, Flex, Skeleton, Tag, Typography } from 'antd';
import { lazy, Suspense } from 'react';
import { call } from '../../shared/api.ts';
import { useDark } from '../../shared/app-frame.tsx';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime, TIERS, type Tier } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { TierTag } from '../parts/tags.tsx';
import { Funnel } from './funnel.tsx';
import { Queues } from './queues.tsx';
import { Risks } from './risks.tsx';
import { useDemoClock } from '../../shared/demo.tsx';

const UnitMap = lazy(() => import('./unit-map.tsx'));

const TEXT = {
  title: { zh: '一屏总览', en: 'Situation' },
  asOf: { zh: '截至 {time}', en: 'as of {time}' },
  newest: { zh: '最新线索', en: 'Newest clues' },
  none: { zh: '还没有线索', en: 'No clues yet' },
  all: { zh: '全部线索', en: 'All clues' },
  models: { zh: '模型运行', en: 'Model health' },
  running: { zh: '{n} 个模型正常运行', en: '{n} models run' },
  failed: { zh: '✗ {id} {name}：{n} 个排放口出错', en: '✗ {id} {name}: fails at {n} outfalls' },
  jumped: { zh: '演示时钟拨快后，模拟设备要过几分钟才补上报文，其间会显示为逾时。', en: 'After the demonstration’s clock was run, its devices need some minutes to report again and show as silent meanwhile.' },
  devices: { zh: '设备 {n} 台在册，{s} 台逾时未到数，{v} 台从未上线', en: '{n} devices registered, {s} silent for longer than they may be, {v} never heard' },
  awaited: { zh: '，{n} 台新登记、等待首次上线', en: ', {n} new, first report awaited' },
  map: { zh: '单位分布（圆点按未办结线索的最高级别着色）', en: 'Units (dots by the highest open tier)' },
  quiet: { zh: '没有未办结线索', en: 'nothing open' },
  open: { zh: '未办结线索 {n} 条', en: '{n} open clues' },
} as const satisfies Record<string, Text>;

const RANK: Readonly<Record<Tier, number>> = { REMIND: 1, WARN: 2, WORK_ORDER: 3 };

function Newest() {
  const { t, language } = useSpeech();
  const query = useQuery({ queryKey: ['clues', 'newest'], queryFn: () => call('GET /api/review/clues', { query: { limit: 8 } }), refetchInterval: 15_000 });
  return (
    <Card size="small" title={t(TEXT.newest)} extra={<Link to="/clues">{t(TEXT.all)} →</Link>}>
      <Loaded query={query}>
        {({ items }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {items.map((clue) => (
              <li key={clue.clueId} style={{ padding: '6px 0', borderBottom: '1px solid rgba(128,128,128,.15)' }}>
                <Flex wrap gap={8} align="center"><TierTag tier={clue.tier} /><Link to="/clues/$clueId" params={{ clueId: clue.clueId }}>{clue.unitName} {clue.outfallName}</Link><Tag>{language === 'zh' ? clue.stateZh : clue.stateEn}</Tag><Typography.Text type="secondary" style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(clue.changedAt))}</Typography.Text></Flex>
                <Typography.Paragraph style={{ margin: '2px 0 0' }} ellipsis={{ rows: 2 }}>{t(clue.sentence)}</Typography.Paragraph>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

function Health({ devices }: { devices: { known: number; never: number; awaited: number; silent: number } }) {
  const { t } = useSpeech();
  const demo = useDemoClock();
  const query = useQuery({ queryKey: ['models'], queryFn: () => call('GET /api/analysis/models'), refetchInterval: 30_000 });
  return (
    <Card size="small" title={t(TEXT.models)}>
      <Loaded query={query}>
        {({ items }) => (
          <Flex vertical gap={4}>
            <span>✓ {t(TEXT.running, { n: items.filter((model) => model.exceptions === null).length })}</span>
            {items.filter((model) => model.exceptions !== null).map((model) => <Link key={model.id} to="/models/$modelId" params={{ modelId: model.id }}>{t(TEXT.failed, { id: model.id, name: t(model.title), n: model.exceptions?.outfalls ?? 0 })}</Link>)}
            <Link to="/devices">{t(TEXT.devices, { n: devices.known, s: devices.silent, v: devices.never })}{devices.awaited > 0 && t(TEXT.awaited, { n: devices.awaited })}</Link>
            {devices.silent > 0 && demo.data && <Typography.Text type="secondary">{t(TEXT.jumped)}</Typography.Text>}
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}

function Place() {
  const { t } = useSpeech();
  const dark = useDark();
  const navigate = useNavigate();
  const units = useQuery({ queryKey: ['situation', 'units'], queryFn: () => call('GET /api/situation/units'), refetchInterval: 30_000 });
  const points = (units.data?.items ?? []).map(({ unitId, name, lat, lon, open, tier }) => {
    const top = (Object.keys(TIERS) as Tier[]).find((one) => one === tier);
    return { id: unitId, name, lat, lon, color: top === undefined ? '#8c8c8c' : TIERS[top].hex, rank: top === undefined ? 0 : RANK[top], note: open === 0 ? t(TEXT.quiet) : t(TEXT.open, { n: open }) };
  });
  return (
    <Card size="small" title={t(TEXT.map)}>
      <Loaded query={units} isEmpty={() => points.length === 0}>
        {() => <Suspense fallback={<Skeleton active />}><UnitMap points={points} dark={dark} label={t(TEXT.map)} onOpen={(unitId) => void navigate({ to: '/units/$unitId', params: { unitId } })} /></Suspense>}
      </Loaded>
      <Flex gap={16} wrap style={{ marginTop: 6 }}>{(Object.keys(TIERS) as Tier[]).map((tier) => <TierTag key={tier} tier={tier} />)}</Flex>
    </Card>
  );
}

/** One screen: from frames to cases, what is at risk, what is new, whether the platform itself is well. */
export function SituationPage() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['situation'], queryFn: () => call('GET /api/situation'), refetchInterval: 10_000 });
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <PageTitle extra={<Typography.Text type="secondary" style={{ fontVariantNumeric: 'tabular-nums' }}>{t(TEXT.asOf, { time: formatTime(msOf(data.now)) })}</Typography.Text>}>{t(TEXT.title)}</PageTitle>
          <Flex vertical gap={12}>
            <Funnel data={data} />
            <div className="grid-2" style={{ gridTemplateColumns: undefined }}>
              <Flex vertical gap={12} style={{ minWidth: 0 }}><Risks {...data.deadlines} /><Queues /><Newest /></Flex>
              <Flex vertical gap={12} style={{ minWidth: 0 }}><Place /><Health devices={data.devices} /></Flex>
            </div>
          </Flex>
        </>
      )}
    </Loaded>
  );
}
