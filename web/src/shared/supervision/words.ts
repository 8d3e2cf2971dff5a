import type { Text } from '../i18n.tsx';
import type { Tier } from '../tiers.ts';

export const FAILURES = {
  OVERDUE: { zh: '逾期未反馈', en: 'not answered in time' },
  POOR: { zh: '填报不规范', en: 'answered poorly' },
  FALSE: { zh: '反馈不实', en: 'answered untruly' },
} as const satisfies Record<string, Text>;

/** Rungs of the ladder by count, apart from the tiers by severity. */
export const RUNGS = {
  REMIND: { zh: '提醒函', en: 'letter of reminder' },
  WARN: { zh: '警示函', en: 'letter of warning' },
  TALK: { zh: '约谈', en: 'regulatory talk' },
  ENFORCE: { zh: '移交执法专项检查', en: 'special inspection by enforcement' },
} as const satisfies Record<string, Text>;

export const MESSAGE_STATES = {
  QUEUED: { zh: '待发送', en: 'queued' },
  SENT: { zh: '✓ 已发送', en: '✓ sent' },
  RECORDED: { zh: '✓ 已记录（未接外部通道）', en: '✓ recorded (no outside channel connected)' },
  FAILED: { zh: '! 发送失败', en: '! failed' },
  HELD: { zh: '◌ 当日已达上限，仅企业端可见', en: '◌ limit of the day reached, portal only' },
} as const satisfies Record<string, Text>;

export const CLOCK_STARTS = {
  SENT: { zh: '自发送起 {n} 小时', en: '{n} h from sending' },
  ARRIVED: { zh: '自送达起 {n} 小时', en: '{n} h from arrival' },
} as const satisfies Record<string, Text>;

export interface LapseRow {
  readonly lapseId: string;
  readonly kind: keyof typeof FAILURES;
  readonly ordinal: number;
  readonly measure: keyof typeof RUNGS;
  readonly at: string;
}
export interface MessageRow {
  readonly messageId: string;
  readonly audience: 'UNIT' | 'STAFF';
  readonly channelText: Text;
  readonly recipient: string;
  /** The words as they were sent. */
  readonly body: string;
  readonly state: keyof typeof MESSAGE_STATES;
  readonly reason: string | null;
  readonly attempts: number;
  readonly at: string;
}
export interface HeldNote {
  readonly heldId: string;
  /** What was held: it may have grown into something louder, which was not. */
  readonly tier: Tier;
  readonly reasonText: Text;
  readonly basis: string;
  readonly heldAt: string;
  readonly until: string | null;
  readonly endedAt: string | null;
}
/** What a sheet's page tells of its way to the unit, for official and unit alike. */
export interface SheetWay {
  readonly tier: Tier;
  readonly clockStart: keyof typeof CLOCK_STARTS;
  readonly clockHours: number;
  readonly clockArticle: string;
  readonly clockVerified: boolean;
  readonly sentAt: string | null;
  readonly deliveredAt: string | null;
  readonly lapses: readonly LapseRow[];
  readonly messages: readonly MessageRow[];
  readonly held: readonly HeldNote[];
}
