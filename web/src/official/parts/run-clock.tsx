import { Button, FloatButton, Popover, Space, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useDemoClock } from '../../shared/demo.tsx';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { msOf } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from './act.tsx';

const TEXT = {
  title: { zh: '拨动演示时钟', en: 'Run the clock' },
  hint: { zh: '仅演示环境：时间只能向前，期限随之到期', en: 'Demonstration only: time moves forward and terms run out' },
} as const satisfies Record<string, Text>;

const HOUR = 3_600_000;
const STEPS = [
  { ms: HOUR, zh: '+1 小时', en: '+1 hour' },
  { ms: 24 * HOUR, zh: '+1 天', en: '+1 day' },
  { ms: 72 * HOUR, zh: '+3 天', en: '+3 days' },
  { ms: 7 * 24 * HOUR, zh: '+7 天', en: '+7 days' },
  { ms: 30 * 24 * HOUR, zh: '+30 天', en: '+30 days' },
] as const;

const ClockMark = () => (
  <svg aria-hidden width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" strokeWidth="1.6"><circle cx="9" cy="9" r="7" /><path d="M9 4.5V9l3 2" /></svg>
);

/** The demonstration's clock on every page; where there is no demonstration there is no button. */
export function RunClock() {
  const { t } = useSpeech();
  const { data } = useDemoClock();
  const run = useAct(t(TEXT.title), (advanceMs: number) => call('POST /api/demo/clock', { body: { advanceMs } }));
  if (!data) return null;
  const content = (
    <Space orientation="vertical" style={{ maxWidth: 280 }}>
      <Typography.Text strong style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(data.now))}</Typography.Text>
      <Typography.Text type="secondary">{t(TEXT.hint)}</Typography.Text>
      <Space wrap>{STEPS.map((step) => <Button key={step.ms} size="small" loading={run.isPending} onClick={() => run.mutate(step.ms)}>{t(step)}</Button>)}</Space>
      {run.isError && <ProblemAlert error={run.error} />}
    </Space>
  );
  return (
    <Popover content={content} title={t(TEXT.title)} trigger="click" placement="topLeft">
      <FloatButton icon={<ClockMark />} aria-label={t(TEXT.title)} />
    </Popover>
  );
}
