import { Flex, Tag, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useTierWords } from '../../shared/supervision/tier-words.ts';
import { TIERS, type Tier } from '../../shared/tiers.ts';
import type { Outcome } from '../shapes.ts';

/** Tier in colour, shape and the region's word. */
export function TierTag({ tier }: { tier: Tier }) {
  const { t } = useSpeech();
  const words = useTierWords();
  return (
    <Tag variant="outlined" style={{ color: `var(--ink-${tier})`, borderColor: 'currentcolor', background: 'transparent', marginInlineEnd: 0 }}>
      <span aria-hidden>{TIERS[tier].shape} </span>
      {t(words(tier))}
    </Tag>
  );
}

const OUTCOMES = {
  PASS: { zh: '符合', en: 'met', shape: '✓' },
  FAIL: { zh: '不符合', en: 'not met', shape: '✗' },
  CANNOT_TELL: { zh: '不能判断', en: 'cannot tell', shape: '?' },
  NOT_CONCERNED: { zh: '不涉及', en: 'not concerned', shape: '—' },
} as const satisfies Record<Outcome, Text & { shape: string }>;

export function OutcomeMark({ outcome, bare = false }: { outcome: Outcome; bare?: boolean }) {
  const { t } = useSpeech();
  const entry = OUTCOMES[outcome];
  return (
    <Tooltip title={bare ? t(entry) : undefined}>
      <span style={{ whiteSpace: 'nowrap', fontWeight: 600, color: `var(--ink-${outcome})` }}>
        <span aria-hidden={!bare} aria-label={bare ? t(entry) : undefined} role={bare ? 'img' : undefined}>{entry.shape}</span>
        {bare ? null : ` ${t(entry)}`}
      </span>
    </Tooltip>
  );
}

const PROVISIONAL = { zh: '暂定', en: 'provisional' } as const satisfies Text;
const WHY_PROVISIONAL = { zh: '企业标记期限未满，只能提醒、督办，不得列入清单', en: 'the unit may still mark these hours; it may be reminded, not listed' } as const satisfies Text;

export function ProvisionalTag() {
  const { t } = useSpeech();
  return <Tooltip title={t(WHY_PROVISIONAL)}><Tag style={{ marginInlineEnd: 0 }}>◌ {t(PROVISIONAL)}</Tag></Tooltip>;
}

const UNVERIFIED = { zh: '待法律人员核对', en: 'not yet checked by a lawyer' } as const satisfies Text;
const VERIFIED = { zh: '已核对', en: 'checked' } as const satisfies Text;

export function VerifiedTag({ verified }: { verified: boolean }) {
  const { t } = useSpeech();
  return <Tag style={{ marginInlineEnd: 0 }}>{verified ? `✓ ${t(VERIFIED)}` : `? ${t(UNVERIFIED)}`}</Tag>;
}

/** A fact with its name above it; numbers are read in columns. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Flex vertical style={{ minWidth: 0 }}>
      <span style={{ fontSize: 12, opacity: 0.72 }}>{label}</span>
      <span style={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>{children}</span>
    </Flex>
  );
}
