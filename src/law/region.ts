import { z } from 'zod';
import { asId, type RegionKey } from '#kernel';
import { clockRuleSchema } from './clock.ts';
import { isParameterKey, PARAMETERS, type ParameterKey, type ParameterValue } from './parameters.ts';
import { provisionsSchema } from './provisions.ts';
import { bilingualSchema, provenanceSchema, provenanceShape, type Provenance } from './provenance.ts';

/** The profile every other one falls back on. */
export const NATIONAL: RegionKey = asId<RegionKey>('national');

const parameterEntrySchema = z
  .object({ key: z.string(), value: z.unknown(), ...provenanceShape })
  .superRefine((entry, ctx) => {
    if (!isParameterKey(entry.key)) {
      ctx.addIssue({ code: 'custom', path: ['key'], message: `unknown parameter ${entry.key}` });
      return;
    }
    const checked = PARAMETERS[entry.key].safeParse(entry.value);
    if (!checked.success) {
      for (const i of checked.error.issues) ctx.addIssue({ ...i, code: 'custom', path: ['value', ...i.path] });
    }
  });
export type ParameterEntry = z.infer<typeof parameterEntrySchema>;

/** Grounds for going on site (江苏办法 第十四、十五条): two must, five may. */
export const onsiteGroundSchema = z.object({
  code: z.string(),
  force: z.enum(['MUST', 'MAY']),
  title: bilingualSchema,
  ...provenanceShape,
});
/** A ground for going on site, a duty or a choice. */
export type OnsiteGround = z.infer<typeof onsiteGroundSchema>;

/** One file of `law/regions/`. */
export const regionProfileSchema = z.object({
  kind: z.literal('region'),
  key: z.string().transform((k) => asId<RegionKey>(k)),
  title: bilingualSchema,
  level: z.enum(['NATION', 'PROVINCE']),
  /** The region's own text, and the short names by which articles cite it. */
  measures: z.object({ title: bilingualSchema, cited: z.array(z.string()).default([]), draft: z.boolean().default(false), ...provenanceShape }),
  /** Articles of that text by step of the procedure, cited under the first of its short names. */
  provisions: provisionsSchema.default({}),
  parameters: z.array(parameterEntrySchema),
  /** Clocks this region sets otherwise; the rest come from the national table. */
  clocks: z.array(clockRuleSchema),
  onsiteGrounds: z.array(onsiteGroundSchema),
});
/** What a region sets for itself; a region is one file of `law/regions/`. */
export type RegionProfile = z.infer<typeof regionProfileSchema>;

/** A parameter as it holds on one day in one region, with where it comes from. */
export interface LawValue<K extends ParameterKey = ParameterKey> extends Provenance {
  readonly key: K;
  readonly value: ParameterValue<K>;
  /** The profile that gave the value: the region itself or `national`. */
  readonly region: RegionKey;
}

export const toLawValue = <K extends ParameterKey>(key: K, entry: ParameterEntry, region: RegionKey): LawValue<K> => ({
  ...provenanceSchema.parse(entry),
  key,
  value: PARAMETERS[key].parse(entry.value) as ParameterValue<K>,
  region,
});
