import { z } from 'zod';
import { bilingualSchema, provenanceShape } from './provenance.ts';

const decimal = z.string().regex(/^\d+(\.\d+)?$/);
const factors = z.union([z.literal('ALL'), z.array(z.string()).min(1)]);

/**
 * What a condition mark of a trade may cover ("1 + N": one device rule, N trade rules; 公告2022年第21号). Hours are
 * counted per outfall: an event is one mark, a year a calendar year, and marks of one `yearGroup` share a budget.
 */
export const conditionMarkRuleSchema = z.object({
  trade: z.string(),
  /** Words of the register for this trade (column `industry`). */
  industries: z.array(z.string()).min(1),
  rule: z.string(),
  marks: z.array(z.string()).min(1),
  title: bilingualSchema,
  /** Factors whose exceedance the mark may explain. */
  factors,
  maxHoursPerEvent: decimal.optional(),
  maxHoursPerYear: decimal.optional(),
  yearGroup: z.string().optional(),
  /** What a person must find proved before the exemption stands. */
  sideConditions: z.array(bilingualSchema),
  ...provenanceShape,
});
/** A mark of plant condition a trade may declare, with the hours the rule allows. */
export type ConditionMarkRule = z.infer<typeof conditionMarkRuleSchema>;

/** A periodic check of the device with the drift it may show and the drift from which it is out of control (失控). */
export const qcRuleSchema = z.object({
  item: z.string(),
  medium: z.enum(['gas', 'water']),
  title: bilingualSchema,
  factors,
  /** Words by which a record of the check names itself. */
  words: z.array(z.string()).min(1),
  everyHours: z.number().int().positive(),
  /** % of span; beyond it the device must be adjusted. */
  zeroDrift: decimal.optional(),
  spanDrift: decimal.optional(),
  /** % of span; beyond it the device was out of control. */
  zeroOut: decimal.optional(),
  spanOut: decimal.optional(),
  ...provenanceShape,
});
/** A periodic check of a device, with the drift from which it is out of control. */
export type QcRule = z.infer<typeof qcRuleSchema>;

/** How far automatic and reference values may lie apart, by the level of the reference value. */
export const comparisonRuleSchema = z.object({
  quantity: z.string(),
  medium: z.enum(['gas', 'water']),
  title: bilingualSchema,
  factors,
  /** Unit of `above` and of an absolute limit: `umol/mol` follows the gas, others are those of the value. */
  unit: z.string(),
  /** The first band whose `above` (exclusive) or `from` (inclusive) the reference reaches applies; the last has neither. */
  bands: z
    .array(z.object({ above: decimal.optional(), from: decimal.optional(), kind: z.enum(['RELATIVE', 'ABSOLUTE']), limit: decimal }))
    .min(1),
  ...provenanceShape,
});
/** How far a comparison may differ, by the level of the reference value. */
export type ComparisonRule = z.infer<typeof comparisonRuleSchema>;

/** Which earlier hours stand in for the mass of a gap, by the quarter's capture rate (HJ 75 §12.2). */
export const substitutionRuleSchema = z.object({
  title: bilingualSchema,
  /** Capture rate of the quarter, from (inclusive) to below. */
  captureFrom: decimal,
  captureBelow: decimal.optional(),
  /** Hours of the gap: longer than / at most. */
  gapOver: z.number().int().optional(),
  gapUpTo: z.number().int().optional(),
  /** Maximum of so many valid hours before; not given: a person decides. */
  validHours: z.number().int().positive().optional(),
  ...provenanceShape,
});
/** How a gap counts in totals, by capture rate; a substituted value is never judged. */
export type SubstitutionRule = z.infer<typeof substitutionRuleSchema>;

/** Reference oxygen by kind of plant, for checking the register; the outfall's own value is applied. */
export const referenceOxygenSchema = z.object({ plant: z.string(), title: bilingualSchema, o2Ref: decimal, ...provenanceShape });
/** Reference oxygen of a kind of plant, %vol. */
export type ReferenceOxygen = z.infer<typeof referenceOxygenSchema>;

/** One file of `law/quality/`. */
export const qualityFileSchema = z.object({
  kind: z.literal('quality'),
  conditionMarks: z.array(conditionMarkRuleSchema.strict()).default([]),
  checks: z.array(qcRuleSchema.strict()).default([]),
  comparisons: z.array(comparisonRuleSchema.strict()).default([]),
  substitutions: z.array(substitutionRuleSchema.strict()).default([]),
  referenceOxygen: z.array(referenceOxygenSchema.strict()).default([]),
});

/** The rules on valid data, as the files give them. */
export interface QualityLaw {
  readonly conditionMarks: readonly ConditionMarkRule[];
  readonly checks: readonly QcRule[];
  readonly comparisons: readonly ComparisonRule[];
  readonly substitutions: readonly SubstitutionRule[];
  readonly referenceOxygen: readonly ReferenceOxygen[];
}
