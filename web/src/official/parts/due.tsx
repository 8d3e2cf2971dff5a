import { Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useNow } from '../../shared/moment.ts';

const TEXT = {
  days: { zh: '剩 {n} 天', en: '{n} days left' },
  hours: { zh: '剩 {n} 小时', en: '{n} h left' },
  working: { zh: '剩 {n} 个工作日', en: '{n} working days left' },
  overdue: { zh: '已逾期', en: 'overdue' },
  done: { zh: '已完成', en: 'done' },
  late: { zh: '逾期完成', en: 'done late' },
  cancelled: { zh: '已终止', en: 'ended' },
  paused: { zh: '已中止', en: 'paused' },
  lapsed: { zh: '期限届满', en: 'term ended' },
} as const satisfies Record<string, Text>;

const HOUR = 3_600_000;

export interface DueProps {
  readonly dueAt: number;
  readonly state: string;
  readonly overdue: boolean;
  /** Counted by the law's calendar where the server gives it. */
  readonly workingDaysLeft?: number | undefined;
}

/** How long is left: overdue is red wherever it stands, and only overdue is. */
export function Due({ dueAt, state, overdue, workingDaysLeft }: DueProps) {
  const { t } = useSpeech();
  const now = useNow();
  const open = state === 'OPEN' || state === 'PAUSED';
  if (!open) {
    const text = state === 'MET' ? TEXT.done : state === 'OVERDUE_MET' ? TEXT.late : TEXT.cancelled;
    return <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap' }}>{t(text)}</Typography.Text>;
  }
  if (overdue) return <Tag color="error" style={{ marginInlineEnd: 0 }}>! {t(TEXT.overdue)}</Tag>;
  if (state === 'PAUSED') return <span>{t(TEXT.paused)}</span>;
  const left = dueAt - now;
  if (left < 0) return <span>{t(TEXT.lapsed)}</span>;
  const text = workingDaysLeft !== undefined ? t(TEXT.working, { n: workingDaysLeft })
    : left < 48 * HOUR ? t(TEXT.hours, { n: Math.floor(left / HOUR) }) : t(TEXT.days, { n: Math.floor(left / (24 * HOUR)) });
  return <span title={formatTime(dueAt)} style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums', fontWeight: 600 }}>{text}</span>;
}
