import { z } from 'zod';
import { bilingualSchema, provenanceShape } from './provenance.ts';

/** A limit of an emission standard. Values are texts: they are compared at the precision they show. */
export const standardLimitSchema = z.object({
  standard: z.string(),
  industry: bilingualSchema,
  /** Words of the register for these trades (column `industry`). */
  trades: z.array(z.string()).min(1),
  factor: z.string(),
  factorZh: z.string(),
  value: z.string().regex(/^\d+(\.\d+)?$/),
  unit: z.string(),
  period: z.enum(['INSTANT', 'HOUR', 'DAY']),
  /** `zs` = converted to the reference oxygen, `c` = as measured. */
  basis: z.enum(['c', 'zs']),
  referenceOxygen: z.string().optional(),
  class: z.string().optional(),
  /** First-class pollutants are limited at the outlet of the workshop or its plant; where it is not said, where the unit discharges. */
  point: z.enum(['WORKSHOP']).optional(),
  /** pH has two limits; where it is not said the value is an upper one. */
  bound: z.enum(['MIN', 'MAX']).optional(),
  ...provenanceShape,
});
/** A limit of an emission standard as `law/limits/` states it; numbers as decimal text in the stated unit. */
export type StandardLimit = z.infer<typeof standardLimitSchema>;
