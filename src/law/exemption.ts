import { z } from 'zod';
import { asId, type RegionKey } from '#kernel';
import { bilingualSchema, provenanceShape } from './provenance.ts';
import { VIOLATION_KEYS } from './violation.ts';

/** Grounds for not punishing. The product only proposes them: a person decides (行政处罚法 第三十三条). */
export const exemptionRuleSchema = z.object({
  id: z.string(),
  region: z.string().transform((k) => asId<RegionKey>(k)),
  violations: z.union([z.literal('ALL'), z.array(z.enum(VIOLATION_KEYS)).min(1)]),
  force: z.enum(['SHALL', 'MAY']),
  ground: z.enum(['MINOR_EXEMPT', 'FIRST_MINOR_EXEMPT', 'NO_FAULT']),
  title: bilingualSchema,
  conditions: z.array(bilingualSchema).min(1),
  /** Machine-checkable part, where the list gives figures. */
  limits: z
    .object({
      maxExceedRatio: z.string().optional(),
      maxHoursPerDay: z.number().int().optional(),
      maxFactors: z.number().int().optional(),
      correctionDays: z.number().int().optional(),
      lookbackMonths: z.number().int().optional(),
    })
    .optional(),
  educationDuty: z.boolean(),
  ...provenanceShape,
});
export type ExemptionRule = z.infer<typeof exemptionRuleSchema>;
