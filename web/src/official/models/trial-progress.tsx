import { Progress } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Progress as Done } from './run-backtest.ts';

const TEXT = {
  title: { zh: '回测进度', en: 'Progress of the back-test' },
  progress: { zh: '已判 {done}/{all} 个排放口 · {values} 个值 · {s} 秒', en: '{done} of {all} outfalls · {values} values · {s} s' },
} as const satisfies Record<string, Text>;

/** How far a back-test has come. */
export function TrialProgress({ progress, running }: { progress: Done; running: boolean }) {
  const { t } = useSpeech();
  return (
    <div role="status">
      <Progress percent={Math.round((progress.done / progress.outfalls) * 100)} status={running ? 'active' : 'normal'} aria-label={t(TEXT.title)} />
      {t(TEXT.progress, { done: progress.done, all: progress.outfalls, values: progress.values.toLocaleString('en'), s: (progress.ms / 1000).toFixed(1) })}
    </div>
  );
}
