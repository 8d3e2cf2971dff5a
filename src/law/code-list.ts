import { z } from 'zod';
import { bilingualSchema, daySchema, provenanceShape } from './provenance.ts';
import { VIOLATION_KEYS } from './violation.ts';

const codeSchema = z.object({
  code: z.string(),
  title: bilingualSchema,
  note: z.string().optional(),
  /** The violation type an act of the list falls under. */
  violation: z.enum(VIOLATION_KEYS).optional(),
  /** First day on which this one counts, where it is younger than the list. */
  validFrom: daySchema.optional(),
});

/** A closed list with Chinese terms, e.g. evidence kinds or no-filing grounds. */
export const codeListSchema = z.object({
  kind: z.literal('codes'),
  key: z.string(),
  title: bilingualSchema,
  /** Regions whose text holds the list; everywhere when left out. */
  regions: z.array(z.string()).optional(),
  codes: z.array(codeSchema).min(1),
  ...provenanceShape,
});
/** A list of codes with titles, as `law/codes/` states it. */
export type CodeList = z.infer<typeof codeListSchema>;
