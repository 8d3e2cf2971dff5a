import { z } from 'zod';
import { VIOLATION_KEYS } from '#law';
import { figuresSchema } from './figures.ts';

const words = { zh: z.string(), en: z.string() };
/** Epoch ms. */
const moment = z.number().int();

/**
 * A fact of a violation as data, as a review handed it over: what the sentence of the fact (违法事实) is rendered from, and never read back out of. The
 * figures are those of the data as known at `knownAt` (null in older reviews), each within the term of the calibrations named.
 */
export const observedFactSchema = z.object({
  /** One of its own in every review. */
  factId: z.string(),
  reviewId: z.string(),
  /** Where it was observed. Absent in older events, of which it is that of the case that holds them. */
  outfall: z.string().optional(),
  /** Violations it is a fact of. */
  supports: z.array(z.enum(VIOLATION_KEYS)),
  /** Its sentence, without an end and without the list of hours. */
  told: z.object(words),
  factors: z.array(z.object({ code: z.string(), ...words })),
  from: moment,
  /** Exclusive. */
  to: moment,
  /** Absent where the sentence names none. */
  figures: figuresSchema.optional(),
  knownAt: moment.nullable(),
  /** The last calibration of each kind that is due of its factors, and how often it is due; `last` null where none is recorded. */
  calibrations: z.array(z.object({ factor: z.string(), ...words, last: moment.nullable(), everyHours: z.number(), source: z.string() })),
});
/** Such a fact, as a case keeps it. */
export type ObservedFact = z.infer<typeof observedFactSchema>;
