import { z } from 'zod';
import { asId, type RegionKey } from '#kernel';
import { bilingualSchema, provenanceShape } from './provenance.ts';
import { VIOLATION_KEYS } from './violation.ts';

const percent = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A factor with its grades; each grade adds a percentage of the statutory maximum. */
export const discretionFactorSchema = z.object({
  id: z.string(),
  title: bilingualSchema,
  /** COMMON = counted once per violation; ADJUST = leniency or aggravation, capped. */
  group: z.enum(['INDIVIDUAL', 'COMMON', 'ADJUST']),
  grades: z.array(z.object({ id: z.string(), title: bilingualSchema, percent })).min(2),
});
export type DiscretionFactor = z.infer<typeof discretionFactorSchema>;

/**
 * 裁量基准. F1: fine = (X + Σ) × max; F2: fine = (X + Σ × (1 − X)) × max, with X = min ÷ max. Percentages are texts
 * so that they are never binary floats.
 */
export const discretionTableSchema = z.object({
  id: z.string(),
  version: z.string(),
  region: z.string().transform((k) => asId<RegionKey>(k)),
  title: bilingualSchema,
  family: z.enum(['F1', 'F2']),
  violations: z.array(z.enum(VIOLATION_KEYS)).min(1),
  factors: z.array(discretionFactorSchema).min(1),
  /** Leniency and aggravation together may not move the sum by more than this many percent of the maximum. */
  adjustCapPercent: percent,
  /** Below the statutory minimum at most by this share, and only on a mitigating ground. */
  mitigationFloorPercent: percent,
  /** Result rounded down to whole yuan of this size. */
  roundToYuan: z.number().int().positive(),
  ...provenanceShape,
});
export type DiscretionTable = z.infer<typeof discretionTableSchema>;
