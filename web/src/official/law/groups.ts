import type { Text } from '../../shared/i18n.tsx';

/** Groups into which the values of the law fall. */
export const GROUPS = {
  CLOCK: { zh: '期限', en: 'Clocks' }, PARAMETER: { zh: '地区参数', en: 'Regional parameters' }, VIOLATION: { zh: '违法行为与罚则', en: 'Violations' },
  DISCRETION: { zh: '裁量基准', en: 'Discretion' }, EXEMPTION: { zh: '不予处罚', en: 'Exemptions' }, LIMIT: { zh: '排放限值', en: 'Limits' },
  CALENDAR: { zh: '工作日历', en: 'Calendar' }, PROVISION: { zh: '各步骤的地方条文', en: 'Articles of the region by step' }, ONSITE_GROUND: { zh: '转现场情形', en: 'On-site grounds' },
  QUALITY: { zh: '数据有效性', en: 'Valid data' }, CODE: { zh: '法定情形代码', en: 'Codes of legal situations' },
} as const satisfies Record<string, Text>;

export const groupName = (group: string): Text => (GROUPS as Readonly<Record<string, Text>>)[group] ?? { zh: group, en: group };
