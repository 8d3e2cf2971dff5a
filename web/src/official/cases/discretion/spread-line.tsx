import { Typography } from 'antd';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { useMoney } from '../../parts/money.ts';
import type { Spread } from './law-shapes.ts';

const TEXT = {
  words: { zh: '{n} 件：中位数 {median}，四分位 {q1} – {q3}，最低 {min}，最高 {max}', en: '{n} cases: median {median}, quartiles {q1} – {q3}, lowest {min}, highest {max}' },
  none: { zh: '没有可比的已决案件', en: 'No decided case to compare with' },
} as const satisfies Record<string, Text>;

/** Spread of fines as a line with its quartiles, and in words; `mark` is the sum in question. */
export function SpreadLine({ spread, mark }: { spread: Spread | null; mark?: number }) {
  const { t } = useSpeech();
  const yuan = useMoney();
  if (spread === null) return <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>;
  const low = Math.min(spread.min, mark ?? spread.min);
  const width = Math.max(1, Math.max(spread.max, mark ?? spread.max) - low);
  const at = (sum: number): number => 4 + (192 * (sum - low)) / width;
  const money = { median: yuan(spread.median), q1: yuan(spread.q1), q3: yuan(spread.q3), min: yuan(spread.min), max: yuan(spread.max) };
  const words = t(TEXT.words, { n: spread.n, ...money });
  return (
    <div style={{ fontVariantNumeric: 'tabular-nums' }}>
      <svg viewBox="0 0 200 20" style={{ width: '100%', maxWidth: 420, height: 28, display: 'block' }} role="img" aria-label={words}>
        <line x1={at(spread.min)} x2={at(spread.max)} y1={10} y2={10} stroke="currentcolor" strokeWidth={1} />
        <rect x={at(spread.q1)} width={Math.max(1, at(spread.q3) - at(spread.q1))} y={5} height={10} fill="currentcolor" fillOpacity={0.18} stroke="currentcolor" strokeWidth={0.8} />
        <line x1={at(spread.median)} x2={at(spread.median)} y1={4} y2={16} stroke="currentcolor" strokeWidth={2} />
        {mark !== undefined && <path d={`M ${at(mark)} 4 l -3 -4 h 6 z`} fill="currentcolor" />}
      </svg>
      {words}
    </div>
  );
}
