import type { AuthorityId } from '#kernel';
import type { Params, SourceFamily, Trigger } from '../contract.ts';
import type { Reason } from '../models/parts/explanations.ts';

export interface RuleTexts {
  readonly zh: string;
  readonly en: string;
}

/** Who a rule belongs to: the department that supplies it and answers for it (江苏办法 第十条). */
export const DEPARTMENTS = {
  'air': { zh: '大气处（科）', en: 'air' },
  'water': { zh: '水处（科）', en: 'water' },
  'solid-waste': { zh: '固体处（科）', en: 'solid waste' },
  'eia': { zh: '环评处（科）', en: 'environmental impact assessment' },
  'monitoring': { zh: '监测处（科）', en: 'monitoring' },
  'enforcement': { zh: '执法局', en: 'enforcement' },
} as const satisfies Record<string, RuleTexts>;
export type Department = keyof typeof DEPARTMENTS;

/** What a department writes in the form. Expressions are in the language of `vocabulary.ts`. */
export interface RuleBody {
  readonly title: RuleTexts;
  readonly department: Department;
  /** Kind of evidence it rests on: corroboration must come from another one. */
  readonly family: SourceFamily;
  readonly trigger: Extract<Trigger, 'hour' | 'tick' | 'day'>;
  readonly media: readonly ('gas' | 'water')[];
  /** Factors it goes over one by one; empty: judged once per outfall. */
  readonly factors: readonly string[];
  /** Where it applies; empty: always. */
  readonly applies: string;
  readonly remind: string;
  readonly warn: string;
  readonly workOrder: string;
  /** Thresholds with a name, changed by proposal like those of any model. */
  readonly params: Params;
  /** A fact of law by itself (a limit, a duty); otherwise a work order needs evidence of another kind. */
  readonly standsAlone: boolean;
  /** Innocent reasons under which a finding is kept but not raised. */
  readonly excusedBy: readonly Reason[];
  /** One sentence with values in braces: `{zs(factor)}`. */
  readonly text: RuleTexts;
  /** Why the rule exists and how it reckons. */
  readonly purpose: RuleTexts;
  /** What is to be done with a finding (处置要求). */
  readonly advice: RuleTexts;
  readonly legalHooks: readonly string[];
}

export interface Rule {
  /** `R-001`. */
  readonly id: string;
  /** 1, 2, … */
  readonly version: number;
  readonly owner: AuthorityId;
  /** The owner and every authority below it: the rule speaks of their units only. Empty: everywhere. */
  readonly area: readonly AuthorityId[];
  readonly body: RuleBody;
}

export const ruleId = (n: number): string => `R-${String(n).padStart(3, '0')}`;
