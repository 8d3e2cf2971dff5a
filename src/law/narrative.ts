import { z } from 'zod';
import { bilingualSchema } from './provenance.ts';
import { MEANS, VIOLATION_KEYS } from './violation.ts';

/** Values a finding must carry for the words to be about it, e.g. `{ kind: late }`. */
const when = z.record(z.string(), z.string()).optional();

export const observationWordsSchema = z.strictObject({
  /** Models by id, or whole families by the letter they begin with; the first entry that fits a finding counts. */
  models: z.array(z.string().regex(/^[A-G]\d\d$/)).optional(),
  families: z.array(z.string().regex(/^[A-G]$/)).optional(),
  when,
  /** Violations of which this is a fact, that which it shows best first; none where it only leads to one. */
  supports: z.array(z.enum(VIOLATION_KEYS)),
  /** Means of an act that the record itself shows. */
  shows: z.array(z.enum(MEANS)).default([]),
  ...bilingualSchema.shape,
  /** What is said of each day, for `{each}`: findings of several days that differ in nothing else are one sentence. */
  each: bilingualSchema.optional(),
});
/** What one kind of finding observed, as papers tell it. */
export type ObservationWords = z.infer<typeof observationWordsSchema>;

export const narrativesSchema = z.strictObject({
  kind: z.literal('narratives'),
  opening: bilingualSchema,
  identity: z.array(bilingualSchema),
  /** `of`: told only of these violations. */
  validity: z.array(bilingualSchema.extend({ when, of: z.array(z.enum(VIOLATION_KEYS)).optional() })),
  lead: bilingualSchema,
  confirmed: z.strictObject({ review: bilingualSchema, inquiry: bilingualSchema, site: bilingualSchema, sample: bilingualSchema, act: bilingualSchema }),
  /** Facts of one matter that several reviews handed over, as one sentence. */
  joined: z.strictObject({ hours: bilingualSchema, days: bilingualSchema }),
  /** By point of the checklist. */
  proves: z.record(z.string(), bilingualSchema),
  observations: z.array(observationWordsSchema).min(1),
});
/** The words of the facts of a violation (违法事实), `law/narratives`. */
export type Narratives = z.infer<typeof narrativesSchema>;

/** What the blanks of the words are filled with; what is not known is left out. */
export type Blanks = Readonly<Record<string, string | number | undefined>>;

/** So many decimals at most; what that would leave at nothing keeps its first digit: an exceedance of 0.004 times is not one of 0. */
export const figure = (value: number, digits: number): string => String(Number(value.toFixed(digits)) || Number(value.toPrecision(1)));

/** A blank filled with nothing leaves no space beside a mark: units of what has none, words that are left out. */
const tidied = (text: string): string => text.replace(/[^\S\n]+(?=[，。；、）])|(?<=[，。；、（：])[^\S\n]+/gu, '').replace(/ {2,}/g, ' ').replace(/ (?=[,;)]|$)/gu, '');

/** What stands in square brackets is told where every figure in it is more than 0. */
const withFigures = (words: string, blanks: Blanks): string =>
  words.replace(/\[([^\]]*)\]/g, (_, part: string) => ([...part.matchAll(/\{(\w+)/g)].every(([, name = '']) => Number(blanks[name] ?? 0) !== 0) ? part : ''));

/**
 * Fills `{name}`, `{name.2}` (at most so many decimals), `{name%}` and `{name%2}` (a share as a percentage); leaves out `[…]` where a figure in it is 0.
 *
 * @returns undefined where a blank of the words is not known
 */
export function filled(words: string, blanks: Blanks): string | undefined {
  let known = true;
  const text = withFigures(words, blanks).replace(/\{(\w+)(?:\.(\d)|%(\d?))?\}/g, (_, name: string, digits: string | undefined, share: string | undefined) => {
    const value = blanks[name];
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) known = false;
    if (typeof value !== 'number') return value ?? '';
    return share === undefined ? figure(value, digits === undefined ? 3 : Number(digits)) : `${figure(value * 100, Number(share))}%`;
  });
  return known ? `${tidied(text)}${words.endsWith(' ') ? ' ' : ''}` : undefined;
}
