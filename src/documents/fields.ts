import { z } from 'zod';
import { CST_OFFSET, parseCalendarDay } from '#kernel';
import { asPrinted } from '#law';
import { chineseAmount } from './chinese-amount.ts';
import { spelledOut } from './fonts.ts';

/**
 * Building blocks of document data. Input is what a case holds (days, instants, sums); output is what stands on paper.
 * Texts are bounded so that one field cannot fill a document.
 */

/** Sub- and superscripts the fonts lack are written as plain figures: SO₂ → SO2, m⁻³ → m-3. */
const FOLDED: Readonly<Record<string, string>> = {
  '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9', 'ₓ': 'x',
  '⁻': '-', '\r': '', '\t': ' ', '\u00a0': ' ',
};

const tidy = (value: string): string =>
  value.replace(/\r\n?/g, '\n').replace(/[₀-₉ₓ⁻\t\u00a0]/g, (c) => FOLDED[c] ?? c).trim();

const LONG = 20_000;

/** A text that must be there. */
export const text = z.string().max(LONG).transform(tidy).refine((value) => value !== '', '不能为空 must not be empty');
/** What the party wrote: a character no font can draw is spelled out, never a reason to turn it away. */
export const handedIn = text.transform(spelledOut);
/** A text that may be empty: then a stroke is printed, never a blank. */
export const maybe = z.string().max(LONG).transform(tidy).default('');

/** `2026-03-12` → 2026年3月12日. */
export const day = z
  .string()
  .refine((value) => parseCalendarDay(value) !== undefined, '不是日期 not a calendar day')
  .transform(formatDay);
export const maybeDay = z.union([z.literal('').transform(() => ''), day]).default('');

/** `2026-03-12` → 2026年3月12日, as papers print a day. */
export function formatDay(value: string): string {
  const [y, m, d] = value.split('-').map(Number) as [number, number, number];
  return `${y}年${m}月${d}日`;
}

export const moment = z.number().int().transform(formatMoment);

/** Epoch milliseconds → 2026年3月12日8时05分, China Standard Time. */
export function formatMoment(at: number): string {
  const iso = new Date(at + CST_OFFSET).toISOString();
  return `${formatDay(iso.slice(0, 10))}${Number(iso.slice(11, 13))}时${iso.slice(14, 16)}分`;
}

/** Decimal text of yuan → figures with separators and words. */
export const money = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,2})?$/, '不是金额 not a sum of money')
  .transform((yuan) => ({ figures: groupThousands(yuan), words: chineseAmount(yuan) }));

/** Decimal text of yuan with separators: 244000.5 → 244,000.50. */
export function groupThousands(yuan: string): string {
  const [whole, cents] = yuan.split('.') as [string, string?];
  const grouped = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, ',');
  return cents === undefined ? grouped : `${grouped}.${cents.padEnd(2, '0')}`;
}

/** 64 hex digits of SHA-256, or nothing. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const maybeSha256 = z.union([z.literal(''), sha256]).default('');

export const count = z.number().int().min(0).max(1_000_000).transform(String);

/** 当事人: the party block of every outer document (评查细则 2024). */
export const party = z.object({
  name: text,
  creditCode: maybe,
  address: maybe,
  legalRepresentative: maybe,
  permitNumber: maybe,
  /** A natural person: the number of the identity paper, employer and post. Such a party is addressed as 你, not 你单位. */
  idNumber: text.optional(),
  post: text.optional(),
});

/** 执法人员、审核人员: a natural person with certificate and the day of signing. */
export const person = z.object({ name: text, certificate: maybe, date: maybeDay });

/** One opinion of an approval chain, signed by the person. */
export const opinion = z.object({ role: text, opinion: text, name: text, certificate: maybe, date: maybeDay });
export const opinions = z.array(opinion).min(1).max(12);

/** An article of a law, named by data: two eras of law are in force (法典 from 2026-08-15). `instrument` without 《》; where no article is at hand, the instrument alone. */
export const provision = z.object({ instrument: text, article: maybe.transform(asPrinted), text: maybe });
export const provisionList = z.array(provision).min(1).max(30);
export const maybeProvisions = z.array(provision).max(30).default([]);

/** 证据: name, source, when taken, what it proves, and the digest by which it can be checked. */
export const evidence = z.object({
  name: text,
  provider: text,
  obtained: text,
  proves: text,
  sha256: maybeSha256,
});
export const evidenceList = z.array(evidence).min(1).max(200);

/** 陈述申辩、联系: who to turn to. */
export const contact = z.object({ name: text, phone: text, address: maybe });

/** 救济途径: bodies and terms come from the authority's data, not from the template. */
export const remedies = z.object({
  reconsiderationBody: text,
  reconsiderationTerm: text,
  court: text,
  suitTerm: text,
  /** The court only after the reconsideration (行政复议法 第二十三条). */
  reconsiderationFirst: z.boolean().default(false),
});

/** The case file as frozen before the decision was signed: package, digest of its manifest, place in the evidence log. */
export const frozenFile = z.object({ name: text, sha256, leaf: z.number().int().min(0).transform(String) });

/** A point answered, e.g. one objection of the party and what became of it. */
export const answeredPoint = z.object({ point: text, evidence: maybe, accepted: z.boolean(), reason: text });
