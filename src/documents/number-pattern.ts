import { ok, type Result } from '#kernel';
import { refuseDocument } from './errors.ts';

/** Seen in published decisions: letters of the authority, letters of the kind, year in 〔〕, number without zeros in front. */
export const DEFAULT_NUMBER_PATTERN = '{prefix}{abbr}〔{year}〕{seq}号';

export interface NumberParts {
  /** Letters of the authority, e.g. 苏清环. */
  readonly prefix: string;
  /** Letters of the kind, e.g. 罚. */
  readonly abbr: string;
  readonly year: number;
  readonly seq: number;
}

const PLACEHOLDER = /\{(\w+)(?::(\d))?\}/g;

/**
 * Writes a document number by the authority's pattern. A pattern is data because practice differs between provinces
 * (law.md §11): `{seq:6}` gives six digits for those who count in fixed width.
 *
 * @returns DOC-013 for an unknown placeholder, or when year or sequence is missing (numbers would collide)
 */
export function writeNumber(pattern: string, parts: NumberParts): Result<string> {
  const seen = new Set<string>();
  let wrong = false;
  const number = pattern.replace(PLACEHOLDER, (_, name: string, width?: string) => {
    seen.add(name);
    switch (name) {
      case 'prefix':
        return parts.prefix;
      case 'abbr':
        return parts.abbr;
      case 'year':
        return String(parts.year);
      case 'seq':
        return String(parts.seq).padStart(Number(width ?? 0), '0');
      default:
        wrong = true;
        return '';
    }
  });
  const complete = seen.has('year') && seen.has('seq') && !/[{}]/.test(number);
  return wrong || !complete ? refuseDocument('DOC-013', { args: { pattern } }) : ok(number);
}
