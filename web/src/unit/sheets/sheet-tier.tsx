import { Tag } from 'antd';
import { useSpeech } from '../../shared/i18n.tsx';
import { TIERS, type Tier } from '../../shared/tiers.ts';

/** Tier by colour, shape and word. */
export function SheetTier({ tier }: { tier: Tier }) {
  const { t } = useSpeech();
  const entry = TIERS[tier];
  return <Tag variant="outlined" style={{ color: `var(--ink-${tier})`, borderColor: 'currentcolor', background: 'transparent' }}><span aria-hidden>{entry.shape} </span>{t(entry)}</Tag>;
}
