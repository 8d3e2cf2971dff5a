import type { OfficePart } from '#access';
import type { CaseCommand } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { Guard } from './guards.ts';

export const NAMED_BODY_GUARD_ARTICLES = { BODIES_NAMED: '行政处罚法 第五十九条、第六十七条' } as const;

const WORDS = {
  reconsideration: '机关信息中的行政复议机关（决定书须写明申请复议的途径）',
  court: '机关信息中的管辖法院（决定书须写明起诉的途径）',
  collection: '机关信息中代收罚款的银行、户名和账号（决定书须写明履行方式）',
} as const satisfies Partial<Record<OfficePart, string>>;
const REMEDIES = ['reconsideration', 'court'] as const;

/** Whether the decision asks for money. */
function asksMoney({ proposal }: PenaltyCase, command: CaseCommand | undefined, step: string | undefined): boolean {
  if ((command?.kind ?? step) !== 'DECIDE') return command?.kind !== 'DECIDE_ON_SPOT' || command.amount > 0;
  return proposal?.outcome === 'PENALTY' && (proposal.amount > 0 || proposal.confiscation !== undefined);
}

/** A decision says where to pay and to whom to turn against it: it is not signed while the authority's own data leave one of them open. */
export const NAMED_BODY_GUARDS = {
  BODIES_NAMED: ({ state, command, step, unnamed = [] }) => {
    const needed = [...REMEDIES, ...(asksMoney(state, command, step) ? (['collection'] as const) : [])];
    return needed.filter((part) => unnamed.includes(part)).map((part) => WORDS[part]);
  },
} as const satisfies Record<keyof typeof NAMED_BODY_GUARD_ARTICLES, Guard>;
