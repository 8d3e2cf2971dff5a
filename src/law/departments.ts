/** Departments the measures name (江苏办法 第六条、第七条; 宁夏方案 三（六） adds information technology). */
export const DEPARTMENTS = {
  ENFORCEMENT: { zh: '执法', en: 'enforcement' },
  LEGAL: { zh: '法制', en: 'legal' },
  MONITORING: { zh: '监测', en: 'monitoring' },
  CONTROL: { zh: '监控', en: 'monitoring control' },
  EIA: { zh: '环评', en: 'EIA' },
  WATER: { zh: '水', en: 'water' },
  AIR: { zh: '气', en: 'air' },
  SOLID: { zh: '固', en: 'solid waste' },
  IT: { zh: '信息技术', en: 'information technology' },
} as const;

export type Department = keyof typeof DEPARTMENTS;

/** Keys of the departments, for checked input. */
export const DEPARTMENT_KEYS = Object.keys(DEPARTMENTS) as [Department, ...Department[]];
