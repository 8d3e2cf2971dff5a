import { z } from 'zod';
import { parseCalendarDay, type CalendarDay } from '#kernel';

/** `YYYY-MM-DD`, checked to be a real date. */
export const daySchema = z.string().transform((text, ctx): CalendarDay => {
  const day = parseCalendarDay(text);
  if (day !== undefined) return day;
  ctx.addIssue({ code: 'custom', message: `not a calendar day: ${text}` });
  return z.NEVER;
});

/**
 * Where a value of law comes from and when it holds. `validTo` is the last day it holds (inclusive).
 * `verified: false` is shown on screen: the figure was found or recalled, and nobody has checked it against the text.
 */
export const provenanceShape = {
  validFrom: daySchema,
  validTo: daySchema.optional(),
  source: z.string().min(1),
  article: z.string().min(1),
  verified: z.boolean(),
  reviewed: daySchema,
  note: z.string().optional(),
};

export const provenanceSchema = z.object(provenanceShape);
/** Where a value comes from: instrument, article, source, days of validity, whether somebody verified it. */
export type Provenance = z.infer<typeof provenanceSchema>;

/** Chinese first, English beside it. */
export const bilingualSchema = z.object({ zh: z.string().min(1), en: z.string().min(1) });
/** A text in both languages. */
export type Bilingual = z.infer<typeof bilingualSchema>;

/** Does a dated value hold on this day? */
export const holdsOn = (
  value: { validFrom: CalendarDay; validTo?: CalendarDay | undefined },
  day: CalendarDay,
): boolean => value.validFrom <= day && (value.validTo === undefined || day <= value.validTo);
