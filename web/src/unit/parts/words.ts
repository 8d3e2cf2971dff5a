import type { Text } from '../../shared/i18n.tsx';

/** English beside terms that the server gives in Chinese only; Chinese comes from the server itself. */
export const STAGES_EN: Readonly<Record<string, string>> = {
  待立案: 'waiting to be filed', 立案审批中: 'filing proposed', 不予立案: 'not filed', 已移送有管辖权机关: 'sent to the competent authority',
  调查取证: 'investigation', 中止调查: 'investigation suspended', 公安机关不予立案: 'refused by the police', '不予立案复议、立案监督中': 'review of the refusal', 公安机关已立案: 'criminal case open', 涉嫌犯罪移送审批中: 'criminal transfer proposed', 待移送公安机关: 'transfer approved',
  已移送公安机关: 'with the police', 案件审查: 'case review', 裁量: 'discretion', 案件审议: 'deliberation', 拟发事先告知书: 'prior notice to be sent',
  告知书送达中: 'prior notice on its way', 陈述申辩期: 'statement and defence', 已要求听证: 'hearing requested', 已通知听证: 'hearing notified', 听证中止: 'hearing adjourned', 已并入他案: 'merged into another case',
  陈述申辩复核: 'review of your defence', 法制审核: 'legal review', 集体讨论: 'collective discussion', 待作出决定: 'ready for the decision',
  决定已作出: 'decided', 决定书送达中: 'decision on its way', 履行中: 'being performed', 逾期未缴: 'payment overdue', 已催告: 'demand sent', 已申请强制执行: 'court enforcement applied for',
  待结案: 'ready to close', 结案审批中: 'closing proposed', 已结案: 'closed', 已归档: 'archived', 未责令改正: 'no order', 责令改正送达中: 'order on its way',
  整改中: 'correcting', 已报送整改: 'correction reported', 未改正: 'not corrected', 已催告改正: 'correction demanded', '已申请法院强制执行（责令改正）': 'enforcement asked of the court', 代履行中: 'done by somebody else at your cost', 已改正: 'corrected', '无须整改（已记明理由）': 'not needed, with recorded ground',
};

export const CLOCKS: Readonly<Record<string, Text & { readonly kind: 'duty' | 'right' }>> = {
  TM: { zh: '对监测（检测）结果提出异议', en: 'Object to the result of a test', kind: 'right' },
  T5: { zh: '陈述、申辩', en: 'Statement and defence', kind: 'right' },
  T6: { zh: '要求听证', en: 'Ask for a hearing', kind: 'right' },
  T7: { zh: '听证举行', en: 'Hearing', kind: 'right' },
  T10: { zh: '缴纳罚款', en: 'Pay the fine', kind: 'duty' },
  T12: { zh: '申请延期、分期缴纳', en: 'Ask for deferral or instalments', kind: 'right' },
  T13: { zh: '申请行政复议', en: 'Apply for reconsideration', kind: 'right' },
  T14r: { zh: '不服复议决定提起诉讼', en: 'Suit after reconsideration', kind: 'right' },
  T14: { zh: '提起行政诉讼', en: 'Bring an action in court', kind: 'right' },
  T10d: { zh: '缴纳按日连续处罚罚款', en: 'Pay the daily penalty', kind: 'duty' },
  T21: { zh: '查封、扣押期限', en: 'Term of the sealing', kind: 'right' },
  T21x: { zh: '查封、扣押延长期限', en: 'Extended term of the sealing', kind: 'right' },
  T21p: { zh: '检测、鉴定期间（不计入查封、扣押期限）', en: 'Test or appraisal (does not count)', kind: 'right' },
  T21c: { zh: '解除申请的检查', en: 'Check of your request for release', kind: 'right' },
  T21d: { zh: '解除决定送达', en: 'Service of the release', kind: 'right' },
  T22b: { zh: '限制生产期限', en: 'Term of limited production', kind: 'duty' },
  T22bx: { zh: '限制生产延长期限', en: 'Extended term of limited production', kind: 'duty' },
  T22c: { zh: '整改方案备案并公开', en: 'File and publish the correction plan', kind: 'duty' },
  T22d: { zh: '整改完成备案', en: 'File the completion', kind: 'duty' },
  TDn: { zh: '损害赔偿磋商', en: 'Negotiation of the damage', kind: 'right' },
  TR: { zh: '完成整改', en: 'Finish the correction', kind: 'duty' },
};

export const PERIODS: Readonly<Record<string, Text>> = {
  hour: { zh: '小时均值', en: 'hourly mean' }, day: { zh: '日均值', en: 'daily mean' }, instant: { zh: '瞬时值', en: 'at any moment' },
};

export const METHODS: Readonly<Record<string, string>> = {
  ELECTRONIC: 'electronic', DIRECT: 'by hand', LEFT: 'left at the place', ENTRUSTED: 'entrusted', POST: 'by post', FORWARDED: 'forwarded', PUBLIC_NOTICE: 'public notice',
};

export const inWords = (table: Readonly<Record<string, Text>>, key: string): Text => table[key] ?? table[key.toUpperCase()] ?? { zh: key, en: key };
export const stageOf = (zh: string): Text => ({ zh, en: STAGES_EN[zh] ?? zh });

/** By national law the party is told the facts, may look at the data and may speak. */
export const TOLD = '行政处罚法 第四十一条';
