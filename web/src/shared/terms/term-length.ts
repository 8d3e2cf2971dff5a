import type { Text } from '../i18n.tsx';

/** How long a term is, by how it is counted; `{n}` is filled. */
export const TERM_LENGTH = {
  HOUR: { zh: '{n} 小时', en: '{n} hours' },
  WORKING_DAY: { zh: '{n} 个工作日', en: '{n} working days' },
  CALENDAR_DAY: { zh: '{n} 日', en: '{n} days' },
  MONTH: { zh: '{n} 个月', en: '{n} months' },
  YEAR: { zh: '{n} 年', en: '{n} years' },
} as const satisfies Record<string, Text>;
