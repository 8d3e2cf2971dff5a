import { Button, Card, Flex, Slider, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';

const TEXT = {
  title: { zh: '当时所知', en: 'As known at' },
  now: { zh: '现在所知', en: 'as known now' },
  at: { zh: '只用 {time} 时已知的数据、标记与核查', en: 'only what was known at {time}: data, marks, checks' },
  back: { zh: '回到现在', en: 'Back to now' },
} as const satisfies Record<string, Text>;

const HOUR = 3_600_000;

interface Props {
  readonly from: number;
  readonly to: number;
  readonly asOf: number | undefined;
  readonly onChange: (asOf: number | undefined) => void;
}

/** Moves the whole page back to what was known at a moment; at the right end it is the present. */
export function AsKnown({ from, to, asOf, onChange }: Props) {
  const { t } = useSpeech();
  const [moving, move] = useState<number>();
  const last = Math.ceil((to - from) / HOUR);
  const shown = moving ?? (asOf === undefined ? last : Math.max(0, Math.min(last, Math.round((asOf - from) / HOUR))));
  const timeAt = (step: number) => formatTime(from + step * HOUR);
  const settle = (step: number) => {
    move(undefined);
    onChange(step >= last ? undefined : from + step * HOUR);
  };
  return (
    <Card size="small">
      <Flex align="center" wrap gap={12}>
        <Typography.Text strong>{t(TEXT.title)}</Typography.Text>
        <div style={{ flex: '1 1 200px', minWidth: 160, paddingInline: 8 }}>
          <Slider min={0} max={last} value={shown} onChange={move} onChangeComplete={settle} ariaLabelForHandle={t(TEXT.title)}
            ariaValueTextFormatterForHandle={(step) => timeAt(step ?? last)} tooltip={{ formatter: (step) => timeAt(step ?? last) }} />
        </div>
        <Typography.Text type="secondary" aria-live="polite">{shown >= last ? t(TEXT.now) : t(TEXT.at, { time: timeAt(shown) })}</Typography.Text>
        {asOf !== undefined && <Button size="small" onClick={() => onChange(undefined)}>{t(TEXT.back)}</Button>}
      </Flex>
    </Card>
  );
}
