import type { z } from 'zod';

/**
 * One kind of document: how it is called, who sees it, how it is numbered, what must be in it.
 * The layout lies in `law/templates/<template>`; the schema says which facts the caller owes.
 */
export interface DocumentKind<Schema extends z.ZodType = z.ZodType> {
  /** Our number in the list of papers, in the order of a case, e.g. `D23`; `R` marks those no national list names. */
  readonly no: string;
  readonly zh: string;
  readonly en: string;
  /** What stands over it, where that follows from what it says; otherwise `zh`. */
  titled?(data: z.output<Schema>): string;
  /** Outer documents go to the party; inner ones stay in the file; what the party handed in it may read from the first. */
  readonly reach: 'outer' | 'inner' | 'party';
  /** Whether the authority's seal belongs on it; then an approval by another person is needed. */
  readonly sealed: boolean;
  /** Letters of this kind in a document number, e.g. 罚. Kinds with the same letters share one sequence. */
  readonly abbreviation: string;
  readonly template: string;
  readonly schema: Schema;
  /** Fictional data: what the tests render and what a developer copies from. */
  readonly sample: z.input<Schema>;
}

/** The name a paper bears where that of its kind holds two acts, e.g. 查封决定书 of 查封（扣押）决定书; given as the field `title`. */
export const ownTitle = (zh: string) => ({ title }: { readonly title: string }): string => title || zh;

/** Keeps the schema's type while checking the shape. */
export const kind = <Schema extends z.ZodType>(definition: DocumentKind<Schema>): DocumentKind<Schema> => definition;
