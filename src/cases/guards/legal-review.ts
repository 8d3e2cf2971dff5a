import { legalChecks } from '../quality/legal-checks.ts';
import type { Guard } from './guards.ts';
import { fine, need } from './need.ts';

export const LEGAL_GUARD_ARTICLES = { LEGAL_CHECKED: '行政处罚法 第五十八条；生态环境行政处罚办法 第五十条' } as const;

/** What must hold before the legal review passes a matter. */
export const LEGAL_GUARDS = {
  // Who objects returns the matter; what the file itself stands against or leaves to his eyes, he answers in his own words.
  LEGAL_CHECKED: ({ command, ...file }) => {
    if (command?.kind !== 'PASS_LEGAL_REVIEW') return fine;
    const said = new Map(command.checks.map((check) => [check.point, check]));
    return legalChecks(file).flatMap(({ point, zh, holds, remark }) => {
      const own = said.get(point);
      return [
        ...need(own?.holds !== false, `对“${zh}”没有异议（有异议的，退回并说明理由）`),
        ...need(holds || own?.holds !== true || own.remark.trim() !== remark.trim(), `对“${zh}”中案卷检查所列问题的审核意见`),
        ...need(holds || own !== undefined, `对“${zh}”的审核意见（${remark.slice(0, 120)}）`),
      ];
    });
  },
} as const satisfies Record<keyof typeof LEGAL_GUARD_ARTICLES, Guard>;
