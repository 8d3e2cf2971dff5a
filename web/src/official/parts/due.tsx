import { Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useNow } from '../../shared/moment.ts';
import { termLeft, type Term } from '../../shared/terms/term-left.ts';

const TEXT = {
  overdue: { zh: '已逾期', en: 'overdue' },
  done: { zh: '已完成', en: 'done' },
  late: { zh: '逾期完成', en: 'done late' },
  cancelled: { zh: '已终止', en: 'ended' },
  paused: { zh: '已中止', en: 'paused' },
  lapsed: { zh: '期限届满', en: 'term ended' },
} as const satisfies Record<string, Text>;

export interface DueProps extends Term {
  readonly state: string;
  readonly overdue: boolean;
}

/** How long is left or by how much it is over: overdue is red wherever it stands, and only overdue is. */
export function Due({ state, overdue, ...term }: DueProps) {
  const { t } = useSpeech();
  const now = useNow();
  const open = state === 'OPEN' || state === 'PAUSED';
  if (!open) {
    const text = state === 'MET' ? TEXT.done : state === 'OVERDUE_MET' ? TEXT.late : TEXT.cancelled;
    return <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap' }}>{t(text)}</Typography.Text>;
  }
  if (overdue) return <Tag color="error" title={formatTime(term.dueAt)} style={{ marginInlineEnd: 0, fontVariantNumeric: 'tabular-nums' }}>! {term.dueAt < now ? termLeft(t, term, now) : t(TEXT.overdue)}</Tag>;
  if (state === 'PAUSED') return <span>{t(TEXT.paused)}</span>;
  if (term.dueAt < now) return <span>{t(TEXT.lapsed)}</span>;
  return <span title={formatTime(term.dueAt)} style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums', fontWeight: 600 }}>{termLeft(t, term, now)}</span>;
}
