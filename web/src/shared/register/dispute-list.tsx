import { useQuery } from '@tanstack/react-query';
import { Alert, Tag } from 'antd';
import type { ReactNode } from 'react';
import { call } from '../api.ts';
import type { Routes } from '../api.gen.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { msOf, useNow } from '../moment.ts';
import { useMe } from '../sign-in.tsx';
import { formatTime } from '../tiers.ts';
import { MaterialLinks } from './material-links.tsx';
import { useArticle } from '../terms/article.ts';

export type Dispute = Routes['GET /api/register/disputes']['response']['items'][number];

const TEXT = {
  said: { zh: '登记 {registered} {measure} → 主张 {proposed} {measure}', en: 'registered {registered} {measure} → claimed {proposed} {measure}' },
  from: { zh: '自 {day} 起', en: 'from {day} on' },
  reason: { zh: '理由', en: 'Reason' },
  due: { zh: '应于 {time} 前由{who}答复', en: '{who} is to answer by {time}' },
  overdue: { zh: '! 答复已逾期', en: '! the answer is overdue' },
  answer: { zh: '答复', en: 'Answer' },
  now: { zh: '登记值改为 {value} {measure}，自 {day} 起', en: 'the register now says {value} {measure} from {day} on' },
  rests: { zh: '所依据的登记参数有异议在办', en: 'A registered value this rests on is under dispute' },
  stops: { zh: '异议本身不停止办理；答复前请留意结论可能改变。', en: 'A dispute stops nothing by itself; the finding may change with the answer.' },
} as const satisfies Record<string, Text>;

const STATES = {
  OPEN: { zh: '◌ 在办', en: '◌ open' }, ACCEPTED: { zh: '✓ 已采纳', en: '✓ accepted' }, REJECTED: { zh: '✗ 未采纳', en: '✗ not accepted' }, WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Record<Dispute['state'], Text>;

const saying = (dispute: Dispute) => ({ registered: dispute.registered || '—', proposed: dispute.proposed, measure: dispute.measure });

/** Disputes with claim, reason, files, clock and answer: the same to the unit and to the authority. */
export function DisputeList({ items, about, extra }: { items: readonly Dispute[]; about?: (dispute: Dispute) => ReactNode; extra?: (dispute: Dispute) => ReactNode }) {
  const { t } = useSpeech();
  const article = useArticle();
  const now = useNow();
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 10 }}>
      {items.map((one) => (
        <li key={one.disputeId} style={{ border: '1px solid rgba(128,128,128,.3)', borderRadius: 6, padding: 10, overflowWrap: 'anywhere' }}>
          {about?.(one)} <strong>{t(one.title)}</strong> {one.outfallName} <Tag>{t(STATES[one.state])}</Tag>
          <div style={{ fontVariantNumeric: 'tabular-nums' }}>{t(TEXT.said, saying(one))}{one.fromDay !== null && <> · {t(TEXT.from, { day: one.fromDay })}</>}</div>
          <div>{t(TEXT.reason)}：{one.reason}</div>
          <MaterialLinks base={`/api/register/disputes/${one.disputeId}`} items={one.materials} />
          {one.state === 'OPEN' && <div style={{ fontSize: 13 }}>{t(TEXT.due, { time: formatTime(msOf(one.dueAt)), who: t(one.owner) })} · <span style={{ fontSize: 12, opacity: 0.85 }}>{article(one.article)}</span> {now > (msOf(one.dueAt) ?? now) && <Tag color="error">{t(TEXT.overdue)}</Tag>}</div>}
          {one.answer !== null && <div>{t(TEXT.answer)}（{formatTime(msOf(one.endedAt))}）：{one.answer}</div>}
          {one.newValue !== null && <div><strong>{t(TEXT.now, { value: one.newValue, measure: one.measure, day: one.newFrom ?? '' })}</strong></div>}
          {extra?.(one)}
        </li>
      ))}
    </ul>
  );
}

/** Shown with whatever rests on registered values of an outfall, while one that concerns it is under dispute. */
export function DisputedValues({ outfall, factors }: { outfall: string | null; factors?: readonly string[] }) {
  const { t } = useSpeech();
  const may = useMe().data?.actions.includes('register.disputes') ?? false;
  const query = useQuery({ queryKey: ['disputed', outfall], enabled: outfall !== null && may, queryFn: () => call('GET /api/register/disputes', { query: { outfall: outfall ?? '', open: 'true' } }) });
  const concerned = (query.data?.items ?? []).filter((one) => one.factor === null || factors === undefined || factors.length === 0 || factors.includes(one.factor));
  if (concerned.length === 0) return null;
  return (
    <Alert
      type="warning" showIcon style={{ marginBottom: 12 }} title={t(TEXT.rests)}
      description={<>{concerned.map((one) => <div key={one.disputeId}><strong>{t(one.title)}</strong>：{t(TEXT.said, saying(one))} · {t(TEXT.due, { time: formatTime(msOf(one.dueAt)), who: t(one.owner) })}</div>)}{t(TEXT.stops)}</>}
    />
  );
}
