import { z } from 'zod';
import { asId, type RegionKey } from '#kernel';
import { bilingualSchema, daySchema, provenanceShape } from './provenance.ts';
import { MEANS, VIOLATION_KEYS } from './violation.ts';

const percent = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A factor with its grades; each grade adds a percentage of the statutory maximum. */
export const discretionFactorSchema = z.object({
  id: z.string(),
  title: bilingualSchema,
  /** BASE = the starting share of family F4; COMMON = counted once per violation; ADJUST = leniency or aggravation, capped. */
  group: z.enum(['BASE', 'INDIVIDUAL', 'COMMON', 'ADJUST']),
  /** How far back a factor looks that counts earlier penalties. */
  lookbackMonths: z.number().int().positive().optional(),
  /**
   * `below`, `upTo`: upper bound, exclusive or inclusive, of the quantity the grade stands for, where it stands for one: times over the limit, hours, penalties.
   * `means`: those of the found act the grade is for.
   */
  grades: z.array(z.object({
    id: z.string(), title: bilingualSchema, percent,
    below: percent.optional(), upTo: percent.optional(), means: z.array(z.enum(MEANS)).optional(),
  })).min(2),
});
/** A factor of a benchmark with its grades. */
export type DiscretionFactor = z.infer<typeof discretionFactorSchema>;

export const DISCRETION_FAMILIES = ['F1', 'F2', 'F3', 'F4'] as const;
export type DiscretionFamily = (typeof DISCRETION_FAMILIES)[number];

/**
 * 裁量基准 of one region and kind of violation; how the grades become a sum is the family's formula (discretion.ts).
 * Percentages are texts so that they are never binary floats. `schema.strict()` for files.
 */
export const discretionTableSchema = z.object({
  id: z.string(),
  version: z.string(),
  region: z.string().transform((k) => asId<RegionKey>(k)),
  title: bilingualSchema,
  family: z.enum(DISCRETION_FAMILIES),
  violations: z.array(z.enum(VIOLATION_KEYS)).min(1),
  factors: z.array(discretionFactorSchema).min(1),
  /** Leniency and aggravation together may not move the sum by more than this many percent of the maximum. */
  adjustCapPercent: percent,
  /** Below the statutory minimum at most by this share, and only on a mitigating ground. */
  mitigationFloorPercent: percent,
  /** Where the law sets no minimum the range starts at the ceiling of the simple procedure (行政处罚法 第五十一条), in yuan. */
  startWithoutMinimum: z.number().int().positive().default(3_000),
  /** Result rounded down to whole yuan of this size. */
  roundToYuan: z.number().int().positive(),
  /** How the authority published it (行政处罚法 第三十四条): name, number and day, as papers cite it. Left out where the table is the product's own example: papers then name none. */
  published: z.strictObject({ name: z.string().min(1), number: z.string().min(1), day: daySchema }).optional(),
  ...provenanceShape,
});
/** A benchmark (裁量基准) of a region, with days of validity and source. */
export type DiscretionTable = z.infer<typeof discretionTableSchema>;

/** What the shape alone cannot say: F4 needs a base, the other families know none. Answers with the problem, if any. */
export function tableProblem(table: DiscretionTable): string | undefined {
  const bases = table.factors.filter((f) => f.group === 'BASE').length;
  const wanted = table.family === 'F4' ? 1 : 0;
  return bases === wanted ? undefined : `discretion ${table.id}: ${bases} base factors, family ${table.family} wants ${wanted}`;
}
