import { z } from 'zod';
import { MEANS } from '#law';
import { parseCalendarDay, type AccountId, type CalendarDay } from '#kernel';

/** A short text a person typed; never empty, bounded so that one field cannot fill a document. */
export const line = z.string().trim().min(1).max(300);
export const text = z.string().trim().min(1).max(5_000);
export const optionalText = z.string().trim().max(5_000).default('');
/** The provision that was broken and where its text stands: wanted where the data of law do not give it, so that no paper bears a gap. */
export const namedProvision = { brokenArticle: z.string().trim().max(300).optional(), brokenSource: z.string().trim().max(300).optional() };
/** By which means the act was done, where this item of evidence shows it (`law/codes/means-of-the-act`). */
export const meansShown = { shows: z.enum(MEANS).optional() };
export const accountId = z
  .string()
  .min(1)
  .max(64)
  .transform((id) => id as AccountId);
/** Day of the law, China time. Checked by refine, kept as its branded text. */
export const dayText = z
  .string()
  .refine((value) => parseCalendarDay(value) !== undefined, '不是日期 not a calendar day')
  .transform((value) => value as CalendarDay);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Files handed in with an act: names and digests of what the platform keeps. */
export const proofFiles = z.array(z.object({ name: line, sha256: sha256.optional() })).max(30).default([]);
export const yuan = z.number().int().positive().max(1_000_000_000);
const IDENTITY = String.raw`\d{17}[\dX]|[A-Z0-9]{6,17}`;
/** 居民身份证号码 or the number of another identity paper. */
export const identityNumber = z.string().regex(new RegExp(`^(${IDENTITY})$`), '身份证件号码');
/** The same where nobody may have shown one. */
export const optionalIdentity = z.string().regex(new RegExp(`^(${IDENTITY}|)$`), '身份证件号码').default('');
export const instantMs = z.number().int().positive();
