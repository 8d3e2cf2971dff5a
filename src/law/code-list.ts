import { z } from 'zod';
import { bilingualSchema, provenanceShape } from './provenance.ts';

/** A closed list with Chinese terms, e.g. evidence kinds or no-filing grounds. */
export const codeListSchema = z.object({
  kind: z.literal('codes'),
  key: z.string(),
  title: bilingualSchema,
  codes: z.array(z.object({ code: z.string(), title: bilingualSchema, note: z.string().optional() })).min(1),
  ...provenanceShape,
});
export type CodeList = z.infer<typeof codeListSchema>;
