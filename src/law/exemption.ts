import { z } from 'zod';
import { asId, Decimal, type RegionKey } from '#kernel';
import { bilingualSchema, provenanceShape, type Bilingual } from './provenance.ts';
import { VIOLATION_KEYS } from './violation.ts';

/** Grounds for not punishing. The product only proposes them: a person decides (行政处罚法 第三十三条). */
export const exemptionRuleSchema = z.object({
  id: z.string(),
  region: z.string().transform((k) => asId<RegionKey>(k)),
  violations: z.union([z.literal('ALL'), z.array(z.enum(VIOLATION_KEYS)).min(1)]),
  force: z.enum(['SHALL', 'MAY']),
  ground: z.enum(['MINOR_EXEMPT', 'FIRST_MINOR_EXEMPT', 'NO_FAULT', 'SELF_REPORTED']),
  title: bilingualSchema,
  /** `judged`: no figure of the file decides it, a person does. */
  conditions: z.array(bilingualSchema.extend({ judged: z.literal(true).optional() })).min(1),
  /** Machine-checkable part, where the list gives figures. */
  limits: z
    .object({
      /** Times over the limit, exclusive. */
      maxExceedRatio: z.string().optional(),
      maxHoursPerDay: z.number().int().optional(),
      maxFactors: z.number().int().optional(),
      /** Corrected within so many days of the order or, without one, of the end of the act. */
      correctionDays: z.number().int().optional(),
      corrected: z.literal(true).optional(),
      /** The act is slight, and that by what was found. */
      minor: z.literal(true).optional(),
      lookbackMonths: z.number().int().optional(),
      selfReported: z.literal(true).optional(),
    })
    .optional(),
  educationDuty: z.boolean(),
  ...provenanceShape,
});
/** A rule under which an act may or shall not be punished, as `law/exemptions/` states it. */
export type ExemptionRule = z.infer<typeof exemptionRuleSchema>;

/** What the file says about the act. A fact the file does not hold is left out: then nobody but a person can tell. */
export interface ExemptionFacts {
  /** Upper bound of the times over the limit, as the grade of the discretion sheet states it. */
  readonly exceedRatioBelow?: string;
  /** Most hours of one natural day the act can have lasted. */
  readonly hoursPerDay?: number;
  readonly factors?: number;
  readonly corrected?: boolean;
  /** False where the grades of the act follow from figures it does not have (an amount): its lowest grade does not make it slight. Left out elsewhere: conditions in words are for a person. */
  readonly slightFound?: false;
  readonly correctionDays?: number;
  /** Whole months since the same violation of this unit was last found; null when never. */
  readonly monthsSinceLast?: number | null;
  readonly selfReported?: boolean;
}

export interface ExemptionCheck extends Bilingual {
  readonly outcome: 'MET' | 'NOT_MET' | 'CANNOT_TELL';
}

/** A rule beside what the file says to each of its figures. `fits` is never a decision. */
export interface ExemptionProposal {
  readonly rule: ExemptionRule;
  readonly checks: readonly ExemptionCheck[];
  /** PROPOSED: every figure met; EXCLUDED: one not met; OPEN: a person must look. */
  readonly fits: 'PROPOSED' | 'OPEN' | 'EXCLUDED';
}

type Limits = NonNullable<ExemptionRule['limits']>;
type Check = (limits: Limits, facts: ExemptionFacts) => ExemptionCheck | undefined;

const told = (zh: string, en: string, holds: boolean | undefined): ExemptionCheck => ({
  zh,
  en,
  outcome: holds === undefined ? 'CANNOT_TELL' : holds ? 'MET' : 'NOT_MET',
});
const known = <T>(fact: T | undefined, holds: (fact: T) => boolean): boolean | undefined =>
  fact === undefined ? undefined : holds(fact);

/** One line per figure a list can name. */
const CHECKS: readonly Check[] = [
  ({ maxExceedRatio: max }, f) =>
    max === undefined
      ? undefined
      : told(`超标不足 ${max} 倍`, `less than ${max} times over`, known(f.exceedRatioBelow, (r) => new Decimal(r).lte(max))),
  ({ maxHoursPerDay: max }, f) =>
    max === undefined
      ? undefined
      : told(`一个自然日内不超过 ${max} 小时`, `at most ${max} h in a natural day`, known(f.hoursPerDay, (h) => h <= max)),
  ({ maxFactors: max }, f) =>
    max === undefined ? undefined : told(`不超过 ${max} 项因子`, `at most ${max} factor(s)`, known(f.factors, (n) => n <= max)),
  ({ minor }, f) =>
    minor === undefined || f.slightFound === undefined ? undefined : told('违法行为轻微（裁量按最低一档是因为没有相应的数值，不是查明行为轻微）', 'slight (the lowest grade stands for want of a figure, and shows nothing slight)', undefined),
  ({ corrected }, f) => (corrected === undefined ? undefined : told('已改正', 'corrected', f.corrected)),
  ({ correctionDays: max }, f) =>
    max === undefined
      ? undefined
      : told(
          `${max} 日内改正`,
          `corrected within ${max} days`,
          f.corrected === false ? false : known(f.correctionDays, (d) => d <= max),
        ),
  ({ lookbackMonths: months }, f) =>
    months === undefined
      ? undefined
      : told(
          `${months} 个月内未因同类行为被发现`,
          `not found for the same act within ${months} months`,
          known(f.monthsSinceLast, (m) => m === null || m >= months),
        ),
  ({ selfReported }, f) =>
    selfReported === undefined ? undefined : told('主动报告', 'reported of its own accord', f.selfReported),
];

/** Holds the rules against the facts of the file; proposed ones first. Nothing is applied by this. */
export function proposeExemptions(rules: readonly ExemptionRule[], facts: ExemptionFacts): ExemptionProposal[] {
  const order = { PROPOSED: 0, OPEN: 1, EXCLUDED: 2 } as const;
  return rules
    .map((rule): ExemptionProposal => {
      const checks = CHECKS.map((check) => check(rule.limits ?? {}, facts)).filter((c) => c !== undefined);
      const excluded = checks.some((c) => c.outcome === 'NOT_MET');
      const open = checks.length === 0 || checks.some((c) => c.outcome === 'CANNOT_TELL');
      return { rule, checks, fits: excluded ? 'EXCLUDED' : open ? 'OPEN' : 'PROPOSED' };
    })
    .sort((a, b) => order[a.fits] - order[b.fits]);
}
