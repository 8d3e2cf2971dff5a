import { Tag } from 'antd';
import type { Routes } from '../shared/api.gen.ts';
import { useSpeech, type Text } from '../shared/i18n.tsx';
import { Go } from './go.tsx';

export type Decision = Routes['GET /api/public/decisions']['response']['items'][number];

const TEXT = {
  fine: { zh: '罚款 {n} 元', en: 'fine {n} yuan' },
  decided: { zh: '{day} 作出', en: 'decided {day}' },
  withdrawn: { zh: '已撤回公开', en: 'withdrawn' },
} as const satisfies Record<string, Text>;

export const yuanOf = (n: number): string => new Intl.NumberFormat('zh-CN').format(n);

export function DecisionItem({ decision }: { decision: Decision }) {
  const { t } = useSpeech();
  return (
    <li>
      <Go to={`/decisions/${decision.id}`}><strong>{decision.unit}</strong></Go>{' '}
      {decision.withdrawnAt !== null && <Tag>– {t(TEXT.withdrawn)}</Tag>}
      <div>{t(decision.cause)}</div>
      <div style={{ fontSize: 13, opacity: 0.9, fontVariantNumeric: 'tabular-nums' }}>
        {decision.documentNo} · {t(decision.authority)} · {t(TEXT.decided, { day: decision.decidedOn })}{decision.amount > 0 && ` · ${t(TEXT.fine, { n: yuanOf(decision.amount) })}`}
      </div>
    </li>
  );
}
