import type { AccountId, Refusal } from '#kernel';
import { own } from '#law';
import { personsOf, type Actor } from './actor.ts';
import { refuse } from './errors.ts';

/** What a person did in one matter. Separation is judged from these acts, not only from roles. */
export const DUTIES = {
  'finder': { zh: '线索发现人', en: 'finder' },
  'analyst': { zh: '线索研判人', en: 'analyst' },
  'data-reviewer': { zh: '数据审核人', en: 'data reviewer' },
  'investigator': { zh: '调查人员', en: 'investigator' },
  'case-reviewer': { zh: '案件审查人', en: 'case reviewer' },
  'legal-reviewer': { zh: '法制审核人', en: 'legal reviewer' },
  'hearing-host': { zh: '听证主持人', en: 'hearing host' },
  'discussion-voter': { zh: '集体讨论表决人', en: 'voter in the collective discussion' },
  'decision-signer': { zh: '决定签发人', en: 'signer of the decision' },
  'fine-clerk': { zh: '罚款收缴登记人', en: 'fine register clerk' },
  'seal-requester': { zh: '用印申请人', en: 'requester of the seal' },
  'seal-keeper': { zh: '用印人', en: 'keeper of the seal' },
  'rule-author': { zh: '规则编写人', en: 'author of the rule' },
  'rule-approver': { zh: '规则审批人', en: 'approver of the rule' },
  'interested': { zh: '利害关系人', en: 'person with an interest' },
} as const;

export type Duty = keyof typeof DUTIES;

/** Who took up which duty in a matter. */
export interface PastAct {
  readonly accountId: AccountId;
  readonly duty: Duty;
}

interface Separation {
  readonly between: readonly [Duty, Duty];
  readonly basis: string;
}

const ours = '平台职责分离规则';

/** Pairs one person may not hold in one matter; `interested` stands against every duty and is not listed. */
export const SEPARATIONS: readonly Separation[] = [
  { between: ['finder', 'data-reviewer'], basis: own('duties') },
  { between: ['analyst', 'data-reviewer'], basis: own('duties') },
  { between: ['investigator', 'case-reviewer'], basis: '生态环境行政处罚办法 第三十八条' },
  { between: ['investigator', 'legal-reviewer'], basis: '行政处罚法 第五十八条' },
  { between: ['investigator', 'hearing-host'], basis: '行政处罚法 第六十四条' },
  { between: ['investigator', 'discussion-voter'], basis: '行政处罚法 第五十七条' },
  { between: ['investigator', 'decision-signer'], basis: '行政处罚法 第五十七条' },
  { between: ['case-reviewer', 'hearing-host'], basis: ours },
  { between: ['legal-reviewer', 'hearing-host'], basis: ours },
  { between: ['legal-reviewer', 'decision-signer'], basis: ours },
  { between: ['hearing-host', 'decision-signer'], basis: ours },
  { between: ['decision-signer', 'fine-clerk'], basis: '行政处罚法 第六十七条' },
  { between: ['seal-requester', 'seal-keeper'], basis: ours },
  { between: ['rule-author', 'rule-approver'], basis: ours },
  { between: ['rule-approver', 'investigator'], basis: ours },
  { between: ['rule-approver', 'data-reviewer'], basis: ours },
];

const separates = (rule: Separation, a: Duty, b: Duty): boolean =>
  (rule.between[0] === a && rule.between[1] === b) || (rule.between[0] === b && rule.between[1] === a);

/** What an act adds to the history of its matter: one entry for everybody it counts for, deputy and principal alike. */
export const dutiesTaken = (actor: Parameters<typeof personsOf>[0], duty: Duty): PastAct[] => personsOf(actor).map((accountId) => ({ accountId, duty }));

/**
 * Would `actor`, taking up `duty` now, hold two duties that must be apart? Pure.
 * A deputy answers for what he did and for what the person he acts for did (docs/attacks-and-faults.md).
 *
 * @param history every act so far in the same matter (clue, review and case together)
 * @returns the refusal with the article relied on, or undefined when the way is free
 */
export function conflictOf(history: readonly PastAct[], actor: Pick<Actor, 'accountId' | 'behalf'>, duty: Duty): Refusal | undefined {
  const persons = personsOf(actor);
  const own = history.filter((act) => persons.includes(act.accountId));
  if (own.some((act) => act.duty === 'interested')) return refuse('ACCESS-011');
  for (const act of own) {
    const rule = SEPARATIONS.find((candidate) => separates(candidate, act.duty, duty));
    if (rule === undefined) continue;
    const args = { held: DUTIES[act.duty].zh, duty: DUTIES[duty].zh, heldEn: DUTIES[act.duty].en, dutyEn: DUTIES[duty].en };
    return refuse('ACCESS-010', { args, basis: rule.basis });
  }
  return undefined;
}
