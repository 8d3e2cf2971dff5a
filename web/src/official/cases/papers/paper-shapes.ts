import type { Words } from '../../shapes.ts';

/** A field whose wording differs between two versions of a paper. */
export interface RedlineField extends Words {
  readonly field: string;
  readonly paragraphs: readonly (readonly { readonly change: 'SAME' | 'REMOVED' | 'ADDED'; readonly text: string }[])[];
}
/** A paper as it would look: all pages in one picture. */
export interface PaperPreview {
  readonly kind: string;
  readonly title: string;
  readonly pages: number;
  readonly svg: string;
  /** Number of the issued paper, or `DRAFT`, it is compared with. */
  readonly against: string | null;
  readonly changes: readonly RedlineField[];
}
export interface PaperChanges {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly RedlineField[];
}
