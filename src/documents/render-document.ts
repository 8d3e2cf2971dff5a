import type { z } from 'zod';
import { dayOf, isRefusal, ok, type Instant, type Refusal, type Result } from '#kernel';
import { documentKinds, titleOf, type DocumentKindKey } from './document-kinds.ts';
import { refuseDocument } from './errors.ts';
import { formatDay } from './fields.ts';
import { missingCharacters, nameCharacter } from './fonts.ts';
import { picture, typeset, type Slot, type TypesetFailure } from './typeset.ts';

/** What stands on every document besides its own fields. */
export interface DocumentHead {
  /** Name of the issuing authority as on its seal. */
  readonly authority: string;
  /** `示环罚〔2026〕3号`; empty for a draft, which then says so on every page. */
  readonly number: string;
  /** Names of the people who will sign; their places are kept free and reported as slots. Default none. */
  readonly signers?: readonly string[];
  /** Whether the platform's own mark stands under it (nobody signs and no seal). */
  readonly platform?: boolean;
}

/** A typeset document before anybody signed it, with the places where signatures go. */
export interface RenderedDocument {
  /** PDF/A-1b without signatures. Same kind, data, head and time → same bytes (doc:D10). */
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly slots: readonly Slot[];
  readonly title: string;
}

const DRAFT_NUMBER = '（草稿）';
const SAMPLE_HEAD: DocumentHead = { authority: '示范市生态环境局', number: '' };

/**
 * Checks the data and sets the document.
 *
 * @param at the document's own time; its China date is the date under the text
 * @returns DOC-001 (data), DOC-002 (a character no font can draw), DOC-003/004 (layout), or the document
 */
export function layOut(key: DocumentKindKey, data: unknown, head: DocumentHead, at: Instant): Result<RenderedDocument> {
  const sheet = prepare(key, data, head, at);
  if (isRefusal(sheet)) return sheet;
  const { template, printed, title } = sheet.value;
  const set = typeset(template, printed, Math.floor(at / 1000));
  return 'failed' in set ? cannotSet(set) : ok({ ...set, title });
}

/** A draft to look at: no number, no seal, no record. */
export function renderDocument(key: DocumentKindKey, data: unknown, at: Instant, head: DocumentHead = SAMPLE_HEAD): Result<Uint8Array> {
  const laidOut = layOut(key, data, head, at);
  return isRefusal(laidOut) ? laidOut : ok(laidOut.value.pdf);
}

/** A draft to look at; it bears no number and no seal. */
export interface DrawnDraft {
  readonly title: string;
  readonly pages: number;
  /** All pages as one picture, each marked 草稿. */
  readonly svg: string;
}

/** The pages of a draft as they would come from the printer, to be looked at while the fields are still being written. */
export function drawDraft(key: DocumentKindKey, data: unknown, at: Instant, authority: string): Result<DrawnDraft> {
  const sheet = prepare(key, data, { authority, number: '' }, at);
  if (isRefusal(sheet)) return sheet;
  const { template, printed, title } = sheet.value;
  const drawn = picture(template, printed);
  return 'failed' in drawn ? cannotSet(drawn) : ok({ ...drawn, title });
}

interface Sheet {
  readonly template: string;
  readonly title: string;
  /** What the template reads. */
  readonly printed: object;
}

function prepare(key: DocumentKindKey, data: unknown, head: DocumentHead, at: Instant): Result<Sheet> {
  const { template, schema } = documentKinds[key];
  const parsed = schema.safeParse(data);
  if (!parsed.success) return wrongData(parsed.error);
  const title = titleOf(key, parsed.data);
  const { authority, number, signers = [], platform = false } = head;
  const draft = number === '';
  const printed = {
    head: { authority, title, number: draft ? DRAFT_NUMBER : number, draft, date: formatDay(dayOf(at)) },
    signers,
    platform,
    data: parsed.data,
  };
  const missing = missingCharacters([...textsOf(printed)].join('\n'));
  if (missing.length === 0) return ok({ template, title, printed });
  const characters = missing.map(nameCharacter).join('、');
  return refuseDocument('DOC-002', { args: { characters }, missing: missing.map(nameCharacter) });
}

function cannotSet({ failed, reason }: TypesetFailure): Refusal {
  switch (failed) {
    case 'GLYPH':
      return refuseDocument('DOC-002', { args: { characters: reason } });
    case 'TOO_LONG':
      return refuseDocument('DOC-004', { args: { pages: reason } });
    case 'LAYOUT':
      return refuseDocument('DOC-003', { args: { reason } });
  }
}

function wrongData(error: z.ZodError): Refusal {
  const fields = error.issues.map((issue) => issue.path.join('.'));
  const what = error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return refuseDocument('DOC-001', { args: { what }, missing: fields, ...(fields[0] ? { field: fields[0] } : {}) });
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsOf(item);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* textsOf(item);
}
