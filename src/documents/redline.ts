import { diffArrays } from 'diff';
import { documentKinds, type DocumentKindKey } from './document-kinds.ts';
import { fieldName, type FieldName } from './field-names.ts';

export type Change = 'SAME' | 'REMOVED' | 'ADDED';

/** A piece of text that stayed, came or went between two versions. */
export interface RedlinePart {
  readonly change: Change;
  readonly text: string;
}

/** A field whose wording differs, paragraph by paragraph; unchanged paragraphs stand between for their context. */
export interface RedlineField extends FieldName {
  readonly field: string;
  readonly paragraphs: readonly (readonly RedlinePart[])[];
}

/** Two texts without anything in common cost the square of their length; then they are shown whole, old and new. */
const LONGEST_SEARCH = 1_000;
const PHRASES = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * What changed between two versions of a document, field by field, in words as they stand on paper. Chinese is compared
 * by phrases, so that 处罚款五万元 → 处罚款三万元 marks the sum and not single strokes of the sentence.
 */
export const redline = (kind: DocumentKindKey, before: unknown, after: unknown): RedlineField[] =>
  compareFields(kind, printed(kind, before), printed(kind, after));

/** The same for a slip of the pen put right wherever it stands: the paper as issued and as it is to be read. */
export function redlineCorrection(kind: DocumentKindKey, data: unknown, wrong: string, right: string): RedlineField[] {
  const paper = printed(kind, data);
  return compareFields(kind, paper, replaced(paper, wrong, right) as typeof paper);
}

function replaced(data: unknown, wrong: string, right: string): unknown {
  if (typeof data === 'string') return data.replaceAll(wrong, right);
  if (Array.isArray(data)) return data.map((item) => replaced(item, wrong, right));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, replaced(value, wrong, right)]));
}

type Printed = Readonly<Record<string, unknown>>;

function compareFields(kind: DocumentKindKey, old: Printed, now: Printed): RedlineField[] {
  const fields = Object.keys(documentKinds[kind].schema.shape);
  return fields.flatMap((field): RedlineField[] => {
    const [a, b] = [paragraphsOf(old[field]), paragraphsOf(now[field])];
    if (a.length === b.length && a.every((line, i) => line === b[i])) return [];
    return [{ field, ...(fieldName(field) ?? { zh: field, en: field }), paragraphs: compareParagraphs(a, b) }];
  });
}

/** Values as the paper prints them (days and sums in words); a draft that is not complete yet is taken as it is. */
function printed(kind: DocumentKindKey, data: unknown): Printed {
  const parsed = documentKinds[kind].schema.safeParse(data);
  const value: unknown = parsed.success ? parsed.data : data;
  return typeof value === 'object' && value !== null ? (value as Printed) : {};
}

/** A text is its lines, a list its items, a block (party, person, provision) one paragraph. */
function paragraphsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(paragraphsOf);
  return lineOf(value).split('\n').filter((line) => line !== '');
}

function lineOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map(lineOf).filter((text) => text !== '').join('；');
  if (typeof value !== 'object') return String(value as string | number);
  return Object.values(value).map(lineOf).filter((text) => text !== '').join('，');
}

function compareParagraphs(a: string[], b: string[]): RedlinePart[][] {
  const out: RedlinePart[][] = [];
  let removed: string[] = [];
  const runs = diffArrays(a, b, { maxEditLength: LONGEST_SEARCH }) ?? [
    { value: a, removed: true, added: false },
    { value: b, removed: false, added: true },
  ];
  const flush = (added: readonly string[]): void => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) out.push(compareText(removed[i] ?? '', added[i] ?? ''));
    removed = [];
  };
  for (const run of runs) {
    if (run.removed) {
      removed = run.value;
      continue;
    }
    flush(run.added ? run.value : []);
    if (!run.added) out.push(...run.value.map((text): RedlinePart[] => [{ change: 'SAME', text }]));
  }
  flush([]);
  return out;
}

/** One paragraph against the one that took its place. */
export function compareText(before: string, after: string): RedlinePart[] {
  const [a, b] = [phrases(before), phrases(after)];
  const runs = diffArrays(a, b, { maxEditLength: LONGEST_SEARCH });
  const parts: RedlinePart[] = runs === undefined
    ? [{ change: 'REMOVED', text: before }, { change: 'ADDED', text: after }]
    : runs.map((run) => ({ change: run.removed ? 'REMOVED' : run.added ? 'ADDED' : 'SAME', text: run.value.join('') }));
  return parts.filter((part) => part.text !== '');
}

/** Figures stay whole: 118,000 became 98,000, not 1[18→9]8,000. */
const phrases = (text: string): string[] =>
  text.split(/(\d[\d,.]*)/).flatMap((part, i) => (i % 2 === 1 ? [part] : [...PHRASES.segment(part)].map((s) => s.segment)));
