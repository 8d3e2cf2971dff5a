import { toRfc3339, unstopped } from '#kernel';
import type { DecisionContent, Publication } from './publication.ts';

/** The id under which the published text stands in the evidence log: its leaf names no person and no case. */
export const textRefOf = (publicationId: string): string => `${publicationId}/text`;
export const publicationOf = (ref: string): string | undefined => /^(.+)\/text$/.exec(ref)?.[1];

/** What the decision says of evidence, law, discretion, orders, performance and remedies, line by line. */
export function contentLines(content: DecisionContent | null): readonly (readonly [label: string, text: string])[] {
  if (content === null) return [];
  const { evidence = [], broken, penal, discretion = '', orders, performance = '', remedies } = content;
  const named = (rows: DecisionContent['broken']) => rows.map(({ instrument, article }) => `《${instrument}》${article}`).join('；');
  return [
    ['证据', evidence.map(({ name, proves }, i) => `${i + 1}. ${name}，证明：${unstopped(proves)}`).join('；')],
    ['违反的规定', named(broken)],
    ['处罚依据', named(penal)],
    ['裁量理由', discretion],
    ['处罚内容', orders.join('')],
    ['履行方式和期限', performance],
    ['救济途径', `不服本决定的，可以自收到决定书之日起${remedies.reconsiderationTerm}向${remedies.reconsiderationBody}申请行政复议，也可以自收到决定书之日起${remedies.suitTerm}直接向${remedies.court}提起行政诉讼`],
  ];
}

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
    ['案由', p.violation],
    ['处理结果', p.amount > 0 ? `${p.outcome}，罚款 ${p.amount} 元` : p.outcome],
    ...contentLines(p.content),
    ['公开时间', p.publishedAt === null ? '' : toRfc3339(p.publishedAt)],
    ['决定书文件 SHA-256', p.documentSha ?? ''],
  ];
  return `行政处罚决定公开\n\n${lines.filter(([, text]) => text !== '').map(([label, text]) => `${label}：${text}\n`).join('')}\n${p.facts}\n`;
}
