import type { AuthorityId } from '#kernel';
import type { Params } from '../contract.ts';
import type { RuleBody } from '../rules/rule.ts';
import type { ProposalState } from './proposal-machine.ts';

export interface Budget {
  /** Window in days over verdicts of people. */
  readonly days: number;
  /** Share of wrong findings among reviewed ones that is tolerated. */
  readonly share: number;
  /** Reviewed clues below which nothing is concluded. */
  readonly least: number;
}

/** What is to be changed. A rule's new version replaces the one in force; RESTORE gives a model its tier back. */
export type Change =
  | { readonly kind: 'PARAMETERS'; readonly set: Params }
  | { readonly kind: 'RULE'; readonly rule: RuleBody; readonly area: readonly AuthorityId[] }
  | { readonly kind: 'RELEASE'; readonly inForce: boolean }
  | { readonly kind: 'RESTORE' }
  | { readonly kind: 'BUDGET'; readonly budgets: readonly Budget[] };

export type ChangeKind = Change['kind'];

export const CHANGE_KINDS = {
  PARAMETERS: { zh: '调整参数', en: 'change of parameters' },
  RULE: { zh: '部门规则', en: 'department\'s rule' },
  RELEASE: { zh: '启用或停用', en: 'release or withdrawal' },
  RESTORE: { zh: '恢复级别', en: 'restore the tier' },
  BUDGET: { zh: '调整误报预算', en: 'change of budget' },
} as const satisfies Record<ChangeKind, { zh: string; en: string }>;

export interface Proposal {
  readonly proposal: string;
  readonly model: string;
  /** Version the change makes or is about. */
  readonly version: string;
  readonly state: ProposalState;
  /** Authority whose people proposed it. */
  readonly owner: AuthorityId;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly reason: string;
  readonly change: Change;
  /** Report of the back-test as it was; undefined before it. */
  readonly backtest: unknown;
  readonly shadowFrom: number | null;
  readonly shadowUntil: number | null;
  /** When an approved change takes effect. */
  readonly validFrom: number | null;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly decidedBy: string | null;
  readonly changedAt: number;
}

/** Changes of what is judged are tried before they are decided; giving back, taking away and budgets are not. */
export const needsTrial = (change: Change): boolean =>
  change.kind === 'PARAMETERS' || change.kind === 'RULE' || (change.kind === 'RELEASE' && change.inForce);
