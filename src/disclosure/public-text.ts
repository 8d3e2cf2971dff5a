import { toRfc3339 } from '#kernel';
import type { Publication } from './publication.ts';

/** The id under which the published text stands in the evidence log: its leaf names no person and no case. */
export const textRefOf = (publicationId: string): string => `${publicationId}/text`;
export const publicationOf = (ref: string): string | undefined => /^(.+)\/text$/.exec(ref)?.[1];

/**
 * The published decision as a file anybody may keep and check: UTF-8 lines, personal data hidden, the digest of the decision
 * itself among them, so that whoever holds the sealed PDF may hold the two together (行政处罚法 第四十八条).
 */
export function publicText(p: Publication): string {
  const lines: readonly (readonly [string, string])[] = [
    ['当事人', p.unitName],
    ['统一社会信用代码', p.creditCode],
    ['作出机关', p.authorityName],
    ['决定书文号', p.documentNo],
    ['作出日期', p.decidedOn],
    ['违法行为', p.violation],
    ['处理结果', p.amount > 0 ? `${p.outcome}，罚款 ${p.amount} 元` : p.outcome],
    ['公开时间', p.publishedAt === null ? '' : toRfc3339(p.publishedAt)],
    ['决定书文件 SHA-256', p.documentSha ?? ''],
  ];
  return `行政处罚决定公开\n\n${lines.filter(([, text]) => text !== '').map(([label, text]) => `${label}：${text}\n`).join('')}\n${p.facts}\n`;
}
