/** Who a role speaks for: decides which shell a person lands in and which rows a list may show. */
export type Side = 'official' | 'unit' | 'public' | 'steward';

interface RoleEntry {
  readonly zh: string;
  readonly en: string;
  readonly side: Side;
}

/**
 * Roles of the measures (江苏办法 第六条、第七条) and of the penalty procedure.
 * The three stewards (三员: system, security, audit) hold no case rights (GB/T 22239-2019).
 */
export const ROLES = {
  'monitoring-control': { zh: '监控人员', en: 'monitoring control', side: 'official' },
  'panel-member': { zh: '数据研判成员', en: 'data analyst', side: 'official' },
  'panel-lead': { zh: '数据研判牵头人', en: 'lead of data analysis', side: 'official' },
  'review-technical': { zh: '数据审核（技术）', en: 'data review, technical', side: 'official' },
  'review-legal': { zh: '数据审核（合法性）', en: 'data review, legality', side: 'official' },
  'review-lead': { zh: '数据审核牵头人', en: 'lead of data review', side: 'official' },
  'enforcement-officer': { zh: '执法人员', en: 'enforcement officer', side: 'official' },
  'enforcement-lead': { zh: '执法机构负责人', en: 'head of enforcement', side: 'official' },
  'legal': { zh: '法制审核人员', en: 'legal reviewer', side: 'official' },
  'lab': { zh: '监测人员', en: 'monitoring station', side: 'official' },
  'element-dept': { zh: '要素管理人员', en: 'element department', side: 'official' },
  'case-reviewer': { zh: '案件审查人员', en: 'case reviewer', side: 'official' },
  'hearing-host': { zh: '听证主持人', en: 'hearing host', side: 'official' },
  'authority-head': { zh: '机关负责人', en: 'head of the authority', side: 'official' },
  'seal-keeper': { zh: '印章保管人', en: 'seal keeper', side: 'official' },
  'fine-clerk': { zh: '罚缴登记人员', en: 'fine register clerk', side: 'official' },
  'archivist': { zh: '档案管理人员', en: 'archivist', side: 'official' },
  'inspector': { zh: '稽查人员', en: 'conduct reviewer', side: 'official' },
  'model-author': { zh: '规则编写人', en: 'model author', side: 'official' },
  'model-approver': { zh: '规则审批人', en: 'model approver', side: 'official' },
  'admin': { zh: '系统管理员', en: 'system administrator', side: 'steward' },
  'security-admin': { zh: '安全管理员', en: 'security administrator', side: 'steward' },
  'audit-admin': { zh: '审计管理员', en: 'audit administrator', side: 'steward' },
  'unit-user': { zh: '排污单位用户', en: 'unit user', side: 'unit' },
  'unit-admin': { zh: '排污单位管理员', en: 'unit administrator', side: 'unit' },
  'unit-agent': { zh: '受托运维人员', en: 'authorised agent', side: 'unit' },
  'public': { zh: '公众', en: 'public', side: 'public' },
} as const satisfies Record<string, RoleEntry>;

export type Role = keyof typeof ROLES;

/** Every role. */
export const ALL_ROLES = Object.keys(ROLES) as readonly Role[];
/** Roles of officials; stewards are none. */
export const OFFICIALS = ALL_ROLES.filter((role) => ROLES[role].side === 'official');

/** Whether a text names a role. */
export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);
