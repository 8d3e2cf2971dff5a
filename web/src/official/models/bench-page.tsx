import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Card, DatePicker, Flex, InputNumber, Slider, Typography } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatDay } from '../../shared/tiers.ts';
import { useNow } from '../../shared/moment.ts';
import { BenchReport } from './bench-report.tsx';
import { useBacktest } from './run-backtest.ts';
import { TrialProgress } from './trial-progress.tsx';

const TEXT = {
  title: { zh: '回溯试验', en: 'Back-test bench' },
  what: { zh: '改一个参数，用全省历史数据重新研判：哪些会新出现、哪些会消失。只是试算，不改变现行参数。', en: 'Change a parameter and judge the history of the whole province again: what appears, what vanishes. A trial only; nothing in force is changed.' },
  params: { zh: '参数', en: 'Parameters' },
  inForce: { zh: '现行 {v}', en: 'in force {v}' },
  period: { zh: '时段', en: 'Period' },
  from: { zh: '开始', en: 'From' },
  to: { zh: '结束（不含）', en: 'To (exclusive)' },
  run: { zh: '试一试', en: 'Run' },
  cancel: { zh: '取消', en: 'Cancel' },
  back: { zh: '恢复现行值', en: 'Back to values in force' },
} as const satisfies Record<string, Text>;

type Model = Routes['GET /api/analysis/models/:model']['response'];

const route = getRouteApi('/models/$modelId/bench');
const DAY = 86_400_000;
const stamp = (day: Dayjs): string => `${day.format('YYYY-MM-DD')}T00:00:00+08:00`;

/** Range of the slider: around the value in force, in steps that fit its size. */
function rangeOf(value: number): { min: number; max: number; step: number } {
  const size = Math.abs(value) || 1;
  const step = Number.isInteger(value) && size >= 3 ? 1 : 10 ** (Math.floor(Math.log10(size)) - 1);
  return { min: value < 0 ? 2 * value : 0, max: value < 0 ? 0 : Math.max(Number((size * 3).toPrecision(2)), step * 10), step };
}

type Threshold = Model['thresholds'][number];

function Parameter({ threshold, inForce, value, onChange }: { threshold: Threshold; inForce: number; value: number; onChange: (value: number) => void }) {
  const { t } = useSpeech();
  const { name } = threshold;
  const words = `${t(threshold)}（${t(threshold.unit)}）`;
  const { min, max, step } = rangeOf(inForce);
  return (
    <div style={{ marginBottom: 8 }}>
      <Flex justify="space-between" wrap gap={8}>
        <label htmlFor={`p-${name}`} style={{ fontWeight: value === inForce ? 400 : 700, overflowWrap: 'anywhere' }}>{words}</label>
        <Typography.Text type="secondary">{t(TEXT.inForce, { v: inForce })}</Typography.Text>
      </Flex>
      <Flex gap={12} align="center">
        <Slider style={{ flex: 1, minWidth: 80 }} min={min} max={Math.max(max, value)} step={step} value={value} onChange={onChange} ariaLabelForHandle={words} />
        <InputNumber id={`p-${name}`} style={{ width: 100 }} step={step} value={value} onChange={(next) => onChange(next ?? inForce)} />
      </Flex>
    </div>
  );
}

function Bench({ model }: { model: Model }) {
  const { t } = useSpeech();
  const today = formatDay(useNow());
  const [set, change] = useState<Readonly<Record<string, number>>>({});
  const [from, setFrom] = useState<Dayjs>(() => dayjs(formatDay(Date.parse(`${today}T00:00:00Z`) - 365 * DAY)));
  const [to, setTo] = useState<Dayjs>(() => dayjs(today));
  const { run, cancel, running, progress, report, error } = useBacktest();
  const changed = Object.fromEntries(Object.entries(set).filter(([name, value]) => value !== model.params[name]));
  return (
    <div className="grid-2">
      <Flex vertical gap={12} style={{ minWidth: 0 }}>
        {error !== undefined && <ProblemAlert error={error} />}
        {progress !== undefined && <TrialProgress progress={progress} running={running} />}
        {report !== undefined && <BenchReport report={report} />}
      </Flex>
      <Card size="small" title={t(TEXT.params)}>
        {model.thresholds.map((threshold) => {
          const { name, value: inForce } = threshold;
          return <Parameter key={name} threshold={threshold} inForce={inForce} value={set[name] ?? inForce} onChange={(value) => change({ ...set, [name]: value })} />;
        })}
        <Flex gap={8} wrap style={{ marginBottom: 12 }}>
          <DatePicker aria-label={t(TEXT.from)} allowClear={false} value={from} onChange={(day) => day !== null && setFrom(day as Dayjs)} />
          <DatePicker aria-label={t(TEXT.to)} allowClear={false} value={to} onChange={(day) => day !== null && setTo(day as Dayjs)} />
        </Flex>
        <Flex gap={8} wrap>
          <Button type="primary" disabled={running} onClick={() => void run({ model: model.id, from: stamp(from), to: stamp(to), set: changed })}>{t(TEXT.run)}</Button>
          <Button disabled={!running} onClick={cancel}>{t(TEXT.cancel)}</Button>
          <Button type="text" onClick={() => change({})}>{t(TEXT.back)}</Button>
        </Flex>
      </Card>
    </div>
  );
}

/** What another threshold would have done to the history of the whole province. */
export function BenchPage() {
  const { modelId } = route.useParams();
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['model', modelId], queryFn: () => call('GET /api/analysis/models/:model', { params: { model: modelId } }) });
  return (
    <Loaded query={query}>
      {(model) => (
        <>
          <PageTitle extra={<Link to="/models/$modelId" params={{ modelId }}>{model.id} {t(model.title)}</Link>}>{t(TEXT.title)} · {model.id}</PageTitle>
          <Typography.Paragraph type="secondary">{t(TEXT.what)}</Typography.Paragraph>
          <Bench model={model} />
        </>
      )}
    </Loaded>
  );
}
