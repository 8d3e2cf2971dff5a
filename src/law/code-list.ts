import { z } from 'zod';
import { bilingualSchema, provenanceShape } from './provenance.ts';
import { VIOLATION_KEYS } from './violation.ts';

const codeSchema = z.object({
  code: z.string(),
  title: bilingualSchema,
  note: z.string().optional(),
  /** The violation type an act of the list falls under. */
  violation: z.enum(VIOLATION_KEYS).optional(),
});

/** A closed list with Chinese terms, e.g. evidence kinds or no-filing grounds. */
export const codeListSchema = z.object({
  kind: z.literal('codes'),
  key: z.string(),
  title: bilingualSchema,
  codes: z.array(codeSchema).min(1),
  ...provenanceShape,
});
export type CodeList = z.infer<typeof codeListSchema>;
