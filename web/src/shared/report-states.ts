import type { Text } from './i18n.tsx';

/** Where a report of the public stands, in the same words for who reported it and who handles it. */
export const REPORT_STATES = {
  RECEIVED: { zh: '已收到', en: 'received' },
  HANDLING: { zh: '办理中', en: 'being handled' },
  ANSWERED: { zh: '已答复', en: 'answered' },
} as const satisfies Record<string, Text>;
