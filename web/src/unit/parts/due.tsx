import { Tag } from 'antd';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useNow } from '../../shared/moment.ts';
import { termLeft, type Term } from '../../shared/terms/term-left.ts';

const TEXT = {
  by: { zh: '{time} 前', en: 'by {time}' },
  ended: { zh: '期限已过', en: 'term has ended' },
  paused: { zh: '已中止', en: 'paused' },
} as const satisfies Record<string, Text>;

interface Props extends Term {
  /** What the end of the term means: a duty that is late, or a right that is no longer open. */
  readonly kind: 'duty' | 'right';
  readonly article?: string | undefined;
  readonly day?: string | undefined;
  readonly paused?: boolean;
  /** Something that takes place at that moment, rather than a term that ends with it. */
  readonly at?: boolean;
}

/** Until when, how long is left and by which article; red only where a duty is late. */
export function DueLine({ dueAt, dayKind, workingDaysLeft, kind, article, day, paused = false, at = false }: Props) {
  const { t } = useSpeech();
  const basis = useArticle();
  const now = useNow();
  const span = termLeft(t, { dueAt, dayKind, workingDaysLeft }, now);
  const when = at ? formatTime(dueAt) : t(TEXT.by, { time: day === undefined ? formatTime(dueAt) : `${day} 24:00` });
  const late = kind === 'duty' ? <Tag color="error" style={{ marginInlineEnd: 0 }}>! {span}</Tag> : <span>{t(TEXT.ended)}</span>;
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: '2px 10px', alignItems: 'center', fontVariantNumeric: 'tabular-nums' }}>
      <svg aria-hidden width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.6"><circle cx="8" cy="8" r="6.5" /><path d="M8 4v4.4l3 1.8" /></svg>
      <span>{when}</span>
      <strong>{paused ? t(TEXT.paused) : dueAt < now ? late : span}</strong>
      {article !== undefined && article !== '' && <span style={{ opacity: 0.75, fontSize: 12 }}>{basis(article)}</span>}
    </span>
  );
}
