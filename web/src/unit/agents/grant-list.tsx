import { Tag } from 'antd';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { ReactNode } from 'react';
import { useArticle } from '../../shared/terms/article.ts';

export type Grants = Routes['GET /api/unit/agents']['response'];
export type Grant = Grants['items'][number];

const TEXT = {
  days: { zh: '{from} 至 {until}（含首尾日）', en: '{from} to {until}, both included' },
  withdrawn: { zh: '撤回原因：{reason}', en: 'withdrawn: {reason}' },
} as const satisfies Record<string, Text>;

const STATES = {
  COMING: { zh: '◌ 未到期初', en: '◌ not yet begun' }, IN_FORCE: { zh: '✓ 有效', en: '✓ in force' },
  ENDED: { zh: '已到期', en: 'ended' }, WITHDRAWN: { zh: '✗ 已撤回', en: '✗ withdrawn' },
} as const satisfies Record<Grant['state'], Text>;

/** Whose responsibility it stays, with its source; stands above every list of authorisations. */
export function Responsibility({ grants }: { grants: Pick<Grants, 'responsibility'> }) {
  const { t } = useSpeech();
  const article = useArticle();
  return <p style={{ marginTop: 0 }}>{t(grants.responsibility)}<br /><span style={{ fontSize: 12, opacity: 0.85 }}>{article(grants.responsibility.source)}</span></p>;
}

/** Authorisations, each with person or unit, places, acts and days. */
export function GrantList({ items, head, extra }: { items: readonly Grant[]; head: (grant: Grant) => ReactNode; extra?: (grant: Grant) => ReactNode }) {
  const { t } = useSpeech();
  return (
    <ul className="todo">
      {items.map((grant) => (
        <li key={grant.grantId} className={grant.state === 'IN_FORCE' ? '' : 'quiet'}>
          {head(grant)} <Tag>{t(STATES[grant.state])}</Tag>
          <div>{grant.outfalls.map((one) => one.name).join('、')}</div>
          <div>{grant.acts.map((act) => t(act)).join('、')}</div>
          <div style={{ fontSize: 13, fontVariantNumeric: 'tabular-nums' }}>{t(TEXT.days, { from: grant.from, until: grant.until })}</div>
          {grant.reason !== null && <div className="said">{t(TEXT.withdrawn, { reason: grant.reason })}</div>}
          {extra?.(grant)}
        </li>
      ))}
    </ul>
  );
}
