import { Tag } from 'antd';
import { useSpeech } from '../../shared/i18n.tsx';
import { useTierWords } from '../../shared/supervision/tier-words.ts';
import { TIERS, type Tier } from '../../shared/tiers.ts';

/** Tier by colour, shape and the region's word. */
export function SheetTier({ tier }: { tier: Tier }) {
  const { t } = useSpeech();
  const words = useTierWords();
  return <Tag variant="outlined" style={{ color: `var(--ink-${tier})`, borderColor: 'currentcolor', background: 'transparent' }}><span aria-hidden>{TIERS[tier].shape} </span>{t(words(tier))}</Tag>;
}
